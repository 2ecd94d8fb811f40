/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BorrowedServersTest {
    @ParameterizedTest
    @EnumSource
    @Tag("docker")
    void aServerIsAsBeforeAfterwards(Release release) throws SQLException, InterruptedException {
        List<List<@Nullable String>> before;
        int port;
        try (TestServer server = TestServer.of(release).borrow()) {
            port = server.port();
            before = state(server);
        }
        try (TestServer server = TestServer.of(release)
                .with("max_connections", "77")
                .with("max_allowed_packet", "1M")
                .with("binlog_format", "STATEMENT")
                .borrow()) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.variable("max_connections")).isEqualTo("77");
            assertThat(server.variable("max_allowed_packet")).isEqualTo("1048576");
            server.execute(
                    "CREATE DATABASE `sh``op`",
                    "CREATE TABLE `sh``op`.t (id INT PRIMARY KEY) ENGINE=InnoDB",
                    "CREATE EVENT `sh``op`.e ON SCHEDULE EVERY 1 DAY DO DO 1",
                    "CREATE DEFINER=root@localhost PROCEDURE `sh``op`.p() SELECT 1",
                    "CREATE USER 'o\\'neil'@'10.%'",
                    "GRANT SELECT ON `sh``op`.* TO 'o\\'neil'@'10.%'",
                    "SET GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
                    "FLUSH BINARY LOGS",
                    release == Release.MYSQL_8_4 || release == Release.MYSQL_9_7
                            ? "CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'old.example'"
                            : "CHANGE MASTER TO MASTER_HOST = 'old.example'",
                    "SET GLOBAL read_only = ON");
            Connection locking = server.connect();
            Statement statement = locking.createStatement();
            statement.execute("FLUSH TABLES WITH READ LOCK");
        }
        try (TestServer server = TestServer.of(release).borrow()) {
            assertThat(server.port()).isEqualTo(port);
            List<List<@Nullable String>> after = state(server);
            // The last connection was closed a moment ago.
            for (int i = 0; i < 1_200 && after.size() > before.size(); i++) {
                Thread.sleep(50);
                after = state(server);
            }
            assertThat(after).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7"})
    void gtidsAndGtidModeAreAsBeforeAfterwards(Release release) {
        TestServer.Builder numbered =
                TestServer.of(release).with("gtid_mode", "OFF").with("enforce_gtid_consistency", "OFF");
        int port;
        try (TestServer server = numbered.borrow()) {
            port = server.port();
            server.execute(
                    "SET GLOBAL enforce_gtid_consistency = ON",
                    "SET GLOBAL gtid_mode = OFF_PERMISSIVE",
                    "SET GLOBAL gtid_mode = ON_PERMISSIVE",
                    "SET GLOBAL gtid_mode = ON",
                    "CREATE DATABASE shop",
                    "CREATE USER app");
            assertThat(server.variable("gtid_executed")).endsWith(":1-2");
        }
        try (TestServer server = numbered.borrow()) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.variable("gtid_mode")).isEqualTo("OFF");
            assertThat(server.variable("enforce_gtid_consistency")).isEqualTo("OFF");
            assertThat(server.variable("gtid_executed")).isEmpty();
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void persistedVariablesGeneralTablespacesAndRolesAreGoneAfterwards() {
        int port;
        try (TestServer server = TestServer.of(Release.MYSQL_8_0).borrow()) {
            port = server.port();
            server.execute(
                    "SET PERSIST max_connections = 78",
                    "CREATE TABLESPACE fast ADD DATAFILE 'fast.ibd'",
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.t (id INT PRIMARY KEY) TABLESPACE fast",
                    "CREATE ROLE reader");
        }
        try (TestServer server = TestServer.of(Release.MYSQL_8_0).borrow()) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.query("SELECT * FROM performance_schema.persisted_variables"))
                    .isEmpty();
            server.execute("CREATE TABLESPACE fast ADD DATAFILE 'fast.ibd'", "CREATE ROLE reader");
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_5_7)
    void aServerThatCannotBeRestoredIsDiscarded() {
        List<String> changes = List.of(
                "GRANT SELECT ON sys.* TO root@localhost", "CREATE TABLE mysql.rds_configuration (name VARCHAR(100))");
        for (String change : changes) {
            TestServer changed;
            try (TestServer server = TestServer.of(Release.MYSQL_5_7).borrow()) {
                changed = server;
                server.execute(change);
            }
            assertThatThrownBy(changed::connect).as(change).isInstanceOf(SQLException.class);
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_5_7)
    void aServerThatWasRestartedOrIsDeadIsDiscarded() {
        TestServer restarted;
        try (TestServer server = TestServer.of(Release.MYSQL_5_7).borrow()) {
            restarted = server;
            server.restart();
            assertThat(server.variable("log_bin")).isEqualTo("1");
        }
        assertThatThrownBy(restarted::connect).isInstanceOf(SQLException.class);
        try (TestServer server = TestServer.of(Release.MYSQL_5_7).borrow()) {
            server.execute("SHUTDOWN");
        }
        try (TestServer server = TestServer.of(Release.MYSQL_5_7).borrow()) {
            assertThat(server.query("SELECT 1")).hasSize(1);
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_5_7)
    void twoBorrowersAtTheSameTimeGetDifferentServers() {
        TestServer one = TestServer.of(Release.MYSQL_5_7).borrow();
        TestServer two =
                TestServer.of(Release.MYSQL_5_7).with("server_id", "900").borrow();
        assertThat(two.port()).isNotEqualTo(one.port());
        assertThat(two.variable("server_id")).isEqualTo("900");
        assertThat(one.variable("server_id")).isNotEqualTo("900");

        two.close();
        // The second time it does nothing: the server is not lent to two tests.
        two.close();
        TestServer three = TestServer.of(Release.MYSQL_5_7).borrow();
        TestServer four = TestServer.of(Release.MYSQL_5_7).borrow();
        assertThat(three.port()).isEqualTo(two.port());
        assertThat(four.port()).isNotIn(one.port(), two.port());
        one.close();
        three.close();
        four.close();
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void settingsOfTheStartGiveAnotherServerAndBadOnesAreRefused() {
        int plain;
        try (TestServer server = TestServer.of(Release.MYSQL_8_0).borrow()) {
            plain = server.port();
        }
        try (TestServer server =
                TestServer.of(Release.MYSQL_8_0).with("log_slave_updates", "ON").borrow()) {
            assertThat(server.port()).as("it is the default").isEqualTo(plain);
        }
        try (TestServer server = TestServer.of(Release.MYSQL_8_0)
                .with("binlog_do_db", "shop")
                .with("log_slave_updates", "OFF")
                .with("slave_preserve_commit_order", "OFF")
                .borrow()) {
            assertThat(server.variable("log_slave_updates")).isEqualTo("0");
            assertThat(server.query("SHOW MASTER STATUS").get(0)).contains("shop");
        }
        assertThatThrownBy(() -> TestServer.of(Release.MYSQL_8_0)
                        .with("max_connections", "0")
                        .borrow())
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("SET GLOBAL max_connections = 0 has given it another value");
    }

    private static List<List<@Nullable String>> state(TestServer server) {
        List<List<@Nullable String>> state = new ArrayList<>();
        boolean newWords = server.release() == Release.MYSQL_8_4 || server.release() == Release.MYSQL_9_7;
        for (String query : List.of(
                "SHOW GLOBAL VARIABLES",
                "SHOW DATABASES",
                "SELECT User, Host FROM mysql.user",
                "SHOW BINARY LOGS",
                newWords ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS",
                "SELECT USER FROM information_schema.PROCESSLIST")) {
            state.addAll(server.query(query));
        }
        return state;
    }
}
