/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnAuthPluginTest {
    private static final String PASSWORD = "Sesame-1";
    private static final String CACHING = "caching_sha2_password";

    private final CheckTester check = CheckTester.of(new ConnAuthPlugin());

    @ParameterizedTest
    @ValueSource(strings = {"mysql_native_password", "sha256_password", CACHING, ""})
    void passesWithTls(String plugin) {
        check.on(as(plugin)).passes();
        check.on(as(plugin).plainText("DISABLED", null).variable("have_ssl", "YES"))
                .passes();
        check.on(as(plugin).plainText("DISABLED", null).variable("ssl_cert", "server-cert.pem"))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql_native_password", "sha256_password", ""})
    void passesWithoutTlsWhereThePluginManages(String plugin) {
        check.on(as(plugin).plainText("PREFERRED", "no TLS").variable("have_ssl", "DISABLED"))
                .passes();
    }

    @Test
    void cachingWithoutTlsWantsTheKey() {
        SnapshotFixture fixture = as(CACHING).plainText("PREFERRED", "no TLS").variable("have_ssl", "DISABLED");

        var finding = check.on(fixture)
                .finds(
                        WARNING,
                        "'app'@'%' authenticates by caching_sha2_password and the source offers no TLS: a channel without"
                                + " GET_SOURCE_PUBLIC_KEY=1 is refused (error 2061)")
                .findings()
                .get(0);
        assertThat(finding.remedies().get(1).text()).contains("SOURCE_SSL=0 and GET_SOURCE_PUBLIC_KEY=1");
        check.with(Plans.dump()).on(fixture).finds(WARNING, "a dump program without --get-server-public-key");
        check.on(fixture.variable("have_ssl", "YES").variable("ssl_cert", "")).passes();
    }

    @Test
    void withoutAnyKeyNobodyNewGetsIn() {
        SnapshotFixture fixture = as(CACHING)
                .plainText("PREFERRED", "no TLS")
                .variable("have_ssl", "DISABLED")
                .status("caching_sha2_password_rsa_public_key", "");

        check.on(fixture).finds(BLOCKS_REPLICATION, "the source has neither TLS nor an RSA key");
        check.with(Plans.dump()).on(fixture).finds(WARNING, "the source has neither TLS nor an RSA key");
        check.on(fixture.status("caching_sha2_password_rsa_public_key", "-----BEGIN PUBLIC KEY-----"))
                .finds(WARNING, "GET_SOURCE_PUBLIC_KEY=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authentication_ldap_simple", "auth_socket", "ed25519", "dialog"})
    void warnsOfPluginsWithoutAPassword(String plugin) {
        check.on(as(plugin)).finds(WARNING, "'app'@'%' authenticates by " + plugin);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_authentication_plugin | caching_sha2_password | true",
                "default_authentication_plugin | mysql_native_password | false",
                "authentication_policy | *,, | true",
                "authentication_policy | *:sha256_password,, | false",
                "authentication_policy | mysql_native_password | false",
                "authentication_policy | caching_sha2_password,, | true"
            })
    void takesTheDefaultWhereTheAccountIsNotSeen(String variable, String value, boolean found) {
        SnapshotFixture fixture = as("mysql_native_password")
                .plainText("PREFERRED", "no TLS")
                .variable(variable, value)
                .unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied");

        if (found) {
            check.on(fixture).finds(WARNING, "'app'@'%' probably authenticates by caching_sha2_password");
        } else {
            check.on(fixture).passes();
        }
    }

    @Test
    void aKeyThatWasFetchedTells() {
        check.on(as(CACHING)
                        .plainText("PREFERRED", "no TLS")
                        .publicKeyRetrieved()
                        .variable("default_authentication_plugin", "mysql_native_password")
                        .unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied"))
                .finds(WARNING, "probably authenticates by caching_sha2_password");
    }

    @Test
    void isUnknownWithoutTheSession() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.SESSION, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @Test
    void passesOnServersAsTheyAre() {
        for (Release release : new Release[] {Release.MYSQL_5_7, Release.MYSQL_8_0, Release.MARIADB_10_11}) {
            try (TestServer server = TestServer.of(release).borrow()) {
                server.createAccount("app", PASSWORD, "SELECT");
                check.on(server.uri("app", PASSWORD)).passes();
            }
        }
    }

    /** What a real channel says without TLS, with the words of the remedy and without. */
    @ParameterizedTest
    @ValueSource(strings = {"MYSQL_8_0", "MYSQL_9_7"})
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatARealChannelSays(Release replica) throws Exception {
        try (TestServer source = gtids(Release.MYSQL_8_0).with("ssl", "OFF").borrow();
                TestServer target = gtids(replica).borrow()) {
            source.createAccount("app", PASSWORD, "SELECT", "REPLICATION SLAVE");
            source.createAccountWithPlugin("old", PASSWORD, "mysql_native_password", "REPLICATION SLAVE", "SELECT");
            String uri = source.uri("app", PASSWORD, "PREFERRED");

            check.on(uri).finds(WARNING, "is refused (error 2061)");
            source.execute("FLUSH PRIVILEGES");
            assertThat(channel(target, source, "app", "SOURCE_SSL=0")).isEqualTo("2061");
            source.execute("FLUSH PRIVILEGES");
            assertThat(channel(target, source, "app", "SOURCE_SSL=0, GET_SOURCE_PUBLIC_KEY=1"))
                    .isEqualTo("0");

            check.on(source.uri("old", PASSWORD, "DISABLED")).passes();
            assertThat(channel(target, source, "old", "SOURCE_SSL=0")).isEqualTo("0");
        }
    }

    /** The client that lives in a server of 9.7 still knows the plugin that the server itself has not any more. */
    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void aChannelOf97StillLogsInByTheOldPlugin() throws Exception {
        try (TestServer source = gtids(Release.MYSQL_8_0).borrow();
                TestServer target = gtids(Release.MYSQL_9_7).borrow()) {
            source.createAccountWithPlugin("old", PASSWORD, "mysql_native_password", "REPLICATION SLAVE", "SELECT");
            check.on(source.uri("old", PASSWORD)).passes();
            assertThat(channel(target, source, "old", "SOURCE_SSL=1")).isEqualTo("0");
        }
    }

    private static TestServer.Builder gtids(Release release) {
        return TestServer.of(release)
                .with("gtid_mode", "ON")
                .with("enforce_gtid_consistency", "ON")
                .with("log_slave_updates", "ON");
    }

    /** The error of the channel's login, 0 where it runs. */
    private static String channel(TestServer target, TestServer source, String user, String options)
            throws SQLException, InterruptedException {
        boolean newWords = target.release() == Release.MYSQL_9_7;
        String change = "CHANGE REPLICATION SOURCE TO SOURCE_HOST='" + source.host() + "', SOURCE_PORT=" + source.port()
                + ", SOURCE_USER='" + user + "', SOURCE_PASSWORD='" + PASSWORD
                + "', SOURCE_AUTO_POSITION=1, SOURCE_CONNECT_RETRY=1, SOURCE_RETRY_COUNT=1, " + options;
        target.execute(
                newWords
                        ? change
                        : change.replace("CHANGE REPLICATION SOURCE", "CHANGE MASTER")
                                .replace("SOURCE_", "MASTER_"),
                newWords ? "START REPLICA IO_THREAD" : "START SLAVE IO_THREAD");
        String error = "0";
        for (int i = 0; i < 1_200; i++) {
            try (Connection connection = target.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(newWords ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS")) {
                row.next();
                error = row.getString("Last_IO_Errno");
                if (!error.equals("0")
                        || row.getString(newWords ? "Replica_IO_Running" : "Slave_IO_Running")
                                .equals("Yes")) {
                    break;
                }
            }
            Thread.sleep(50);
        }
        target.execute(newWords ? "STOP REPLICA" : "STOP SLAVE", newWords ? "RESET REPLICA ALL" : "RESET SLAVE ALL");
        return error;
    }

    private static SnapshotFixture as(String plugin) {
        return SnapshotFixture.mysql("8.0.36").loggedInAs("app", "%").account("app", "%", plugin);
    }
}
