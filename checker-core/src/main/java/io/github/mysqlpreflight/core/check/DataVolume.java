/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How much there is to migrate, by the server's own estimates.
 *
 * @param tables how many tables, of those whose size the server tells
 * @param dataBytes their data, which is what a dump reads
 * @param indexBytes their indexes besides, which are built anew
 * @param largest the largest of them, at most {@link #NAMED}, the largest first
 */
public record DataVolume(int tables, long dataBytes, long indexBytes, List<TableSizes.Size> largest) {
    /** So many tables are named. */
    public static final int NAMED = 10;

    public DataVolume {
        largest = List.copyOf(largest);
    }

    /**
     * Adds up what the plan migrates; needs the facts {@code tableSizes}, {@code schemas} and {@code variables}.
     *
     * @throws io.github.mysqlpreflight.core.snapshot.FactUnavailableException when one of them is not known
     */
    public static DataVolume of(Snapshot source, Plan plan) {
        return of(source, plan, table -> true);
    }

    /** The same of those tables alone that are wanted. */
    public static DataVolume of(Snapshot source, Plan plan, Predicate<TableSizes.Size> wanted) {
        Selection selection = Selection.of(source, plan);
        Set<String> databases = new HashSet<>();
        for (String database : selection.databases()) {
            databases.add(fold(database, selection));
        }
        List<TableSizes.Size> largest = new ArrayList<>();
        int tables = 0;
        long data = 0;
        long indexes = 0;
        for (TableSizes.Size size : source.get(Facts.TABLE_SIZES).list()) {
            if (databases.contains(fold(size.schema(), selection)) && wanted.test(size)) {
                tables++;
                data += size.dataBytes();
                indexes += size.indexBytes();
                keepLargest(largest, size);
            }
        }
        return new DataVolume(tables, data, indexes, largest);
    }

    private static void keepLargest(List<TableSizes.Size> largest, TableSizes.Size size) {
        int place = largest.size();
        while (place > 0 && compare(size, largest.get(place - 1)) < 0) {
            place--;
        }
        if (place < NAMED) {
            largest.add(place, size);
        }
        if (largest.size() > NAMED) {
            largest.remove(NAMED);
        }
    }

    /** The largest first, equal ones by name. */
    private static int compare(TableSizes.Size one, TableSizes.Size other) {
        int order = Long.compare(other.bytes(), one.bytes());
        order = order != 0 ? order : one.schema().compareTo(other.schema());
        return order != 0 ? order : one.table().compareTo(other.table());
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
