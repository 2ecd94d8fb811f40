/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How much there is to migrate, by the server's own estimates.
 *
 * @param tables the tables to migrate whose size the server tells, the largest first
 * @param dataBytes their data, which is what a dump reads
 * @param indexBytes their indexes besides, which are built anew
 */
public record DataVolume(List<TableSizes.Size> tables, long dataBytes, long indexBytes) {
    private static final Comparator<TableSizes.Size> LARGEST_FIRST = Comparator.comparingLong(TableSizes.Size::bytes)
            .reversed()
            .thenComparing(TableSizes.Size::schema)
            .thenComparing(TableSizes.Size::table);

    public DataVolume {
        tables = List.copyOf(tables);
    }

    /**
     * Adds up what the plan migrates; needs the facts {@code tableSizes}, {@code schemas} and {@code variables}.
     *
     * @throws io.github.mysqlpreflight.core.snapshot.FactUnavailableException when one of them is not known
     */
    public static DataVolume of(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        Set<String> databases = new HashSet<>();
        for (String database : selection.databases()) {
            databases.add(fold(database, selection));
        }
        List<TableSizes.Size> tables = new ArrayList<>();
        long data = 0;
        long indexes = 0;
        for (TableSizes.Size size : source.get(Facts.TABLE_SIZES).list()) {
            if (databases.contains(fold(size.schema(), selection))) {
                tables.add(size);
                data += size.dataBytes();
                indexes += size.indexBytes();
            }
        }
        tables.sort(LARGEST_FIRST);
        return new DataVolume(tables, data, indexes);
    }

    /** With lower_case_table_names=2 a table may spell its database otherwise than the list of databases does. */
    private static String fold(String name, Selection selection) {
        return selection.foldsCase() ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** Data and indexes together. */
    public long bytes() {
        return dataBytes + indexBytes;
    }

    /** How long a dump takes by the plan's throughput. */
    public long dumpSeconds(Plan plan) {
        return dataBytes / plan.dumpThroughput();
    }
}
