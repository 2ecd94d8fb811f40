/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Shared;
import java.sql.SQLException;

/**
 * All columns in one pass. Before 8.0 the server reads each table's definition file for it, and opens no table
 * (<a href="https://dev.mysql.com/doc/refman/5.7/en/information-schema-optimization.html">manual</a>).
 */
final class ColumnsProbe implements Probe<PerTable<Column>> {
    @Override
    public FactKey<PerTable<Column>> key() {
        return Facts.COLUMNS;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public PerTable<Column> read(ProbeContext context) throws SQLException {
        boolean generates = context.isMySqlAtLeast(5, 7, 6) || context.isMariaDbAtLeast(10, 2, 5);
        PerTable.Builder<Column> columns = PerTable.builder();
        Shared<String> texts = new Shared<>();
        context.stream(
                "SELECT TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA,"
                        + " COLLATION_NAME, " + (generates ? "GENERATION_EXPRESSION" : "NULL")
                        + " FROM information_schema.COLUMNS" + TablesProbe.NOT_OF_THE_SERVER,
                row -> {
                    String expression = row.getString(10);
                    columns.add(
                            texts.of(ProbeContext.text(row, 1)),
                            texts.of(ProbeContext.text(row, 2)),
                            row.getInt(3),
                            new Column(
                                    texts.of(ProbeContext.text(row, 4)),
                                    texts.of(ProbeContext.text(row, 5)),
                                    "YES".equals(row.getString(6)),
                                    texts.ofNullable(row.getString(7)),
                                    texts.of(ProbeContext.text(row, 8, "")),
                                    texts.ofNullable(row.getString(9)),
                                    expression == null || expression.isEmpty() ? null : texts.of(expression)));
                });
        return columns.build();
    }
}
