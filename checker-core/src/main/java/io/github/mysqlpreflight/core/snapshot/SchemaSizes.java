/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Data and indexes of each database, as the server estimates them.
 *
 * @param bytes DATA_LENGTH + INDEX_LENGTH by database name; a database without tables is missing
 */
public record SchemaSizes(Map<String, Long> bytes) {
    public SchemaSizes {
        bytes = Collections.unmodifiableMap(new TreeMap<>(bytes));
    }

    static final class Codec implements FactCodec<SchemaSizes> {
        @Override
        public void write(SchemaSizes value, JsonGenerator out) {
            out.writeStartObject();
            for (Map.Entry<String, Long> entry : value.bytes.entrySet()) {
                out.writeNumberProperty(entry.getKey(), entry.getValue());
            }
            out.writeEndObject();
        }

        @Override
        public SchemaSizes read(JsonParser in) {
            Map<String, Long> bytes = new TreeMap<>();
            Json.readObject(in, name -> {
                bytes.put(name, in.getLongValue());
                return true;
            });
            return new SchemaSizes(bytes);
        }
    }
}
