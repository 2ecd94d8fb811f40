/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Connecting to a server of the testkit, and waiting until one can. */
final class Readiness {
    /** A first start in a container includes making its data directory, on a machine that may have much else to do. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final int ACCESS_DENIED = 1045;

    private Readiness() {}

    static void await(RunningServer server, Release release, Settings settings) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            boolean alive = server.isAlive();
            SQLException failure;
            try (Connection connection = connect(server, release, settings, "root", "")) {
                if (server.answers(connection)) {
                    return;
                }
                failure = new SQLException("another server listens on port " + server.port());
            } catch (SQLException e) {
                failure = e;
            }
            if (!alive) {
                throw new ServerStartException(release + " ended instead of starting:\n" + server.logTail(), failure);
            }
            if (System.nanoTime() > deadline) {
                throw new ServerStartException(
                        release + " does not answer within " + LIMIT.toSeconds() + " s (" + failure.getMessage()
                                + "):\n" + server.logTail(),
                        failure);
            }
            pause(failure);
        }
    }

    private static void pause(SQLException failure) {
        try {
            Thread.sleep(failure.getErrorCode() == ACCESS_DENIED ? 200 : 40);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server starts", e);
        }
    }

    static Connection connect(RunningServer server, Release release, Settings settings, String user, String password)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        boolean secure = settings.turnsOn("require_secure_transport") && release.offersModernTls();
        properties.setProperty("sslMode", secure ? "REQUIRED" : "DISABLED");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("connectTimeout", "10000");
        return DriverManager.getConnection("jdbc:mysql://" + server.host() + ":" + server.port() + "/", properties);
    }
}
