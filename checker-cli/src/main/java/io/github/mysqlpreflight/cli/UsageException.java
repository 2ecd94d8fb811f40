/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

/** The tool was used wrongly, or a file it was given cannot be used. Message and advice never hold a credential. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * A wrong use.
     *
     * @param message what is wrong
     * @param advice what to do
     */
    UsageException(String message, String advice) {
        super(requireNonNull(message, "message is null"));
        this.advice = requireNonNull(advice, "advice is null");
    }

    String message() {
        return requireNonNull(getMessage(), "message is null");
    }

    String advice() {
        return advice;
    }
}
