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
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/** The binary log holds rows, not statements; judged even while the log is off, for it is what it will hold. */
final class BinlogFormat implements Check {
    private static final CheckInfo INFO = CheckInfo.of("binlog.format", "The binary log holds rows")
            .why("A statement that is executed again on the target may give other rows there, without any error; and"
                    + " targets that demand rows stop at the first statement.")
            .fix("Set binlog_format to ROW; sessions that are open keep the old one until they reconnect.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html#sysvar_binlog_format")
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
        // A server without the variable knows one format only; 8.4 has begun to give the others up.
        String format = source.get(Facts.VARIABLES).get("binlog_format");
        if (format == null || format.equalsIgnoreCase("ROW")) {
            return Outcome.passed();
        }
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, "binlog_format"),
                format,
                "ROW",
                "Unsupported binary log format: " + format + ", only ROW is supported",
                SettingAdvice.online(
                        Server.of(source), "binlog_format", "ROW", "sessions keep the old one until they reconnect")));
    }
}
