/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables and views that the account may see, those of the {@code mysql} database included, in the server's order.
 *
 * @param list one entry a table or view
 */
public record Tables(List<Table> list) {
    static FactCodec<Tables> codec() {
        return new RowsCodec<>(
                Tables::list,
                Tables::new,
                one -> RowsCodec.fields(
                        one.schema,
                        one.name,
                        one.type,
                        one.engine,
                        one.rowFormat,
                        one.createOptions,
                        one.collation,
                        one.problem),
                row -> new Table(
                        row.text(0),
                        row.text(1),
                        row.text(2),
                        row.nullable(3),
                        row.nullable(4),
                        row.text(5),
                        row.nullable(6),
                        row.nullable(7)));
    }

    public Tables {
        list = List.copyOf(list);
    }

    /** Whether there is a table or view of that name. */
    public boolean contains(String schema, String name) {
        for (Table table : list) {
            if (table.schema.equals(schema) && table.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * One table or view.
     *
     * @param schema the database it is in
     * @param name as the server spells it
     * @param type TABLE_TYPE: {@code BASE TABLE}, {@code VIEW}, {@code SEQUENCE} …
     * @param engine storage engine; null for a view, and for a table whose engine the server cannot load
     * @param rowFormat as chosen or defaulted; null where telling it would make the server open the table (before 8.0)
     * @param createOptions CREATE_OPTIONS, such as {@code partitioned}; empty where there are none
     * @param collation its default collation; null for a view, and where it was not told
     * @param problem why the server cannot use a view, in its words; null where it can
     */
    public record Table(
            String schema,
            String name,
            String type,
            @Nullable String engine,
            @Nullable String rowFormat,
            String createOptions,
            @Nullable String collation,
            @Nullable String problem) {
        public Table {
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            requireNonNull(createOptions, "createOptions is null");
        }

        /** A table whose collation was not told, or a view that can be used. */
        public Table(
                String schema,
                String name,
                String type,
                @Nullable String engine,
                @Nullable String rowFormat,
                String createOptions) {
            this(schema, name, type, engine, rowFormat, createOptions, null, null);
        }

        /** Whether it is a view. */
        public boolean isView() {
            return type.equals("VIEW");
        }

        /** Whether it holds rows of its own; views do not. */
        public boolean isBaseTable() {
            return type.equals("BASE TABLE");
        }

        /** Whether it is divided into partitions. */
        public boolean isPartitioned() {
            return createOptions.contains("partitioned");
        }
    }
}
