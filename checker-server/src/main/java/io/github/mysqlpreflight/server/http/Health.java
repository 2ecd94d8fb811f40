/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.task.StoreUnavailableException;
import io.github.mysqlpreflight.server.task.Tasks;
import java.util.concurrent.TimeUnit;

/** Whether the server can do its work. */
final class Health {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Tasks tasks;
    private volatile boolean closing;
    private volatile Answer last = new Answer(false, System.nanoTime() - FRESH_NANOS);

    Health(Tasks tasks) {
        this.tasks = tasks;
    }

    /** From now on it says that this server is about to go. */
    void closing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    void send(Exchange exchange) {
        if (closing) {
            throw ApiException.unavailable("closing", "The server is about to end", 2);
        }
        if (!storeAnswers()) {
            throw ApiException.unavailable("store_unavailable", "The store of tasks cannot be reached", 2);
        }
        exchange.sendJson(ApiJson.health("ok", "ok"));
    }

    /** Anybody may ask as often as they like; the store is asked once a second. */
    boolean storeAnswers() {
        Answer answer = last;
        if (System.nanoTime() - answer.nanos < FRESH_NANOS) {
            return answer.ok;
        }
        boolean ok;
        try {
            tasks.counts();
            ok = true;
        } catch (StoreUnavailableException e) {
            ok = false;
        }
        last = new Answer(ok, System.nanoTime());
        return ok;
    }

    /** Somebody else has found out that the store does not answer. */
    void storeFailed() {
        last = new Answer(false, System.nanoTime());
    }

    private record Answer(boolean ok, long nanos) {}
}
