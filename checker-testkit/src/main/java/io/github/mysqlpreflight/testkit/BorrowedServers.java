/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Running servers that tests of this JVM use one after the other. A test has its server for itself; afterwards everything is restored
 * ({@link ServerState}). A server that is not as it was at its start, was restarted or is dead is discarded. Thread-safe.
 */
final class BorrowedServers {
    /** The servers that wait for a test; one more, and the one that has waited longest is stopped. */
    private static final int IDLE_LIMIT = 8;

    private static final System.Logger LOG = System.getLogger(BorrowedServers.class.getName());
    private static final Deque<Pooled> IDLE = new ArrayDeque<>();
    private static final Map<Setting, Boolean> DYNAMIC = new ConcurrentHashMap<>();

    private BorrowedServers() {}

    private record Setting(Release release, String name, String value) {}

    /** A server that nobody uses, with the settings that it was started with. */
    private record Pooled(Release release, Settings settings, RunningServer server, ServerState state) {}

    /** A server of the pool, or a new one, with these settings. */
    static TestServer borrow(Release release, Settings settings) {
        Requirements.require(release);
        Settings start = settings.keeping((name, value) -> !isDynamic(release, name, value));
        Pooled pooled = take(release, start);
        try (Connection connection = connect(pooled);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, Optional<String>> change : settings.changes().entrySet()) {
                if (!start.changes().containsKey(change.getKey())) {
                    String value = change.getValue().orElseThrow();
                    ServerState.set(statement, change.getKey(), value);
                }
            }
        } catch (SQLException | RuntimeException e) {
            pooled.server.stop();
            throw new ServerStartException(
                    release + " cannot be borrowed with " + settings.changes() + ": " + e.getMessage(), e);
        }
        return TestServer.lend(release, settings, pooled.server, new Loan(pooled));
    }

    /** What a borrowed server does when it is closed. */
    static final class Loan {
        private final Pooled pooled;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile boolean restarted;

        private Loan(Pooled pooled) {
            this.pooled = pooled;
        }

        /** A restart loses what the start cannot give back, such as the binary log's first file. */
        void restarted() {
            restarted = true;
        }

        /** Restores the server and gives it back, or discards it. Does nothing the second time. */
        void end(TestServer borrowed) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            List<String> differences = restarted ? List.of("it was restarted") : restored(borrowed);
            if (differences.isEmpty()) {
                giveBack(pooled);
            } else {
                LOG.log(System.Logger.Level.INFO, "discarded " + borrowed + ": " + differences);
                pooled.server.stop();
            }
        }

        /** What stays different, empty if nothing does. */
        private List<String> restored(TestServer borrowed) {
            try (Connection connection = borrowed.connect();
                    Statement statement = connection.createStatement()) {
                return pooled.state.restore(statement);
            } catch (SQLException e) {
                return List.of(String.valueOf(e.getMessage()));
            }
        }
    }

    private static Pooled take(Release release, Settings settings) {
        synchronized (IDLE) {
            for (Iterator<Pooled> idle = IDLE.descendingIterator(); idle.hasNext(); ) {
                Pooled pooled = idle.next();
                if (pooled.release == release && pooled.settings.equals(settings)) {
                    idle.remove();
                    if (pooled.server.isAlive()) {
                        return pooled;
                    }
                    pooled.server.stop();
                }
            }
        }
        RunningServer server = Lane.current().launch(release, settings);
        try (Connection connection = Readiness.connect(server, release, settings, "root", "");
                Statement statement = connection.createStatement()) {
            return new Pooled(release, settings, server, ServerState.atStart(statement, release));
        } catch (SQLException e) {
            server.stop();
            throw new ServerStartException(release + " does not tell its state: " + e.getMessage(), e);
        }
    }

    private static void giveBack(Pooled pooled) {
        synchronized (IDLE) {
            IDLE.addLast(pooled);
            if (IDLE.size() > IDLE_LIMIT) {
                IDLE.removeFirst().server.stop();
            }
        }
    }

    private static Connection connect(Pooled pooled) throws SQLException {
        return Readiness.connect(pooled.server, pooled.release, pooled.settings, "root", "");
    }

    /** Whether a plain server has the setting anyway, or can be given it at run time. */
    private static boolean isDynamic(Release release, String name, Optional<String> value) {
        return value.isPresent()
                && !value.get().isEmpty()
                && DYNAMIC.computeIfAbsent(new Setting(release, name, value.get()), BorrowedServers::fitsPlainServer);
    }

    private static boolean fitsPlainServer(Setting setting) {
        Pooled plain = take(setting.release, Settings.NONE);
        try (Connection connection = connect(plain);
                Statement statement = connection.createStatement()) {
            return ServerState.has(statement, setting.name, setting.value)
                    || (!Settings.isForStart(setting.name) && ServerState.isDynamic(statement, setting.name));
        } catch (SQLException e) {
            throw new IllegalStateException("no connection to " + setting.release + ": " + e.getMessage(), e);
        } finally {
            giveBack(plain);
        }
    }
}
