/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * The tables and views that the account may see, those of the {@code mysql} database included, in the server's order.
 *
 * @param list one entry a table or view
 */
public record Tables(List<Table> list) {
    public Tables {
        list = List.copyOf(list);
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
     */
    public record Table(
            String schema,
            String name,
            String type,
            @Nullable String engine,
            @Nullable String rowFormat,
            String createOptions) {
        public Table {
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            requireNonNull(createOptions, "createOptions is null");
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

    static final class Codec implements FactCodec<Tables> {
        @Override
        public void write(Tables value, JsonGenerator out) {
            out.writeStartArray();
            for (Table table : value.list) {
                out.writeStartArray();
                out.writeString(table.schema);
                out.writeString(table.name);
                out.writeString(table.type);
                out.writeString(table.engine);
                out.writeString(table.rowFormat);
                out.writeString(table.createOptions);
                out.writeEndArray();
            }
            out.writeEndArray();
        }

        @Override
        public Tables read(JsonParser in) {
            return new Tables(Json.readList(in, row -> {
                List<@Nullable String> fields = Json.readRow(row, 6);
                return new Table(
                        Json.required(fields.get(0), "schema"),
                        Json.required(fields.get(1), "name"),
                        Json.required(fields.get(2), "type"),
                        fields.get(3),
                        fields.get(4),
                        Json.required(fields.get(5), "createOptions"));
            }));
        }
    }
}
