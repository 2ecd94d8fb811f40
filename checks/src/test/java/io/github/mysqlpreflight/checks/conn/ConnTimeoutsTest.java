/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnTimeoutsTest {
    private final CheckTester check = CheckTester.of(new ConnTimeouts());

    private static SnapshotFixture server(String variable, String value) {
        return SnapshotFixture.mysql("8.0.36")
                .variable("net_read_timeout", "30")
                .variable("net_write_timeout", "60")
                .variable("wait_timeout", "28800")
                .variable("max_execution_time", "0")
                .variable(variable, value);
    }

    @ParameterizedTest
    @CsvSource({"net_read_timeout, 29", "net_write_timeout, 59", "wait_timeout, 299"})
    void warnsOfALimitBelowWhatADumpNeeds(String variable, String seconds) {
        check.on(server(variable, seconds)).finds(WARNING, variable + " of the source is " + seconds + " s");
    }

    @ParameterizedTest
    @CsvSource({
        "net_read_timeout, 30",
        "net_write_timeout, 60",
        "wait_timeout, 300",
        "max_execution_time, 0",
        "max_execution_time, 86400000"
    })
    void passesWithTheDefaultsAndMore(String variable, String value) {
        check.on(server(variable, value)).passes();
    }

    @Test
    void warnsOfALimitForStatements() {
        check.on(server("max_execution_time", "30000"))
                .finds(WARNING, "max_execution_time of the source is 30000 ms: the server breaks off");
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").variable("max_statement_time", "0.500000"))
                .finds(WARNING, "max_statement_time of the source is 0.500000 s");
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").variable("max_statement_time", "0.000000"))
                .passes();
    }

    @Test
    void passesOnAServerWithoutThem() {
        check.on(SnapshotFixture.mysql("5.6.14")).passes();
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemediesMendARealServerThatBreaksOffReading(Release release) throws SQLException {
        try (TestServer server = TestServer.of(release)
                .with("net_write_timeout", "5")
                .with("wait_timeout", "60")
                .with("max_execution_time", "1")
                .borrow()) {
            String uri = server.uri("root", "");
            assertThat(errorOfALongSelect(server)).isEqualTo(3024);
            CheckTester judged = check.on(uri);
            assertThat(judged.findings())
                    .extracting(finding -> finding.object().name())
                    .containsExactly("max_execution_time", "net_write_timeout", "wait_timeout");
            server.execute(judged.remedySql());
            check.on(uri).passes();
            assertThat(errorOfALongSelect(server)).isZero();
        }
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void theRemedyMendsARealMariaDb() {
        try (TestServer server = TestServer.of(Release.MARIADB_10_11)
                .with("max_statement_time", "30")
                .borrow()) {
            String uri = server.uri("root", "");
            server.execute(check.on(uri).finds(WARNING, "error 1969").remedySql());
            check.on(uri).passes();
        }
    }

    private static int errorOfALongSelect(TestServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT COUNT(*) FROM information_schema.COLUMNS a, information_schema.COLLATIONS b"
                    + " WHERE a.COLUMN_NAME > b.COLLATION_NAME");
            return 0;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }
}
