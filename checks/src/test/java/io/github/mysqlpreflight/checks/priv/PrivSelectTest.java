/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivSelectTest {
    private static final String USAGE = "GRANT USAGE ON *.* TO `mig`@`%`";
    private static final Set<String> SYSTEM = Set.of("information_schema", "performance_schema", "mysql", "sys");

    private final CheckTester check = CheckTester.of(new PrivSelect());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT ON *.* TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON *.* TO `mig`@`%`",
                "GRANT SELECT ON `shop`.* TO `mig`@`%`",
                "GRANT SELECT ON `s_o%`.* TO `mig`@`%`",
                "GRANT SELECT ON `shop`.`customer` TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON `shop`.`customer` TO `mig`@`%`"
            })
    void passesWhereEverythingCanBeRead(String grant) {
        check.on(SnapshotFixture.mysql("8.0.15").grants(USAGE, grant)).passes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SHOW DATABASES ON *.* TO `mig`@`%`",
                "GRANT INSERT ON *.* TO `mig`@`%`",
                "GRANT LOCK TABLES ON `shop`.* TO `mig`@`%`",
                "GRANT SELECT (`id`) ON `shop`.`customer` TO `mig`@`%`",
                "GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `mig`@`%`",
                "GRANT SELECT ON `Shop`.* TO `mig`@`%`"
            })
    void blocksTheDatabaseInWhichNothingCanBeRead(String grant) {
        Finding finding = check.on(SnapshotFixture.mysql("8.0.15").grants(USAGE, grant))
                .finds(BLOCKS_MIGRATION, "'mig'@'%' cannot read the database shop")
                .findings()
                .get(0);

        assertThat(finding.object()).isEqualTo(ObjectRef.schema("shop"));
        assertThat(statements(finding))
                .containsExactly("GRANT SELECT ON `shop`.* TO 'mig'@'%'", "GRANT SELECT ON *.* TO 'mig'@'%'");
    }

    @Test
    void namesTheTablesWhereOthersCanBeRead() {
        Outcome outcome = check.on(SnapshotFixture.mysql("8.0.15")
                        .table("shop", "or`der", "InnoDB")
                        .table("shop", "v", "VIEW", null, "")
                        .grants(
                                USAGE,
                                "GRANT SELECT ON `shop`.`customer` TO `mig`@`%`",
                                "GRANT INSERT ON `shop`.`or``der` TO `mig`@`%`",
                                "GRANT SELECT (`a`) ON `shop`.`v` TO `mig`@`%`"))
                .outcome();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Found.class, found -> {
            assertThat(found.findings())
                    .extracting(finding ->
                            finding.object().type() + " " + finding.object().label())
                    .containsExactly("TABLE shop.or`der", "VIEW shop.v");
            assertThat(statements(found.findings().get(0)))
                    .containsExactly(
                            "GRANT SELECT ON `shop`.`or``der` TO 'mig'@'%'", "GRANT SELECT ON *.* TO 'mig'@'%'");
            assertThat(found.headline().of(2)).isEqualTo("The account lacks SELECT on 2 tables");
        });
    }

    @Test
    void comparesNamesAsTheServerDoes() {
        SnapshotFixture fixture =
                SnapshotFixture.mysql("8.0.15").grants(USAGE, "GRANT SELECT ON `SHOP`.* TO `mig`@`%`");

        check.on(fixture.variable("lower_case_table_names", "1")).passes();
        check.on(fixture.variable("lower_case_table_names", "0")).finds(BLOCKS_MIGRATION, "shop");
    }

    @Test
    void leavesOutWhatIsIgnored() {
        Plan plan = new Plan(null, null, null, List.of("hr"), Plan.DumpTool.MYSQLDUMP, null, false);
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.15")
                .schema("hr")
                .table("hr", "pay", "InnoDB")
                .grants("GRANT SHOW DATABASES ON *.* TO `mig`@`%`", "GRANT SELECT ON `shop`.* TO `mig`@`%`");

        check.with(plan).on(fixture).passes();
        check.on(fixture).finds(BLOCKS_MIGRATION, "the database hr");
    }

    @Test
    void escapesWildcardsUnlessPartialRevokesMakeThemOrdinary() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36")
                .withoutSchema("shop")
                .schema("a_b%c\\d")
                .grants("GRANT SHOW DATABASES ON *.* TO `mig`@`%`");

        assertThat(statements(check.on(fixture).findings().get(0)).get(0))
                .isEqualTo("GRANT SELECT ON `a\\_b\\%c\\\\d`.* TO 'mig'@'%'");
        assertThat(statements(check.on(fixture.variable("partial_revokes", "ON"))
                                .findings()
                                .get(0))
                        .get(0))
                .isEqualTo("GRANT SELECT ON `a_b%c\\d`.* TO 'mig'@'%'");
    }

    @Test
    void liftsAPartialRevokeInsteadOfGrantingAgain() {
        Finding finding = check.on(SnapshotFixture.mysql("8.4.3")
                        .variable("partial_revokes", "ON")
                        .grants("GRANT SELECT, INSERT ON *.* TO `mig`@`%`", "REVOKE SELECT ON `shop`.* FROM `mig`@`%`"))
                .finds(BLOCKS_MIGRATION, "the database shop")
                .findings()
                .get(0);

        assertThat(statements(finding)).containsExactly("GRANT SELECT ON `shop`.* TO 'mig'@'%'");
    }

    @Test
    void saysThatAGrantTakesThePlaceOfThoseOnPatterns() {
        Finding finding = check.on(SnapshotFixture.mysql("5.7.22")
                        .grants(USAGE, "GRANT SHOW VIEW, TRIGGER ON `sh%`.* TO 'mig'@'%'"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).sql().get(0).note()).contains("takes the place of grants on patterns");
    }

    @Test
    void isUnknownWhereALineWasNotUnderstood() {
        check.on(SnapshotFixture.mysql("8.0.15").grants("GRANT INSERT ON *.* TO `mig`@`%`", "GRANT SOMETHING NEW"))
                .isUnknown("SELECT on 1 database may be missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grants", "tables", "schemas"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @Test
    void isQuickWithAHundredThousandTablesAndGrants() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.15");
        List<String> grants = new ArrayList<>(List.of(USAGE));
        for (int i = 0; i < 50_000; i++) {
            fixture.table("shop", "t" + i, "InnoDB").table("shop", "u" + i, "InnoDB");
            grants.add("GRANT SELECT ON `shop`.`t" + i + "` TO `mig`@`%`");
        }
        for (int i = 0; i < 1_000; i++) {
            fixture.schema("s" + i);
            grants.add("GRANT SELECT ON `s" + i + "`.* TO `mig`@`%`");
        }
        var snapshot = fixture.grants(grants.toArray(new String[0])).build();

        List<Finding> findings = Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.on(snapshot).findings());

        assertThat(findings).hasSize(50_001);
    }

    static Stream<Arguments> accounts() {
        List<Arguments> cases = new ArrayList<>();
        for (Release release : List.of(
                Release.MYSQL_5_6, Release.MYSQL_5_7, Release.MYSQL_8_0, Release.MYSQL_9_7, Release.MARIADB_10_11)) {
            add(cases, release, "GRANT SELECT ON *.* TO ACCOUNT");
            add(cases, release, "GRANT SELECT ON `sh\\_p%`.* TO ACCOUNT");
            add(cases, release, "GRANT SELECT ON `sh_p`.* TO ACCOUNT");
            add(cases, release, "GRANT SELECT ON `sh%`.* TO ACCOUNT", "GRANT INSERT ON `shop`.* TO ACCOUNT");
            add(cases, release, "GRANT SELECT ON shop.item TO ACCOUNT", "GRANT INSERT ON shop.note TO ACCOUNT");
            add(cases, release, "GRANT SELECT (id) ON shop.item TO ACCOUNT");
            add(cases, release, "GRANT SELECT ON shop.v TO ACCOUNT", "GRANT UPDATE (id) ON shop.note TO ACCOUNT");
            add(cases, release, "GRANT SHOW DATABASES ON *.* TO ACCOUNT");
            add(cases, release, "GRANT INSERT ON *.* TO ACCOUNT", "GRANT SELECT ON shop.* TO ACCOUNT");
            add(cases, release, "GRANT EXECUTE ON PROCEDURE shop.p TO ACCOUNT");
            add(cases, release, "GRANT LOCK TABLES, SHOW VIEW ON `sh%`.* TO ACCOUNT");
        }
        for (Release release : List.of(Release.MYSQL_8_0, Release.MYSQL_9_7)) {
            add(
                    cases,
                    release,
                    "CREATE ROLE IF NOT EXISTS reader",
                    "GRANT SELECT ON shop.* TO reader",
                    "GRANT reader TO ACCOUNT",
                    "GRANT INSERT ON sh_p.* TO ACCOUNT",
                    "SET DEFAULT ROLE reader TO ACCOUNT");
            add(
                    cases,
                    release,
                    "CREATE ROLE IF NOT EXISTS reader",
                    "GRANT SELECT ON shop.* TO reader",
                    "GRANT reader TO ACCOUNT",
                    "GRANT INSERT ON shop.* TO ACCOUNT");
            add(
                    cases,
                    release,
                    "CREATE ROLE IF NOT EXISTS reader",
                    "GRANT SELECT ON shop.* TO reader",
                    "GRANT reader TO ACCOUNT",
                    "GRANT SELECT ON `s%`.* TO ACCOUNT",
                    "GRANT INSERT ON `sh\\_p`.* TO ACCOUNT",
                    "GRANT INSERT ON `sh_p`.* TO ACCOUNT",
                    "SET DEFAULT ROLE reader TO ACCOUNT");
        }
        add(
                cases,
                Release.MARIADB_10_11,
                "CREATE ROLE IF NOT EXISTS reader",
                "GRANT SELECT ON shop.* TO reader",
                "GRANT reader TO ACCOUNT",
                "GRANT INSERT ON shxp.* TO ACCOUNT",
                "SET DEFAULT ROLE reader FOR ACCOUNT");
        return cases.stream();
    }

    private static void add(List<Arguments> cases, Release release, String... statements) {
        cases.add(Arguments.of(release, List.of(statements)));
    }

    /** Whatever the grants: what the check finds is what the server refuses, and nothing is refused after the remedies. */
    @ParameterizedTest
    @MethodSource("accounts")
    void findsWhatARealServerRefuses(Release release, List<String> grants) throws SQLException {
        TestServer server = Accounts.server(release);
        agrees(server, Accounts.create(server, grants.toArray(new String[0])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "SELECT, INSERT", "INSERT"})
    void findsWhatAPartialRevokeTakesAway(String revoked) throws SQLException {
        TestServer server = Accounts.serverWithPartialRevokes();
        agrees(
                server,
                Accounts.create(
                        server,
                        "GRANT SELECT, INSERT ON *.* TO ACCOUNT",
                        "REVOKE " + revoked + " ON sh_p.* FROM ACCOUNT"));
    }

    private void agrees(TestServer server, String user) throws SQLException {
        String uri = server.uri(user, Accounts.PASSWORD);
        Set<String> refused = refused(server, user);
        Outcome outcome = check.on(uri).outcome();
        if (refused.isEmpty()) {
            assertThat(outcome).isEqualTo(Outcome.passed());
            return;
        }
        assertThat(check.on(uri).findings())
                .extracting(finding -> finding.object().label())
                .containsExactlyInAnyOrderElementsOf(refused);
        server.execute(check.on(uri).remedySql());
        assertThat(refused(server, user)).isEmpty();
        check.on(uri).passes();
    }

    /** Databases of which the account can read nothing, and the tables it sees and cannot read in the others. */
    private static Set<String> refused(TestServer server, String user) throws SQLException {
        Set<String> refused = new TreeSet<>();
        try (Connection connection = server.connect(user, Accounts.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String database : column(statement, "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA")) {
                if (SYSTEM.contains(database)) {
                    continue;
                }
                Set<String> tables = new TreeSet<>();
                boolean any = false;
                for (String table : column(
                        statement,
                        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '"
                                + database.replace("\\", "\\\\") + "'")) {
                    if (reads(statement, database, table)) {
                        any = true;
                    } else {
                        tables.add(database + "." + table);
                    }
                }
                refused.addAll(any ? tables : Set.of(database));
            }
        }
        return refused;
    }

    private static boolean reads(Statement statement, String database, String table) {
        try {
            statement.executeQuery("SELECT * FROM `" + database.replace("`", "``") + "`.`" + table + "` LIMIT 0");
            return true;
        } catch (SQLException e) {
            assertThat(e.getErrorCode()).as(e.getMessage()).isIn(1142, 1143, 1044);
            return false;
        }
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private static List<String> statements(Finding finding) {
        List<String> statements = new ArrayList<>();
        finding.remedies().forEach(remedy -> remedy.sql().forEach(statement -> statements.add(statement.sql())));
        return statements;
    }
}
