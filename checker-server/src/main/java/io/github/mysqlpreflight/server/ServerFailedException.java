/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server;

import static java.util.Objects.requireNonNull;

/** The server cannot start, or not with these settings. Message and advice are for a person, and hold no secret. */
public final class ServerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param message what happened
     * @param advice what to do about it; empty for nothing to say
     */
    public ServerFailedException(String message, String advice) {
        super(requireNonNull(message, "message is null"));
        this.advice = requireNonNull(advice, "advice is null");
    }

    /** What happened, as {@link #getMessage()}, never null. */
    public String message() {
        return requireNonNull(getMessage(), "message is null");
    }

    /** What to do about it; empty for nothing to say. */
    public String advice() {
        return advice;
    }
}
