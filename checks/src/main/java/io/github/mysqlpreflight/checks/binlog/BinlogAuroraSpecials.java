/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Aurora writes its binary log as MySQL does.
 *
 * <p>Aurora's aurora_enable_repl_bin_log_filtering concerns what its own readers get and is on by default, so it is not looked at; a
 * cluster of Serverless v1 has no binary log at all, which binlog.enabled finds.
 */
final class BinlogAuroraSpecials implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.aurora-specials", "Aurora writes its binary log as MySQL does")
            .why(
                    "The enhanced binary log of Aurora lives in the cluster's storage: a replica reads it like any other, but it"
                            + " does not survive the restoring or cloning of the cluster, and some tools (AWS DMS among"
                            + " them) refuse it.")
            .fix(
                    "Set aurora_enhanced_binlog to 0 in the DB cluster parameter group and reboot the writer, or see to it that"
                            + " the cluster is not restored while the migration runs.")
            .links("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Enhanced.binlog.html")
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
        Server server = Server.of(source);
        if (server.flavor() != Flavor.AURORA) {
            return Outcome.notApplicable("the source is " + server.flavor().title() + ", not Amazon Aurora");
        }
        if (!source.get(Facts.VARIABLES).isOn("aurora_enhanced_binlog")) {
            return Outcome.passed();
        }
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, "aurora_enhanced_binlog"),
                "ON",
                "OFF",
                "aurora_enhanced_binlog is ON: the binary log is lost when the cluster is restored or cloned, and some"
                        + " readers refuse it",
                SettingAdvice.atStart(
                        server, "aurora_enhanced_binlog = 0", "binlog_backup = 1", "binlog_replication_globaldb = 1")));
    }
}
