/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lists as they are kept in a column: JSON. */
final class TextLists {
    private static final JsonFactory JSON = new JsonFactory();

    private TextLists() {}

    static String ofNames(List<String> names) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartArray();
            for (String name : names) {
                out.writeString(name);
            }
            out.writeEndArray();
        }
        return text.toString();
    }

    static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.VALUE_STRING) {
                names.add(in.getString());
            }
        }
        return names;
    }

    /** Each code an array of one or two texts. */
    static String ofCodes(List<ResultCode> codes) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartArray();
            for (ResultCode code : codes) {
                out.writeStartArray();
                out.writeString(code.code());
                if (code.dbname() != null) {
                    out.writeString(code.dbname());
                }
                out.writeEndArray();
            }
            out.writeEndArray();
        }
        return text.toString();
    }

    static List<ResultCode> codes(String text) {
        List<ResultCode> codes = new ArrayList<>();
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.START_ARRAY) {
                in.nextToken();
                String code = in.getString();
                @Nullable String database = null;
                if (in.nextToken() == JsonToken.VALUE_STRING) {
                    database = in.getString();
                    in.nextToken();
                }
                codes.add(new ResultCode(code, database));
            }
        }
        return codes;
    }
}
