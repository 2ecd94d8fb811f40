/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.BinaryLogRetention;
import io.github.mysqlpreflight.core.check.DataVolume;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.report.Estimates;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Estimates in words that every report for a person says alike; what is not known is said so. The names in them are foreign text. */
public final class EstimateWords {
    private EstimateWords() {}

    /** All that there is to say, in one line. */
    public static String line(Estimates estimates) {
        List<String> parts = new ArrayList<>();
        parts.add(data(estimates) + largest(estimates.volume()));
        parts.add("a dump takes " + dump(estimates));
        String kept = binaryLogs(estimates.retention());
        if (kept != null) {
            parts.add("binary logs are " + kept);
        }
        parts.add(writes(estimates.writes()));
        DataVolume without = estimates.withoutPrimaryKey();
        if (without != null && without.tables() > 0) {
            parts.add(withoutPrimaryKey(without) + largest(without));
        }
        return "Data: " + String.join("; ", parts);
    }

    /** Data and indexes. */
    static String data(Estimates estimates) {
        DataVolume volume = estimates.volume();
        if (volume == null) {
            return "size unknown (" + estimates.volumeUnknown() + ")";
        }
        long age = estimates.statisticsAgeSeconds();
        return Quantities.size(volume.dataBytes()) + " and " + Quantities.size(volume.indexBytes()) + " of indexes in "
                + tables(volume) + (age > 0 ? " (statistics up to " + Quantities.hours(age) + " old)" : "");
    }

    private static String tables(DataVolume tables) {
        return Quantities.grouped(tables.tables()) + (tables.tables() == 1 ? " table" : " tables");
    }

    private static String largest(@Nullable DataVolume tables) {
        if (tables == null || tables.tables() < 2) {
            return "";
        }
        TableSizes.Size first = tables.largest().get(0);
        return ", the largest " + first.schema() + "." + first.table() + " with " + Quantities.size(first.bytes());
    }

    /** How long the dump takes. */
    static String dump(Estimates estimates) {
        Long seconds = estimates.dumpSeconds();
        String pace = " at " + Quantities.size(estimates.dumpThroughput()) + "/s";
        return seconds == null
                ? "an unknown time" + pace
                : seconds < 60 ? "less than a minute" + pace : "about " + Quantities.duration(seconds) + pace;
    }

    /** How long binary logs are kept; null where there are none. */
    static @Nullable String binaryLogs(@Nullable BinaryLogRetention retention) {
        if (retention == null) {
            return null;
        }
        return switch (retention.state()) {
            case KEPT -> "kept for " + Quantities.hours(retention.seconds());
            case FOREVER -> "never purged";
            case AT_ONCE -> "removed as soon as the vendor can";
            case UNKNOWN -> "kept for an unknown time";
        };
    }

    /** How much is written. */
    static String writes(Estimates.@Nullable Writes writes) {
        if (writes == null) {
            return "how much is written is unknown";
        }
        Double bytes = writes.binaryLogBytes();
        String time = Quantities.duration(Math.max(1, Math.round(writes.seconds())));
        return Quantities.number(writes.statements()) + " writes/s"
                + (bytes == null ? "" : " and " + Quantities.size(Math.round(bytes)) + "/s of binary log")
                + (writes.sampled()
                        ? ", watched for " + time
                        : " on average since the server started, " + time + " ago");
    }

    /** The tables without a primary key. */
    static String withoutPrimaryKey(DataVolume without) {
        return tables(without) + " without a primary key"
                + (without.tables() == 0 ? "" : " (" + Quantities.size(without.bytes()) + ")");
    }
}
