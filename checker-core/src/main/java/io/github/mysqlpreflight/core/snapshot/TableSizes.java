/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Data and indexes of each table, as the server estimates them.
 *
 * @param list one entry a base table, in the server's order; a table whose size the server does not tell is missing
 */
public record TableSizes(List<Size> list) {
    static FactCodec<TableSizes> codec() {
        return new RowsCodec<>(
                TableSizes::list,
                TableSizes::new,
                one -> RowsCodec.fields(one.schema, one.table, one.rows, one.dataBytes, one.indexBytes),
                row -> new Size(row.text(0), row.text(1), row.number(2), row.number(3), row.number(4)));
    }

    public TableSizes {
        list = List.copyOf(list);
    }

    /**
     * One table.
     *
     * @param schema the database it is in
     * @param table its name
     * @param rows TABLE_ROWS, a rough estimate
     * @param dataBytes DATA_LENGTH
     * @param indexBytes INDEX_LENGTH
     */
    public record Size(String schema, String table, long rows, long dataBytes, long indexBytes) {
        public Size {
            requireNonNull(schema, "schema is null");
            requireNonNull(table, "table is null");
        }

        /** Data and indexes together. */
        public long bytes() {
            return dataBytes + indexBytes;
        }
    }
}
