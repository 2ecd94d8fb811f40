/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What tables are made of, by table: columns, indexes or foreign keys. Equal items are one object, so that a million columns
 * of a few hundred kinds take little room. A table that has none of them is missing. Immutable.
 *
 * @param <T> type of an item, immutable
 */
public final class PerTable<T> {
    private final List<Entry<T>> entries;
    private final Map<String, Map<String, List<T>>> bySchema = new HashMap<>();

    private PerTable(List<Entry<T>> entries) {
        this.entries = List.copyOf(entries);
        for (Entry<T> entry : entries) {
            bySchema.computeIfAbsent(entry.schema, schema -> new HashMap<>()).put(entry.table, entry.items);
        }
    }

    /**
     * What one table is made of.
     *
     * @param schema the database it is in
     * @param table its name
     * @param items at least one, in the table's order
     */
    public record Entry<T>(String schema, String table, List<T> items) {
        public Entry {
            requireNonNull(schema, "schema is null");
            requireNonNull(table, "table is null");
            items = List.copyOf(items);
        }
    }

    /** The tables in the server's order. */
    public List<Entry<T>> entries() {
        return entries;
    }

    /** What that table is made of; empty where it has nothing of the kind, or is not there. */
    public List<T> of(String schema, String table) {
        Map<String, List<T>> tables = bySchema.get(schema);
        List<T> items = tables == null ? null : tables.get(table);
        return items == null ? List.of() : items;
    }

    /** Starts a collection. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** Collects items as a server sends them: usually, not always, in their order and a table at a time. Used by one thread. */
    public static final class Builder<T> {
        private final Map<String, Map<String, Bucket<T>>> bySchema = new LinkedHashMap<>();
        private final Shared<T> items = new Shared<>();
        private @Nullable String lastSchema;
        private @Nullable String lastTable;
        private Bucket<T> last = new Bucket<>();

        private Builder() {}

        /**
         * Adds an item to a table.
         *
         * @param position where it stands among the table's items
         */
        public Builder<T> add(String schema, String table, int position, T item) {
            if (!table.equals(lastTable) || !schema.equals(lastSchema)) {
                last = bySchema.computeIfAbsent(schema, key -> new LinkedHashMap<>())
                        .computeIfAbsent(table, key -> new Bucket<>());
                lastSchema = schema;
                lastTable = table;
            }
            last.add(position, items.of(item));
            return this;
        }

        /** Takes a database out. */
        public Builder<T> remove(String schema) {
            bySchema.remove(schema);
            lastTable = null;
            return this;
        }

        /** The collection as it is now. */
        public PerTable<T> build() {
            return build(list -> list);
        }

        /** The collection with each table's items made into others by the given function. */
        public <S> PerTable<S> build(Function<List<T>, List<S>> finish) {
            Shared<List<S>> finished = new Shared<>();
            List<Entry<S>> entries = new ArrayList<>();
            for (Map.Entry<String, Map<String, Bucket<T>>> schema : bySchema.entrySet()) {
                for (Map.Entry<String, Bucket<T>> table : schema.getValue().entrySet()) {
                    List<S> list = finish.apply(table.getValue().inOrder());
                    entries.add(new Entry<>(schema.getKey(), table.getKey(), finished.of(List.copyOf(list))));
                }
            }
            return new PerTable<>(entries);
        }
    }

    /** The items of one table while they arrive. */
    private static final class Bucket<T> {
        private final List<T> items = new ArrayList<>(4);
        private final List<Integer> positions = new ArrayList<>(4);

        void add(int position, T item) {
            int index = items.size();
            while (index > 0 && positions.get(index - 1) > position) {
                index--;
            }
            items.add(index, item);
            positions.add(index, position);
        }

        List<T> inOrder() {
            return items;
        }
    }

    /** Writes each kind of item once, and the tables as their numbers. */
    static final class Codec<T> implements FactCodec<PerTable<T>> {
        private final Function<T, @Nullable Object[]> fields;
        private final Function<RowsCodec.Row, T> item;

        Codec(Function<T, @Nullable Object[]> fields, Function<RowsCodec.Row, T> item) {
            this.fields = fields;
            this.item = item;
        }

        @Override
        public void write(PerTable<T> value, JsonGenerator out) {
            Map<T, Integer> kinds = new LinkedHashMap<>();
            for (Entry<T> entry : value.entries) {
                for (T one : entry.items) {
                    kinds.putIfAbsent(one, kinds.size());
                }
            }
            out.writeStartObject();
            out.writeArrayPropertyStart("kinds");
            for (T kind : kinds.keySet()) {
                RowsCodec.writeFields(fields.apply(kind), out);
            }
            out.writeEndArray();
            out.writeArrayPropertyStart("tables");
            for (Entry<T> entry : value.entries) {
                out.writeStartArray();
                out.writeString(entry.schema);
                out.writeString(entry.table);
                for (T one : entry.items) {
                    out.writeNumber(requireNonNull(kinds.get(one)));
                }
                out.writeEndArray();
            }
            out.writeEndArray();
            out.writeEndObject();
        }

        @Override
        public PerTable<T> read(JsonParser in) {
            List<T> kinds = new ArrayList<>();
            List<Entry<T>> entries = new ArrayList<>();
            Shared<List<T>> lists = new Shared<>();
            Shared<String> texts = new Shared<>();
            Json.readObject(in, name -> {
                switch (name) {
                    case "kinds" -> Json.readList(in, row -> kinds.add(item.apply(RowsCodec.readRow(row, texts))));
                    case "tables" -> Json.readList(in, row -> entries.add(readEntry(row, kinds, lists, texts)));
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new PerTable<>(entries);
        }

        private static <T> Entry<T> readEntry(
                JsonParser in, List<T> kinds, Shared<List<T>> lists, Shared<String> texts) {
            Json.expect(in, JsonToken.START_ARRAY);
            in.nextToken();
            String schema = texts.of(Json.readString(in));
            in.nextToken();
            String table = Json.readString(in);
            List<T> items = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                int kind = in.getIntValue();
                if (kind < 0 || kind >= kinds.size()) {
                    throw new SnapshotFormatException(
                            "there is no kind number " + kind + " for " + schema + "." + table);
                }
                items.add(kinds.get(kind));
            }
            return new Entry<>(schema, table, lists.of(List.copyOf(items)));
        }
    }
}
