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

/** Transactions are logged in a form that the target knows. */
final class BinlogCompression implements Check {
    /** The first release with such events. */
    private static final ServerVersion SINCE = new ServerVersion(8, 0, 20);

    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.compression", "Transactions are not compressed in the binary log, or the target knows how")
            .why("A compressed transaction is an event of a kind that servers older than 8.0.20 and many tools cannot"
                    + " read: the replica stops (error 13121, before 8.0 1594, Relay log read failure). Any session may"
                    + " also switch compression on for itself, which cannot be seen from outside.")
            .fix("Switch binlog_transaction_compression off, or take a target of 8.0.20 or newer.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/binary-log-transaction-compression.html")
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
        if (!source.get(Facts.VARIABLES).isOn("binlog_transaction_compression")) {
            return Outcome.passed();
        }
        boolean understood = Targets.atLeast(source, plan, SINCE);
        String message = "binlog_transaction_compression is ON on the source: the binary log holds compressed"
                + " transactions, which ";
        return Outcome.found(new Finding(
                understood ? Effect.NOTICE : Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, "binlog_transaction_compression"),
                "ON",
                "OFF",
                understood
                        ? message + "a target of 8.0.20 or newer reads, and many other readers do not"
                        : message + "the target " + plan.targetVersionText(source) + " cannot read (from 8.0.20 on)",
                SettingAdvice.online(
                        Server.of(source),
                        "binlog_transaction_compression",
                        "OFF",
                        "sessions keep the old one until they reconnect; the binary log grows")));
    }
}
