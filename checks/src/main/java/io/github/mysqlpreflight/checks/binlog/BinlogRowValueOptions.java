/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
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
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/** Changes of JSON columns are logged in a form that the target knows. */
final class BinlogRowValueOptions implements Check {
    /** The first release with such events. */
    private static final ServerVersion SINCE = new ServerVersion(8, 0, 3);

    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.row-value-options", "Changes of JSON columns are logged as the target knows them")
            .why(
                    "With PARTIAL_JSON the binary log holds the changed parts of a document in events of a kind that servers"
                            + " older than 8.0.3 and many tools cannot read: the replica stops (error 1594, Relay log read"
                            + " failure).")
            .fix("Empty binlog_row_value_options; sessions that are open keep the old one until they reconnect.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html"
                    + "#sysvar_binlog_row_value_options")
            .effects(Effect.BLOCKS_REPLICATION, Effect.NOTICE)
            .needs(Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
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
        String options = source.get(Facts.VARIABLES).get("binlog_row_value_options");
        if (options == null || options.isEmpty()) {
            return Outcome.passed();
        }
        boolean understood = Targets.atLeast(source, plan, SINCE);
        String message =
                "binlog_row_value_options is " + options + ": the binary log holds parts of JSON documents, which ";
        return Outcome.found(new Finding(
                understood ? Effect.NOTICE : Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, "binlog_row_value_options"),
                options,
                "empty",
                understood
                        ? message + "a target of 8.0.3 or newer reads, and many other readers do not"
                        : message + "the target " + plan.targetVersionText(source) + " cannot read (from 8.0.3 on)",
                SettingAdvice.online(
                        Server.of(source),
                        "binlog_row_value_options",
                        "''",
                        "sessions keep the old one until they reconnect; the binary log grows")));
    }
}
