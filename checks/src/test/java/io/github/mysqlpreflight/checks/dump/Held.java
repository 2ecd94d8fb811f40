/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection to a real server on which statements run, in a thread of their own where they would block, for tests. */
final class Held implements AutoCloseable {
    private final Connection connection;

    Held(TestServer server) throws SQLException {
        connection = server.connect();
    }

    Held run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /** Runs it in the background; how it ends is of no interest. */
    Held begin(String sql) {
        Thread thread = new Thread(
                () -> {
                    try {
                        run(sql);
                    } catch (SQLException e) {
                        // The test ends it.
                        return;
                    }
                },
                "held");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** The error number that the statement ends with; 0 where it succeeds. */
    int errorOf(String sql) {
        try {
            run(sql);
            return 0;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.abort(Runnable::run);
    }
}
