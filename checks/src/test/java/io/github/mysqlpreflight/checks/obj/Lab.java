/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Servers that only the tests of tables use, and what becomes of one's tables on another. */
final class Lab {
    private static final int POLLS = 300;
    private static final long POLL_NANOS = 100_000_000;

    private Lab() {}

    /** A server whose databases are those of the test that runs. */
    static TestServer server(Release release) {
        return TestServer.of(release).with("max_connections", "79").shared();
    }

    /**
     * Creates the tables of a database the way a dump of mysqldump does, without their rows, and takes them away again.
     *
     * @return the errors that the target gave
     */
    static Set<Integer> load(TestServer source, String schema, TestServer target) {
        Set<Integer> errors = new TreeSet<>();
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET SESSION foreign_key_checks = 0, unique_checks = 0, sql_mode = 'NO_AUTO_VALUE_ON_ZERO'");
            run(statement, second(source, "SHOW CREATE DATABASE `" + schema + "`"), errors);
            run(statement, "USE `" + schema + "`", errors);
            for (List<@Nullable String> table :
                    source.query("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '" + schema
                            + "' AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME")) {
                run(statement, second(source, "SHOW CREATE TABLE `" + schema + "`.`" + table.get(0) + "`"), errors);
            }
            statement.execute("DROP DATABASE IF EXISTS `" + schema + "`");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return errors;
    }

    private static String second(TestServer server, String sql) {
        String text = server.query(sql).get(0).get(1);
        if (text == null) {
            throw new IllegalStateException("nothing for " + sql);
        }
        return text;
    }

    private static void run(Statement statement, String sql, Set<Integer> errors) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            errors.add(e.getErrorCode());
        }
    }

    /** Whether the server refuses a statement with that error; what it creates as {@code cnt.t} is taken away. */
    static boolean fails(TestServer server, String sql, int error) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = ''");
            statement.execute(sql);
            statement.execute("DROP TABLE cnt.t");
            return false;
        } catch (SQLException e) {
            if (e.getErrorCode() == error) {
                return true;
            }
            throw new IllegalStateException(sql, e);
        }
    }

    /** A source whose statements 9.7 may replicate: 8.0, without GTIDs. */
    static TestServer replicated() {
        return TestServer.of(Release.MYSQL_8_0).with("max_connections", "80").shared();
    }

    /** A replica of it, which leaves the database {@code hr} out. */
    static TestServer replica() {
        return TestServer.of(Release.MYSQL_9_7)
                .with("max_connections", "80")
                .with("gtid_mode", "OFF")
                .with("enforce_gtid_consistency", "OFF")
                .with("replicate_wild_ignore_table", "hr.%")
                .shared();
    }

    /** What stops a replica that gets these statements; 0 where it applies them all. */
    static int replicate(String... statements) {
        TestServer source = replicated();
        TestServer replica = replica();
        List<@Nullable String> position = source.query("SHOW MASTER STATUS").get(0);
        replica.execute(
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = " + source.port()
                        + ", SOURCE_USER = 'root', SOURCE_LOG_FILE = '" + position.get(0) + "', SOURCE_LOG_POS = "
                        + position.get(1) + ", GET_SOURCE_PUBLIC_KEY = 1",
                "START REPLICA");
        source.execute(statements);
        source.execute(
                "CREATE DATABASE replicated_all", "DROP DATABASE replicated_all", "CREATE DATABASE replicated_all");
        try {
            for (int i = 0; i < POLLS; i++) {
                int error = Integer.parseInt(String.valueOf(replica.query(
                                "SELECT MAX(LAST_ERROR_NUMBER) FROM performance_schema.replication_applier_status_by_worker")
                        .get(0)
                        .get(0)));
                if (error != 0
                        || !replica.query("SHOW DATABASES LIKE 'replicated_all'")
                                .isEmpty()) {
                    return error;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            throw new IllegalStateException("the replica neither caught up nor stopped");
        } finally {
            source.execute("DROP DATABASE replicated_all");
            replica.execute("STOP REPLICA", "RESET REPLICA ALL", "DROP DATABASE IF EXISTS replicated_all");
        }
    }
}
