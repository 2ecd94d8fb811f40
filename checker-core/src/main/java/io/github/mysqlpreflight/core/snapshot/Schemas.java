/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * The databases that the account may see, system databases included, in the server's order.
 *
 * @param list one entry a database
 */
public record Schemas(List<Schema> list) {
    public Schemas {
        list = List.copyOf(list);
    }

    /**
     * One database.
     *
     * @param name as the server spells it
     * @param characterSet its default character set, null where it was not told
     * @param collation its default collation, null where it was not told
     */
    public record Schema(
            String name,
            @Nullable String characterSet,
            @Nullable String collation) {
        public Schema {
            requireNonNull(name, "name is null");
        }
    }

    static final class Codec implements FactCodec<Schemas> {
        @Override
        public void write(Schemas value, JsonGenerator out) {
            out.writeStartArray();
            for (Schema schema : value.list) {
                out.writeStartArray();
                out.writeString(schema.name);
                out.writeString(schema.characterSet);
                out.writeString(schema.collation);
                out.writeEndArray();
            }
            out.writeEndArray();
        }

        @Override
        public Schemas read(JsonParser in) {
            return new Schemas(Json.readList(in, row -> {
                List<@Nullable String> fields = Json.readRow(row, 3);
                return new Schema(Json.required(fields.get(0), "name"), fields.get(1), fields.get(2));
            }));
        }
    }
}
