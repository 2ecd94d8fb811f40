/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/** The source has a server_id. */
final class BinlogServerId implements Check {
    private static final CheckInfo INFO = CheckInfo.of("binlog.server-id", "The source has a server_id")
            .why("A source whose server_id is 0 refuses every replica (error 1236, Misconfigured master).")
            .fix("Give it a number that no other server of the topology has.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/replication-options.html#sysvar_server_id")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Applicability.replicationOnly(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ServerVariables variables = source.get(Facts.VARIABLES);
        if (variables.number("server_id", 0) != 0) {
            return Outcome.passed();
        }
        Snapshot target = plan.target();
        long taken = target != null && target.knows(Facts.VARIABLES)
                ? target.get(Facts.VARIABLES).number("server_id", 0)
                : 0;
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, "server_id"),
                "0",
                "a number of its own",
                "server_id of the source is 0, it refuses replicas",
                SettingAdvice.online(
                        Server.of(source),
                        "server_id",
                        Long.toString(ServerIds.proposal(variables, taken)),
                        "any number that no other server of the topology has")));
    }
}
