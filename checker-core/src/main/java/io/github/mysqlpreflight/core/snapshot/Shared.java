/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Equal values once: a hundred thousand tables share a few engines, types and names of columns. Used by one thread while a fact
 * is put together.
 *
 * @param <T> type of the values, immutable
 */
public final class Shared<T> {
    private final Map<T, T> values = new HashMap<>();

    /** The value that came first among those that equal the given one. */
    public T of(T value) {
        T known = values.putIfAbsent(value, value);
        return known == null ? value : known;
    }

    /** The same for what may be null. */
    public @Nullable T ofNullable(@Nullable T value) {
        return value == null ? null : of(value);
    }
}
