/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TestServerTest {
    @ParameterizedTest
    @EnumSource
    @Tag("docker")
    void startsAnswersRestartsAndLeavesNothing(Release release) {
        TestServer stopped;
        try (TestServer server = TestServer.of(release).start()) {
            stopped = server;
            assertThat(server.query("SELECT VERSION()").get(0).get(0)).startsWith(release.versionPrefix());
            server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(20))");
            server.execute("INSERT INTO shop.item VALUES (1, 'a'), (2, NULL)");
            int port = server.port();

            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(server.query("SELECT * FROM shop.item ORDER BY id"))
                    .satisfiesExactly(
                            row -> assertThat(row).containsExactly("1", "a"),
                            row -> assertThat(row).containsExactly("2", null));
        }
        assertThatThrownBy(stopped::connect).isInstanceOf(SQLException.class);
        stopped.close();
    }

    @ParameterizedTest
    @EnumSource
    void settingsArriveAndTwoServersRunSideBySide(Release release) {
        try (TestServer changed = TestServer.of(release)
                        .with("max-connections", "77")
                        .with("server_id", "4711")
                        .withoutBinaryLog()
                        .start();
                TestServer plain = TestServer.of(release).start()) {
            assertThat(changed.variable("max_connections")).isEqualTo("77");
            assertThat(changed.variable("server_id")).isEqualTo("4711");
            assertThat(changed.variable("log_bin")).isEqualTo("0");
            assertThat(plain.variable("max_connections")).isNotEqualTo("77");
            assertThat(plain.variable("server_id")).isNotEqualTo("4711");
            assertThat(plain.variable("log_bin")).isEqualTo("1");
            assertThat(plain.port()).isNotEqualTo(changed.port());
        }
    }

    @ParameterizedTest
    @EnumSource
    void accountsHaveWhatTheyWereGivenAndAreNotInTheBinaryLog(Release release) throws SQLException {
        try (TestServer server = TestServer.of(release).start()) {
            String before = binaryLogEnd(server);
            server.createAccount("mig", "s3'c\\ret", "REPLICATION SLAVE", "SELECT");
            server.createAccount("nobody", "");
            server.createAccountWithPlugin("other", "pass", otherPlugin(release), "PROCESS");

            assertThat(binaryLogEnd(server)).isEqualTo(before);
            assertThat(currentUser(server, "mig", "s3'c\\ret")).isEqualTo("mig@%");
            assertThat(currentUser(server, "nobody", "")).isEqualTo("nobody@%");
            assertThat(currentUser(server, "other", "pass")).isEqualTo("other@%");
            assertThat(server.query("SHOW GRANTS FOR mig").get(0).get(0))
                    .startsWith("GRANT SELECT, REPLICATION SLAVE ON *.*");
            assertThatThrownBy(() -> currentUser(server, "", "")).isInstanceOf(SQLException.class);
        }
    }

    private static String otherPlugin(Release release) {
        return switch (release) {
            case MYSQL_5_6, MYSQL_5_7, MARIADB_10_11 -> "mysql_native_password";
            case MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 -> "sha256_password";
        };
    }

    private static String binaryLogEnd(TestServer server) {
        boolean renamed = server.release() == Release.MYSQL_8_4 || server.release() == Release.MYSQL_9_7;
        return server.query(renamed ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS")
                .toString();
    }

    private static String currentUser(TestServer server, String user, String password) throws SQLException {
        try (Connection connection = server.connect(user, password);
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT CURRENT_USER()")) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    @Tag("docker")
    void optionsOfTheDataDirectoryCanBeChosen() {
        try (TestServer server = TestServer.of(Release.MYSQL_8_0)
                .with("lower_case_table_names", "1")
                .start()) {
            assertThat(server.variable("lower_case_table_names")).isEqualTo("1");
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void defaultsOfTheTestkitCanBeTakenAway() {
        try (TestServer server = TestServer.of(Release.MYSQL_8_0)
                .without("sync_binlog")
                .without("server-id")
                .start()) {
            assertThat(server.variable("sync_binlog")).isEqualTo("1");
            assertThat(server.variable("server_id")).isEqualTo("1");
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    @Tag("docker")
    void serverThatDoesNotStartSaysWhy() {
        assertThatThrownBy(() -> TestServer.of(Release.MYSQL_8_0)
                        .with("no_such_option", "1")
                        .start())
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("unknown variable 'no-such-option=1'");
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    @Tag("docker")
    void rootConnectsToServerThatDemandsTls() {
        try (TestServer server = TestServer.of(Release.MYSQL_8_0)
                .with("require_secure_transport", "ON")
                .start()) {
            assertThat(server.variable("require_secure_transport")).isEqualTo("1");
            assertThat(server.certificateAuthority())
                    .hasValueSatisfying(path -> assertThat(path).content().contains("BEGIN CERTIFICATE"));
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void dataDirectoryIsGoneAfterwards() {
        Path data;
        try (TestServer server = TestServer.of(Release.MYSQL_8_0).start()) {
            data = server.dataDirectory();
            assertThat(data.resolve("ibdata1")).exists();
        }
        assertThat(Files.exists(data.resolveSibling("."))).isFalse();
    }

    @Test
    @NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0})
    void uriIsEncodedAndFitsTheTlsOfTheRelease() {
        TestServer modern = SharedServers.get(Release.MYSQL_8_0);
        TestServer old = SharedServers.get(Release.MYSQL_5_7);
        String modernAddress = modern.host() + ":" + modern.port() + "/";
        assertThat(modern.uri("a b", "p@:/+%ä")).isEqualTo("mysql://a%20b:p%40%3A%2F%2B%25%C3%A4@" + modernAddress);
        assertThat(modern.uri("a", "", "VERIFY_CA")).isEqualTo("mysql://a:@" + modernAddress + "?ssl-mode=VERIFY_CA");
        assertThat(old.uri("a", "b")).endsWith("/?ssl-mode=DISABLED");
    }

    @Test
    void testkitKeepsItsOwnOptions() {
        TestServer.Builder builder = TestServer.of(Release.MYSQL_8_0);
        for (String name : List.of("port", "datadir", "--socket", "PID-FILE")) {
            assertThatThrownBy(() -> builder.with(name, "1")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
