/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Shared;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All indexes in one pass over STATISTICS, without their cardinality: to tell that, the server would open each table before 8.0, and
 * look at statistics from then on.
 */
final class IndexesProbe implements Probe<PerTable<Index>> {
    /** The primary key first, the others by name. */
    private static final Comparator<Index> ORDER =
            Comparator.comparing((Index index) -> !index.isPrimary()).thenComparing(Index::name);

    @Override
    public FactKey<PerTable<Index>> key() {
        return Facts.INDEXES;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    /** A row of STATISTICS: an index with one of its parts. */
    private record Row(String name, boolean unique, String type, boolean visible, Index.Part part) {}

    @Override
    public PerTable<Index> read(ProbeContext context) throws SQLException {
        boolean hides = context.isMySqlAtLeast(8, 0, 0);
        boolean expressions = context.isMySqlAtLeast(8, 0, 13);
        PerTable.Builder<Row> rows = PerTable.builder();
        Shared<String> texts = new Shared<>();
        context.stream(
                "SELECT TABLE_SCHEMA, TABLE_NAME, SEQ_IN_INDEX, INDEX_NAME, NON_UNIQUE, INDEX_TYPE, COLUMN_NAME, SUB_PART, NULLABLE, "
                        + (hides ? "IS_VISIBLE, " : "NULL, ") + (expressions ? "EXPRESSION" : "NULL")
                        + " FROM information_schema.STATISTICS" + TablesProbe.NOT_OF_THE_SERVER,
                row -> {
                    int prefix = row.getInt(8);
                    Index.Part part = new Index.Part(
                            texts.ofNullable(row.getString(7)),
                            prefix == 0 ? null : prefix,
                            "YES".equals(row.getString(9)),
                            texts.ofNullable(row.getString(11)));
                    rows.add(
                            texts.of(ProbeContext.text(row, 1)),
                            texts.of(ProbeContext.text(row, 2)),
                            row.getInt(3),
                            new Row(
                                    texts.of(ProbeContext.text(row, 4)),
                                    row.getInt(5) == 0,
                                    texts.of(ProbeContext.text(row, 6, "")),
                                    !"NO".equals(row.getString(10)),
                                    part));
                });
        return rows.build(IndexesProbe::indexes);
    }

    /** The indexes of one table; its rows come by their position in the index. */
    private static List<Index> indexes(List<Row> rows) {
        Map<String, List<Row>> byName = new LinkedHashMap<>();
        for (Row row : rows) {
            byName.computeIfAbsent(row.name, name -> new ArrayList<>(1)).add(row);
        }
        List<Index> indexes = new ArrayList<>(byName.size());
        for (List<Row> parts : byName.values()) {
            Row first = parts.get(0);
            List<Index.Part> list = new ArrayList<>(parts.size());
            for (Row row : parts) {
                list.add(row.part);
            }
            indexes.add(new Index(first.name, first.unique, first.type, first.visible, list));
        }
        indexes.sort(ORDER);
        return indexes;
    }
}
