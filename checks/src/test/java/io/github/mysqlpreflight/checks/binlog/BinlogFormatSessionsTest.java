/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SessionFormats;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogFormatSessionsTest {
    private final CheckTester check = CheckTester.of(new BinlogFormatSessions());

    private static SnapshotFixture sessions(SessionFormats.Sessions... formats) {
        return SnapshotFixture.mysql("8.0.36")
                .variable("performance_schema", "ON")
                .fact(Facts.SESSION_FORMATS, new SessionFormats(List.of(formats)));
    }

    @Test
    void warnsOfSessionsThatKeptTheOldFormat() {
        check.on(sessions(new SessionFormats.Sessions("STATEMENT", 1)))
                .finds(WARNING, "1 session of the source still writes STATEMENT into the binary log");
        check.on(sessions(new SessionFormats.Sessions("STATEMENT", 4), new SessionFormats.Sessions("MIXED", 3)))
                .finds(WARNING, "7 sessions of the source still write MIXED, STATEMENT");
    }

    @Test
    void passesWhereAllWriteRows() {
        check.on(sessions()).passes();
        check.on(sessions().without("binlog_format")).passes();
    }

    @Test
    void isNobodysBusinessWhereTheServerItselfIsNotThere() {
        check.on(sessions(new SessionFormats.Sessions("MIXED", 1)).variable("binlog_format", "MIXED"))
                .doesNotApply("binlog.format judges it");
        check.on(SnapshotFixture.mysql("5.6.14")).doesNotApply("5.7.2");
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).doesNotApply("5.7.2");
        check.with(Plans.dump()).on(sessions()).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWhereTheSessionsCannotBeSeen() {
        check.on(sessions().unavailable(Facts.SESSION_FORMATS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
        check.on(sessions().variable("performance_schema", "OFF")).isUnknown("performance_schema, which is OFF");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void findsARealSession(Release release) throws SQLException {
        finds(release);
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void findsASessionOfA97() throws SQLException {
        finds(Release.MYSQL_9_7);
    }

    private void finds(Release release) throws SQLException {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.createAccount("mig", "pw", "SELECT");
            server.createAccount("blind", "pw", "REPLICATION CLIENT");
            String uri = server.uri("mig", "pw");
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                check.on(uri).passes();
                statement.execute("SET SESSION binlog_format = 'STATEMENT'");
                check.on(uri).finds(WARNING, "1 session of the source still writes STATEMENT");
                check.on(server.uri("blind", "pw")).isUnknown("the sessions' formats of the binary log of the source");
            }
            awaitEnd(server);
            check.on(uri).passes();
        }
    }

    /** A session is still listed for a moment after its connection was closed. */
    private static void awaitEnd(TestServer server) {
        for (int i = 0; i < 100; i++) {
            String count = String.valueOf(server.query("SELECT COUNT(*) FROM performance_schema.variables_by_thread"
                            + " WHERE VARIABLE_NAME = 'binlog_format' AND VARIABLE_VALUE = 'STATEMENT'")
                    .get(0)
                    .get(0));
            if (count.equals("0")) {
                return;
            }
        }
    }
}
