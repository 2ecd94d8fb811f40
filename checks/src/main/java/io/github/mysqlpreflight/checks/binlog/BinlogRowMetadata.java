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

/**
 * The binary log names its columns, where it does not hold all of them.
 *
 * <p>Neither replication nor a dump needs that, and no server has it by default, so that saying it of each would be noise.
 */
final class BinlogRowMetadata implements Check {
    private static final CheckInfo INFO = CheckInfo.of("binlog.row-metadata", "The binary log names the columns")
            .why(
                    "A MySQL replica goes by the order of columns and needs no names. Tools that follow the log need them to"
                            + " leave columns out; and where the log does not hold whole rows, without names nobody can tell from"
                            + " it alone which values it has.")
            .fix("Set binlog_row_metadata to FULL where such a tool reads the log.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html"
                    + "#sysvar_binlog_row_metadata")
            .effects(Effect.NOTICE)
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
        String metadata = variables.get("binlog_row_metadata");
        if (metadata == null) {
            return Outcome.notApplicable("the source has no binlog_row_metadata, which came with MySQL 8.0.1");
        }
        if (metadata.equalsIgnoreCase("FULL")) {
            return Outcome.passed();
        }
        String image = variables.get("binlog_row_image");
        if (BinlogRowImage.isFull(image)) {
            return Outcome.notApplicable(
                    "whole rows are logged, and neither replication nor a dump needs column names");
        }
        return Outcome.found(new Finding(
                Effect.NOTICE,
                ObjectRef.setting(Side.SOURCE, "binlog_row_metadata"),
                metadata,
                "FULL",
                "binlog_row_metadata is " + metadata + " and binlog_row_image " + image
                        + ": the binary log has neither all columns nor their names, and only a server with the same"
                        + " tables can read it",
                SettingAdvice.online(Server.of(source), "binlog_row_metadata", "FULL", "the binary log grows")));
    }
}
