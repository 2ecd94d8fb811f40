/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import java.sql.SQLException;

/** A login that failed, with its diagnosis, on its way through the pool. */
final class LoginFailedException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    LoginFailedException(Failure failure, SQLException cause) {
        super(failure.message(), cause.getSQLState(), cause.getErrorCode(), cause);
        this.failure = failure;
    }

    /** What happened and what to do. */
    Failure failure() {
        return failure;
    }
}
