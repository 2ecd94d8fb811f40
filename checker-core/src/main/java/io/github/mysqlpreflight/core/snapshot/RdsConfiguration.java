/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * What {@code mysql.rds_configuration} holds on Amazon RDS and Aurora, where it stands above the server's variables.
 *
 * @param values by name, such as {@code binlog retention hours}; a null value means that the vendor's default holds
 */
public record RdsConfiguration(Map<String, @Nullable String> values) {
    public RdsConfiguration {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    static final class Codec implements FactCodec<RdsConfiguration> {
        @Override
        public void write(RdsConfiguration value, JsonGenerator out) {
            out.writeStartObject();
            for (Map.Entry<String, @Nullable String> entry : value.values.entrySet()) {
                Json.writeNullable(out, entry.getKey(), entry.getValue());
            }
            out.writeEndObject();
        }

        @Override
        public RdsConfiguration read(JsonParser in) {
            Map<String, @Nullable String> values = new TreeMap<>();
            Json.readObject(in, name -> {
                values.put(name, Json.readText(in));
                return true;
            });
            return new RdsConfiguration(values);
        }
    }
}
