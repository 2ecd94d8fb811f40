/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Shared;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All indexes in one pass over STATISTICS, without their cardinality: to tell that, the server would open each table before 8.0, and
 * look at statistics from then on.
 *
 * <p>Before 8.0 and on MariaDB it would open each table to tell the type of an index, too (seen by Opened_tables on 5.7.22). There the
 * dictionary of InnoDB tells which ones are no B-trees, where the account may ask it (PROCESS).
 */
final class IndexesProbe implements Probe<PerTable<Index>> {
    private static final Logger LOG = LoggerFactory.getLogger(IndexesProbe.class);

    @Override
    public FactKey<PerTable<Index>> key() {
        return Facts.INDEXES;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public PerTable<Index> read(ProbeContext context) throws SQLException {
        boolean hides = context.isMySqlAtLeast(8, 0, 0);
        boolean expressions = context.isMySqlAtLeast(8, 0, 13);
        Map<String, String> special = hides ? Map.of() : specialTypes(context);
        String usual = special == null ? "" : "BTREE";
        PerTable.Builder<Index> rows = PerTable.builder();
        Shared<String> texts = new Shared<>();
        context.stream(
                "SELECT TABLE_SCHEMA, TABLE_NAME, SEQ_IN_INDEX, INDEX_NAME, NON_UNIQUE, "
                        + (hides ? "INDEX_TYPE" : "NULL") + ", COLUMN_NAME, SUB_PART, NULLABLE, "
                        + visibility(context) + ", " + (expressions ? "EXPRESSION" : "NULL")
                        + " FROM information_schema.STATISTICS" + TablesProbe.NOT_OF_THE_SERVER,
                row -> {
                    String type = row.getString(6);
                    if (type == null) {
                        type = special == null
                                ? usual
                                : special.getOrDefault(
                                        key(
                                                ProbeContext.text(row, 1),
                                                ProbeContext.text(row, 2),
                                                ProbeContext.text(row, 4)),
                                        usual);
                    }
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
                            new Index(
                                    texts.of(ProbeContext.text(row, 4)),
                                    row.getInt(5) == 0,
                                    texts.of(type),
                                    !"NO".equals(row.getString(10)),
                                    List.of(part)));
                });
        return rows.build(IndexesProbe::indexes);
    }

    /** Whether the optimizer may use an index; MariaDB says of one that it may not that it is ignored. */
    private static String visibility(ProbeContext context) throws SQLException {
        if (context.isMariaDbAtLeast(10, 6, 0)) {
            return "IF(IGNORED = 'YES', 'NO', 'YES')";
        }
        return context.isMySqlAtLeast(8, 0, 0) ? "IS_VISIBLE" : "NULL";
    }

    /** The types of InnoDB's full-text and spatial indexes; null where they cannot be told. */
    private static @Nullable Map<String, String> specialTypes(ProbeContext context) {
        Map<String, String> types = new HashMap<>();
        try {
            List<SpecialIndex> indexes = new ArrayList<>();
            context.stream(
                    "SELECT TABLE_ID, NAME, TYPE FROM information_schema.INNODB_SYS_INDEXES WHERE TYPE IN (32, 64)",
                    row -> indexes.add(new SpecialIndex(
                            row.getLong(1), ProbeContext.text(row, 2), row.getInt(3) == 32 ? "FULLTEXT" : "SPATIAL")));
            if (indexes.isEmpty()) {
                return types;
            }
            StringBuilder ids = new StringBuilder();
            for (SpecialIndex index : indexes) {
                ids.append(ids.length() == 0 ? "" : ", ").append(index.tableId);
            }
            Map<Long, String> tables = new HashMap<>();
            context.stream(
                    "SELECT TABLE_ID, NAME FROM information_schema.INNODB_SYS_TABLES WHERE TABLE_ID IN (" + ids + ")",
                    row -> tables.put(row.getLong(1), ProbeContext.text(row, 2)));
            for (SpecialIndex index : indexes) {
                String table = tables.get(index.tableId);
                int slash = table == null ? -1 : table.indexOf('/');
                if (table != null && slash > 0) {
                    types.put(
                            key(
                                    InnoDbNames.decode(table.substring(0, slash)),
                                    InnoDbNames.decode(table.substring(slash + 1)),
                                    index.name),
                            index.type);
                }
            }
            return types;
        } catch (SQLException e) {
            LOG.debug("the dictionary of InnoDB does not tell of types of indexes", e);
            return null;
        }
    }

    /** An index that is no B-tree, in InnoDB's dictionary. */
    private record SpecialIndex(long tableId, String name, String type) {}

    private static String key(String schema, String table, String index) {
        return schema + '\0' + table + '\0' + index;
    }

    /** The primary key first, the others by name. */
    private static int compare(Index one, Index other) {
        int order = Boolean.compare(other.isPrimary(), one.isPrimary());
        return order != 0 ? order : one.name().compareTo(other.name());
    }

    /** The indexes of one table from the rows of STATISTICS, each an index with one part, which come by their position in the index. */
    private static List<Index> indexes(List<Index> rows) {
        Map<String, List<Index>> byName = new LinkedHashMap<>();
        for (Index row : rows) {
            byName.computeIfAbsent(row.name(), name -> new ArrayList<>(1)).add(row);
        }
        List<Index> indexes = new ArrayList<>(byName.size());
        for (List<Index> parts : byName.values()) {
            Index first = parts.get(0);
            List<Index.Part> list = new ArrayList<>(parts.size());
            for (Index row : parts) {
                list.addAll(row.parts());
            }
            indexes.add(new Index(first.name(), first.unique(), first.type(), first.visible(), list));
        }
        indexes.sort(IndexesProbe::compare);
        return indexes;
    }
}
