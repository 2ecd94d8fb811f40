/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
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
import org.junit.jupiter.params.provider.ValueSource;

class PrivProcessTest {
    private static final String TABLESPACES = "mysqldump ends with 0 in spite of an error about tablespaces";

    private final CheckTester check = CheckTester.of(new PrivProcess());

    @ParameterizedTest
    @ValueSource(strings = {"GRANT SELECT, PROCESS ON *.* TO `mig`@`%`", "GRANT ALL PRIVILEGES ON *.* TO `mig`@`%`"})
    void passesWithThePrivilege(String grant) {
        check.on(SnapshotFixture.mysql("8.0.36").grants(grant)).passes();
    }

    @ParameterizedTest
    @CsvSource({
        "5.6.14, false",
        "5.7.30, false",
        "5.7.31, true",
        "8.0.15, false",
        "8.0.20, false",
        "8.0.21, true",
        "9.7.4, true"
    })
    void speaksOfTablespacesWhereTheServerDemandsIt(String version, boolean demanded) {
        var finding = check.on(SnapshotFixture.mysql(version).grants("GRANT SELECT ON *.* TO `mig`@`%`"))
                .finds(WARNING, "'mig'@'%' lacks PROCESS: long transactions that hold up a dump cannot be seen")
                .findings()
                .get(0);

        assertThat(finding.message().contains(TABLESPACES)).isEqualTo(demanded);
        assertThat(finding.remedies()).hasSize(demanded ? 2 : 1);
    }

    @Test
    void otherProgramsDoNotAskForTablespaces() {
        var finding = check.with(Plans.dumpedBy(DumpTool.MYDUMPER))
                .on(SnapshotFixture.mysql("8.4.3").grants("GRANT SELECT ON *.* TO `mig`@`%`"))
                .findings()
                .get(0);

        assertThat(finding.message()).doesNotContain("tablespaces");
    }

    @Test
    void aDatabaseIsNotEnough() {
        check.on(SnapshotFixture.mysql("8.0.36").grants("GRANT ALL PRIVILEGES ON `shop`.* TO `mig`@`%`"))
                .finds(WARNING, "lacks PROCESS");
    }

    @Test
    void isUnknownWhereALineWasNotUnderstood() {
        check.on(SnapshotFixture.mysql("8.0.36").grants("GRANT SELECT ON *.* TO `mig`@`%`", "GRANT SOMETHING NEW"))
                .isUnknown("PROCESS may be missing");
    }

    @Test
    void isUnknownWithoutTheGrants() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.GRANTS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    @NeedsServer(Release.MYSQL_9_7)
    void theRemedyMendsARealServerAndADump(Release release) throws SQLException {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(server, "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON *.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        var finding = check.on(uri).finds(WARNING, "lacks PROCESS").findings().get(0);
        assertThatThrownBy(() -> seesTransactions(server, user))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1227));
        DumpClient.Dump dump = Accounts.plainDump(server, user);
        assertThat(dump.exitCode()).isZero();
        assertThat(dump.errors().contains("when trying to dump tablespaces"))
                .as(dump.errors())
                .isEqualTo(finding.message().contains(TABLESPACES));

        server.execute(check.on(uri).remedySql());
        check.on(uri).passes();
        seesTransactions(server, user);
        assertThat(Accounts.plainDump(server, user).errors()).doesNotContain("tablespaces");
    }

    private static void seesTransactions(TestServer server, String user) throws SQLException {
        try (Connection connection = server.connect(user, Accounts.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT * FROM information_schema.INNODB_TRX");
        }
    }
}
