/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The few moves that every codec makes on a JSON stream. */
final class Json {
    private Json() {}

    /**
     * Reads an object: the handler gets each field's name with the parser on the first token of its value, and answers
     * whether it read that value; what it did not read is skipped.
     */
    static void readObject(JsonParser in, Predicate<String> handler) {
        expect(in, JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            in.nextToken();
            if (!handler.test(name)) {
                in.skipChildren();
            }
        }
    }

    /** Reads an array; the reader gets the parser on the first token of each element. */
    static <T> List<T> readList(JsonParser in, Function<JsonParser, T> reader) {
        expect(in, JsonToken.START_ARRAY);
        List<T> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(reader.apply(in));
        }
        return list;
    }

    /** Reads an array of texts and nulls that has at least the given number of them. */
    static List<@Nullable String> readRow(JsonParser in, int size) {
        expect(in, JsonToken.START_ARRAY);
        List<@Nullable String> row = new ArrayList<>(size);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            row.add(readText(in));
        }
        if (row.size() < size) {
            throw new SnapshotFormatException("a row of " + row.size() + " fields where " + size + " belong, near line "
                    + in.currentLocation().getLineNr());
        }
        return row;
    }

    /** The text of a string, or null for a JSON null. */
    static @Nullable String readText(JsonParser in) {
        return in.currentToken() == JsonToken.VALUE_NULL ? null : in.getValueAsString();
    }

    /** The text of a string that must be there. */
    static String readString(JsonParser in) {
        String text = readText(in);
        if (text == null) {
            throw new SnapshotFormatException(
                    "a text is missing near line " + in.currentLocation().getLineNr());
        }
        return text;
    }

    static void writeTexts(Map<String, String> texts, JsonGenerator out) {
        out.writeStartObject();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            out.writeStringProperty(entry.getKey(), entry.getValue());
        }
        out.writeEndObject();
    }

    /** Reads what {@link #writeTexts} wrote. */
    static Map<String, String> readTexts(JsonParser in) {
        Map<String, String> texts = new TreeMap<>();
        readObject(in, name -> {
            texts.put(name, readString(in));
            return true;
        });
        return texts;
    }

    /** The constant of that name, or the fallback for one that a newer version added. */
    static <E extends Enum<E>> E enumValue(Class<E> type, String name, E fallback) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return fallback;
    }

    static void writeStrings(JsonGenerator out, String name, Collection<String> values) {
        out.writeArrayPropertyStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    static void writeNullable(JsonGenerator out, String name, @Nullable String value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, value);
        }
    }

    /** The value of a field that a document has to have. */
    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new SnapshotFormatException("the field " + name + " is missing");
        }
        return value;
    }

    static void expect(JsonParser in, JsonToken token) {
        if (in.currentToken() != token) {
            throw new SnapshotFormatException(
                    "unexpected content near line " + in.currentLocation().getLineNr());
        }
    }
}
