/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

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
    private final Cost cost;
    private final Supplier<? extends FactCodec<T>> codec;

    FactKey(String name, String title, Cost cost, Supplier<? extends FactCodec<T>> codec) {
        this.name = requireNonNull(name, "name is null");
        this.title = requireNonNull(title, "title is null");
        this.cost = requireNonNull(cost, "cost is null");
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

    /** What reading it costs the server. */
    public Cost cost() {
        return cost;
    }

    /** How a snapshot file holds it. Made when it is needed, since a check of a server, which writes no such file, starts sooner without. */
    FactCodec<T> codec() {
        return codec.get();
    }

    @Override
    public String toString() {
        return name;
    }

    /** What reading a fact costs the server, from cheap to dear. */
    public enum Cost {
        STATEMENT("a short statement"),
        OBJECTS("a pass over programs or views, whose number counts"),
        TABLES("a pass over all tables; before 8.0 and on MariaDB the server reads each table's definition file"),
        OPENED_TABLES("a pass over all tables; before 8.0 and on MariaDB the server opens each table"),
        ROWS("a pass over all tables; with --scan-data also rows of them, within limits");

        private final String words;

        Cost(String words) {
            this.words = words;
        }

        /** For a person to read. */
        public String words() {
            return words;
        }
    }
}
