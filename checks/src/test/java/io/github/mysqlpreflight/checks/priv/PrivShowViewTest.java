/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivShowViewTest {
    private static final String SELECT = "GRANT SELECT ON *.* TO `mig`@`%`";

    private final CheckTester check = CheckTester.of(new PrivShowView());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT, SHOW VIEW ON *.* TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON *.* TO `mig`@`%`",
                "GRANT SHOW VIEW ON `shop`.* TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON `s%`.* TO `mig`@`%`",
                "GRANT SHOW VIEW ON `shop`.`v` TO `mig`@`%`"
            })
    void passesWithThePrivilege(String grant) {
        check.on(shop().grants(SELECT, grant)).passes();
    }

    @Test
    void passesWhereThereIsNoView() {
        check.on(SnapshotFixture.mysql("8.0.36").grants(SELECT)).passes();
    }

    @Test
    void looksAtTheDatabasesThatAreMigrated() {
        SnapshotFixture fixture = shop().schema("hr").grants(SELECT, "GRANT SHOW VIEW ON `hr`.* TO `mig`@`%`");

        check.with(Plans.ignoring("shop")).on(fixture).passes();
        check.on(SnapshotFixture.mysql("8.0.36")
                        .table("sys", "v", "VIEW", null, "")
                        .grants(SELECT))
                .passes();
    }

    @Test
    void blocksADumpOfEachDatabaseWithViews() {
        Outcome outcome = check.on(shop().schema("crm")
                        .view("crm", "a", null)
                        .view("crm", "b", null)
                        .schema("hr")
                        .table("hr", "t", "InnoDB")
                        .grants(SELECT))
                .outcome();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Found.class, found -> {
            assertThat(found.findings())
                    .extracting(Finding::message)
                    .containsExactly(
                            "'mig'@'%' cannot dump the 2 views of the database crm: it lacks SHOW VIEW (error 1142)",
                            "'mig'@'%' cannot dump the view v of the database shop: it lacks SHOW VIEW (error 1142)");
            assertThat(found.findings())
                    .allSatisfy(finding -> assertThat(finding.effect()).isEqualTo(BLOCKS_DUMP));
            assertThat(found.findings().get(0).object()).isEqualTo(ObjectRef.schema("crm"));
            assertThat(found.headline().of(2)).isEqualTo("The account lacks SHOW VIEW on 2 databases with views");
            assertThat(sql(found.findings().get(0))).containsExactly("GRANT SHOW VIEW ON *.* TO 'mig'@'%'");
        });
    }

    @Test
    void blocksTheDumpThatAReplicaBeginsWith() {
        check.with(Plans.replication()).on(shop().grants(SELECT)).finds(BLOCKS_DUMP, "cannot dump the view v");
        check.with(Plans.dump()).on(shop().grants(SELECT)).finds(BLOCKS_DUMP, "cannot dump the view v");
    }

    @Test
    void oneViewOfTwoIsEnough() {
        check.on(shop().view("shop", "w", "select 1").grants(SELECT, "GRANT SHOW VIEW ON `shop`.`w` TO `mig`@`%`"))
                .finds(BLOCKS_DUMP, "the view v of the database shop");
    }

    @Test
    void keepsWhatAPatternGives() {
        Finding finding = check.on(
                        shop().grants("GRANT USAGE ON *.* TO `mig`@`%`", "GRANT SELECT, EVENT ON `sh%`.* TO `mig`@`%`"))
                .findings()
                .get(0);

        assertThat(sql(finding))
                .containsExactly(
                        "GRANT SHOW VIEW, SELECT, EVENT ON `shop`.* TO 'mig'@'%'",
                        "GRANT SHOW VIEW ON *.* TO 'mig'@'%'");
        assertThat(finding.remedies().get(0).sql().get(0).note()).contains("takes the place of grants on patterns");
    }

    @Test
    void addsToAGrantOnTheDatabaseItself() {
        Finding finding = check.on(shop().grants(
                                "GRANT USAGE ON *.* TO `mig`@`%`", "GRANT SELECT, EVENT ON `shop`.* TO `mig`@`%`"))
                .findings()
                .get(0);

        assertThat(sql(finding).get(0)).isEqualTo("GRANT SHOW VIEW ON `shop`.* TO 'mig'@'%'");
        assertThat(finding.remedies().get(0).sql().get(0).note()).isNull();
    }

    @Test
    void isUnknownWhereALineWasNotUnderstood() {
        check.on(shop().grants(SELECT, "GRANT SOMETHING NEW")).isUnknown("SHOW VIEW on shop may be missing");
    }

    @Test
    void isUnknownWithoutTheTables() {
        check.on(shop().unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatARealDumpSays(Release release) {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(
                server,
                "GRANT SELECT ON `sh%`.* TO ACCOUNT",
                "GRANT EVENT, TRIGGER ON shop.* TO ACCOUNT",
                "GRANT SELECT ON shop.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        String[] remedy = check.on(uri)
                .finds(BLOCKS_DUMP, "cannot dump the view v of the database shop")
                .remedySql();
        DumpClient.Dump refused = Accounts.plainDump(server, user);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains("SHOW VIEW command denied", "(1142)");

        server.execute(remedy);
        check.on(uri).passes();
        DumpClient.Dump made = Accounts.plainDump(server, user);
        assertThat(made.exitCode()).as(made.errors()).isZero();
        assertThat(made.text()).contains("VIEW `v`");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void passesByARole(Release release) {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(
                server,
                "CREATE ROLE IF NOT EXISTS shower",
                "GRANT SHOW VIEW ON shop.* TO shower",
                "GRANT SELECT ON shop.* TO ACCOUNT",
                "GRANT shower TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);
        check.on(uri).finds(BLOCKS_DUMP, "cannot dump the view v");

        server.execute("SET DEFAULT ROLE shower " + (release.isMariaDb() ? "FOR" : "TO") + " '"
                + user.replace("'", "''") + "'@'%'");

        check.on(uri).passes();
    }

    @Test
    void theRemedyLiftsAPartialRevoke() {
        TestServer server = Accounts.serverWithPartialRevokes();
        String user = Accounts.create(
                server, "GRANT SELECT, SHOW VIEW ON *.* TO ACCOUNT", "REVOKE SHOW VIEW ON shop.* FROM ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        server.execute(check.on(uri).finds(BLOCKS_DUMP, "the view v").remedySql());

        check.on(uri).passes();
    }

    private static SnapshotFixture shop() {
        return SnapshotFixture.mysql("8.0.36").view("shop", "v", "select 1");
    }

    private static List<String> sql(Finding finding) {
        return finding.remedies().stream()
                .flatMap(remedy -> remedy.sql().stream())
                .map(statement -> statement.sql())
                .toList();
    }
}
