/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.time.Duration;

/** As many tasks wait as may. Nothing was created. */
public final class QueueFullException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** @param retryAfter when it may pay to ask again; at least a second */
    public QueueFullException(int waiting, Duration retryAfter) {
        super("the queue is full: " + waiting + " tasks wait");
        this.retryAfter = retryAfter;
    }

    /** When it may pay to ask again; at least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
