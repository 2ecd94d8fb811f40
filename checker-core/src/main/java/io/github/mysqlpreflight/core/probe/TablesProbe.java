/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SchemaSizes;
import io.github.mysqlpreflight.core.snapshot.Shared;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All tables and views in one pass, with their sizes where a check asks for them.
 *
 * <p>Before 8.0 and on MariaDB, sizes and row formats make the server open each table
 * (<a href="https://dev.mysql.com/doc/refman/5.7/en/information-schema-optimization.html">manual</a>), the other columns come from
 * the tables' definition files. From 8.0 all come from the data dictionary, and sizes from cached statistics, up to
 * information_schema_stats_expiry seconds old; the session is read-only, so the cache stays as it is.
 */
final class TablesProbe implements Probe<Tables> {
    /** The server's own databases, of which {@code mysql} alone may hold what is not the server's. */
    private static final String OWN = "'information_schema', 'performance_schema', 'sys'";

    /** The server's own databases hold nothing to judge, and hundreds of views; {@code mysql} tells vendors apart. */
    static final String NOT_OF_THE_SYSTEM = notOfTheSystem("TABLE_SCHEMA");

    /** Without {@code mysql} too, of whose tables nothing but the names is of interest. */
    static final String NOT_OF_THE_SERVER = notOfTheServer("TABLE_SCHEMA");

    /** The same for a table of information_schema whose column is called otherwise. */
    static String notOfTheServer(String column) {
        return " WHERE " + column + " NOT IN (" + OWN + ", 'mysql')";
    }

    /** The same with what {@code mysql} holds. */
    static String notOfTheSystem(String column) {
        return " WHERE " + column + " NOT IN (" + OWN + ")";
    }

    @Override
    public FactKey<Tables> key() {
        return Facts.TABLES;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public List<FactKey<?>> also() {
        return List.of(Facts.TABLE_SIZES, Facts.SCHEMA_SIZES);
    }

    @Override
    public Tables read(ProbeContext context) throws SQLException {
        boolean sized = context.wants(Facts.TABLE_SIZES) || context.wants(Facts.SCHEMA_SIZES);
        boolean opens = !context.isMySqlAtLeast(8, 0, 0);
        // Only a server that opens a view says that it cannot be used; from 8.0 on the dictionary knows.
        boolean opened = sized || context.wants(Facts.VIEWS);
        List<Tables.Table> tables = new ArrayList<>();
        List<TableSizes.Size> sizes = new ArrayList<>();
        Map<String, Long> schemaSizes = new HashMap<>();
        Shared<String> texts = new Shared<>();
        boolean hidesBroken = !context.isMariaDb() && opens;
        Map<String, Tables.Table> names = hidesBroken ? names(context) : Map.of();
        context.stream(
                "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, " + (opens && !opened ? "NULL" : "ROW_FORMAT")
                        + ", CREATE_OPTIONS, TABLE_COLLATION, IF(TABLE_TYPE = 'VIEW', TABLE_COMMENT, NULL)"
                        + (sized ? ", TABLE_ROWS, DATA_LENGTH, INDEX_LENGTH" : "")
                        + " FROM information_schema.TABLES" + NOT_OF_THE_SYSTEM,
                row -> {
                    Tables.Table table = new Tables.Table(
                            texts.of(ProbeContext.text(row, 1)),
                            ProbeContext.text(row, 2),
                            texts.of(ProbeContext.text(row, 3, "")),
                            texts.ofNullable(row.getString(4)),
                            texts.ofNullable(row.getString(5)),
                            texts.of(ProbeContext.text(row, 6, "")),
                            texts.ofNullable(row.getString(7)),
                            problem(row.getString(8)));
                    tables.add(table);
                    if (sized && !table.isView() && row.getString(10) != null) {
                        TableSizes.Size size = new TableSizes.Size(
                                table.schema(), table.name(), row.getLong(9), row.getLong(10), row.getLong(11));
                        sizes.add(size);
                        schemaSizes.merge(table.schema(), size.bytes(), Long::sum);
                    }
                });
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
        context.also(Facts.TABLE_SIZES, new TableSizes(sizes));
        context.also(Facts.SCHEMA_SIZES, new SchemaSizes(schemaSizes));
        return new Tables(tables);
    }

    /** A view has the comment VIEW, unless the server has to say something of it. */
    private static @Nullable String problem(@Nullable String comment) {
        return comment == null || comment.isEmpty() || comment.equals("VIEW") ? null : comment;
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
}
