/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** An {@link AddressRule} does not let an address be connected to. Message and advice are for a person, and hold no credential. */
public final class AddressRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param message what may not be connected to
     * @param advice what to do about it
     */
    public AddressRefusedException(String message, String advice) {
        super(requireNonNull(message, "message is null"));
        this.advice = requireNonNull(advice, "advice is null");
    }

    /** What happened, as {@link #getMessage()}, never null. */
    public String message() {
        return requireNonNull(getMessage(), "message is null");
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
