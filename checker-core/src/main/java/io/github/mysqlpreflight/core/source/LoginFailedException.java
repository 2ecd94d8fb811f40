/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import java.sql.SQLException;

/** A login that failed, with its diagnosis. */
final class LoginFailedException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean connected;

    /** @param connected whether there was a network connection before it failed */
    LoginFailedException(Failure failure, boolean connected, SQLException cause) {
        super(failure.message(), cause.getSQLState(), cause.getErrorCode(), cause);
        this.failure = failure;
        this.connected = connected;
    }

    /** What happened and what to do. */
    Failure failure() {
        return failure;
    }

    /** Whether the server accepted the connection, and then one of our time limits ended the login. */
    boolean timedOutAfterConnecting() {
        return connected && failure.problem() == ConnectionProblem.TIMED_OUT;
    }
}
