/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.checks.sql.StoredPrograms.Program;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that the checks of versions share. */
final class VersionWords {
    private VersionWords() {}

    /** The original's words for every pair of servers that cannot replicate, letter by letter, then why. */
    static String cannotReplicate(Snapshot source, Plan plan, String why) {
        return "Replication method is not supported between MySQL versions: source - "
                + Server.of(source).versionText() + ",target - " + plan.targetVersionText(source) + ": " + why;
    }

    /** Why a check of MySQL's own changes is not made: the target is something else. Null where it has to be. */
    static @Nullable String targetIsNotMySql(Plan plan) {
        Snapshot target = plan.target();
        return target == null || Targets.isMySql(plan)
                ? null
                : Server.of(target).flavor().title() + " has versions of its own; ver.flavor judges it";
    }

    /** For programs and views whose text the account may not read; null if there are none. */
    static Outcome.@Nullable Unknown unread(List<Program> programs) {
        if (programs.isEmpty()) {
            return null;
        }
        Program first = programs.get(0);
        int others = programs.size() - 1;
        return Outcome.unknown(
                "the account may not read the text of " + first.label()
                        + (others == 0 ? "" : " and of " + others + " more"),
                Remedy.of("GRANT SELECT, SHOW VIEW ON *.* to the account"));
    }
}
