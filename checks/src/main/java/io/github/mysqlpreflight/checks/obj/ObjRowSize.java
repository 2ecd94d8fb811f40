/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows and indexes are within the target's limits; they were made under the rules of the source, which may have been laxer.
 *
 * <p>Tried: 5.7.22 makes a table COMPACT by ALTER TABLE whatever its indexes are, and takes any row with innodb_strict_mode off. 8.0.15 and
 * 9.7.4 refuse such a table, a replica at the statement of the source too; an index that is not unique they shorten when a dump is loaded,
 * for mysqldump switches strict mode of SQL off.
 */
final class ObjRowSize implements Check {
    private static final int MOST_KEYS = 64;
    private static final int MOST_PARTS = 16;
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 table or index is beyond the target's limits", "{n} tables and indexes are beyond the target's limits");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.row-size", "Rows and indexes are within the target's limits")
            .why(
                    "A table made under laxer rules cannot be created on the target, by a dump or by a replica: its rows are too"
                            + " long for a page (error 1118), an index too long for the row format (error 1071), or there are too many"
                            + " (errors 1069, 1070). An index that is not unique may be shortened without a word.")
            .fix("Give the table ROW_FORMAT=DYNAMIC, make texts of long columns, or shorten the index.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-limits.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/column-count-limit.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-row-format.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(Facts.TABLES, Facts.COLUMNS, Facts.INDEXES, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.GRANTS)
            .targetNeeds(Facts.VARIABLES)
            .privileges("SELECT on each table; the columns of others are not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Judge judge = new Judge(InnoDbLimits.of(source, plan));
        PerTable<Index> indexes = source.get(Facts.INDEXES);
        MigratedTables tables = MigratedTables.withColumns(source, plan);
        tables.forEach((table, columns) -> {
            if ("InnoDB".equalsIgnoreCase(table.engine())) {
                judge.judge(table, columns, indexes.of(table.schema(), table.name()));
            }
        });
        return tables.outcome(judge.findings, HEADLINE);
    }

    private static final class Judge {
        private final InnoDbLimits limits;
        private final Map<String, String> formats = new HashMap<>();
        private final List<Finding> findings = new ArrayList<>();

        Judge(InnoDbLimits limits) {
            this.limits = limits;
        }

        void judge(Tables.Table table, List<Column> columns, List<Index> indexes) {
            String format = formats.computeIfAbsent(
                    table.createOptions(), options -> limits.format(StorageOptions.parse(options)));
            int row = limits.longestRow(columns, indexes, format);
            if (row >= limits.row(format)) {
                findings.add(row(table, columns, indexes, format, row));
            }
            if (indexes.size() > MOST_KEYS) {
                findings.add(finding(
                        Effect.BLOCKS_MIGRATION,
                        ObjectRef.table(table.schema(), table.name()),
                        indexes.size() + " keys",
                        "at most " + MOST_KEYS,
                        MigratedTables.label(table) + " has " + indexes.size() + " keys, the target takes " + MOST_KEYS
                                + " (error 1069)",
                        Remedy.of("Drop keys that no query needs")));
            }
            for (Index index : indexes) {
                Finding finding = index(table, columns, index, format);
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }

        private Finding row(Tables.Table table, List<Column> columns, List<Index> indexes, String format, int length) {
            int limit = limits.row(format);
            boolean fitsAsDynamic = !format.equals("DYNAMIC")
                    && !format.equals("COMPRESSED")
                    && limits.longestRow(columns, indexes, "DYNAMIC") < limits.row("DYNAMIC");
            String what = "a row of " + MigratedTables.label(table) + " may take " + length + " bytes of a page as "
                    + format + ", which has to be less than " + limit;
            return finding(
                    limits.strict() ? Effect.BLOCKS_MIGRATION : Effect.WARNING,
                    ObjectRef.table(table.schema(), table.name()),
                    length + " bytes",
                    "less than " + limit,
                    limits.strict()
                            ? what + ": the target refuses the table (error 1118)"
                            : what + ": the target refuses rows that do (error 1118)",
                    fitsAsDynamic
                            ? dynamic(table)
                            : Remedy.of("Make texts of its longest CHAR and BINARY columns, or two tables of it"),
                    Remedy.of(
                            "Load with SET SESSION innodb_strict_mode = OFF (--init-command of the mysql client), where"
                                    + " no row is that long; for replication, switch it off globally on the target"));
        }

        private @Nullable Finding index(Tables.Table table, List<Column> columns, Index index, String format) {
            if (index.type().equals("FULLTEXT") || index.type().equals("SPATIAL")) {
                return null;
            }
            if (index.parts().size() > MOST_PARTS) {
                return index(
                        table,
                        index,
                        index.parts().size() + " columns",
                        "at most " + MOST_PARTS,
                        "has " + index.parts().size() + " columns, the target takes " + MOST_PARTS + " (error 1070)",
                        Remedy.of("Leave columns out of the index"));
            }
            int partLimit = limits.indexPart(format);
            int total = 0;
            for (Index.Part part : index.parts()) {
                Column column = part.column() == null ? null : MigratedTables.column(columns, part.column());
                if (column == null) {
                    continue;
                }
                int bytes =
                        part.prefix() == null ? ColumnSize.bytes(column) : ColumnSize.inIndex(column, part.prefix());
                if (bytes == ColumnSize.LONG) {
                    return unlimited(table, index, column);
                }
                if (bytes > partLimit) {
                    return part(table, index, column, bytes, format);
                }
                total += bytes;
            }
            return total <= limits.index()
                    ? null
                    : index(
                            table,
                            index,
                            total + " bytes",
                            "at most " + limits.index(),
                            "takes " + total + " bytes, the target takes " + limits.index() + " (error 1071)",
                            Remedy.of("Index prefixes of its columns, or leave some out"));
        }

        /** MariaDB makes a key of hash values for it, and 5.7 a prefix of a geometry, which obj.pk-type reports. */
        private static @Nullable Finding unlimited(Tables.Table table, Index index, Column column) {
            return column.collation() == null && !column.type().contains("blob")
                    ? null
                    : index(
                            table,
                            index,
                            "all of " + column.name(),
                            "a prefix",
                            "is over all of the " + column.type() + " " + column.name()
                                    + ", the target takes a prefix alone (error 1170)",
                            Remedy.of("Index a prefix of it, or a hash in a column of its own"));
        }

        private Finding part(Tables.Table table, Index index, Column column, int bytes, String format) {
            int limit = limits.indexPart(format);
            String message = "takes " + bytes + " bytes of " + column.name() + ", the target takes " + limit + " of a "
                    + format + " table";
            boolean helps = limit < limits.index() && bytes <= limits.indexPart("DYNAMIC");
            Remedy remedy = helps ? dynamic(table) : Remedy.of("Index a prefix of it, or shorten the column");
            return index.unique()
                    ? index(table, index, bytes + " bytes", "at most " + limit, message + " (error 1071)", remedy)
                    : finding(
                            Effect.WARNING,
                            object(table, index),
                            bytes + " bytes",
                            "at most " + limit,
                            words(table, index, message + ": it is shortened when a dump is loaded"),
                            remedy);
        }

        private static Finding index(
                Tables.Table table, Index index, String found, String needed, String words, Remedy remedy) {
            return finding(
                    Effect.BLOCKS_MIGRATION, object(table, index), found, needed, words(table, index, words), remedy);
        }

        private static ObjectRef object(Tables.Table table, Index index) {
            return new ObjectRef(Side.SOURCE, ObjectRef.Type.INDEX, table.schema(), table.name(), index.name());
        }

        private static String words(Tables.Table table, Index index, String words) {
            return "the index " + index.name() + " of " + MigratedTables.label(table) + " " + words;
        }

        private static Finding finding(
                Effect effect, ObjectRef object, String found, String needed, String message, Remedy... remedies) {
            return new Finding(effect, object, found, needed, message, List.of(remedies));
        }

        private static Remedy dynamic(Tables.Table table) {
            return Remedy.sql(
                    "Choose a row format with higher limits:",
                    List.of(new Remedy.Statement(
                            "ALTER TABLE " + SqlNames.quote(table.schema(), table.name()) + " ROW_FORMAT=DYNAMIC",
                            "rebuilds the table, blocks writes to it")));
        }
    }
}
