/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection to a real server on which statements run, in a thread of their own where they would block, for tests. */
final class Held implements AutoCloseable {
    private final TestServer server;
    private final Connection connection;

    Held(TestServer server) throws SQLException {
        this.server = server;
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

    /** Runs it in the background, and waits until the server has been at it for so many seconds; how it ends is of no interest. */
    Held begin(String sql, int seconds) throws InterruptedException {
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
        String running =
                "SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO = '" + sql + "' AND TIME >= " + seconds;
        for (int i = 0; server.query(running).isEmpty(); i++) {
            assertThat(i).as(sql).isLessThan(1_200);
            Thread.sleep(50);
        }
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
