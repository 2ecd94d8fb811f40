/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

/** A check asked for the value of a fact that is not known; the runner answers unknown for that check. */
public final class FactUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FactKey<?> key;
    private final transient Fact.Unavailable<?> fact;

    FactUnavailableException(FactKey<?> key, Fact.Unavailable<?> fact) {
        super(key.title() + ": " + fact.message());
        this.key = requireNonNull(key, "key is null");
        this.fact = requireNonNull(fact, "fact is null");
    }

    public FactKey<?> key() {
        return key;
    }

    public Fact.Unavailable<?> fact() {
        return fact;
    }
}
