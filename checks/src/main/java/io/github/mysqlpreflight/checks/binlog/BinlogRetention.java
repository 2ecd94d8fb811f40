/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.BinaryLogRetention;
import io.github.mysqlpreflight.core.check.BinaryLogRetention.State;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.DataVolume;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binary logs are kept until a replica that starts from a dump has read them.
 *
 * <p>On Amazon's servers, whether they are kept for a day is {@code binlog.retention-rds}'s; whether that is enough for this dump is
 * asked here.
 */
final class BinlogRetention implements Check {
    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;

    /** What the most modest of the products that replicate from MySQL asks for. */
    private static final long LEAST_SECONDS = DAY;
    /** What most of them recommend at least. */
    private static final long RECOMMENDED_SECONDS = 3 * DAY;
    /** With so long a time the size of the data, where it is not known, need not be. */
    private static final long AMPLE_SECONDS = 7 * DAY;

    /** Loading takes about twice as long as dumping, and catching up about as long. */
    private static final int DUMPS = 4;

    private static final long MOST_HOURS_ON_RDS = 168;
    private static final long MOST_HOURS_ON_AURORA = 2_160;

    private static final CheckInfo INFO = CheckInfo.of("binlog.retention", "Binary logs are kept long enough")
            .why(
                    "A replica reads on where the dump began. When the source has removed a file before the dump is made, loaded"
                            + " and caught up with, the replica stops with error 1236, and everything starts again. How long that"
                            + " takes is an estimate: the size of the data by --dump-throughput (50 MB/s unless told otherwise),"
                            + " taken four times, and a day at least.")
            .fix("Keep binary logs for three to seven days while the migration lasts: binlog_expire_logs_seconds, or"
                    + " expire_logs_days before 8.0. See that the disk has room for them.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html#sysvar_binlog_expire_logs_seconds",
                    "https://dev.mysql.com/doc/refman/8.4/en/purge-binary-logs.html")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES)
            .uses(Facts.TABLES, Facts.SCHEMAS, Facts.TABLE_SIZES, Facts.RDS_CONFIGURATION)
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
        if (!source.get(Facts.VARIABLES).isOn("log_bin")) {
            return Outcome.notApplicable("the binary log is off; binlog.enabled judges it");
        }
        Server server = Server.of(source);
        BinaryLogRetention retention = BinaryLogRetention.of(source);
        boolean tooShort = retention.state() != State.FOREVER && retention.seconds() < LEAST_SECONDS;
        if (BinaryLogRetention.isOfRds(server) && tooShort) {
            return Outcome.notApplicable(
                    "on Amazon RDS and Aurora the server's variables do not count; binlog.retention-rds judges theirs");
        }
        return switch (retention.state()) {
            case FOREVER -> Outcome.passed();
            case KEPT, AT_ONCE -> kept(source, plan, server, retention);
            case UNKNOWN ->
                Outcome.unknown(
                        retention.setting() + " does not tell how long the source keeps its binary logs",
                        SettingAdvice.online(server, retention.setting(), Long.toString(RECOMMENDED_SECONDS), null)
                                .get(0));
        };
    }

    private static Outcome kept(Snapshot source, Plan plan, Server server, BinaryLogRetention retention) {
        boolean sized = source.knows(Facts.TABLE_SIZES) && source.knows(Facts.SCHEMAS);
        if (!sized && retention.seconds() >= AMPLE_SECONDS) {
            return Outcome.passed();
        }
        if (!sized && retention.seconds() >= LEAST_SECONDS) {
            String why = source.find(Facts.TABLE_SIZES) instanceof Fact.Unavailable<TableSizes> open
                    ? open.message()
                    : "the databases are not known";
            return Outcome.unknown("the source keeps its binary logs for " + Quantities.hours(retention.seconds())
                    + "; whether that is enough depends on the size of the data, which is not known: " + why);
        }
        DataVolume volume = sized ? DataVolume.of(source, plan) : null;
        long dumpSeconds = volume == null ? 0 : volume.dumpSeconds(plan);
        long needed = Math.max(LEAST_SECONDS, DUMPS * dumpSeconds);
        if (retention.seconds() >= needed) {
            return Outcome.passed();
        }
        String found = Quantities.hours(retention.seconds());
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, retention.setting()),
                found,
                Quantities.hours(needed),
                "the source keeps its binary logs for " + found + ", and a replica needs them for "
                        + Quantities.hours(needed) + because(plan, volume, dumpSeconds, needed),
                remedies(server, retention, needed)));
    }

    private static String because(Plan plan, @Nullable DataVolume volume, long dumpSeconds, long needed) {
        String least = needed == LEAST_SECONDS ? " at least" : "";
        if (volume == null || dumpSeconds < 60) {
            return least;
        }
        return least + " (the dump of " + Quantities.size(volume.dataBytes()) + " takes about "
                + Quantities.duration(dumpSeconds) + " at " + Quantities.size(plan.dumpThroughput()) + "/s"
                + (least.isEmpty() ? ", then it has to be loaded and caught up with)" : ")");
    }

    private static List<Remedy> remedies(Server server, BinaryLogRetention retention, long needed) {
        long days = Math.max(RECOMMENDED_SECONDS / DAY, (needed + DAY - 1) / DAY);
        String note = "see that the disk has room for the files of that time";
        List<Remedy> remedies = new ArrayList<>();
        if (BinaryLogRetention.isOfRds(server)) {
            long most = server.flavor() == Flavor.AURORA ? MOST_HOURS_ON_AURORA : MOST_HOURS_ON_RDS;
            remedies.add(Remedy.sql(
                    "As the master user:",
                    List.of(new Remedy.Statement(
                            "CALL mysql.rds_set_configuration('" + BinaryLogRetention.OF_RDS + "', "
                                    + Math.min(most, 24 * days) + ")",
                            note))));
        } else {
            boolean inDays = retention.setting().equals("expire_logs_days");
            remedies.addAll(
                    SettingAdvice.online(server, retention.setting(), Long.toString(inDays ? days : days * DAY), note));
        }
        if (needed > LEAST_SECONDS) {
            remedies.add(
                    Remedy.of("Dump faster, with several threads of mydumper or MySQL Shell, and tell the throughput by"
                            + " --dump-throughput"));
        }
        return remedies;
    }
}
