/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which a request does not come about: whose headers trickle in, or whose handshake does. Jetty's own time limit is one of
 * silence, which a byte now and then keeps away for ever.
 */
final class ConnectionWatch implements Connection.Listener {
    private static final long SWEEP_MILLIS = 500;

    private final Map<Connection, Wait> waits = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final long headerNanos;
    private final long nothingNanos;

    /**
     * @param headers most time from the first byte of a request to the last one of its headers
     * @param nothing most time in which there is no request at all
     */
    ConnectionWatch(Scheduler scheduler, Duration headers, Duration nothing) {
        this.scheduler = scheduler;
        this.headerNanos = headers.toNanos();
        this.nothingNanos = nothing.toNanos();
    }

    /** Looks from now on, until the scheduler stops. */
    void start() {
        scheduler.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        // Of a connection with TLS there are two objects; this is the one that speaks HTTP.
        if (connection instanceof ConnectionMetaData) {
            waits.put(connection, new Wait());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waits.remove(connection);
    }

    /** The headers of a request are there. */
    void begun(Connection connection) {
        Wait wait = waits.get(connection);
        if (wait != null) {
            wait.busy = true;
        }
    }

    /** The request has been answered. */
    void ended(Connection connection) {
        Wait wait = waits.get(connection);
        if (wait != null) {
            wait.bytes = connection.getBytesIn();
            wait.since = System.nanoTime();
            wait.begun = false;
            wait.busy = false;
        }
    }

    /** Goes on whatever becomes of one look: without it, slow clients would hold all connections. */
    private void sweep() {
        try {
            closeLate();
        } finally {
            start();
        }
    }

    private void closeLate() {
        long now = System.nanoTime();
        for (Map.Entry<Connection, Wait> entry : waits.entrySet()) {
            Connection connection = entry.getKey();
            Wait wait = entry.getValue();
            if (wait.busy) {
                continue;
            }
            if (!wait.begun && connection.getBytesIn() > wait.bytes) {
                wait.begun = true;
                wait.since = now;
            }
            if (now - wait.since > (wait.begun ? headerNanos : nothingNanos)) {
                connection.getEndPoint().close();
            }
        }
    }

    /** What a connection waits for. Written by the threads of requests and by the sweep, at different times. */
    private static final class Wait {
        volatile boolean busy;
        volatile boolean begun;
        volatile long bytes;
        volatile long since = System.nanoTime();
    }
}
