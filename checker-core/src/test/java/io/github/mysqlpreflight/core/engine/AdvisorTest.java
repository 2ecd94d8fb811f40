/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static io.github.mysqlpreflight.core.TestData.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AdvisorTest {
    private static final String PASSED = "All pre-checks passed successfully, preferred migration method will be [";
    private static final String NOT_ALL =
            "Not all pre-checks passed successfully, preferred migration method will be [Dump]: ";
    private static final CheckResult GOOD = result("gtid.mode", Outcome.passed());

    private static Plan plan(Method method) {
        return new Plan(null, null, method, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    private static CheckResult found(String id, Effect effect, String message) {
        return result(id, Outcome.found(new Finding(effect, ObjectRef.server(Side.SOURCE), message)));
    }

    private static void assertVerdict(Verdict verdict, Method method, String result) {
        assertThat(verdict.method()).isEqualTo(method);
        assertThat(verdict.success()).isEqualTo(method != null);
        assertThat(verdict.result()).isEqualTo(result);
    }

    @Test
    void nothingInTheWayIsReplication() {
        Verdict verdict = Advisor.advise(List.of(GOOD), plan(null));
        assertVerdict(verdict, Method.REPLICATION, PASSED + "Replication]");
        assertThat(verdict.replicationReasons()).isEmpty();
        assertThat(verdict.dumpReasons()).isEmpty();
        assertVerdict(
                Advisor.advise(List.of(GOOD), plan(Method.REPLICATION)), Method.REPLICATION, PASSED + "Replication]");
    }

    @Test
    void dumpThatWasAskedForIsASuccess() {
        List<CheckResult> results = List.of(found("gtid.mode", Effect.BLOCKS_REPLICATION, "gtid_mode is OFF"));
        assertVerdict(Advisor.advise(results, plan(Method.DUMP)), Method.DUMP, PASSED + "Dump]");
        assertVerdict(Advisor.advise(List.of(GOOD), plan(Method.DUMP)), Method.DUMP, PASSED + "Dump]");
    }

    @Test
    void dumpInsteadOfReplicationNamesEveryReason() {
        List<CheckResult> results = List.of(
                found("gtid.mode", Effect.BLOCKS_REPLICATION, "gtid_mode is OFF"),
                GOOD,
                found("binlog.format", Effect.BLOCKS_REPLICATION, "binlog_format is MIXED"));
        Verdict verdict = Advisor.advise(results, plan(null));
        assertVerdict(verdict, Method.DUMP, NOT_ALL + "gtid_mode is OFF; binlog_format is MIXED");
        assertThat(verdict.replicationReasons()).containsExactly("gtid_mode is OFF", "binlog_format is MIXED");
    }

    @Test
    void methodAskedForIsNotReplacedByAnother() {
        List<CheckResult> results = List.of(found("gtid.mode", Effect.BLOCKS_REPLICATION, "gtid_mode is OFF"));
        assertVerdict(
                Advisor.advise(results, plan(Method.REPLICATION)),
                null,
                "Migration pre-checks failed: gtid_mode is OFF");
        List<CheckResult> noDump = List.of(found("dump.ftwrl", Effect.BLOCKS_DUMP, "no lock to be had"));
        assertVerdict(
                Advisor.advise(noDump, plan(Method.DUMP)), null, "Migration pre-checks failed: no lock to be had");
    }

    @Test
    void whatBlocksADumpBlocksTheOneThatAReplicaBeginsWith() {
        List<CheckResult> noDump = List.of(found("obj.views", Effect.BLOCKS_DUMP, "a view is invalid"));
        assertVerdict(Advisor.advise(noDump, plan(null)), null, "Migration pre-checks failed: a view is invalid");
        assertVerdict(
                Advisor.advise(noDump, plan(Method.REPLICATION)),
                null,
                "Migration pre-checks failed: a view is invalid");
    }

    @Test
    void noMethodNamesTheReasonsOfBothOnce() {
        List<CheckResult> results = List.of(
                found("obj.selection", Effect.BLOCKS_MIGRATION, "No databases to migrate"),
                found("gtid.mode", Effect.BLOCKS_REPLICATION, "gtid_mode is OFF"),
                found("dump.ftwrl", Effect.BLOCKS_DUMP, "no lock"));
        assertVerdict(
                Advisor.advise(results, plan(null)),
                null,
                "Migration pre-checks failed: No databases to migrate; gtid_mode is OFF; no lock");
    }

    @ParameterizedTest
    @EnumSource(names = {"WARNING", "NOTICE"})
    void warningsNeverChangeAVerdict(Effect effect) {
        assertVerdict(
                Advisor.advise(List.of(found("obj.count", effect, "many")), plan(null)),
                Method.REPLICATION,
                PASSED + "Replication]");
    }

    @Test
    void whatCouldBlockReplicationAndWasNotSeenKeepsItFromBeingRecommended() {
        List<CheckResult> results = List.of(result("gtid.mode", Outcome.unknown("no privilege")));
        assertVerdict(
                Advisor.advise(results, plan(null)), Method.DUMP, NOT_ALL + "not verified: gtid.mode (no privilege)");
        List<CheckResult> broken = List.of(result("gtid.mode", new Outcome.Failed("a bug")));
        assertVerdict(
                Advisor.advise(broken, plan(null)),
                Method.DUMP,
                NOT_ALL + "not verified: gtid.mode (the check failed: a bug)");
        assertVerdict(
                Advisor.advise(results, plan(Method.DUMP)),
                Method.DUMP,
                NOT_ALL + "not verified: gtid.mode (no privilege)");
        assertThat(Advisor.advise(results, plan(null)).unverified())
                .containsExactly(new Verdict.Unverified("gtid.mode", "no privilege"));
    }

    @Test
    void whatConcernsReplicationAloneLeavesADumpVerified() {
        List<CheckResult> results = List.of(new CheckResult(
                TestData.info("gtid.mode", Effect.BLOCKS_REPLICATION), Outcome.unknown("no privilege"), 1));
        assertVerdict(Advisor.advise(results, plan(Method.DUMP)), Method.DUMP, PASSED + "Dump]");
    }

    @Test
    void whatWasNotSeenCountsBesideAFinding() {
        Finding warning = new Finding(Effect.WARNING, ObjectRef.server(Side.SOURCE), "old syntax");
        Outcome outcome = Outcome.found(warning).andUnseen(Outcome.unknown("a procedure cannot be read"));
        assertVerdict(
                Advisor.advise(List.of(result("ver.upgrade-syntax", outcome)), plan(null)),
                Method.DUMP,
                NOT_ALL + "not verified: ver.upgrade-syntax (a procedure cannot be read)");
    }

    @Test
    void withoutABasicFactThereIsNoMethod() {
        assertVerdict(
                Advisor.advise(List.of(GOOD), plan(null), List.of("the tables could not be read"), ""),
                null,
                "Migration pre-checks failed: the tables could not be read");
    }

    @Test
    void forAPartOfTheChecksThereIsNoMethod() {
        Verdict verdict = Advisor.advise(List.of(GOOD), plan(null), List.of(), "10 of 96 checks");
        assertThat(verdict.method()).isNull();
        assertThat(verdict.success()).isTrue();
        assertThat(verdict.result()).isEqualTo("No method is recommended: only 10 of 96 checks were made");
        Verdict blocked = Advisor.advise(
                List.of(found("gtid.mode", Effect.BLOCKS_REPLICATION, "gtid_mode is OFF")),
                plan(null),
                List.of(),
                "1 of 96 checks");
        assertVerdict(blocked, null, "Migration pre-checks failed: gtid_mode is OFF; only 1 of 96 checks were made");
    }

    @Test
    void whatCannotBlockLeavesNothingOpen() {
        List<CheckResult> results = List.of(
                new CheckResult(TestData.info("priv.visibility", Effect.WARNING), Outcome.unknown("no privilege"), 1));
        assertVerdict(Advisor.advise(results, plan(null)), Method.REPLICATION, PASSED + "Replication]");
    }

    @Test
    void consequencesOfABlockedMigrationAreNotNamed() {
        List<CheckResult> results = List.of(
                found("conn.source", Effect.BLOCKS_MIGRATION, "Connection to source failed: refused"),
                result("gtid.mode", Outcome.unknown("there is no connection")));
        assertVerdict(
                Advisor.advise(results, plan(null)),
                null,
                "Migration pre-checks failed: Connection to source failed: refused");
    }

    @Test
    void atMostThreeObjectsAreNamed() {
        assertThat(reason(3)).isEqualTo("3 tables are not InnoDB (shop.t0, shop.t1, shop.t2)");
        assertThat(reason(4)).isEqualTo("4 tables are not InnoDB (shop.t0, shop.t1, shop.t2 and 1 more)");
        assertThat(reason(1)).isEqualTo("a table is not InnoDB (shop.t0)");
    }

    private static String reason(int tables) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            findings.add(new Finding(Effect.BLOCKS_REPLICATION, ObjectRef.table("shop", "t" + i), "not InnoDB"));
        }
        Outcome outcome =
                Outcome.of(findings, new Outcome.Headline("a table is not InnoDB", "{n} tables are not InnoDB"));
        return Advisor.advise(List.of(result("obj.engine", outcome)), plan(null))
                .replicationReasons()
                .get(0);
    }

    @Test
    void messageIsOneLineOfPrintableAscii() {
        Outcome outcome = Outcome.of(
                List.of(new Finding(
                        Effect.BLOCKS_MIGRATION, ObjectRef.table("caf\u00e9\"\\", "a\nb\u0001"), "m \"x\" \u00e9")),
                new Outcome.Headline("one", "{n}"));
        String result = Advisor.advise(List.of(result("obj.engine", outcome)), plan(null))
                .result();
        assertThat(result)
                .isEqualTo("Migration pre-checks failed: one (caf<U+00E9><U+0022><U+005C>.a b<U+0001>)")
                .matches("[ -~&&[^\"\\\\]]+");
    }
}
