/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as strictly as it is defined. What it says about a broken body holds no part of it. */
final class RequestBody {
    private static final int DEEPEST = 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(100)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private RequestBody() {}

    /**
     * Reads an object in UTF-8; the handler gets each field's name with the parser on the first token of its value, and must read no further than its last.
     *
     * @throws ApiException where that is not what the bytes are
     */
    static void read(byte[] bytes, BiConsumer<String, JsonParser> handler) {
        if (bytes.length == 0) {
            throw ApiException.invalid("The body is empty: a JSON object is needed");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.invalid("The body is not UTF-8");
        }
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.invalid("The body is not a JSON object");
            }
            readFields(in, handler);
            if (in.nextToken() != null) {
                throw ApiException.invalid("There is something behind the JSON object in the body");
            }
        } catch (StreamConstraintsException e) {
            throw ApiException.invalid(
                    "The body is nested deeper than " + DEEPEST + " levels, or a number or a name in it is too long");
        } catch (JacksonException e) {
            throw ApiException.invalid(
                    e.getOriginalMessage().startsWith("Duplicate")
                            ? "The body has a name twice in one object" + place(e)
                            : "The body is not valid JSON" + place(e));
        }
    }

    /** Reads the fields of the object the parser is at the beginning of. */
    static void readFields(JsonParser in, BiConsumer<String, JsonParser> handler) {
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            in.nextToken();
            handler.accept(name, in);
        }
    }

    /** Reads an object that stands in a field. */
    static void readObject(JsonParser in, String field, BiConsumer<String, JsonParser> handler) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw ApiException.invalid(field + " must be an object");
        }
        readFields(in, handler);
    }

    /**
     * Reads a text.
     *
     * @param field how messages name it
     * @param longest most characters
     * @return null for a JSON null
     */
    static @Nullable String readText(JsonParser in, String field, int longest) {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw ApiException.invalid(field + " must be a string");
        }
        String text = in.getString();
        if (text.codePointCount(0, text.length()) > longest) {
            throw ApiException.invalid(field + " must not be longer than " + longest + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw ApiException.invalid(field + " holds half of a character");
            }
        }
        return text;
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
