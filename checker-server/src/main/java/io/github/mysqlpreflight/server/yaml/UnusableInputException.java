/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.yaml;

import static java.util.Objects.requireNonNull;

/** What a user wrote cannot be used. Message and advice are for a person, and hold no secret; of a file they name the line. */
public final class UnusableInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param message what is wrong, such as {@code preflight.yaml:12: limits.queue must be …}
     * @param advice what to do about it; empty for nothing to say
     */
    public UnusableInputException(String message, String advice) {
        super(requireNonNull(message, "message is null"));
        this.advice = requireNonNull(advice, "advice is null");
    }

    /** What is wrong, as {@link #getMessage()}, never null. */
    public String message() {
        return requireNonNull(getMessage(), "message is null");
    }

    /** What to do about it; empty for nothing to say. */
    public String advice() {
        return advice;
    }
}
