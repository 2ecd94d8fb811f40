/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrivSystemTablesTest {
    private final CheckTester check = CheckTester.of(new PrivSystemTables());

    @Test
    void passesWhereEverythingWasRead() {
        check.on(SnapshotFixture.mysql("8.0.36")).passes();
    }

    @Test
    void saysOnceWhatWasRefused() {
        Finding finding = check.on(SnapshotFixture.mysql("8.0.36")
                        .unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied")
                        .unavailable(Facts.EXTENSIONS, Fact.Cause.PRIVILEGE, "denied")
                        .unavailable(Facts.SESSION_FORMATS, Fact.Cause.PRIVILEGE, "denied")
                        .unavailable(Facts.RDS_CONFIGURATION, Fact.Cause.UNSUPPORTED, "no RDS"))
                .finds(
                        NOTICE,
                        "'mig'@'%' may not read all system tables: the accounts; loadable functions, components and time"
                                + " zones; sessions that write another binlog_format cannot be seen")
                .findings()
                .get(0);

        assertThat(sql(finding))
                .containsExactly(
                        "GRANT SELECT ON mysql.user TO 'mig'@'%'",
                        "GRANT SELECT ON mysql.func TO 'mig'@'%'",
                        "GRANT SELECT ON mysql.time_zone_name TO 'mig'@'%'",
                        "GRANT SELECT ON mysql.component TO 'mig'@'%'",
                        "GRANT SELECT ON performance_schema.variables_by_thread TO 'mig'@'%'",
                        "GRANT SELECT ON *.* TO 'mig'@'%'");
    }

    @Test
    void componentsCameWith80() {
        Finding finding = check.on(
                        SnapshotFixture.mysql("5.7.44").unavailable(Facts.EXTENSIONS, Fact.Cause.PRIVILEGE, "denied"))
                .findings()
                .get(0);

        assertThat(sql(finding)).doesNotContain("GRANT SELECT ON mysql.component TO 'mig'@'%'");
    }

    @Test
    void theTableOfRdsMattersOnRdsOnly() {
        SnapshotFixture fixture =
                SnapshotFixture.mysql("8.0.36").unavailable(Facts.RDS_CONFIGURATION, Fact.Cause.PRIVILEGE, "denied");

        check.on(fixture).passes();
        check.on(fixture.host("db.abc.eu-west-1.rds.amazonaws.com")).finds(NOTICE, "how long RDS keeps its binary log");
    }

    @Test
    void theTableOfSessionsCameWith57() {
        for (SnapshotFixture fixture :
                List.of(SnapshotFixture.mysql("5.6.14"), SnapshotFixture.mariaDb("10.11.18-MariaDB"))) {
            check.on(fixture.unavailable(Facts.SESSION_FORMATS, Fact.Cause.PRIVILEGE, "denied"))
                    .passes();
        }
    }

    @Test
    void sessionsAreNoMatterOfADump() {
        SnapshotFixture fixture =
                SnapshotFixture.mysql("8.0.36").unavailable(Facts.SESSION_FORMATS, Fact.Cause.PRIVILEGE, "denied");

        check.with(Plans.dump()).on(fixture).passes();
        check.on(fixture).finds(NOTICE, "sessions that write another binlog_format");
    }

    @Test
    void whatIsUnknownForAnotherReasonIsNoMatterOfPrivileges() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .unavailable(Facts.ACCOUNTS, Fact.Cause.TIMEOUT, "too slow")
                        .unavailable(Facts.EXTENSIONS, Fact.Cause.NOT_READ, "not asked for")
                        .unavailable(Facts.SESSION_FORMATS, Fact.Cause.UNSUPPORTED, "not there"))
                .passes();
    }

    @Test
    void isUnknownWithoutTheSession() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.SESSION, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void theRemedyMendsARealServer(Release release) {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(server, "GRANT SELECT ON shop.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        server.execute(
                check.on(uri).finds(NOTICE, "the accounts; loadable functions").remedySql());

        check.on(uri).passes();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void aMigrationsAccountReadsThemAll(Release release) {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(server, "GRANT SELECT, PROCESS, RELOAD ON *.* TO ACCOUNT");

        check.on(server.uri(user, Accounts.PASSWORD)).passes();
        check.on(server.uri("root", "")).passes();
    }

    private static List<String> sql(Finding finding) {
        return finding.remedies().stream()
                .flatMap(remedy -> remedy.sql().stream())
                .map(statement -> statement.sql())
                .toList();
    }
}
