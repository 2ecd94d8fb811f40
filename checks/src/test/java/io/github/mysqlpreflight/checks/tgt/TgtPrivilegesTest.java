/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TgtPrivilegesTest {
    private static final String TO_LOAD = "SELECT, INSERT, CREATE, DROP, ALTER, INDEX, LOCK TABLES";
    private static final String ADMIN = "REPLICATION_SLAVE_ADMIN, SYSTEM_VARIABLES_ADMIN";

    private final CheckTester check = CheckTester.of(new TgtPrivileges());

    private static SnapshotFixture target(String version, String... privileges) {
        SnapshotFixture fixture = SnapshotFixture.mysql(version);
        String[] lines = new String[privileges.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "GRANT " + privileges[i] + " ON *.* TO `mig`@`%`";
        }
        return fixture.grants(lines);
    }

    private static SnapshotFixture programs() {
        return SnapshotFixture.mysql("8.0.36")
                .view("shop", "v", "select 1")
                .procedure("shop", "p", "SELECT 1")
                .routine(function(true, "NO SQL"))
                .trigger(new Triggers.Trigger("shop", "t", "customer", "BEFORE", "INSERT", "root@localhost", "", ""))
                .event(new Events.Event("shop", "e", "mig@%", "ENABLED", "SYSTEM", "", true, ""))
                .foreignKey(
                        "shop",
                        "customer",
                        new ForeignKey("f", List.of("id"), "shop", "customer", List.of("id"), "RESTRICT", "RESTRICT"));
    }

    private static Routines.Routine function(boolean deterministic, String access) {
        return new Routines.Routine(
                "shop", "f", "FUNCTION", "app@%", "DEFINER", access, deterministic, "", "int", null, "");
    }

    private CheckTester judge(SnapshotFixture source, SnapshotFixture target) {
        return check.with(Plans.onto(target)).on(source);
    }

    @Test
    void passesForAnAdministrator() {
        judge(programs(), target("8.4.3", "ALL PRIVILEGES", ADMIN)).passes();
        judge(programs(), target("5.7.44", "ALL PRIVILEGES")).passes();
        judge(SnapshotFixture.mysql("8.0.36"), target("8.4.3", TO_LOAD, ADMIN)).passes();
    }

    @Test
    void blocksAnAccountThatCannotLoad() {
        CheckTester judged = judge(SnapshotFixture.mysql("8.0.36"), target("8.4.3", "SELECT, INSERT, CREATE", ADMIN));

        judged.finds(
                BLOCKS_MIGRATION,
                "the target's account 'mig'@'%' cannot load the databases: it lacks ALTER, INDEX, DROP, LOCK TABLES on shop");
        assertThat(judged.remedySql())
                .containsExactly("GRANT ALTER, INDEX, DROP, LOCK TABLES ON `shop`.* TO 'mig'@'%'");
    }

    @Test
    void grantsOnAllWhereThereAreMany() {
        SnapshotFixture source =
                SnapshotFixture.mysql("8.0.36").schema("a").schema("b").schema("c");

        assertThat(judge(source, target("8.4.3", "USAGE", ADMIN)).remedySql())
                .containsExactly("GRANT CREATE, ALTER, INDEX, INSERT, DROP, SELECT, LOCK TABLES ON *.* TO 'mig'@'%'");
    }

    @Test
    void otherProgramsNeedLess() {
        Plan shell = new Plan(
                null,
                target("8.4.3", "INSERT, CREATE, ALTER, INDEX", ADMIN).build(),
                null,
                List.of(),
                DumpTool.MYSQL_SHELL,
                null,
                false);
        check.with(shell).on(SnapshotFixture.mysql("8.0.36")).passes();
    }

    @Test
    void whatIsThereDecidesWhatIsNeeded() {
        judge(programs(), target("8.4.3", TO_LOAD + ", SUPER", ADMIN))
                .finds(
                        BLOCKS_MIGRATION,
                        "it lacks REFERENCES, CREATE VIEW, CREATE ROUTINE, ALTER ROUTINE, TRIGGER, EVENT on shop");
        check.with(new Plan(
                        null,
                        target("8.4.3", TO_LOAD, ADMIN).build(),
                        null,
                        List.of("shop"),
                        DumpTool.MYSQLDUMP,
                        null,
                        false))
                .on(programs())
                .passes();
    }

    @Test
    void blocksReplicationWithoutWhatSetsItUp() {
        CheckTester judged = judge(SnapshotFixture.mysql("8.0.36"), target("8.4.3", TO_LOAD));

        judged.finds(BLOCKS_REPLICATION, "lacks REPLICATION_SLAVE_ADMIN, SYSTEM_VARIABLES_ADMIN to set gtid_purged");
        assertThat(judged.remedySql())
                .containsExactly("GRANT REPLICATION_SLAVE_ADMIN, SYSTEM_VARIABLES_ADMIN ON *.* TO 'mig'@'%'");
        judge(SnapshotFixture.mysql("8.0.36"), target("8.4.3", TO_LOAD + ", SUPER"))
                .passes();
        judge(SnapshotFixture.mysql("5.7.44"), target("5.7.44", TO_LOAD)).finds(BLOCKS_REPLICATION, "lacks SUPER");
        judge(SnapshotFixture.mysql("8.0.36"), target("8.4.3", TO_LOAD).host("x.rds.amazonaws.com"))
                .passes();
    }

    @Test
    void aDumpWithGtidsNeedsOneOfThem() {
        Plan dump = new Plan(
                null, target("8.4.3", TO_LOAD).build(), Method.DUMP, List.of(), DumpTool.MYSQLDUMP, null, false);

        check.with(dump)
                .on(SnapshotFixture.mysql("8.0.36"))
                .finds(WARNING, "lacks SYSTEM_VARIABLES_ADMIN to load the GTIDs");
        check.with(dump)
                .on(SnapshotFixture.mysql("8.0.36").variable("gtid_mode", "OFF"))
                .passes();
    }

    @Test
    void warnsOfDefiners() {
        SnapshotFixture source = SnapshotFixture.mysql("8.0.36").view("shop", "v", "select 1");

        judge(source, target("8.4.3", TO_LOAD + ", CREATE VIEW", ADMIN))
                .finds(WARNING, "lacks SET_ANY_DEFINER to create what belongs to others (error 1227): root@localhost");
        judge(source, target("8.0.36", TO_LOAD + ", CREATE VIEW", ADMIN)).finds(WARNING, "lacks SET_USER_ID");
        judge(source, target("8.4.3", TO_LOAD + ", CREATE VIEW", ADMIN, "SET_ANY_DEFINER"))
                .passes();
        judge(
                        SnapshotFixture.mysql("8.0.36")
                                .event(new Events.Event("shop", "e", "mig@%", "ENABLED", "SYSTEM", "", true, "")),
                        target("8.4.3", TO_LOAD + ", EVENT", ADMIN))
                .passes();
    }

    @Test
    void blocksFunctionsAndTriggersThatOnlySuperMayCreate() {
        SnapshotFixture source = SnapshotFixture.mysql("8.0.36").routine(function(true, "NO SQL"));
        SnapshotFixture target = target("8.4.3", TO_LOAD + ", CREATE ROUTINE, ALTER ROUTINE", ADMIN, "SET_ANY_DEFINER");

        judge(source, target)
                .finds(BLOCKS_MIGRATION, "lets only SUPER create functions and triggers (error 1419): shop.f");
        judge(source, target.variable("log_bin_trust_function_creators", "ON")).passes();
        judge(source, target.variable("log_bin_trust_function_creators", "OFF").variable("log_bin", "OFF"))
                .passes();
    }

    @Test
    void blocksFunctionsThatNotEvenSuperMayCreate() {
        SnapshotFixture target = target("8.4.3", "ALL PRIVILEGES", ADMIN);

        judge(SnapshotFixture.mysql("8.0.36").routine(function(false, "CONTAINS SQL")), target)
                .finds(BLOCKS_MIGRATION, "DETERMINISTIC, NO SQL or READS SQL DATA (error 1418): shop.f");
        judge(SnapshotFixture.mysql("8.0.36").routine(function(false, "READS SQL DATA")), target)
                .passes();
        judge(SnapshotFixture.mysql("8.0.36").routine(function(true, "MODIFIES SQL DATA")), target)
                .passes();
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(programs()).doesNotApply("no target was given (--target-uri)");
    }

    @Test
    void isUnknownWhereGrantsAreNotUnderstoodOrSeen() {
        judge(
                        SnapshotFixture.mysql("8.0.36"),
                        SnapshotFixture.mysql("8.4.3").grants("GRANT SOMETHING NEW FOR `mig`@`%`"))
                .isUnknown("not understood");
        judge(
                        SnapshotFixture.mysql("8.0.36"),
                        target("8.4.3", TO_LOAD).unavailable(Facts.GRANTS, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("of the target: slow");
        judge(programs().unavailable(Facts.SCHEMAS, Fact.Cause.TIMEOUT, "slow"), target("8.4.3", TO_LOAD))
                .isUnknown("slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void foretellsWhatALoadMeetsAndTheRemediesMendIt(Release release) throws SQLException {
        foretells(release);
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatA97Refuses() throws SQLException {
        foretells(Release.MYSQL_9_7);
    }

    private void foretells(Release release) throws SQLException {
        try (TestServer target = TestServer.of(release)
                .with("gtid_mode", "ON")
                .with("enforce_gtid_consistency", "ON")
                .borrow()) {
            target.createAccount("mig", "pw", "CREATE", "INSERT");
            target.execute("SET sql_log_bin = 0", "CREATE DATABASE shop");
            String uri = target.uri("mig", "pw");
            CheckTester judged = check.on(programs());

            assertThat(errors(
                            target,
                            "DROP TABLE IF EXISTS shop.t",
                            "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                            "LOCK TABLES shop.t WRITE",
                            "ALTER TABLE shop.t DISABLE KEYS",
                            "INSERT INTO shop.t VALUES (1)",
                            "CREATE VIEW shop.v AS SELECT 1",
                            "SET sql_log_bin = 0",
                            "CREATE FUNCTION shop.f() RETURNS INT NO SQL RETURN 1"))
                    .containsExactly(1142, 0, 1044, 1142, 0, 1142, 1227, 1044);
            assertThat(judged.onto(uri).findings())
                    .extracting(Finding::effect)
                    .containsExactly(BLOCKS_MIGRATION, BLOCKS_MIGRATION, BLOCKS_REPLICATION, WARNING);
            target.execute(judged.onto(uri).remedySql());
            judged.onto(uri).passes();
            List<Integer> errors = errors(
                    target,
                    "DROP TABLE IF EXISTS shop.t",
                    "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                    "LOCK TABLES shop.t WRITE",
                    "ALTER TABLE shop.t DISABLE KEYS",
                    "INSERT INTO shop.t VALUES (1)",
                    "UNLOCK TABLES",
                    "CREATE DEFINER = 'app'@'%' VIEW shop.v AS SELECT 1",
                    "SET sql_log_bin = 0",
                    "CREATE FUNCTION shop.f() RETURNS INT NO SQL RETURN 1",
                    "SET GLOBAL gtid_purged = '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5'");
            assertThat(errors.subList(0, 9)).containsOnly(0);
            // 5.7 takes it only as long as it has no transactions of its own.
            assertThat(errors.get(9)).isEqualTo(release == Release.MYSQL_5_7 ? 1840 : 0);
        }
    }

    /** The error of each statement as the account meets it, 0 where there is none. */
    private static List<Integer> errors(TestServer target, String... statements) throws SQLException {
        List<Integer> errors = new ArrayList<>();
        try (Connection connection = target.connect("mig", "pw");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                    errors.add(0);
                } catch (SQLException e) {
                    errors.add(e.getErrorCode());
                }
            }
        }
        return errors;
    }
}
