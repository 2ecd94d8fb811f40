/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was looked for in rows: numbers of rows and lengths, never a value.
 *
 * @param tables one entry a table that has a column in which something was to be looked for, in the server's order
 */
public record DataScan(List<Table> tables) {
    static FactCodec<DataScan> codec() {
        return new RowsCodec<>(DataScan::tables, DataScan::new, DataScan::fields, DataScan::ofRow);
    }

    public DataScan {
        tables = List.copyOf(tables);
    }

    /** How far a table was read. */
    public enum State {
        /** To its end. */
        WHOLE,
        /** As many rows as the limit allows. */
        ROWS,
        /** As long as the limit allows. */
        TIME,
        /** Not, or not on: the server answered with an error. */
        FAILED,
        /** Not: reading a table of that engine would lock it. */
        OTHER_ENGINE,
        /** Not: the time of the run was needed for others. */
        NOT_REACHED
    }

    /** What was found. */
    public enum Kind {
        /** Dates that are 0000-00-00: how many rows. */
        ZERO_DATE,
        /** Dates whose month or day is zero, and not all of it: how many rows. */
        ZERO_IN_DATE,
        /** Dates whose month has no such day: how many rows. */
        INVALID_DATE,
        /** The value that an ENUM has in place of one that it does not know: how many rows. */
        ENUM_ERROR,
        /** The longest value of a large text, binary string or document, in bytes; only from {@link #LONG_BYTES} on. */
        LONGEST;

        /** Shorter values are not worth keeping. */
        public static final long LONG_BYTES = 1L << 20;
    }

    /**
     * One table.
     *
     * @param schema the database it is in
     * @param name its name
     * @param state how far it was read
     * @param rows how many rows were read
     * @param problem the server's words where it failed; null elsewhere
     * @param hits what was found
     */
    public record Table(
            String schema,
            String name,
            State state,
            long rows,
            @Nullable String problem,
            List<Hit> hits) {
        public Table {
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(state, "state is null");
            hits = List.copyOf(hits);
        }
    }

    /**
     * What was found in one column.
     *
     * @param column its name
     * @param kind what it is
     * @param number how many rows, or how many bytes
     */
    public record Hit(String column, Kind kind, long number) {
        public Hit {
            requireNonNull(column, "column is null");
            requireNonNull(kind, "kind is null");
        }
    }

    private static @Nullable Object[] fields(Table table) {
        List<@Nullable Object> fields = new ArrayList<>();
        fields.add(table.schema);
        fields.add(table.name);
        fields.add(table.state.name());
        fields.add(table.rows);
        fields.add(table.problem);
        for (Hit hit : table.hits) {
            fields.add(hit.column);
            fields.add(hit.kind.name());
            fields.add(hit.number);
        }
        return fields.toArray();
    }

    private static Table ofRow(RowsCodec.Row row) {
        List<Hit> hits = new ArrayList<>();
        for (int i = 5; row.nullable(i) != null; i += 3) {
            Kind kind = kind(row.text(i + 1));
            if (kind != null) {
                hits.add(new Hit(row.text(i), kind, row.number(i + 2)));
            }
        }
        return new Table(
                row.text(0),
                row.text(1),
                Json.enumValue(State.class, row.text(2), State.FAILED),
                row.number(3),
                row.nullable(4),
                hits);
    }

    /** Null for what a newer version looked for. */
    private static @Nullable Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return null;
    }
}
