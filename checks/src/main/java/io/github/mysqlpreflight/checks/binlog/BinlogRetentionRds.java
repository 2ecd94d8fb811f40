/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.RdsConfiguration;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Amazon keeps the binary logs of the source for as long as the migration takes. */
final class BinlogRetentionRds implements Check {
    private static final String SETTING = "binlog retention hours";
    private static final long ENOUGH_HOURS = 24;
    private static final int UNKNOWN_COLUMN = 1054;

    /** Amazon's own table always has the setting, without a value as long as it was never set. */
    private static final String NOT_AMAZONS =
            "mysql.rds_configuration of the source has no binlog retention hours, and so is not Amazon's own";

    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.retention-rds", "Amazon keeps the binary logs long enough")
            .why(
                    "RDS and Aurora purge binary logs by a setting of their own, not by the server's variables. While it was"
                            + " never set, they purge as soon as possible: the replica that starts from a dump finds its file gone"
                            + " (error 1236), and all has to be copied again.")
            .fix(
                    "Set it to two or three days while the migration runs: CALL mysql.rds_set_configuration('binlog retention"
                            + " hours', 72). RDS takes up to 168, Aurora up to 2160.")
            .links(
                    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-configuring.html",
                    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-configuring.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES)
            .uses(Facts.RDS_CONFIGURATION, Facts.TABLES, Facts.CONNECTION)
            .privileges("SELECT on mysql.rds_configuration")
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
        Fact<RdsConfiguration> configuration = source.find(Facts.RDS_CONFIGURATION);
        boolean amazon = server.flavor() == Flavor.RDS || server.flavor() == Flavor.AURORA || server.managedOnRds();
        if (!amazon && configuration instanceof Fact.Unavailable<RdsConfiguration>) {
            return Outcome.notApplicable("the source is " + server.flavor().title() + ", not on Amazon RDS or Aurora");
        }
        if (configuration instanceof Fact.Unavailable<RdsConfiguration> unavailable
                && unavailable.errorCode() == UNKNOWN_COLUMN) {
            return Outcome.notApplicable(NOT_AMAZONS);
        }
        Map<String, @Nullable String> values =
                source.get(Facts.RDS_CONFIGURATION).values();
        if (!values.containsKey(SETTING)) {
            return Outcome.notApplicable(NOT_AMAZONS);
        }
        String value = values.get(SETTING);
        long hours = value == null ? 0 : ServerVariables.parse(value, 0);
        if (hours >= ENOUGH_HOURS) {
            return Outcome.passed();
        }
        return Outcome.found(new Finding(
                hours == 0 ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, SETTING),
                value == null ? "not set" : value,
                "at least " + ENOUGH_HOURS,
                hours == 0
                        ? "binlog retention hours is not set on the source: Amazon purges binary logs as soon as possible,"
                                + " before a replica can read them (error 1236)"
                        : "binlog retention hours of the source is " + hours
                                + ", less than a day: a replica that starts"
                                + " from a dump may find its binary log purged (error 1236)",
                List.of(Remedy.sql(
                        "As the master user:",
                        List.of(new Remedy.Statement(
                                "CALL mysql.rds_set_configuration('binlog retention hours', 72)",
                                "keeps three days of binary logs on the instance's storage"))))));
    }
}
