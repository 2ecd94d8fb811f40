/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything that is known of one server at one moment: the whole truth that checks judge.
 *
 * <p>Immutable and safe to share between threads. Never holds a credential.
 */
public final class Snapshot {
    private final Instant takenAt;
    private final String takenBy;
    private final long readMillis;
    private final int connections;
    private final Map<FactKey<?>, Fact<?>> facts;

    private Snapshot(Builder builder) {
        this.takenAt = builder.takenAt;
        this.takenBy = builder.takenBy;
        this.readMillis = builder.readMillis;
        this.connections = builder.connections;
        this.facts = new HashMap<>(builder.facts);
    }

    /** A snapshot without a fact, taken now by the given version of the tool. */
    public static Builder builder(Instant takenAt, String toolVersion) {
        return new Builder(takenAt, toolVersion);
    }

    /** When reading began, by the clock of the machine that read. */
    public Instant takenAt() {
        return takenAt;
    }

    /** The version of the tool that read it. */
    public String takenBy() {
        return takenBy;
    }

    /** How long reading took, connecting included, in milliseconds. */
    public long readMillis() {
        return readMillis;
    }

    /** Over how many connections it was read; 0 where there was none. */
    public int connections() {
        return connections;
    }

    /** The fact, or that it was not read. */
    public <T> Fact<T> find(FactKey<T> key) {
        // The builder's put keeps key and value of one type.
        @SuppressWarnings("unchecked")
        Fact<T> fact = (Fact<T>) facts.get(requireNonNull(key, "key is null"));
        if (fact != null) {
            return fact;
        }
        return new Fact.Unavailable<>(
                Fact.Cause.NOT_READ,
                "it was not asked for when the snapshot was taken",
                0,
                null,
                "Take the snapshot again without leaving out the checks that need it");
    }

    /**
     * The value of a fact.
     *
     * @throws FactUnavailableException when it is not known
     */
    public <T> T get(FactKey<T> key) {
        Fact<T> fact = find(key);
        if (fact instanceof Fact.Known<T> known) {
            return known.value();
        }
        throw new FactUnavailableException(key, (Fact.Unavailable<T>) fact);
    }

    /** Whether the fact was read. */
    public boolean knows(FactKey<?> key) {
        return facts.get(requireNonNull(key, "key is null")) instanceof Fact.Known<?>;
    }

    /** Whether anything was said of the fact, be it only why it could not be read. */
    public boolean mentions(FactKey<?> key) {
        return facts.containsKey(key);
    }

    /** A builder that starts with all that is in here. */
    public Builder toBuilder() {
        Builder builder = new Builder(takenAt, takenBy);
        builder.readMillis = readMillis;
        builder.connections = connections;
        builder.facts.putAll(facts);
        return builder;
    }

    /** Collects facts; not safe for use by several threads at once. */
    public static final class Builder {
        private final Instant takenAt;
        private final String takenBy;
        private final Map<FactKey<?>, Fact<?>> facts = new HashMap<>();
        private long readMillis;
        private int connections;

        private Builder(Instant takenAt, String takenBy) {
            this.takenAt = requireNonNull(takenAt, "takenAt is null");
            this.takenBy = requireNonNull(takenBy, "takenBy is null");
        }

        /** Sets a fact, in place of an earlier one. */
        public <T> Builder put(FactKey<T> key, Fact<T> fact) {
            facts.put(requireNonNull(key, "key is null"), requireNonNull(fact, "fact is null"));
            return this;
        }

        /** Sets a known fact. */
        public <T> Builder put(FactKey<T> key, T value) {
            return put(key, new Fact.Known<>(value));
        }

        /** Sets how long reading took, in milliseconds. */
        public Builder readMillis(long millis) {
            this.readMillis = millis;
            return this;
        }

        /** Sets over how many connections it was read. */
        public Builder connections(int count) {
            this.connections = count;
            return this;
        }

        public Snapshot build() {
            return new Snapshot(this);
        }
    }
}
