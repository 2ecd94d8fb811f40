/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * The global variables as SHOW GLOBAL VARIABLES gave them; a name that is missing does not exist on that server.
 *
 * <p>Values of variables that hold a secret are left out when they are read.
 *
 * @param values by lower-case name
 */
public record ServerVariables(Map<String, String> values) {
    public ServerVariables {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The value, or null where the server has no such variable. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** The value of the first of the names that exists; a variable may have been renamed. Null where none does. */
    public @Nullable String firstOf(String name, String olderName) {
        String value = values.get(name);
        return value != null ? value : values.get(olderName);
    }

    /** Whether the variable exists and says ON or 1. */
    public boolean isOn(String name) {
        String value = values.get(name);
        return value != null && (value.equalsIgnoreCase("ON") || value.equals("1"));
    }

    /** The value as a number, or the fallback where it does not exist or is no number. */
    public long number(String name, long fallback) {
        String value = values.get(name);
        return value == null ? fallback : parse(value, fallback);
    }

    /** A number as servers print it, or the fallback where the text is none. What a long cannot hold is {@link Long#MAX_VALUE}. */
    public static long parse(String value, long fallback) {
        if (value.isEmpty()) {
            return fallback;
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.digit(value.charAt(i), 10) < 0) {
                return fallback;
            }
        }
        return value.length() <= 18
                ? Long.parseLong(value)
                : new BigInteger(value).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }

    static final class Codec implements FactCodec<ServerVariables> {
        @Override
        public void write(ServerVariables value, JsonGenerator out) {
            Json.writeTexts(value.values, out);
        }

        @Override
        public ServerVariables read(JsonParser in) {
            return new ServerVariables(Json.readTexts(in));
        }
    }
}
