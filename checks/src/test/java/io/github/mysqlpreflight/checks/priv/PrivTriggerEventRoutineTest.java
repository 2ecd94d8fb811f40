/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivTriggerEventRoutineTest {
    private static final String USAGE = "GRANT USAGE ON *.* TO `mig`@`%`";
    private static final String SHOP = "GRANT SELECT, TRIGGER, EVENT ON `shop`.* TO `mig`@`%`";

    private final CheckTester check = CheckTester.of(new PrivTriggerEventRoutine());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT, TRIGGER, EVENT ON *.* TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON *.* TO `mig`@`%`",
                "GRANT TRIGGER, EVENT, SHOW_ROUTINE ON *.* TO `mig`@`%`"
            })
    void passesWithWhatIsNeeded(String grant) {
        check.on(SnapshotFixture.mysql("8.0.36").grants(grant)).passes();
    }

    @Test
    void namesEachKindThatIsMissing() {
        Outcome outcome = check.on(SnapshotFixture.mysql("8.0.36")
                        .schema("hr")
                        .table("hr", "pay", "InnoDB")
                        .grants(USAGE, "GRANT SELECT ON `shop`.* TO `mig`@`%`"))
                .outcome();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Found.class, found -> {
            assertThat(found.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.effect()).isEqualTo(BLOCKS_DUMP);
                assertThat(finding.message())
                        .isEqualTo(
                                "'mig'@'%' cannot see events of hr, shop: without EVENT a dump with events stops (error"
                                        + " 1044)");
            });
            assertThat(found.unseen()).isNotNull();
            assertThat(found.unseen().because())
                    .isEqualTo("without TRIGGER the account does not see the triggers of hr, shop, and mysqldump leaves"
                            + " them out without an error; without SHOW_ROUTINE the account does not see the stored"
                            + " routines of hr, shop, and mysqldump leaves them out without an error");
            assertThat(found.unseen().remedies().stream()
                            .flatMap(remedy -> remedy.sql().stream())
                            .map(statement -> statement.sql()))
                    .containsExactly(
                            "GRANT TRIGGER ON `hr`.* TO 'mig'@'%'",
                            "GRANT TRIGGER ON `shop`.* TO 'mig'@'%'",
                            "GRANT TRIGGER ON *.* TO 'mig'@'%'",
                            "GRANT SHOW_ROUTINE ON *.* TO 'mig'@'%'",
                            "GRANT SELECT ON *.* TO 'mig'@'%'");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.6.14 | SELECT on mysql.proc | GRANT SELECT ON mysql.proc TO 'mig'@'%'",
                "5.7.44 | SELECT on mysql.proc | GRANT SELECT ON mysql.proc TO 'mig'@'%'",
                "8.0.15 | SELECT on *.* | GRANT SELECT ON *.* TO 'mig'@'%'",
                "8.0.19 | SELECT on *.* | GRANT SELECT ON *.* TO 'mig'@'%'",
                "8.0.20 | SHOW_ROUTINE | GRANT SHOW_ROUTINE ON *.* TO 'mig'@'%'",
                "9.7.4 | SHOW_ROUTINE | GRANT SHOW_ROUTINE ON *.* TO 'mig'@'%'"
            })
    void asksForWhatTheVersionHas(String version, String right, String statement) {
        Outcome.Unknown unseen = check.on(SnapshotFixture.mysql(version).grants(USAGE, SHOP))
                .isUnknown("without " + right + " the account does not see the stored routines of shop")
                .outcome()
                .unseen();

        assertThat(unseen).isNotNull();
        assertThat(unseen.remedies().get(0).sql().get(0).sql()).isEqualTo(statement);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GRANT SELECT ON `mysql`.`proc` TO 'mig'@'%'", "GRANT SELECT ON `mysql`.* TO 'mig'@'%'"})
    void mysqlProcIsEnoughUpTo57AndOnMariaDbOnly(String grant) {
        check.on(SnapshotFixture.mysql("5.7.44").grants(USAGE, SHOP, grant)).passes();
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").grants(USAGE, SHOP, grant))
                .passes();
        check.on(SnapshotFixture.mysql("8.0.15").grants(USAGE, SHOP, grant)).isUnknown("stored routines");
    }

    @Test
    void showRoutineCountsFromItsVersionOn() {
        String grant = "GRANT SHOW_ROUTINE ON *.* TO `mig`@`%`";
        check.on(SnapshotFixture.mysql("8.0.20").grants(SHOP, grant)).passes();
        check.on(SnapshotFixture.mysql("8.0.19").grants(SHOP, grant)).isUnknown("stored routines");
        String ofMariaDb = "GRANT SHOW CREATE ROUTINE ON `shop`.* TO `mig`@`%`";
        check.on(SnapshotFixture.mariaDb("11.3.1-MariaDB").grants(USAGE, SHOP, ofMariaDb))
                .passes();
        check.on(SnapshotFixture.mariaDb("11.2.2-MariaDB").grants(USAGE, SHOP, ofMariaDb))
                .isUnknown("stored routines");
    }

    @Test
    void triggersMayBeGrantedTableByTable() {
        String routines = "GRANT EVENT, SHOW_ROUTINE ON *.* TO `mig`@`%`";
        String one = "GRANT TRIGGER ON `shop`.`customer` TO `mig`@`%`";

        check.on(SnapshotFixture.mysql("8.0.36").view("shop", "v", null).grants(routines, one))
                .passes();
        check.on(SnapshotFixture.mysql("8.0.36").table("shop", "t", "InnoDB").grants(routines, one))
                .isUnknown("triggers of shop");
    }

    @Test
    void noTableNoTrigger() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .withoutSchema("shop")
                        .schema("empty")
                        .grants("GRANT EVENT, SHOW_ROUTINE ON *.* TO `mig`@`%`"))
                .passes();
    }

    @Test
    void passesWhereTheListOfRoutinesIsSeenAndEachCanBeRead() {
        String grant = "GRANT SELECT, TRIGGER, EVENT, EXECUTE ON `shop`.* TO `mig`@`%`";

        check.on(SnapshotFixture.mysql("8.0.36").grants(USAGE, grant)).passes();
        check.on(SnapshotFixture.mysql("8.0.36")
                        .procedure("shop", "p", "SELECT 1")
                        .procedure("hr", "q", null)
                        .grants(USAGE, grant))
                .passes();
        check.on(SnapshotFixture.mysql("8.0.36")
                        .procedure("shop", "p", "SELECT 1")
                        .grants(USAGE, SHOP))
                .isUnknown("leaves them out");
        check.on(SnapshotFixture.mysql("8.0.36")
                        .unavailable(Facts.ROUTINES, Fact.Cause.TIMEOUT, "too slow")
                        .grants(USAGE, grant))
                .isUnknown("leaves them out");
    }

    @Test
    void countsTheRoutinesThatAreSeenAndCannotBeRead() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .procedure("shop", "p", null)
                        .procedure("shop", "q", null)
                        .grants(USAGE, "GRANT SELECT, TRIGGER, EVENT, EXECUTE ON `shop`.* TO `mig`@`%`"))
                .finds(
                        BLOCKS_DUMP,
                        "read stored routines of shop: without SHOW_ROUTINE mysqldump stops at the first of the 2 that it"
                                + " sees");
    }

    @Test
    void aPartialRevokeTakesTheRoutinesOfItsDatabase() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36")
                .variable("partial_revokes", "ON")
                .schema("hr")
                .grants("GRANT SELECT, TRIGGER, EVENT ON *.* TO `mig`@`%`", "REVOKE SELECT ON `hr`.* FROM `mig`@`%`");

        check.on(fixture).isUnknown("stored routines of hr,");
        check.with(Plans.ignoring("hr")).on(fixture).passes();
    }

    @Test
    void namesThreeDatabasesAtMost() {
        SnapshotFixture fixture =
                SnapshotFixture.mysql("8.0.36").grants("GRANT SHOW_ROUTINE, TRIGGER ON *.* TO `mig`@`%`");
        for (String name : List.of("a", "b", "c", "d")) {
            fixture.schema(name);
        }

        check.on(fixture).finds(BLOCKS_DUMP, "events of a, b, c and 2 more:");
    }

    @Test
    void isUnknownWhereALineWasNotUnderstood() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .grants("GRANT SELECT, TRIGGER ON *.* TO `mig`@`%`", "GRANT SOMETHING NEW"))
                .isUnknown("EVENT may be missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grants", "tables", "schemas"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    static Stream<Arguments> accounts() {
        List<Arguments> cases = new ArrayList<>();
        for (Release release :
                List.of(Release.MYSQL_5_7, Release.MYSQL_8_0, Release.MYSQL_9_7, Release.MARIADB_10_11)) {
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT ON *.*");
            add(cases, release, "SELECT, SHOW VIEW, EVENT ON *.*");
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER ON *.*");
            add(cases, release, "SELECT, SHOW VIEW ON *.*", "TRIGGER, EVENT ON shop.*");
            add(cases, release, "SELECT, SHOW VIEW, EVENT ON *.*", "TRIGGER ON shop.item", "TRIGGER ON shop.note");
            add(cases, release, "SELECT, SHOW VIEW, EVENT ON *.*", "TRIGGER ON shop.note");
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.*");
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT ON `sh%`.*");
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON shop.*");
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT, ALTER ROUTINE ON shop.*");
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.*", "EXECUTE ON PROCEDURE shop.p");
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.*", "SELECT ON mysql.*");
            add(cases, release, "ALL ON shop.*");
            add(cases, release, "SELECT, SHOW VIEW ON shop.*");
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.*", "SUPER ON *.*");
        }
        add(cases, Release.MYSQL_5_6, "SELECT, SHOW VIEW ON shop.*");
        for (Release release : List.of(Release.MYSQL_5_6, Release.MYSQL_5_7, Release.MARIADB_10_11)) {
            add(cases, release, "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.*", "SELECT ON mysql.proc");
        }
        add(cases, Release.MYSQL_9_7, "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.*", "SHOW_ROUTINE ON *.*");
        return cases.stream();
    }

    private static void add(List<Arguments> cases, Release release, String... grants) {
        cases.add(Arguments.of(release, List.of(grants)));
    }

    /** Whatever the grants: what the check finds is what a real dump lacks or stops at, and it is whole after the remedies. */
    @ParameterizedTest
    @MethodSource("accounts")
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatARealDumpLacks(Release release, List<String> grants) {
        TestServer server = Accounts.server(release);
        agrees(server, Accounts.create(server, statements(grants)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT ON *.*", "SELECT, TRIGGER ON *.*", "TRIGGER, EVENT ON *.*", "SELECT ON shop.*"})
    @NeedsServer(Release.MYSQL_9_7)
    void aRoleCountsWhereItIsInForce(String byRole) {
        for (Release release : List.of(Release.MYSQL_8_0, Release.MYSQL_9_7)) {
            TestServer server = Accounts.server(release);
            String user = Accounts.create(
                    server,
                    "DROP ROLE IF EXISTS lister",
                    "CREATE ROLE lister",
                    "GRANT " + byRole + " TO lister",
                    "GRANT SELECT, SHOW VIEW, EVENT ON shop.* TO ACCOUNT",
                    "GRANT lister TO ACCOUNT",
                    "SET DEFAULT ROLE lister TO ACCOUNT");
            agrees(server, user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "TRIGGER", "EVENT", "EXECUTE"})
    @NeedsServer(Release.MYSQL_9_7)
    void aPartialRevokeIsAsARealDumpHasIt(String revoked) {
        TestServer server = Accounts.serverWithPartialRevokes();
        agrees(
                server,
                Accounts.create(
                        server,
                        "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON *.* TO ACCOUNT",
                        "REVOKE " + revoked + " ON shop.* FROM ACCOUNT",
                        "GRANT SELECT ON shop.item TO ACCOUNT",
                        "GRANT SELECT ON shop.note TO ACCOUNT",
                        "GRANT SELECT ON shop.v TO ACCOUNT"));
    }

    /** Its definer reads a routine without any privilege on it. */
    @ParameterizedTest
    @ValueSource(strings = {"EXECUTE", "CREATE ROUTINE"})
    @NeedsServer(Release.MYSQL_9_7)
    void theDefinerOfAllRoutinesReadsThem(String shows) {
        for (Release release : List.of(Release.MYSQL_5_7, Release.MYSQL_8_0, Release.MYSQL_9_7)) {
            try (TestServer server = TestServer.of(release).borrow()) {
                String user = Accounts.create(
                        server,
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY)",
                        "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, " + shows + " ON shop.* TO ACCOUNT",
                        "CREATE DEFINER=ACCOUNT PROCEDURE shop.mine() SELECT 1");
                check.on(server.uri(user, Accounts.PASSWORD)).passes();
                DumpClient.Dump dump = Accounts.plainDump(server, user);
                assertThat(dump.succeeded()).as(dump.errors()).isTrue();
                assertThat(dump.text()).contains("PROCEDURE `mine`");

                server.execute("CREATE PROCEDURE shop.roots() SELECT 1");
                check.on(server.uri(user, Accounts.PASSWORD)).finds(BLOCKS_DUMP, "the first of the 1 that it sees");
                assertThat(Accounts.plainDump(server, user).errors()).contains("insufficient privileges");
            }
        }
    }

    private static String[] statements(List<String> grants) {
        return grants.stream().map(grant -> "GRANT " + grant + " TO ACCOUNT").toArray(String[]::new);
    }

    private void agrees(TestServer server, String user) {
        String uri = server.uri(user, Accounts.PASSWORD);
        // Other databases of this server that the account can see are not dumped here.
        CheckTester shop = check.with(Plans.ignoring("sh_p", "shxp", "a\\b%c`d"));
        List<String> lacking = lacking(server, user);
        Outcome outcome = shop.on(uri).outcome();
        if (lacking.isEmpty()) {
            assertThat(outcome).isEqualTo(Outcome.passed());
            return;
        }
        List<String> told = new ArrayList<>();
        List<String> grants = new ArrayList<>();
        if (outcome instanceof Outcome.Found found) {
            found.findings()
                    .forEach(finding -> told.add(String.valueOf(finding.object().part())));
            grants.addAll(List.of(shop.on(uri).remedySql()));
        }
        Outcome.Unknown unseen = outcome.unseen();
        if (unseen != null) {
            if (unseen.because().contains("stored routines")) {
                told.add("ROUTINE");
            }
            if (unseen.because().contains("triggers")) {
                told.add("TRIGGER");
            }
            unseen.remedies().forEach(remedy -> remedy.sql().forEach(statement -> grants.add(statement.sql())));
        }
        assertThat(told).as("%s, and the dump lacks %s", outcome, lacking).containsExactlyElementsOf(lacking);
        server.execute(grants.toArray(new String[0]));
        shop.on(uri).passes();
        assertThat(lacking(server, user)).isEmpty();
    }

    /** What a dump has to hold and does not, or stops at. */
    private static List<String> lacking(TestServer server, String user) {
        List<String> lacking = new ArrayList<>();
        DumpClient.Dump whole = Accounts.plainDump(server, user);
        if (whole.errors().contains("'show events'")) {
            assertThat(whole.exitCode()).isEqualTo(2);
            lacking.add("EVENT");
        } else {
            assertThat(whole.text()).contains("EVENT `e`");
        }
        // Where events stop it, it does not come to the routines.
        DumpClient.Dump rest = Accounts.dump(server, user, "--set-gtid-purged=OFF", "--skip-events");
        String text = rest.text();
        if (rest.errors().contains("insufficient privileges to SHOW CREATE")) {
            assertThat(rest.exitCode()).isEqualTo(2);
            lacking.add("ROUTINE");
        } else {
            assertThat(rest.exitCode()).as(rest.errors()).isZero();
            if (!text.contains("PROCEDURE `p`") || !text.contains("FUNCTION `f`")) {
                lacking.add("ROUTINE");
            }
        }
        // 5.7 and MariaDB keep the statement as it was written.
        if (!text.contains("SET NEW.name = 'x'")) {
            lacking.add("TRIGGER");
        }
        return lacking;
    }
}
