/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.AddressRule;
import io.github.mysqlpreflight.core.source.ConnectFailedException;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ServerRole;
import io.github.mysqlpreflight.core.source.SourceSession;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session does no harm, says who it is, and is as secret as it was asked to be. */
@Tag("docker")
final class SessionTest {
    private static SourceSession open(String uri) throws ConnectFailedException {
        ReadLimits limits = ReadLimits.defaults();
        return SourceSession.open(
                SourceUri.parse(uri),
                ServerRole.SOURCE,
                AddressRule.ANY,
                limits,
                System.nanoTime() + limits.total().toNanos());
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReadOnlyAndBounded(Release release) throws ConnectFailedException, SQLException {
        TestServer server = SharedServers.get(release);
        server.execute(
                "CREATE DATABASE IF NOT EXISTS session_test", "CREATE TABLE IF NOT EXISTS session_test.t (i INT)");
        server.createAccount(
                "session_" + release.name().toLowerCase(java.util.Locale.ROOT).substring(5),
                "pw",
                "SELECT",
                "INSERT",
                "CREATE",
                "DROP");
        String user =
                "session_" + release.name().toLowerCase(java.util.Locale.ROOT).substring(5);
        try (SourceSession session = open(server.uri(user, "pw"))) {
            Connection connection = session.borrow();
            assertThat(value(connection, "SELECT @@SESSION.sql_mode")).isEmpty();
            assertThat(value(connection, "SELECT @@SESSION.lock_wait_timeout")).isEqualTo("5");
            assertThat(value(connection, "SELECT @@SESSION.autocommit")).isEqualTo("1");
            switch (release) {
                case MARIADB_10_11 ->
                    assertThat(value(connection, "SELECT @@SESSION.max_statement_time"))
                            .startsWith("120");
                case MYSQL_5_7, MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 ->
                    assertThat(value(connection, "SELECT @@SESSION.max_execution_time"))
                            .isEqualTo("120000");
                case MYSQL_5_6 -> assertThat(connection.getNetworkTimeout()).isPositive();
            }
            assertThat(connection.getNetworkTimeout()).isEqualTo(125_000);
            try (Statement statement = connection.createStatement()) {
                for (String write : List.of(
                        "INSERT INTO session_test.t VALUES (1)",
                        "CREATE TABLE session_test.u (i INT)",
                        "DROP TABLE session_test.t")) {
                    assertThatThrownBy(() -> statement.execute(write))
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    e -> assertThat(e.getErrorCode()).isEqualTo(1792));
                }
                assertThatThrownBy(() -> statement.execute("SELECT 1; SELECT 2"))
                        .isInstanceOf(SQLException.class);
            }
            if (release != Release.MARIADB_10_11) {
                assertThat(server.query("SELECT ATTR_VALUE FROM performance_schema.session_connect_attrs WHERE"
                                + " ATTR_NAME = 'program_name'"))
                        .contains(List.of("mysql-preflight"));
            }
            session.giveBack(connection);
        }
    }

    @Test
    void seesThePrimaryKeysThatAServerHasGeneratedAndHides() throws ConnectFailedException, SQLException {
        TestServer server = TestServer.of(Release.MYSQL_9_7)
                .with("show_gipk_in_create_table_and_information_schema", "OFF")
                .shared();
        try (SourceSession session = open(server.uri("root", ""))) {
            Connection connection = session.borrow();
            assertThat(value(connection, "SELECT @@SESSION.show_gipk_in_create_table_and_information_schema"))
                    .isEqualTo("1");
            session.giveBack(connection);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStatementSaysWhoAsks(Release release) {
        TestServer server = TestServer.of(release).with("log_output", "TABLE").shared();
        server.createAccount("logged", "pw", "SELECT");
        server.execute("SET GLOBAL general_log = ON");
        Snapshot snapshot = Live.read(server.uri("logged", "pw"));
        server.execute("SET GLOBAL general_log = OFF");
        List<List<String>> log = server.query("SELECT CONVERT(argument USING utf8) FROM mysql.general_log WHERE"
                + " user_host LIKE 'logged%' AND command_type = 'Query'");
        assertThat(log).hasSizeGreaterThan(8);
        int foreign = 0;
        for (List<String> row : log) {
            if (!row.get(0).startsWith("/* mysql-preflight */ ")) {
                // The driver's own question after each login.
                assertThat(row.get(0)).contains("@@session.auto_increment_increment");
                foreign++;
            }
        }
        assertThat(foreign).isEqualTo(snapshot.connections());
    }

    @Test
    @NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0})
    void preferredFallsBackOnlyWhereTlsCannotBeHad() {
        TestServer modern = SharedServers.get(Release.MYSQL_8_0);
        Snapshot encrypted = Live.read(modern.uri("root", "", "PREFERRED"));
        assertThat(encrypted.get(Facts.CONNECTION).plainTextBecause()).isNull();
        assertThat(encrypted.get(Facts.SESSION).isEncrypted()).isTrue();

        TestServer without = TestServer.of(Release.MYSQL_8_0).with("ssl", "OFF").shared();
        without.createAccount("cold", "pw", "SELECT");
        Snapshot plain = Live.read(without.uri("cold", "pw", "PREFERRED"));
        ConnectionFacts connection = plain.get(Facts.CONNECTION);
        assertThat(connection.failure()).isNull();
        assertThat(connection.plainTextBecause()).isEqualTo("the server does not offer TLS");
        assertThat(connection.publicKeyRetrieved()).isTrue();
        assertThat(plain.get(Facts.SESSION).isEncrypted()).isFalse();

        assertThat(Live.failure(modern.uri("root", "wrong", "PREFERRED")).errorCode())
                .isEqualTo(1045);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7"})
    void preferredFallsBackFromTlsThatIsTooOld(Release release) {
        TestServer server = OldTls.server(release, SharedServers.get(Release.MYSQL_8_0));
        Snapshot snapshot = Live.read(server.uri("root", "", "PREFERRED"));
        assertThat(snapshot.get(Facts.CONNECTION).plainTextBecause())
                .isEqualTo("the server offers only TLS versions older than 1.2");
        assertThat(snapshot.knows(Facts.TABLES)).isTrue();
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void keyIsFetchedOnlyWhereTheAccountNeedsIt() {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        server.createAccount("key_cold", "pw", "SELECT");
        server.createAccountWithPlugin("key_native", "pw", "mysql_native_password", "SELECT");
        assertThat(retrieved(server.uri("key_cold", "pw", "DISABLED"))).isTrue();
        assertThat(retrieved(server.uri("key_cold", "pw", "DISABLED")))
                .as("the server's cache is warm")
                .isFalse();
        assertThat(retrieved(server.uri("key_native", "pw", "DISABLED"))).isFalse();
        server.createAccount("key_tls", "pw", "SELECT");
        assertThat(retrieved(server.uri("key_tls", "pw", "REQUIRED"))).isFalse();
    }

    private static boolean retrieved(String uri) {
        ConnectionFacts connection = Live.read(uri).get(Facts.CONNECTION);
        assertThat(connection.failure()).isNull();
        return connection.publicKeyRetrieved();
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void hostIsTakenAsItIs() {
        try (Peer six = new Peer(
                socket -> socket.getOutputStream()
                        .write("SSH-2.0-six\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                "::1")) {
            assertThat(Live.failure("mysql://u:p@[::1]:" + six.port() + "/").message())
                    .contains("SSH-2.0-six", "[::1]:" + six.port());
        }
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        assertThat(Live.read("mysql://root:@localhost:" + server.port() + "/")
                        .get(Facts.VARIABLES)
                        .get("port"))
                .isEqualTo(Integer.toString(server.port()));
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void twoServersAreNotConfused() {
        TestServer one = SharedServers.get(Release.MYSQL_8_0);
        TestServer other = TestServer.of(Release.MYSQL_8_0)
                .with("lower_case_table_names", "1")
                .shared();
        assertThat(Live.read(one.uri("root", "")).get(Facts.VARIABLES).get("port"))
                .isEqualTo(Integer.toString(one.port()));
        assertThat(Live.read(other.uri("root", "")).get(Facts.VARIABLES).get("lower_case_table_names"))
                .isEqualTo("1");
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void statisticsCacheOfTheServerStaysAsItIs() {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        String next = "SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'stats_test' AND"
                + " TABLE_NAME = '%s'";
        server.execute("CREATE DATABASE IF NOT EXISTS stats_test");
        for (String table : List.of("ours", "theirs")) {
            server.execute("CREATE TABLE stats_test." + table + " (i INT AUTO_INCREMENT PRIMARY KEY)");
        }
        // An ordinary reader fills the cache, and a day long nobody sees the next value; we do not.
        server.query(next.formatted("theirs"));
        Live.read(server.uri("root", ""));
        server.execute(
                "INSERT INTO stats_test.ours VALUES (1), (2), (3)",
                "INSERT INTO stats_test.theirs VALUES (1), (2), (3)");
        assertThat(server.query(next.formatted("theirs")).get(0).get(0)).isNotEqualTo("4");
        assertThat(server.query(next.formatted("ours")).get(0).get(0)).isEqualTo("4");
    }
}
