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

/** The binary log holds all columns of a row. */
final class BinlogRowImage implements Check {
    private static final CheckInfo INFO = CheckInfo.of("binlog.row-image", "The binary log holds whole rows")
            .why(
                    "With MINIMAL or NOBLOB the binary log leaves out columns that did not change. A replica finds a row by"
                            + " what is left only while its table has the same key and the same order of columns, it no longer"
                            + " notices that a row differed before, and tools that follow the log miss values.")
            .fix(
                    "Set binlog_row_image to FULL; sessions that are open keep the old one until they reconnect. Replicas on"
                            + " Azure have MINIMAL by default.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html#sysvar_binlog_row_image")
            .effects(Effect.WARNING)
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
        String image = source.get(Facts.VARIABLES).get("binlog_row_image");
        if (isFull(image)) {
            return Outcome.passed();
        }
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, "binlog_row_image"),
                image,
                "FULL",
                "binlog_row_image is " + image
                        + ": the binary log leaves columns out, and a replica finds its rows only"
                        + " while keys and columns are the same on both servers",
                SettingAdvice.online(
                        Server.of(source),
                        "binlog_row_image",
                        "FULL",
                        "sessions keep the old one until they reconnect; the binary log grows")));
    }

    /** Also where there is no such variable (before 5.6.2), and for MariaDB's FULL_NODUP. */
    static boolean isFull(@Nullable String image) {
        return image == null || image.startsWith("FULL");
    }
}
