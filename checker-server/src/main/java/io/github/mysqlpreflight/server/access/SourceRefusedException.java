/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.access;

import static java.util.Objects.requireNonNull;

/** That source may not be checked here. Message and advice are for a person, and hold no credential. */
public final class SourceRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param message what is not allowed, such as {@code db1:3306 is not among the sources that may be checked}
     * @param advice what to do about it
     */
    public SourceRefusedException(String message, String advice) {
        super(requireNonNull(message, "message is null"));
        this.advice = requireNonNull(advice, "advice is null");
    }

    /** What is not allowed, as {@link #getMessage()}, never null. */
    public String message() {
        return requireNonNull(getMessage(), "message is null");
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
