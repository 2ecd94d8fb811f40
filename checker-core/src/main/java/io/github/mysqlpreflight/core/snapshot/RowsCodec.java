/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The codec of a fact that is a list of rows: an array of arrays, whose fields are texts, numbers, booleans and nulls.
 *
 * <p>A newer version may add fields at the end of a row; a reader passes over them.
 *
 * @param <V> type of the fact
 * @param <R> type of a row
 */
final class RowsCodec<V, R> implements FactCodec<V> {
    private final Function<V, List<R>> rows;
    private final Function<List<R>, V> fact;
    private final Function<R, @Nullable Object[]> fields;
    private final Function<Row, R> row;

    /**
     * A codec.
     *
     * @param rows the rows of a fact
     * @param fact the fact of rows
     * @param fields what is written of a row: {@link String}, {@link Long}, {@link Integer}, {@link Boolean} or null each
     * @param row the row of what was read
     */
    RowsCodec(
            Function<V, List<R>> rows,
            Function<List<R>, V> fact,
            Function<R, @Nullable Object[]> fields,
            Function<Row, R> row) {
        this.rows = rows;
        this.fact = fact;
        this.fields = fields;
        this.row = row;
    }

    /** The fields of a row, for {@code fields} of the constructor. */
    static @Nullable Object[] fields(@Nullable Object... values) {
        return values;
    }

    @Override
    public void write(V value, JsonGenerator out) {
        out.writeStartArray();
        for (R one : rows.apply(value)) {
            writeFields(fields.apply(one), out);
        }
        out.writeEndArray();
    }

    @Override
    public V read(JsonParser in) {
        Shared<String> texts = new Shared<>();
        return fact.apply(Json.readList(in, parser -> row.apply(readRow(parser, texts))));
    }

    static void writeFields(@Nullable Object[] values, JsonGenerator out) {
        out.writeStartArray();
        for (Object value : values) {
            writeField(value, out);
        }
        out.writeEndArray();
    }

    private static void writeField(@Nullable Object value, JsonGenerator out) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else {
            out.writeString(value.toString());
        }
    }

    /** Reads one array; texts that come again are shared. */
    static Row readRow(JsonParser in, Shared<String> texts) {
        Json.expect(in, JsonToken.START_ARRAY);
        List<@Nullable String> row = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            String text = Json.readText(in);
            row.add(text == null ? null : texts.of(text));
        }
        return new Row(row);
    }

    /** A row that was read. */
    static final class Row {
        private final List<@Nullable String> fields;

        private Row(List<@Nullable String> fields) {
            this.fields = fields;
        }

        /** A field that may be null; one that an older version did not write is null too. */
        @Nullable
        String nullable(int index) {
            return index < fields.size() ? fields.get(index) : null;
        }

        /** A field that has to be there. */
        String text(int index) {
            return Json.required(nullable(index), "number " + index + " of a row");
        }

        /** A number that has to be there. */
        long number(int index) {
            return Long.parseLong(text(index));
        }

        /** A number that may be null. */
        @Nullable
        Long nullableNumber(int index) {
            String text = nullable(index);
            return text == null ? null : Long.valueOf(text);
        }

        /** A yes or no. */
        boolean flag(int index) {
            return text(index).equals("true");
        }
    }
}
