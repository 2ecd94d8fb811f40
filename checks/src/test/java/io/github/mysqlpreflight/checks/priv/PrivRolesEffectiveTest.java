/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivRolesEffectiveTest {
    private static final String USAGE = "GRANT USAGE ON *.* TO `mig`@`%`";
    private static final String ROLE = "GRANT `r`@`%` TO `mig`@`%`";
    private static final String ALL_NEEDED = "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `mig`@`%`";

    private final CheckTester check = CheckTester.of(new PrivRolesEffective());

    @Test
    void passesWithoutRoles() {
        check.on(SnapshotFixture.mysql("8.0.15").grants(USAGE)).passes();
    }

    @Test
    void passesWhereTheRoleIsInForce() {
        check.on(SnapshotFixture.mysql("8.0.15").grants(ALL_NEEDED, ROLE).activeRole("r@%"))
                .passes();
    }

    @Test
    void passesWhereNothingIsMissingWithoutTheRole() {
        check.on(SnapshotFixture.mysql("8.0.15")
                        .grants(ALL_NEEDED, ROLE)
                        .grantsWithAllRoles(ALL_NEEDED, "GRANT DROP ON *.* TO `mig`@`%`"))
                .passes();
    }

    @Test
    void passesWhereTheRoleDoesNotHaveItEither() {
        check.on(SnapshotFixture.mysql("8.0.15")
                        .grants(USAGE, ROLE)
                        .grantsWithAllRoles("GRANT DROP ON *.* TO `mig`@`%`"))
                .passes();
    }

    @Test
    void blocksWhereTheRoleIsNotInForce() {
        var finding = check.on(
                        SnapshotFixture.mysql("8.0.15").grants(USAGE, ROLE).grantsWithAllRoles(ALL_NEEDED))
                .finds(
                        BLOCKS_REPLICATION,
                        "'mig'@'%' has REPLICATION SLAVE, REPLICATION CLIENT, SELECT only by roles that are not in force"
                                + " at login ('r'@'%')")
                .findings()
                .get(0);

        assertThat(sql(finding.remedies()))
                .containsExactly(
                        "SET DEFAULT ROLE ALL TO 'mig'@'%'",
                        "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'mig'@'%'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT ON `shop`.* TO `mig`@`%`",
                "GRANT SELECT ON `s%`.* TO `mig`@`%`",
                "GRANT SELECT ON `shop`.`customer` TO `mig`@`%`"
            })
    void readingSomethingOnlyByARoleIsFoundToo(String grant) {
        check.on(SnapshotFixture.mysql("8.0.15")
                        .grants("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `mig`@`%`", ROLE)
                        .grantsWithAllRoles("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `mig`@`%`", grant))
                .finds(BLOCKS_REPLICATION, "'mig'@'%' has SELECT only by roles");
    }

    @Test
    void isUnknownWhereTheRoleCouldNotBeRead() {
        check.on(SnapshotFixture.mysql("8.0.15").grants(USAGE, ROLE))
                .isUnknown("REPLICATION SLAVE, REPLICATION CLIENT, SELECT may come from roles that are not in force");
        check.on(SnapshotFixture.mysql("8.0.15").grants(ALL_NEEDED, ROLE)).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.6.14", "5.7.22"})
    void doesNotApplyBeforeRoles(String version) {
        check.on(SnapshotFixture.mysql(version)).doesNotApply("has no roles");
    }

    @Test
    void doesNotApplyWhereADumpWasAskedFor() {
        Plan dump = new Plan(null, null, Method.DUMP, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);

        check.with(dump).on(SnapshotFixture.mysql("8.0.15")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheGrants() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.GRANTS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void theRemedyMendsARealServer(Release release) {
        TestServer server = Accounts.server(release);
        server.execute(
                "CREATE ROLE IF NOT EXISTS mover",
                "CREATE ROLE IF NOT EXISTS other",
                "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO mover");
        // MariaDB shows the grants of a role that is not in force to those only who may read the database mysql.
        String user = Accounts.create(
                server, "GRANT other TO ACCOUNT", "GRANT mover TO ACCOUNT", "GRANT SELECT ON mysql.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);
        // An account without any privilege sees no database, so SELECT is not missing on any.
        server.execute(check.on(uri)
                .finds(BLOCKS_REPLICATION, "has REPLICATION SLAVE, REPLICATION CLIENT")
                .remedySql());

        check.on(uri).passes();
        CheckTester.of(new PrivReplication()).on(uri).passes();
        CheckTester.of(new PrivSelect()).on(uri).passes();
    }

    @Test
    void isUnknownOnMariaDbWhichDoesNotShowTheRoles() {
        TestServer server = Accounts.server(Release.MARIADB_10_11);
        server.execute("CREATE ROLE IF NOT EXISTS hidden", "GRANT REPLICATION SLAVE ON *.* TO hidden");
        String user = Accounts.create(server, "GRANT hidden TO ACCOUNT");

        check.on(server.uri(user, Accounts.PASSWORD)).isUnknown("whose privileges the account may not read");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0", "MARIADB_10_11"})
    void theSecondRemedyMendsARealServerToo(Release release) {
        TestServer server = Accounts.server(release);
        server.execute(
                "CREATE ROLE IF NOT EXISTS follower", "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO follower");
        String user = Accounts.create(server, "GRANT follower TO ACCOUNT", "GRANT SELECT ON *.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        List<Remedy> remedies = check.on(uri)
                .finds(BLOCKS_REPLICATION, "has REPLICATION SLAVE, REPLICATION CLIENT only by roles")
                .findings()
                .get(0)
                .remedies();
        server.execute(remedies.get(1).sql().get(0).sql());

        check.on(uri).passes();
        CheckTester.of(new PrivReplication()).on(uri).passes();
    }

    private static List<String> sql(List<Remedy> remedies) {
        List<String> statements = new ArrayList<>();
        remedies.forEach(remedy -> remedy.sql().forEach(statement -> statements.add(statement.sql())));
        return statements;
    }
}
