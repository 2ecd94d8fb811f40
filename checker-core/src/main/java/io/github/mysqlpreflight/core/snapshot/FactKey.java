/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

/**
 * The name of a kind of fact, with its type and its form in a snapshot file.
 *
 * <p>Keys are compared by identity: each is a constant of {@link Facts}.
 *
 * @param <T> type of the fact's value
 */
public final class FactKey<T> {
    private final String name;
    private final String title;
    private final FactCodec<T> codec;

    FactKey(String name, String title, FactCodec<T> codec) {
        this.name = requireNonNull(name, "name is null");
        this.title = requireNonNull(title, "title is null");
        this.codec = requireNonNull(codec, "codec is null");
    }

    /** The name in a snapshot file, in camel case; it never changes meaning. */
    public String name() {
        return name;
    }

    /** What it is, in words for a person, such as {@code the account's grants}. */
    public String title() {
        return title;
    }

    FactCodec<T> codec() {
        return codec;
    }

    @Override
    public String toString() {
        return name;
    }
}
