/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import org.jspecify.annotations.Nullable;

/** There is no connection to the server. Message and advice are for the user and hold no credential. */
public final class ConnectFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ConnectionFacts.Failure failure;

    ConnectFailedException(ConnectionFacts.Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = requireNonNull(failure, "failure is null");
    }

    /** A failure that no exception of the driver tells of. */
    public static ConnectFailedException of(ConnectionProblem problem, String message, String advice) {
        return new ConnectFailedException(new ConnectionFacts.Failure(problem, message, advice, 0, null), null);
    }

    /** What happened and what to do. */
    public ConnectionFacts.Failure failure() {
        return failure;
    }
}
