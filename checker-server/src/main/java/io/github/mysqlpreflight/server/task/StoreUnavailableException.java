/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

/** The store of tasks cannot be reached or does not work; to be tried again later. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was not possible, without any secret */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
