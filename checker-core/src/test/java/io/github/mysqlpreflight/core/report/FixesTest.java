/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Facts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FixesTest {
    private static Assessment assessment(CheckResult... results) {
        Verdict verdict = new Verdict(null, false, "result", List.of(), List.of(), List.of());
        return new Assessment("1.0", null, null, "", List.of(), List.of(results), verdict, false);
    }

    private static CheckResult result(String id, Effect effect, ObjectRef object, Remedy... remedies) {
        return TestData.result(id, Outcome.found(new Finding(effect, object, "message", remedies)));
    }

    private static CheckResult blocker(String id, String... statements) {
        return result(
                id,
                Effect.BLOCKS_REPLICATION,
                ObjectRef.server(Side.SOURCE),
                Remedy.sql("This mends " + id + ":", statements));
    }

    private static List<String> statements(Assessment assessment, Side side) {
        List<String> all = new ArrayList<>();
        for (Fixes.Step step : Fixes.of(assessment).steps(side)) {
            for (Remedy.Statement statement : step.statements()) {
                all.add(statement.sql());
            }
        }
        return all;
    }

    @Test
    void privilegesComeBeforeSettingsBeforeObjectsBeforeTheRest() {
        Assessment assessment = assessment(
                blocker("gtid.executed-nonempty", "FLUSH PRIVILEGES"),
                blocker("gtid.mode", "SET PERSIST gtid_mode = ON_PERMISSIVE", "SET PERSIST gtid_mode = ON"),
                blocker("obj.engine", "ALTER TABLE a.b ENGINE=InnoDB"),
                blocker("priv.roles-effective", "SET DEFAULT ROLE ALL TO 'mig'@'%'"),
                TestData.result(
                        "priv.select", Outcome.unknown("not seen", Remedy.sql("Ask:", "GRANT SELECT ON *.* TO mig"))));
        assertThat(statements(assessment, Side.SOURCE))
                .containsExactly(
                        "SET DEFAULT ROLE ALL TO 'mig'@'%'",
                        "GRANT SELECT ON *.* TO mig",
                        "SET PERSIST gtid_mode = ON_PERMISSIVE",
                        "SET PERSIST gtid_mode = ON",
                        "ALTER TABLE a.b ENGINE=InnoDB",
                        "FLUSH PRIVILEGES");
    }

    @Test
    void aStatementStandsOnceWhereItIsNeededFirst() {
        Fixes fixes = Fixes.of(assessment(
                blocker("gtid.enforce-consistency", "SET GLOBAL a", "SET GLOBAL b"),
                blocker("gtid.mode", "SET GLOBAL a", "SET GLOBAL c")));
        assertThat(fixes.statements(Side.SOURCE)).isEqualTo(3);
        assertThat(fixes.steps().get(1).statements()).containsExactly(new Remedy.Statement("SET GLOBAL c", null));
    }

    @Test
    void whatOnlyWarnsStandsLastAndNoticesAreLeftAlone() {
        ObjectRef server = ObjectRef.server(Side.SOURCE);
        Assessment assessment = assessment(
                result("cfg.a", Effect.NOTICE, server, Remedy.sql("Notice:", "SET notice")),
                result("cfg.b", Effect.WARNING, server, Remedy.sql("Warning:", "GRANT warning")),
                blocker("obj.engine", "ALTER TABLE a.b ENGINE=InnoDB"));
        assertThat(statements(assessment, Side.SOURCE))
                .containsExactly("ALTER TABLE a.b ENGINE=InnoDB", "GRANT warning");
    }

    @Test
    void ofSeveralWaysTheFirstThatHasStatementsIsTaken() {
        Assessment assessment = assessment(result(
                "gtid.mode",
                Effect.BLOCKS_REPLICATION,
                ObjectRef.server(Side.SOURCE),
                Remedy.of("Ask somebody"),
                Remedy.sql("Do:", "SET first"),
                Remedy.sql("Or do:", "SET second")));
        assertThat(statements(assessment, Side.SOURCE)).containsExactly("SET first");
    }

    @Test
    void eachServerHasItsOwnScript() {
        Assessment assessment = assessment(
                blocker("gtid.mode", "SET source"),
                result("tgt.writable", Effect.WARNING, ObjectRef.server(Side.TARGET), Remedy.sql("Do:", "SET target")));
        assertThat(statements(assessment, Side.SOURCE)).containsExactly("SET source");
        assertThat(statements(assessment, Side.TARGET)).containsExactly("SET target");
    }

    @Test
    void theSameAdviceForManyObjectsIsOneStep() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            findings.add(new Finding(
                    Effect.BLOCKS_REPLICATION,
                    ObjectRef.table("a", "t" + i),
                    "message",
                    Remedy.sql("Convert it:", "ALTER TABLE a.t" + i + " ENGINE=InnoDB")));
        }
        Fixes fixes = Fixes.of(assessment(TestData.result("obj.engine", Outcome.of(findings))));
        assertThat(fixes.steps()).hasSize(1);
        assertThat(fixes.statements(Side.SOURCE)).isEqualTo(3);
    }

    private static List<String> statements(Assessment assessment) {
        return statements(assessment, Side.SOURCE);
    }

    @Test
    void settingsAreMadeInTheOrderThatTheServerDemands() {
        Assessment assessment = assessment(
                blocker("gtid.mode", "SET GLOBAL gtid_mode = ON_PERMISSIVE", "SET @@GLOBAL.gtid_mode = ON"),
                blocker("gtid.enforce-consistency", "SET PERSIST enforce_gtid_consistency = ON"),
                blocker("binlog.format", "SET GLOBAL binlog_format = ROW"),
                blocker("priv.replication", "GRANT REPLICATION SLAVE ON *.* TO 'mig'@'%'"),
                blocker("tgt.writable", "SET PERSIST super_read_only = OFF", "SET PERSIST read_only = OFF"));
        assertThat(statements(assessment))
                .containsExactly(
                        "SET PERSIST super_read_only = OFF",
                        "SET PERSIST read_only = OFF",
                        "GRANT REPLICATION SLAVE ON *.* TO 'mig'@'%'",
                        "SET GLOBAL binlog_format = ROW",
                        "SET PERSIST enforce_gtid_consistency = ON",
                        "SET GLOBAL gtid_mode = ON_PERMISSIVE",
                        "SET @@GLOBAL.gtid_mode = ON");
    }

    @Test
    void objectsAreMendedBeforeWhatIsMadeOfThem() {
        Assessment assessment = assessment(
                blocker(
                        "obj.a",
                        "DROP TRIGGER `a`.`t`",
                        "CREATE DEFINER=`u`@`%` TRIGGER `a`.`t` AFTER INSERT ON x SET y"),
                blocker("obj.b", "CREATE OR REPLACE SQL SECURITY INVOKER VIEW `table`.`user` AS SELECT 1"),
                blocker("obj.c", "ALTER TABLE `c` ADD FOREIGN KEY (`x`) REFERENCES `p` (`id`)"),
                blocker("obj.d", "ALTER TABLE `p` ADD PRIMARY KEY (`id`)"),
                blocker("obj.e", "ALTER TABLE ` REFERENCES ` ENGINE=InnoDB"),
                blocker("obj.f", "ALTER DATABASE `d` CHARACTER SET utf8mb4"),
                result(
                        "obj.g",
                        Effect.BLOCKS_REPLICATION,
                        ObjectRef.server(Side.SOURCE),
                        Remedy.sql("Before:", "ALTER TABLE `merge` ENGINE=InnoDB")
                                .inTurn(-1)));
        assertThat(statements(assessment))
                .containsExactly(
                        "ALTER DATABASE `d` CHARACTER SET utf8mb4",
                        "ALTER TABLE `merge` ENGINE=InnoDB",
                        "ALTER TABLE `p` ADD PRIMARY KEY (`id`)",
                        "ALTER TABLE ` REFERENCES ` ENGINE=InnoDB",
                        "ALTER TABLE `c` ADD FOREIGN KEY (`x`) REFERENCES `p` (`id`)",
                        "CREATE OR REPLACE SQL SECURITY INVOKER VIEW `table`.`user` AS SELECT 1",
                        "DROP TRIGGER `a`.`t`",
                        "CREATE DEFINER=`u`@`%` TRIGGER `a`.`t` AFTER INSERT ON x SET y");
    }

    @Test
    void onOneTableBothStatementsStandInTheOrderOfTheReport() {
        Assessment assessment = assessment(
                blocker("obj.engine", "ALTER TABLE `t` ENGINE=InnoDB"),
                blocker("obj.primary-key", "ALTER TABLE `t` ADD PRIMARY KEY (`id`)"));
        assertThat(statements(assessment))
                .containsExactly("ALTER TABLE `t` ENGINE=InnoDB", "ALTER TABLE `t` ADD PRIMARY KEY (`id`)");
    }

    @Test
    void whatTwoChecksAskForAlikeIsDoneOnceForBoth() {
        String[] steps = {"SET GLOBAL gtid_mode = ON_PERMISSIVE", "SET GLOBAL gtid_mode = ON"};
        Fixes fixes = Fixes.of(assessment(blocker("gtid.mode", steps), blocker("gtid.permissive", steps)));
        assertThat(fixes.steps()).singleElement().satisfies(step -> {
            assertThat(step.check()).isEqualTo("gtid.mode");
            assertThat(step.also()).containsExactly("gtid.permissive");
            assertThat(step.statements()).hasSize(2);
        });
    }

    @Test
    void whatStandsAroundAChangeIsNeverTakenAway() {
        String[] first = {"STOP REPLICA SQL_THREAD", "SET PERSIST a = 1", "START REPLICA SQL_THREAD"};
        String[] second = {"STOP REPLICA SQL_THREAD", "SET PERSIST b = 2", "START REPLICA SQL_THREAD"};
        String[] third = {"STOP REPLICA SQL_THREAD", "SET PERSIST a = 1", "START REPLICA SQL_THREAD", "DO 0"};
        List<String> both = new ArrayList<>(List.of(first));
        both.addAll(List.of(second));
        assertThat(statements(assessment(
                        blocker("binlog.a", first), blocker("binlog.b", second), blocker("binlog.c", third))))
                .isEqualTo(both);
    }

    @Test
    void aSettingThatWasChangedInBetweenIsMadeAgain() {
        String[] mode = {
            "SET GLOBAL enforce_gtid_consistency = WARN",
            "SET GLOBAL enforce_gtid_consistency = ON",
            "SET GLOBAL gtid_mode = ON"
        };
        List<String> all = new ArrayList<>(List.of("SET GLOBAL enforce_gtid_consistency = ON"));
        all.addAll(List.of(mode));
        assertThat(statements(assessment(
                        blocker("gtid.enforce-consistency", "SET GLOBAL enforce_gtid_consistency = ON"),
                        blocker("gtid.mode", mode))))
                .isEqualTo(all);
    }

    @Test
    void aRemedyMayHaveItsPlaceOnTheOtherServer() {
        Assessment assessment = assessment(result(
                "binlog.server-id-distinct",
                Effect.BLOCKS_REPLICATION,
                ObjectRef.server(Side.TARGET),
                Remedy.sql("On the source:", "SET PERSIST server_id = 2").on(Side.SOURCE)));
        assertThat(statements(assessment, Side.SOURCE)).containsExactly("SET PERSIST server_id = 2");
        assertThat(statements(assessment, Side.TARGET)).isEmpty();
    }

    @Test
    void whatMayNotRunByItselfStandsThereWithTheReason() {
        Assessment assessment = assessment(
                blocker("conn.a", "ALTER USER 'mig'@'%' IDENTIFIED BY 'at most 32 bytes'"),
                blocker("conn.b", "SET PASSWORD FOR 'mig'@'%' = PASSWORD('at most 32 bytes')"),
                blocker("gtid.a", "RESET BINARY LOGS AND GTIDS"),
                blocker("obj.a", "STOP REPLICA", "RESET REPLICA ALL"),
                blocker("obj.b", "DROP TABLE `a`.`b`"),
                blocker("obj.c", "CREATE TRIGGER `a`.`t` AFTER INSERT ON x FOR EACH ROW BEGIN SET y = 1; END"),
                blocker("priv.a", "SHOW GRANTS FOR 'r'@'%'"),
                blocker("priv.b", "GRANT SELECT ON `IDENTIFIED BY ;`.* TO 'DROP TABLE ; '@'%'"));
        Fixes fixes = Fixes.of(assessment);
        List<String> reasons = new ArrayList<>();
        for (Fixes.Step step : fixes.steps()) {
            reasons.add(step.check() + ": " + step.byHand());
            assertThat(step.runs()).isEqualTo(step.check().equals("priv.b"));
        }
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        "conn.a: it needs a password of your own",
                        "conn.b: it needs a password of your own",
                        "gtid.a: what it takes away does not come back",
                        "obj.a: what it takes away does not come back",
                        "obj.b: what it takes away does not come back",
                        "obj.c: it holds semicolons, so a client needs a DELIMITER",
                        "priv.a: it changes nothing, it shows what is there",
                        "priv.b: null");
        assertThat(fixes.statements(Side.SOURCE)).isEqualTo(1);
        assertThat(fixes.byHand()).isEqualTo(7);
    }

    @Test
    void aWayThatCanRunIsBetterThanOneByHand() {
        assertThat(statements(assessment(result(
                        "obj.a",
                        Effect.BLOCKS_REPLICATION,
                        ObjectRef.server(Side.SOURCE),
                        Remedy.sql("Do:", "DROP TABLE a"),
                        Remedy.sql("Or do:", "ALTER TABLE a FORCE")))))
                .containsExactly("ALTER TABLE a FORCE");
    }

    @Test
    void settingsAndWordsAreStepsToo() {
        ObjectRef server = ObjectRef.server(Side.SOURCE);
        Fixes fixes = Fixes.of(assessment(
                result("ver.pair", Effect.BLOCKS_REPLICATION, server, Remedy.of("Choose another target")),
                result(
                        "gtid.mode",
                        Effect.BLOCKS_REPLICATION,
                        server,
                        Remedy.settings("In my.cnf:", "[mysqld]", "gtid_mode = ON")),
                result(
                        "binlog.enabled",
                        Effect.BLOCKS_REPLICATION,
                        server,
                        Remedy.settings("In my.cnf:", "[mysqld]", "log_bin = binlog"),
                        Remedy.of("Or otherwise")),
                result("obj.none", Effect.BLOCKS_REPLICATION, server)));
        assertThat(fixes.steps())
                .extracting(Fixes.Step::check)
                .containsExactly("binlog.enabled", "gtid.mode", "ver.pair");
        assertThat(fixes.steps().get(0).settings()).containsExactly("[mysqld]", "log_bin = binlog");
        assertThat(fixes.steps().get(2).words()).isEqualTo("Choose another target");
        assertThat(fixes.statements(Side.SOURCE)).isZero();
        assertThat(fixes.byHand()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP VIEW `a`.`v`",
                "DROP TRIGGER a.t",
                "UPDATE a.t SET d = NULL",
                "ALTER TABLE a.t DROP FOREIGN KEY `f`",
                "ALTER TABLE a.t DROP SYSTEM VERSIONING",
                "CALL mysql.rds_kill(42)"
            })
    void whatLosesSomethingIsNotForAScriptToRun(String sql) {
        assertThat(Fixes.of(assessment(blocker("obj.a", sql))).statements(Side.SOURCE))
                .isZero();
    }

    @Test
    void whatCouldNotBeSeenIsOptionalWhereNoMethodDependsOnIt() {
        CheckInfo warning = TestData.info("priv.visibility", Effect.WARNING);
        CheckResult unseen = new CheckResult(
                warning, Outcome.unknown("not all can be seen", Remedy.sql("Ask:", "GRANT SELECT ON *.* TO mig")), 1);
        Fixes fixes = Fixes.of(assessment(unseen));
        assertThat(fixes.steps()).singleElement().satisfies(step -> {
            assertThat(step.optional()).isTrue();
            assertThat(step.mends()).isEqualTo("not all can be seen");
        });
    }

    @Test
    void whatLooksAtTheTargetAloneIsMadeKnownThere() {
        CheckInfo info = CheckInfo.of("tgt.writable", "Title")
                .why("why")
                .fix("fix")
                .links("https://example.org/")
                .effects(Effect.BLOCKS_MIGRATION)
                .targetNeeds(Facts.VARIABLES)
                .build();
        Outcome unknown = Outcome.unknown("not seen", Remedy.sql("Ask:", "GRANT REPLICATION CLIENT ON *.* TO mig"));
        assertThat(Fixes.of(assessment(new CheckResult(info, unknown, 1))).steps(Side.TARGET))
                .hasSize(1);
    }

    @Test
    void manyFindingsAreSaidInTheWordsOfTheCheck() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            findings.add(new Finding(
                    Effect.BLOCKS_REPLICATION,
                    ObjectRef.table("a", "t" + i),
                    "t" + i + " is not so",
                    Remedy.sql(i == 2 ? "Also:" : "Do:", "ALTER TABLE t" + i + " FORCE")));
        }
        Outcome.Headline headline = new Outcome.Headline("1 table is not so", "{n} tables are not so");
        assertThat(Fixes.of(assessment(TestData.result("obj.a", Outcome.of(findings, headline))))
                        .steps())
                .extracting(Fixes.Step::mends)
                .containsExactly("2 tables are not so", "t2 is not so");
        assertThat(Fixes.of(assessment(TestData.result("obj.a", Outcome.of(findings))))
                        .steps())
                .extracting(Fixes.Step::mends)
                .containsExactly("Title of obj.a: not so 2 times", "t2 is not so");
    }

    @Test
    void theOutlineOfAStatementKnowsNoNames() {
        assertThat(ScriptPlace.outline("alter  table\n`a``; b`.\"c\"\" d\" comment 'it''s \\' so'"))
                .isEqualTo("ALTER TABLE ?.? COMMENT ?");
        assertThat(ScriptPlace.outline("GRANT x TO `a\\`@`%`")).isEqualTo("GRANT X TO ?@?");
        assertThat(ScriptPlace.outline("GRANT 'never closed")).isEqualTo("GRANT ?");
    }
}
