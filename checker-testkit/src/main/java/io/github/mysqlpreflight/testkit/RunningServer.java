/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A started server, whatever it runs in. */
interface RunningServer {
    String host();

    int port();

    boolean isAlive();

    /** Whether the server behind this connection is this one, and not a stranger on the same port. */
    boolean answers(Connection connection) throws SQLException;

    /** The end of the error log. */
    String logTail();

    Path dataDirectory();

    /** Present once the server has made its own certificates. */
    Optional<Path> certificateAuthority();

    /** Shuts down cleanly and starts again on the same port and data, without waiting until it answers. */
    void restart();

    /** Kills the server and removes its data. Does nothing the second time. */
    void stop();
}
