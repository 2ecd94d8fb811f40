/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import org.jspecify.annotations.Nullable;

/** An attempt to connect, in the hands of somebody who may lose patience with it. Safe for use by several threads. */
public final class Connecting {
    private @Nullable ConnectionFactory connections;
    private boolean abandoned;

    /** An attempt that is yet to be made. */
    public Connecting() {}

    synchronized void with(ConnectionFactory newConnections) {
        connections = newConnections;
        if (abandoned) {
            newConnections.abort();
        }
    }

    /** Cuts the connection that is being made, now or later; connecting then fails, soon, unless a name server keeps it. */
    public synchronized void abandon() {
        abandoned = true;
        if (connections != null) {
            connections.abort();
        }
    }
}
