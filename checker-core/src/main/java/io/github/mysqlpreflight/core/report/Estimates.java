/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.BinaryLogRetention;
import io.github.mysqlpreflight.core.check.DataVolume;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Activity;
import io.github.mysqlpreflight.core.snapshot.BinaryLogs;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.ServerStatus;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much there is to migrate, how much is written meanwhile, and how long a dump takes. Numbers to plan with: no judgement, and
 * none of them 0 because it is not known.
 *
 * @param volume data and indexes; null where they are not known
 * @param volumeUnknown why they are not; empty where they are
 * @param statisticsAgeSeconds how old the sizes may be, by the server's setting; 0 where they are those of the moment
 * @param withoutPrimaryKey the tables without a primary key; null where they are not known
 * @param writes how much is written; null where that is not known
 * @param dumpThroughput bytes of data that a dump takes a second, by the plan
 * @param dumpSeconds how long the dump takes by that; null where the data's size is not known
 * @param retention how long binary logs are kept; null where there is no binary log, or it is not known whether
 * @param binaryLogBytes size of the binary log files that are there; null where it is not known
 */
public record Estimates(
        @Nullable DataVolume volume,
        String volumeUnknown,
        long statisticsAgeSeconds,
        @Nullable DataVolume withoutPrimaryKey,
        @Nullable Writes writes,
        long dumpThroughput,
        @Nullable Long dumpSeconds,
        @Nullable BinaryLogRetention retention,
        @Nullable Long binaryLogBytes) {
    private static final long WORTH_BYTES = 1L << 30;
    private static final List<String> STATEMENTS = List.of(
            "com_insert",
            "com_insert_select",
            "com_update",
            "com_update_multi",
            "com_delete",
            "com_delete_multi",
            "com_replace",
            "com_replace_select",
            "com_load");
    private static final List<String> ROWS =
            List.of("innodb_rows_inserted", "innodb_rows_updated", "innodb_rows_deleted");

    public Estimates {
        requireNonNull(volumeUnknown, "volumeUnknown is null");
    }

    /**
     * What is written.
     *
     * @param sampled whether it was seen between two samples; else it is an average since the server started
     * @param seconds over which time
     * @param statements statements that write, a second
     * @param rows rows of InnoDB that they changed, a second; null where the server does not tell
     * @param binaryLogBytes bytes of binary log, a second; null where it is off or cannot be told
     */
    public record Writes(
            boolean sampled,
            double seconds,
            double statements,
            @Nullable Double rows,
            @Nullable Double binaryLogBytes) {}

    /** What they are made of; a run that is to have them reads that. */
    public static List<FactKey<?>> facts() {
        return List.of(
                Facts.VARIABLES,
                Facts.SCHEMAS,
                Facts.TABLES,
                Facts.TABLE_SIZES,
                Facts.INDEXES,
                Facts.STATUS,
                Facts.ACTIVITY,
                Facts.BINARY_LOG_STATUS,
                Facts.BINARY_LOGS,
                Facts.RDS_CONFIGURATION);
    }

    /** The estimates of a source; null where it was not reached, or its sizes were not asked for. */
    public static @Nullable Estimates of(Snapshot source, Plan plan) {
        if (!source.knows(Facts.VARIABLES)) {
            return null;
        }
        DataVolume data = null;
        String unknown = unknown(source.find(Facts.SCHEMAS));
        if (source.find(Facts.TABLE_SIZES) instanceof Fact.Unavailable<TableSizes> open) {
            if (open.cause() == Fact.Cause.NOT_READ) {
                return null;
            }
            unknown = open.message();
        } else if (unknown.isEmpty()) {
            data = DataVolume.of(source, plan);
        }
        ServerVariables variables = source.get(Facts.VARIABLES);
        return new Estimates(
                data,
                unknown,
                variables.number("information_schema_stats_expiry", 0),
                data == null ? null : withoutPrimaryKey(source, plan),
                writes(source),
                plan.dumpThroughput(),
                data == null ? null : data.dumpSeconds(plan),
                variables.isOn("log_bin") ? BinaryLogRetention.of(source) : null,
                source.find(Facts.BINARY_LOGS) instanceof Fact.Known<BinaryLogs> logs && variables.isOn("log_bin")
                        ? logs.value().totalBytes()
                        : null);
    }

    private static String unknown(Fact<?> fact) {
        return fact instanceof Fact.Unavailable<?> open ? open.message() : "";
    }

    private static @Nullable DataVolume withoutPrimaryKey(Snapshot source, Plan plan) {
        if (!(source.find(Facts.INDEXES) instanceof Fact.Known<PerTable<Index>> indexes)) {
            return null;
        }
        return DataVolume.of(source, plan, table -> {
            for (Index index : indexes.value().of(table.schema(), table.table())) {
                if (index.isPrimary()) {
                    return false;
                }
            }
            return true;
        });
    }

    private static @Nullable Writes writes(Snapshot source) {
        if (source.find(Facts.ACTIVITY) instanceof Fact.Known<Activity> known
                && known.value().millis() > 0) {
            Activity activity = known.value();
            Double statements = sum(activity, STATEMENTS);
            Long bytes = activity.binaryLogBytes();
            return statements == null
                    ? null
                    : new Writes(
                            true,
                            activity.millis() / 1000.0,
                            statements,
                            sum(activity, ROWS),
                            bytes == null ? null : bytes * 1000.0 / activity.millis());
        }
        if (source.find(Facts.STATUS) instanceof Fact.Known<ServerStatus> known) {
            ServerStatus status = known.value();
            Double statements = sum(status, STATEMENTS);
            long uptime = status.uptimeSeconds();
            Double rows = sum(status, ROWS);
            return statements == null || uptime == 0
                    ? null
                    : new Writes(false, uptime, statements / uptime, rows == null ? null : rows / uptime, null);
        }
        return null;
    }

    /** By how much those of the counters that exist grew in a second; null where none does. */
    private static @Nullable Double sum(Activity activity, List<String> counters) {
        Double sum = null;
        for (String counter : counters) {
            if (activity.growth().containsKey(counter)) {
                sum = (sum == null ? 0 : sum) + activity.perSecond(counter);
            }
        }
        return sum;
    }

    /** Those of the counters that exist; null where none does. */
    private static @Nullable Double sum(ServerStatus status, List<String> counters) {
        Double sum = null;
        for (String counter : counters) {
            long value = status.number(counter, -1);
            if (value >= 0) {
                sum = (sum == null ? 0 : sum) + value;
            }
        }
        return sum;
    }

    /** Whether a report that says only what matters says them: not of a few rows that nobody writes to. */
    public boolean areWorthALine() {
        return volume == null || volume.bytes() >= WORTH_BYTES || (writes != null && writes.sampled());
    }
}
