/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.DataVolume;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The databases fit into the size that the plan allows. */
final class TgtDisk implements Check {
    private static final int NAMED_TABLES = 3;

    private static final CheckInfo INFO = CheckInfo.of("tgt.disk", "Data and indexes fit into the size that was given")
            .why("A target that runs full stops in the middle of the load (error 1114, or 28 of the system), and a"
                    + " managed"
                    + " one turns read-only. Sizes are the server's own estimates of data and indexes: from"
                    + " 8.0 on they"
                    + " may be as old as information_schema_stats_expiry says, a day unless it was changed; on"
                    + " any release"
                    + " a table that changed much lately is estimated badly. Binary logs on the target come on"
                    + " top.")
            .fix("Give the target more room and raise --max-total-size, or leave databases out with --ignore-dbs.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/information-schema-tables-table.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html"
                            + "#sysvar_information_schema_stats_expiry")
            .effects(Effect.BLOCKS_MIGRATION)
            .needs(Facts.SCHEMAS, Facts.SCHEMA_SIZES, Facts.VARIABLES)
            .uses(Facts.TABLES, Facts.TABLE_SIZES)
            .privileges("SELECT on the databases to migrate")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return plan.maxTotalSize() == null ? "no largest size was given (--max-total-size)" : null;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Long limit = plan.maxTotalSize();
        if (limit == null) {
            return Outcome.notApplicable("no largest size was given (--max-total-size)");
        }
        List<String> databases = Selection.of(source, plan).databases();
        Map<String, Long> sizes = sizes(source, databases);
        long total = 0;
        String largest = null;
        long largestSize = 0;
        for (Map.Entry<String, Long> entry : sizes.entrySet()) {
            total += Math.min(entry.getValue(), Long.MAX_VALUE - total);
            if (entry.getValue() > largestSize) {
                largest = entry.getKey();
                largestSize = entry.getValue();
            }
        }
        if (total <= limit) {
            return Outcome.passed();
        }
        return Outcome.found(new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.server(Side.SOURCE),
                total + " bytes",
                "at most " + limit + " bytes",
                "Database is larger than the maximum size of " + limit + " bytes: " + total
                        + " bytes of data and indexes in "
                        + (databases.size() == 1 ? "1 database" : databases.size() + " databases")
                        + age(source.get(Facts.VARIABLES)),
                List.of(
                        Remedy.of("Give the target more room, then raise --max-total-size"),
                        Remedy.of("Leave databases that are not needed out with --ignore-dbs"
                                + (largest == null || databases.size() == 1
                                        ? ""
                                        : "; the largest is " + largest + " with " + largestSize + " bytes")
                                + largestTables(source, plan)))));
    }

    /** Where the room goes, as far as the tables' sizes are known. */
    private static String largestTables(Snapshot source, Plan plan) {
        if (!source.knows(Facts.TABLE_SIZES)) {
            return "";
        }
        StringBuilder words = new StringBuilder();
        List<TableSizes.Size> tables = DataVolume.of(source, plan).largest();
        for (TableSizes.Size table : tables.subList(0, Math.min(NAMED_TABLES, tables.size()))) {
            words.append(words.length() == 0 ? "; the largest tables are " : ", ")
                    .append(table.schema())
                    .append('.')
                    .append(table.table())
                    .append(" (")
                    .append(Quantities.size(table.bytes()))
                    .append(')');
        }
        return words.toString();
    }

    /** The sizes of the databases to migrate, by name as the server compares names; one without tables is missing. */
    private static Map<String, Long> sizes(Snapshot source, List<String> databases) {
        boolean foldCase = source.get(Facts.VARIABLES).number("lower_case_table_names", 0) != 0;
        Map<String, String> selected = new TreeMap<>();
        for (String database : databases) {
            selected.put(foldCase ? database.toLowerCase(Locale.ROOT) : database, database);
        }
        Map<String, Long> sizes = new TreeMap<>();
        for (Map.Entry<String, Long> entry :
                source.get(Facts.SCHEMA_SIZES).bytes().entrySet()) {
            String name = foldCase ? entry.getKey().toLowerCase(Locale.ROOT) : entry.getKey();
            String database = selected.get(name);
            if (database != null) {
                sizes.merge(database, entry.getValue(), Long::sum);
            }
        }
        return sizes;
    }

    /** How old the numbers may be, from 8.0 on, where the server keeps them for a while. */
    private static String age(ServerVariables variables) {
        long seconds = variables.number("information_schema_stats_expiry", 0);
        if (seconds == 0) {
            return "";
        }
        return seconds % 3600 == 0
                ? ", by statistics that may be " + seconds / 3600 + " h old"
                : ", by statistics that may be " + seconds + " s old";
    }
}
