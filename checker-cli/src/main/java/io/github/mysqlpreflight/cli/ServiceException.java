/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

/** A server did not do what it was asked for. Message and advice never hold a credential. */
final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;
    private final int exitCode;
    private final boolean passing;

    /**
     * A failure.
     *
     * @param message what happened
     * @param advice what to do; may be empty
     * @param exitCode what the process ends with
     * @param passing whether the same may work a little later
     */
    ServiceException(String message, String advice, int exitCode, boolean passing) {
        super(requireNonNull(message, "message is null"));
        this.advice = requireNonNull(advice, "advice is null");
        this.exitCode = exitCode;
        this.passing = passing;
    }

    /** What answers is not the server that is expected. */
    static ServiceException notUnderstood(String why) {
        return new ServiceException(
                "the server's answer cannot be understood: " + why,
                "Check that --url names a MySQL Preflight server.",
                ExitCode.UNREACHABLE,
                false);
    }

    String message() {
        return requireNonNull(getMessage(), "message is null");
    }

    String advice() {
        return advice;
    }

    int exitCode() {
        return exitCode;
    }

    /** Whether the same may work a little later. */
    boolean isPassing() {
        return passing;
    }
}
