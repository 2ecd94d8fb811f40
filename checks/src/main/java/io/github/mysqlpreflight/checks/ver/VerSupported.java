/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The source is new enough to be replicated from. */
final class VerSupported implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "ver.supported", "The source is of a series that can be replicated from")
            .why("A replica of today no longer understands servers older than 5.7: their events, collations and"
                    + " logins; and"
                    + " their GTIDs cannot be switched on while they run. A dump of such a server is old SQL,"
                    + " too.")
            .fix("Upgrade the source to 5.7 first, and on to 8.0 if you can; or migrate with a dump.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-compatibility.html",
                    "https://dev.mysql.com/doc/refman/5.7/en/upgrading-from-previous-series.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (!server.isMySql()) {
            return Outcome.notApplicable(server.flavor().title() + " has versions of its own; ver.flavor judges it");
        }
        ServerVersion oldest = ReplicationPaths.builtIn().oldestSource();
        if (server.version().compareTo(oldest) >= 0) {
            return Outcome.passed();
        }
        String series = "MySQL " + server.version().seriesText();
        String needed = oldest.seriesText() + " or newer";
        List<Finding> findings = new ArrayList<>();
        if (plan.considers(Method.REPLICATION)) {
            findings.add(new Finding(
                    Effect.BLOCKS_REPLICATION,
                    ObjectRef.server(Side.SOURCE),
                    server.versionText(),
                    needed,
                    VersionWords.cannotReplicate(
                            source,
                            plan,
                            series + " is older than " + oldest.seriesText() + ", the oldest series to replicate from"),
                    List.of(
                            Remedy.of("Upgrade the source to " + oldest.seriesText() + ", one series at a time"),
                            Remedy.of("Migrate with a dump, while nothing is written to the source"))));
        }
        if (plan.considers(Method.DUMP)) {
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.server(Side.SOURCE),
                    server.versionText(),
                    needed,
                    "a dump of " + series + " may not load into " + plan.targetVersionText(source)
                            + " as it is: zero dates, words that are reserved by now, and SQL modes that are gone are"
                            + " refused"
                            + " there",
                    List.of(
                            Remedy.of("Load a dump without data first (mysqldump --no-data --routines --events"
                                    + " --triggers) and"
                                    + " rewrite what is refused"),
                            Remedy.of("A mysqldump of 8.0 or newer needs --column-statistics=0 for a server older than"
                                    + " 8.0"))));
        }
        return Outcome.of(findings);
    }
}
