/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One streamed pass over information_schema.TABLES.
 *
 * <p>Before 8.0 and on MariaDB only columns are asked for that come from the table's definition file; ROW_FORMAT would
 * make the server open each table
 * (<a href="https://dev.mysql.com/doc/refman/5.7/en/information-schema-optimization.html">manual</a>). From 8.0 all of
 * them come from the data dictionary; nothing here asks for cached statistics.
 */
final class TablesProbe implements Probe<Tables> {
    /** The server's own databases hold nothing to judge, and hundreds of views; {@code mysql} tells vendors apart. */
    static final String NOT_OF_THE_SYSTEM =
            " WHERE TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'sys')";

    @Override
    public FactKey<Tables> key() {
        return Facts.TABLES;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public Tables read(ProbeContext context) throws SQLException {
        String rowFormat = context.isMySqlAtLeast(8, 0, 0) ? "ROW_FORMAT" : "NULL";
        List<Tables.Table> tables = new ArrayList<>();
        Map<String, String> shared = new HashMap<>();
        boolean hidesBroken = !context.isMariaDb() && !context.isMySqlAtLeast(8, 0, 0);
        Map<String, Tables.Table> names = hidesBroken ? names(context) : Map.of();
        context.stream(
                "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, " + rowFormat
                        + ", CREATE_OPTIONS FROM information_schema.TABLES" + NOT_OF_THE_SYSTEM,
                row -> tables.add(new Tables.Table(
                        share(shared, ProbeContext.text(row, 1)),
                        ProbeContext.text(row, 2),
                        share(shared, ProbeContext.text(row, 3, "")),
                        shareNullable(shared, row.getString(4)),
                        shareNullable(shared, row.getString(5)),
                        share(shared, ProbeContext.text(row, 6, "")))));
        if (!names.isEmpty()) {
            for (Tables.Table table : tables) {
                names.remove(key(table));
            }
        }
        if (!names.isEmpty()) {
            // Those that are still there have not just been dropped: the server cannot open them.
            names.keySet().retainAll(names(context).keySet());
            tables.addAll(names.values());
        }
        return new Tables(tables);
    }

    /**
     * All names, for which the server opens no table. MySQL 5.6 and 5.7 leave a table whose definition is damaged or whose engine is not
     * loaded out of the list as soon as more than its name is asked for, without a warning.
     */
    private static Map<String, Tables.Table> names(ProbeContext context) throws SQLException {
        Map<String, Tables.Table> names = new LinkedHashMap<>();
        context.stream("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES" + NOT_OF_THE_SYSTEM, row -> {
            Tables.Table table = new Tables.Table(
                    ProbeContext.text(row, 1), ProbeContext.text(row, 2), "BASE TABLE", null, null, "");
            names.put(key(table), table);
        });
        return names;
    }

    private static String key(Tables.Table table) {
        return table.schema() + '\0' + table.name();
    }

    /** The same text once: a hundred thousand tables share a few databases, engines and options. */
    private static String share(Map<String, String> shared, String text) {
        String known = shared.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    private static @Nullable String shareNullable(Map<String, String> shared, @Nullable String text) {
        return text == null ? null : share(shared, text);
    }
}
