/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
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
import org.junit.jupiter.params.provider.ValueSource;

class PrivPartialRevokesTest {
    private static final String ALL = "GRANT SELECT, INSERT, SHOW VIEW, TRIGGER, EVENT ON *.* TO `mig`@`%`";

    private final CheckTester check = CheckTester.of(new PrivPartialRevokes());

    @Test
    void passesWithoutRestrictions() {
        check.on(SnapshotFixture.mysql("8.0.16").grants(ALL)).passes();
        check.on(restricted()).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.6.14", "5.7.44", "8.0.15"})
    void earlierVersionsHaveNone(String version) {
        check.on(SnapshotFixture.mysql(version)).doesNotApply("has no partial revokes");
    }

    @Test
    void mariaDbHasNone() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).doesNotApply("has no partial revokes");
    }

    @Test
    void blocksADumpOfARestrictedDatabase() {
        Finding finding = check.on(restricted("REVOKE SELECT, INSERT, EVENT ON `shop`.* FROM `mig`@`%`"))
                .finds(
                        BLOCKS_DUMP,
                        "'mig'@'%' holds SELECT, EVENT on *.*, but not on the database shop: a partial revoke takes it"
                                + " away")
                .findings()
                .get(0);

        assertThat(finding.object()).isEqualTo(ObjectRef.schema("shop"));
        assertThat(finding.remedies().get(0).sql().get(0).sql())
                .isEqualTo("GRANT SELECT, EVENT ON `shop`.* TO 'mig'@'%'");
    }

    @Test
    void blocksTheDumpThatAReplicaBeginsWith() {
        check.with(Plans.replication())
                .on(restricted("REVOKE SELECT ON `shop`.* FROM `mig`@`%`"))
                .finds(BLOCKS_DUMP, "holds SELECT on *.*, but not on the database shop");
    }

    @Test
    void aDatabaseThatVanishedCountsToo() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.4.3")
                .variable("partial_revokes", "ON")
                .grants("GRANT SELECT ON *.* TO `mig`@`%`", "REVOKE SELECT ON `hr`.* FROM `mig`@`%`");

        check.on(fixture).finds(BLOCKS_DUMP, "the database hr");
        check.with(Plans.ignoring("hr")).on(fixture).passes();
    }

    @Test
    void aDatabaseThatIsNotThereDoesNot() {
        check.on(restricted("REVOKE SELECT ON `gone`.* FROM `mig`@`%`")).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "sys", "performance_schema"})
    void databasesOfTheServerDoNotCount(String database) {
        check.on(restricted("REVOKE SELECT ON `" + database + "`.* FROM `mig`@`%`"))
                .passes();
    }

    @Test
    void whatADumpDoesNotNeedDoesNotCount() {
        check.on(restricted("REVOKE INSERT ON `shop`.* FROM `mig`@`%`")).passes();
    }

    @Test
    void aGrantOnTheDatabaseItselfHolds() {
        check.on(SnapshotFixture.mysql("8.4.3")
                        .variable("partial_revokes", "ON")
                        .grants(
                                ALL,
                                "GRANT SELECT ON `shop`.* TO `mig`@`%`",
                                "REVOKE SELECT ON `shop`.* FROM `mig`@`%`"))
                .passes();
    }

    @Test
    void isUnknownWithoutTheDatabases() {
        check.on(restricted().unavailable(Facts.SCHEMAS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT | 2 | SELECT command denied",
                "SHOW VIEW | 2 | SHOW VIEW command denied",
                "EVENT | 2 | 'show events'",
                "TRIGGER | 0 | ",
                "SELECT, SHOW VIEW, EVENT, TRIGGER | 2 | Access denied"
            })
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatARealDumpSays(String revoked, int exitCode, String errors) {
        TestServer server = Accounts.serverWithPartialRevokes();
        String user = Accounts.create(
                server,
                "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, PROCESS ON *.* TO ACCOUNT",
                "REVOKE " + revoked + " ON shop.* FROM ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        String[] remedy =
                check.on(uri).finds(BLOCKS_DUMP, "but not on the database shop").remedySql();
        DumpClient.Dump refused = Accounts.plainDump(server, user);
        assertThat(refused.exitCode()).isEqualTo(exitCode);
        assertThat(refused.errors()).contains(errors == null ? "" : errors);
        assertThat(refused.text()).doesNotContain(revoked.equals("TRIGGER") ? "TRIGGER `tr`" : "EVENT `e`");

        server.execute(remedy);
        check.on(uri).passes();
        DumpClient.Dump made = Accounts.plainDump(server, user);
        assertThat(made.succeeded()).as(made.errors()).isTrue();
        assertThat(made.text()).contains("TRIGGER `tr`", "EVENT `e`", "PROCEDURE `p`", "VIEW `v`");
    }

    /** Nothing says that a database is missing there. */
    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void aDumpOfAllDatabasesLeavesOutWhatVanished() {
        TestServer server = Accounts.serverWithPartialRevokes();
        String user = Accounts.create(
                server, "GRANT SELECT, PROCESS ON *.* TO ACCOUNT", "REVOKE SELECT ON shxp.* FROM ACCOUNT");

        check.on(server.uri(user, Accounts.PASSWORD)).finds(BLOCKS_DUMP, "the database shxp");
        DumpClient.Dump dump = DumpClient.of(Release.MYSQL_9_7)
                .dump(
                        server,
                        user,
                        Accounts.PASSWORD,
                        "--single-transaction",
                        "--set-gtid-purged=OFF",
                        "--all-databases",
                        "--ignore-table=shop.v",
                        "--no-data");
        assertThat(dump.text()).contains("`sh_p`").doesNotContain("shxp");
        assertThat(dump.succeeded()).as(dump.errors()).isTrue();
    }

    private static SnapshotFixture restricted(String... revokes) {
        String[] lines = new String[revokes.length + 1];
        lines[0] = ALL;
        System.arraycopy(revokes, 0, lines, 1, revokes.length);
        return SnapshotFixture.mysql("8.4.3").variable("partial_revokes", "ON").grants(lines);
    }
}
