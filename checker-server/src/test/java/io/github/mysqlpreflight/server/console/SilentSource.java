/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Takes connections and never says a word, so that a check of it takes as long as the checker is patient. */
final class SilentSource implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    SilentSource() throws IOException {}

    String uri() {
        return "mysql://mig:not-told@127.0.0.1:" + listener.getLocalPort() + "/";
    }

    /** Cuts all connections off, and takes no more. */
    void hangUp() throws IOException {
        listener.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
