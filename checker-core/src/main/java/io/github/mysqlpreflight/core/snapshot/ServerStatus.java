/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Counters of SHOW GLOBAL STATUS, those that tell how busy the server is and what with.
 *
 * @param values by lower-case name; a counter that is missing does not exist on that server
 */
public record ServerStatus(Map<String, String> values) {
    public ServerStatus {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The value, or null where the server has no such counter. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** The value as a number, or the fallback where it does not exist or is no number. */
    public long number(String name, long fallback) {
        String value = values.get(name);
        return value == null ? fallback : ServerVariables.parse(value, fallback);
    }

    /** Seconds since the server started, 0 where it does not say. */
    public long uptimeSeconds() {
        return number("uptime", 0);
    }

    static final class Codec implements FactCodec<ServerStatus> {
        @Override
        public void write(ServerStatus value, JsonGenerator out) {
            Json.writeTexts(value.values, out);
        }

        @Override
        public ServerStatus read(JsonParser in) {
            return new ServerStatus(Json.readTexts(in));
        }
    }
}
