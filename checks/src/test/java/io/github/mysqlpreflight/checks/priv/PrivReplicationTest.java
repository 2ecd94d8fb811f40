/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivReplicationTest {
    private final CheckTester check = CheckTester.of(new PrivReplication());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON *.* TO 'mig'@'%'",
                "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO `mig`@`%`"
            })
    void passesWithBoth(String grant) {
        check.on(SnapshotFixture.mysql("8.0.15").grants(grant)).passes();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REPLICATION SLAVE | REPLICATION CLIENT | only REPLICATION SLAVE",
                "REPLICATION CLIENT | REPLICATION SLAVE | only REPLICATION CLIENT",
                "SELECT, RELOAD, PROCESS | REPLICATION SLAVE and REPLICATION CLIENT | neither"
            })
    void namesWhatIsMissing(String held, String missing, String found) {
        var finding = check.on(SnapshotFixture.mysql("8.0.15").grants("GRANT " + held + " ON *.* TO `mig`@`%`"))
                .finds(BLOCKS_REPLICATION, "User does not have replication permissions: 'mig'@'%' lacks " + missing)
                .findings()
                .get(0);

        assertThat(finding.found()).isEqualTo(found);
        assertThat(finding.remedies().get(0).sql().get(0).sql())
                .isEqualTo("GRANT " + missing.replace(" and ", ", ") + " ON *.* TO 'mig'@'%'");
    }

    @Test
    void everythingOnADatabaseIsNotEnough() {
        check.on(SnapshotFixture.mysql("5.7.22")
                        .grants("GRANT USAGE ON *.* TO 'mig'@'%'", "GRANT ALL PRIVILEGES ON `shop`.* TO 'mig'@'%'"))
                .finds(BLOCKS_REPLICATION, "lacks REPLICATION SLAVE and REPLICATION CLIENT");
    }

    @Test
    void aRoleThatIsNotInForceDoesNotHelp() {
        check.on(SnapshotFixture.mysql("8.0.15")
                        .grants("GRANT USAGE ON *.* TO `mig`@`%`", "GRANT `r`@`%` TO `mig`@`%`")
                        .grantsWithAllRoles("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `mig`@`%`"))
                .finds(BLOCKS_REPLICATION, "User does not have replication permissions");
    }

    @Test
    void isUnknownWhereALineWasNotUnderstood() {
        check.on(SnapshotFixture.mysql("8.0.15").grants("GRANT SELECT ON *.* TO `mig`@`%`", "GRANT SOMETHING NEW"))
                .isUnknown("REPLICATION SLAVE and REPLICATION CLIENT may be missing");
    }

    @Test
    void passesInSpiteOfALineThatWasNotUnderstood() {
        check.on(SnapshotFixture.mysql("8.0.15")
                        .grants("GRANT ALL PRIVILEGES ON *.* TO `mig`@`%`", "GRANT SOMETHING NEW"))
                .passes();
    }

    @Test
    void isUnknownWithoutTheGrants() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.GRANTS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @Test
    void doesNotApplyWhereADumpWasAskedFor() {
        Plan dump = new Plan(null, null, Method.DUMP, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);

        check.with(dump).on(SnapshotFixture.mysql("8.0.15")).doesNotApply("a dump was asked for");
    }

    /** The server itself lets SUPER read where the binary log stands. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void superStandsInForReplicationClient(Release release) throws SQLException {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(server, "GRANT SUPER, REPLICATION SLAVE ON *.* TO ACCOUNT");

        check.on(server.uri(user, Accounts.PASSWORD)).passes();
        try (Connection connection = server.connect(user, Accounts.PASSWORD);
                Statement statement = connection.createStatement()) {
            String status = release == Release.MYSQL_9_7 ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
            assertThat(statement.executeQuery(status).next()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void theRemedyMendsARealServer(Release release) {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(server, "GRANT REPLICATION SLAVE ON *.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        server.execute(check.on(uri)
                .finds(BLOCKS_REPLICATION, "lacks REPLICATION CLIENT on *.*")
                .remedySql());

        check.on(uri).passes();
    }
}
