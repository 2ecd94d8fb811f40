/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.Serial;

/** A server did not start; the message ends with the tail of its error log. */
public final class ServerStartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }

    ServerStartException(String message) {
        super(message);
    }
}
