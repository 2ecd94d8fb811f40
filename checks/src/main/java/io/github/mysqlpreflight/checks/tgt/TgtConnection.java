/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target lets the account in. */
final class TgtConnection implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "tgt.connection", "The target can be reached and lets the account in")
            .why("A target was named, and nothing that depends on it can be judged without a connection: its version,"
                    + " its GTIDs, whether it can be written to.")
            .fix("Open the way from this machine to the target (name, port, firewall, allow-list), and give user name,"
                    + " password and ssl-mode as it wants them; or judge for a version alone with --target-version.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/problems-connecting.html",
                    "https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html")
            .effects(Effect.BLOCKS_MIGRATION)
            .targetNeeds(Facts.CONNECTION)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Targets.missing(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ConnectionFacts.Failure failure = Targets.of(plan).get(Facts.CONNECTION).failure();
        if (failure == null) {
            return Outcome.passed();
        }
        // The reasons are worded for a source, which most connections are to.
        String message = failure.message().replace("supported by the source", "supported by the target");
        return Outcome.found(new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.server(Side.TARGET),
                failure.problem().name(),
                null,
                "Connection to target failed: " + message,
                List.of(Remedy.of(failure.advice()))));
    }
}
