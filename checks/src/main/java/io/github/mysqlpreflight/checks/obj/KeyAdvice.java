/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a table that has no primary key is given one. A statement that is run twice fails the second time and changes nothing. */
final class KeyAdvice {
    /** What MySQL calls the keys that it generates itself, from 8.0.30 on. */
    private static final String NAME = "my_row_id";

    /** The others take no keys, or hold no rows of their own. */
    private static final Set<String> WITH_KEYS = Set.of("innodb", "myisam", "aria", "memory");

    private KeyAdvice() {}

    /** The way that fits the table best; columns are empty where they are not known. */
    static Remedy primaryKey(Server server, Tables.Table table, List<Column> columns, List<Index> indexes) {
        String engine = table.engine();
        if (engine == null || !WITH_KEYS.contains(engine.toLowerCase(Locale.ROOT))) {
            return Remedy.of("Convert it to InnoDB, see obj.engine, then give it a primary key");
        }
        Index candidate = RowIdentity.candidate(indexes);
        if (candidate != null) {
            return add(
                    table,
                    "Make its unique key " + candidate.name() + " the primary key:",
                    "PRIMARY KEY (" + parts(candidate) + ")",
                    "rebuilds the table, blocks writes to it");
        }
        if (table.isPartitioned()) {
            return Remedy.of(
                    "Give it a primary key that holds all columns of its partitioning expression, without which a"
                            + " partitioned table takes none (error 1503)");
        }
        if (columns.isEmpty()) {
            return Remedy.of("Give it a primary key");
        }
        Column counter = counter(columns);
        if (counter != null) {
            return add(
                    table,
                    "Make its AUTO_INCREMENT column the primary key:",
                    "PRIMARY KEY (" + SqlNames.quote(counter.name()) + ")",
                    "rebuilds the table, blocks writes to it; fails with error 1062 where a number is there twice");
        }
        return numbered(server, table, columns);
    }

    private static Remedy numbered(Server server, Tables.Table table, List<Column> columns) {
        boolean hides = server.isMySql()
                ? server.version().atLeast(8, 0, 23)
                : server.version().atLeast(10, 3, 3);
        return add(
                table,
                "Number its rows, before the dump is made, for each server numbers them in an order of its own:",
                "COLUMN " + SqlNames.quote(freeName(columns)) + " BIGINT UNSIGNED NOT NULL AUTO_INCREMENT"
                        + (hides ? " INVISIBLE" : "") + " PRIMARY KEY",
                hides
                        ? "rebuilds the table, blocks writes to it"
                        : "rebuilds the table, blocks writes to it; SELECT * and INSERT without a list of columns see the"
                                + " new column");
    }

    private static Remedy add(Tables.Table table, String text, String what, String note) {
        return Remedy.sql(
                text,
                List.of(new Remedy.Statement(
                        "ALTER TABLE " + SqlNames.quote(table.schema(), table.name()) + " ADD " + what, note)));
    }

    private static String parts(Index index) {
        StringBuilder parts = new StringBuilder();
        for (Index.Part part : index.parts()) {
            if (part.column() != null) {
                parts.append(parts.isEmpty() ? "" : ", ").append(SqlNames.quote(part.column()));
                if (part.prefix() != null) {
                    parts.append('(').append(part.prefix()).append(')');
                }
            }
        }
        return parts.toString();
    }

    private static @Nullable Column counter(List<Column> columns) {
        for (Column column : columns) {
            if (column.isAutoIncrement()) {
                return column;
            }
        }
        return null;
    }

    private static String freeName(List<Column> columns) {
        String name = NAME;
        for (int i = 2; MigratedTables.column(columns, name) != null; i++) {
            name = NAME + "_" + i;
        }
        return name;
    }
}
