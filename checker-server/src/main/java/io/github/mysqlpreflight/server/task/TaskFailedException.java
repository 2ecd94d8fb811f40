/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

/** A task cannot be done; the message says why, to whoever asked for it, and holds no secret. */
final class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    TaskFailedException(String message) {
        super(message);
    }
}
