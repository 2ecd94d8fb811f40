/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivReloadTest {
    private static final String SELECT = "GRANT SELECT, SUPER ON *.* TO `mig`@`%`";

    private final CheckTester check = CheckTester.of(new PrivReload());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT RELOAD ON *.* TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON *.* TO `mig`@`%`",
                "GRANT FLUSH_TABLES ON *.* TO `mig`@`%`"
            })
    void passesWithThePrivilege(String grant) {
        check.on(SnapshotFixture.mysql("8.0.23").grants(SELECT, grant)).passes();
        check.with(Plans.dump())
                .on(SnapshotFixture.mysql("8.0.23").grants(SELECT, grant))
                .passes();
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.44, RELOAD, RELOAD",
        "8.0.22, RELOAD, RELOAD",
        "8.0.23, FLUSH_TABLES, RELOAD or FLUSH_TABLES",
        "9.7.4, FLUSH_TABLES, RELOAD or FLUSH_TABLES"
    })
    void asksForTheLeastThatTheVersionHas(String version, String least, String needed) {
        var finding = check.on(SnapshotFixture.mysql(version).grants(SELECT))
                .finds(
                        BLOCKS_REPLICATION,
                        "'mig'@'%' lacks " + least
                                + ": mysqldump ends with error 1227 where its dump shall hold GTIDs, which a replica"
                                + " starts from")
                .findings()
                .get(0);

        assertThat(finding.needed()).isEqualTo(needed);
        assertThat(finding.remedies().get(0).sql().get(0).sql()).isEqualTo("GRANT " + least + " ON *.* TO 'mig'@'%'");
    }

    @Test
    void flushTablesIsAWordOfLaterVersions() {
        check.on(SnapshotFixture.mysql("8.0.22").grants(SELECT, "GRANT FLUSH_TABLES ON *.* TO `mig`@`%`"))
                .finds(BLOCKS_REPLICATION, "lacks RELOAD");
    }

    @Test
    void warnsOfADumpThatHoldsGtids() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36").grants(SELECT);

        var finding = check.with(Plans.dump())
                .on(fixture)
                .finds(WARNING, "mysqldump ends with error 1227 where its dump shall hold GTIDs")
                .findings()
                .get(0);
        assertThat(finding.remedies().get(1).text()).contains("--set-gtid-purged=OFF");
        check.with(Plans.dump())
                .on(fixture.variable("gtid_mode", "OFF_PERMISSIVE"))
                .finds(WARNING, "1227");
        check.with(Plans.dump()).on(fixture.variable("gtid_mode", "OFF")).passes();
        check.on(fixture).finds(BLOCKS_REPLICATION, "which a replica starts from");
    }

    @Test
    void isNoMatterOfOtherPrograms() {
        check.with(Plans.dumpedBy(DumpTool.MYDUMPER))
                .on(SnapshotFixture.mysql("8.0.36").grants(SELECT))
                .doesNotApply("mydumper can lock table by table instead");
        check.with(Plans.dumpedBy(DumpTool.MYSQL_SHELL))
                .on(SnapshotFixture.mysql("8.0.36").grants(SELECT))
                .doesNotApply("mysqlsh can lock table by table instead");
    }

    @Test
    void isNoMatterOfManagedServersAndOfMariaDb() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .host("db.abc.eu-west-1.rds.amazonaws.com")
                        .grants(SELECT))
                .doesNotApply("see dump.ftwrl");
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").grants(SELECT))
                .doesNotApply("a dump of MariaDB holds no GTIDs of MySQL");
    }

    @Test
    void isUnknownWhereALineWasNotUnderstood() {
        check.on(SnapshotFixture.mysql("8.0.36").grants(SELECT, "GRANT SOMETHING NEW"))
                .isUnknown("FLUSH_TABLES may be missing");
    }

    @Test
    void isUnknownWithoutTheGrants() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.GRANTS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7"})
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatARealDumpSays(Release release) {
        TestServer server = Accounts.serverWithGtids(release);
        String user = Accounts.create(
                server,
                "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, PROCESS, REPLICATION CLIENT, SUPER ON *.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        String[] remedy = check.on(uri)
                .finds(BLOCKS_REPLICATION, "mysqldump ends with error 1227")
                .remedySql();
        check.with(Plans.dump()).on(uri).finds(WARNING, "mysqldump ends with error 1227");
        for (String option : new String[] {"--set-gtid-purged=AUTO", "--source-data=2"}) {
            DumpClient.Dump refused = Accounts.dump(server, user, option);
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.errors()).contains("Couldn't execute 'FLUSH", "(1227)");
        }
        assertThat(Accounts.plainDump(server, user).succeeded()).isTrue();

        server.execute(remedy);
        check.on(uri).passes();
        DumpClient.Dump made = Accounts.dump(server, user, "--source-data=2");
        assertThat(made.succeeded()).as(made.errors()).isTrue();
        assertThat(made.text()).contains("GTID_PURGED=");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    @NeedsServer(Release.MYSQL_9_7)
    void aDumpWithoutGtidsTakesNoFlush(Release release) {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(server, "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON *.* TO ACCOUNT");

        check.with(Plans.dump()).on(server.uri(user, Accounts.PASSWORD)).passes();
        DumpClient.Dump dump = Accounts.dump(server, user);
        assertThat(dump.succeeded()).as(dump.errors()).isTrue();
    }

    @Test
    void passesByARole() {
        TestServer server = Accounts.serverWithGtids(Release.MYSQL_8_0);
        String user = Accounts.create(
                server,
                "CREATE ROLE IF NOT EXISTS flusher",
                "GRANT RELOAD ON *.* TO flusher",
                "GRANT SELECT ON *.* TO ACCOUNT",
                "GRANT flusher TO ACCOUNT",
                "SET DEFAULT ROLE flusher TO ACCOUNT");

        check.on(server.uri(user, Accounts.PASSWORD)).passes();
    }
}
