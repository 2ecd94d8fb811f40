/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.Acceptance;
import io.github.mysqlpreflight.core.report.Acceptance.State;
import io.github.mysqlpreflight.core.report.AcceptedFinding;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Summary;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class AcceptListTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static AcceptList.Rule rule(int line, String check, @Nullable String object, @Nullable LocalDate until) {
        return new AcceptList.Rule(
                line, check, object == null ? null : ObjectPattern.of(object), "reason " + line, until);
    }

    private static AcceptList.Rule rule(int line, String check, @Nullable String object) {
        return rule(line, check, object, null);
    }

    private static Assessment judge(Plan plan, List<Check> checks, AcceptList.Rule... rules) {
        return new Preflight(CheckRegistry.of(List.of()), "1.0")
                .accepting(new AcceptList("accept.yaml", TODAY, List.of(rules)))
                .judge(TestData.server("db.example", "version", "8.0.15").build(), plan, checks);
    }

    private static Assessment judge(List<Check> checks, AcceptList.Rule... rules) {
        return judge(Plan.defaults(), checks, rules);
    }

    private static Finding table(Effect effect, String table) {
        return new Finding(effect, ObjectRef.table("shop", table), table + " is not right");
    }

    private static Check engine(String... tables) {
        List<Finding> findings = new ArrayList<>();
        for (String table : tables) {
            findings.add(table(Effect.BLOCKS_REPLICATION, table));
        }
        return TestData.check("obj.engine", Outcome.of(findings));
    }

    private static Acceptance.Entry entry(Assessment assessment) {
        assertThat(assessment.acceptance()).isNotNull();
        assertThat(assessment.acceptance().entries()).hasSize(1);
        return assessment.acceptance().entries().get(0);
    }

    private static List<String> reasons(CheckResult result) {
        List<String> reasons = new ArrayList<>();
        for (AcceptedFinding accepted : result.accepted()) {
            reasons.add(accepted.finding().object().title() + ": " + accepted.reason());
        }
        return reasons;
    }

    @Test
    void anAcceptedFindingSpeaksAgainstNothingAndIsStillThere() {
        Assessment assessment = judge(List.of(engine("log", "sessions")), rule(1, "obj.engine", "shop.*"));
        assertThat(assessment.verdict().method()).isEqualTo(Method.REPLICATION);
        assertThat(assessment.verdict().replicationReasons()).isEmpty();
        assertThat(Blocker.of(assessment)).isEmpty();
        CheckResult result = assessment.checks().get(0);
        assertThat(result.outcome()).isInstanceOf(Outcome.Found.class);
        assertThat(result.findings()).isEmpty();
        assertThat(result.allFindings()).hasSize(2);
        assertThat(reasons(result)).containsExactly("shop.log: reason 1", "shop.sessions: reason 1");
        assertThat(assessment.summary()).isEqualTo(new Summary(0, 1, 0, 0, 0, 0, 0, 0, 2));
    }

    @Test
    void whatIsNotMeantStillCounts() {
        Assessment assessment = judge(List.of(engine("audit", "log", "users")), rule(1, "obj.engine", "shop.log"));
        assertThat(assessment.verdict().method()).isEqualTo(Method.DUMP);
        assertThat(assessment.verdict().result()).endsWith("[Dump]: audit is not right; users is not right");
        CheckResult result = assessment.checks().get(0);
        assertThat(result.findings())
                .containsExactly(table(Effect.BLOCKS_REPLICATION, "audit"), table(Effect.BLOCKS_REPLICATION, "users"));
        assertThat(Blocker.of(assessment)).containsExactly(new Blocker("obj.engine", "shop"));
        assertThat(assessment.summary().blockers()).isEqualTo(2);
        assertThat(assessment.summary().accepted()).isEqualTo(1);
    }

    @Test
    void everyEffectCanBeAccepted() {
        for (Effect effect : Effect.values()) {
            Check check = TestData.check("obj.engine", Outcome.of(List.of(table(effect, "log"))));
            Assessment assessment = judge(List.of(check), rule(1, "obj.engine", null));
            assertThat(assessment.verdict().method()).as(effect.name()).isEqualTo(Method.REPLICATION);
            assertThat(assessment.summary()).as(effect.name()).isEqualTo(new Summary(0, 1, 0, 0, 0, 0, 0, 0, 1));
        }
    }

    @Test
    void anotherCheckOnTheSameObjectIsNotMeant() {
        Check other = TestData.check("obj.count", Outcome.of(List.of(table(Effect.WARNING, "log"))));
        Assessment assessment = judge(List.of(other, engine("log")), rule(1, "obj.engine", "shop.log"));
        assertThat(assessment.summary().warnings()).isEqualTo(1);
        assertThat(assessment.summary().accepted()).isEqualTo(1);
    }

    @Test
    void theSidesAreTold() {
        Check check = TestData.check(
                "gtid.mode",
                Outcome.of(List.of(
                        new Finding(Effect.BLOCKS_REPLICATION, ObjectRef.setting(Side.SOURCE, "gtid_mode"), "source"),
                        new Finding(Effect.BLOCKS_REPLICATION, ObjectRef.setting(Side.TARGET, "gtid_mode"), "target"),
                        new Finding(Effect.BLOCKS_REPLICATION, ObjectRef.server(Side.SOURCE), "server"))));
        assertThat(judge(List.of(check), rule(1, "gtid.mode", "gtid_mode"))
                        .verdict()
                        .replicationReasons())
                .containsExactly("server; target");
        assertThat(judge(List.of(check), rule(1, "gtid.mode", "target: *"))
                        .verdict()
                        .replicationReasons())
                .containsExactly("server; source");
        assertThat(judge(List.of(check), rule(1, "gtid.mode", "the source"))
                        .verdict()
                        .replicationReasons())
                .containsExactly("source; target");
    }

    @Test
    void anEntryCountsThroughItsLastDay() {
        Check check = engine("log");
        Assessment lastDay = judge(List.of(check), rule(3, "obj.engine", null, TODAY));
        assertThat(entry(lastDay).state()).isEqualTo(State.USED);
        assertThat(lastDay.acceptanceWarnings()).isEmpty();
        assertThat(lastDay.checks().get(0).accepted().get(0).until()).isEqualTo(TODAY);
        assertThat(entry(judge(List.of(check), rule(3, "obj.engine", null, TODAY.plusDays(1))))
                        .state())
                .isEqualTo(State.USED);
        Assessment over = judge(List.of(check), rule(3, "obj.engine", "shop.log", TODAY.minusDays(1)));
        assertThat(entry(over).state()).isEqualTo(State.EXPIRED);
        assertThat(entry(over).findings()).isEqualTo(1);
        assertThat(over.verdict().method()).isEqualTo(Method.DUMP);
        assertThat(over.summary()).isEqualTo(new Summary(0, 1, 0, 0, 0, 1, 1, 0, 0));
        assertThat(over.acceptanceWarnings())
                .containsExactly("accept.yaml:3: the entry for obj.engine on shop.log expired on 2026-11-21: 1 finding"
                        + " counts again");
    }

    @Test
    void anExpiredEntryIsAWarningWhateverBecameOfItsCheck() {
        AcceptList.Rule old = rule(3, "obj.engine", null, TODAY.minusDays(1));
        String said = "accept.yaml:3: the entry for obj.engine expired on 2026-11-21";
        assertThat(judge(List.of(), old).acceptanceWarnings()).containsExactly(said);
        assertThat(judge(List.of(engine()), old).acceptanceWarnings())
                .containsExactly(said + ", and there is nothing left to accept");
        assertThat(judge(List.of(engine("a", "b")), old).acceptanceWarnings())
                .containsExactly(said + ": 2 findings count again");
    }

    @Test
    void anEntryThatMeansNothingIsAWarningThatHelps() {
        assertThat(judge(List.of(engine()), rule(7, "obj.engine", "shop.log")).acceptanceWarnings())
                .containsExactly("accept.yaml:7: the entry for obj.engine on shop.log is unused: the check has passed");
        assertThat(judge(List.of(engine("log")), rule(7, "obj.engine", "shop.LOG"))
                        .acceptanceWarnings())
                .containsExactly("accept.yaml:7: the entry for obj.engine on shop.LOG is unused: there is no finding on"
                        + " that (did you mean shop.log?)");
        Assessment many = judge(List.of(engine("a", "b", "c", "d")), rule(7, "obj.engine", "blog.*"));
        assertThat(many.acceptanceWarnings())
                .containsExactly("accept.yaml:7: the entry for obj.engine on blog.* is unused: the findings are on"
                        + " shop.a, shop.b, shop.c and others");
        assertThat(entry(many).state()).isEqualTo(State.UNUSED);
        assertThat(many.summary().warnings()).isEqualTo(1);
        assertThat(many.summary().found()).isEqualTo(1);
        assertThat(many.checks()).as("no check is made up for it").hasSize(1);
    }

    @Test
    void whatWasNotJudgedSaysNothingOfItsEntry() {
        AcceptList.Rule entry = rule(1, "obj.engine", "shop.log");
        Assessment leftOut = judge(List.of(TestData.check("obj.count", Outcome.passed())), entry);
        assertThat(entry(leftOut).state()).isEqualTo(State.NOT_JUDGED);
        assertThat(entry(leftOut).message())
                .isEqualTo("the entry for obj.engine on shop.log is open: the check was left out");
        for (Outcome outcome : List.of(
                Outcome.unknown("denied"), new Outcome.Failed("a bug"), Outcome.notApplicable("no target was given"))) {
            Assessment open = judge(List.of(TestData.check("obj.engine", outcome)), entry);
            assertThat(entry(open).state()).as(outcome.name()).isEqualTo(State.NOT_JUDGED);
            assertThat(open.acceptanceWarnings()).isEmpty();
            assertThat(open.summary().accepted()).isZero();
        }
    }

    @Test
    void whatIsUnknownOrBrokeIsNeverAccepted() {
        for (Outcome outcome : List.of(Outcome.unknown("denied"), new Outcome.Failed("a bug"))) {
            CheckResult result = TestData.result("gtid.mode", outcome);
            AcceptList list = new AcceptList("accept.yaml", TODAY, List.of(rule(1, "gtid.mode", null)));
            List<CheckResult> applied = list.apply(List.of(result)).results();
            assertThat(applied).containsExactly(result);
            assertThat(Advisor.advise(applied, Plan.defaults()).method()).isEqualTo(Method.DUMP);
        }
    }

    @Test
    void whereSeveralMeanAFindingTheFirstThatCountsAcceptsIt() {
        Assessment assessment = judge(
                List.of(engine("log", "users")),
                rule(1, "obj.engine", "*.log", TODAY.minusDays(1)),
                rule(5, "obj.engine", "shop.log"),
                rule(5, "obj.engine", "shop.*"));
        assertThat(reasons(assessment.checks().get(0))).containsExactly("shop.log: reason 5", "shop.users: reason 5");
        assertThat(assessment.acceptance()).isNotNull();
        assertThat(assessment.acceptance().entries())
                .extracting(Acceptance.Entry::state, Acceptance.Entry::findings)
                .containsExactly(tuple(State.EXPIRED, 1), tuple(State.USED, 1), tuple(State.USED, 2));
    }

    @Test
    void theOrderOfAChecksFindingsChangesNothing() {
        List<Finding> findings = new ArrayList<>();
        for (String table : List.of("a", "b", "c", "d", "e")) {
            findings.add(table(Effect.BLOCKS_REPLICATION, table));
        }
        AcceptList.Rule[] rules = {
            rule(1, "obj.engine", "shop.b"), rule(2, "obj.engine", "shop.?"), rule(3, "obj.engine", "x")
        };
        List<String> first = null;
        for (int i = 0; i < 5; i++) {
            Collections.rotate(findings, 2);
            Assessment assessment =
                    judge(List.of(TestData.check("obj.engine", Outcome.of(new ArrayList<>(findings)))), rules);
            List<String> told = new ArrayList<>(reasons(assessment.checks().get(0)));
            told.addAll(assessment.acceptanceWarnings());
            first = first == null ? told : first;
            assertThat(told).isEqualTo(first);
        }
    }

    @Test
    void twoFindingsThatReadAlikeAreBothAccepted() {
        Assessment assessment = judge(List.of(engine("log", "log", "x")), rule(1, "obj.engine", "shop.log"));
        assertThat(assessment.summary().accepted()).isEqualTo(2);
        assertThat(assessment.checks().get(0).findings()).hasSize(1);
    }

    @Test
    void aBlockedMigrationThatIsAcceptedHidesNothingOpen() {
        Check nothing = TestData.check("obj.count", Outcome.of(List.of(table(Effect.BLOCKS_MIGRATION, "log"))));
        CheckResult open = TestData.result("gtid.mode", Outcome.unknown("denied"));
        AcceptList list = new AcceptList("accept.yaml", TODAY, List.of(rule(1, "obj.count", null)));
        List<CheckResult> results = new ArrayList<>(list.apply(CheckRunner.run(
                        List.of(nothing),
                        TestData.server("h", "version", "8.0.15").build(),
                        Plan.defaults()))
                .results());
        results.add(open);
        assertThat(Advisor.advise(results, Plan.defaults()).result())
                .endsWith("[Dump]: not verified: gtid.mode (denied)");
    }

    @Test
    void withoutAListNothingIsSaidOfIt() {
        Assessment assessment = new Preflight(CheckRegistry.of(List.of()), "1.0")
                .judge(TestData.server("h", "version", "8.0.15").build(), Plan.defaults(), List.of(engine("log")));
        assertThat(assessment.acceptance()).isNull();
        assertThat(assessment.acceptanceWarnings()).isEmpty();
        assertThat(assessment.verdict().method()).isEqualTo(Method.DUMP);
    }

    @Test
    void aFailureToConnectCannotBeAccepted() {
        for (String check : List.of("conn.source", "tgt.connection")) {
            assertThatThrownBy(() -> rule(1, check, null)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new AcceptList.Rule(1, "obj.engine", null, " ", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRuleForEachOfVeryManyFindingsIsQuick() {
        int number = 20_000;
        List<Finding> findings = new ArrayList<>();
        AcceptList.Rule[] rules = new AcceptList.Rule[number];
        for (int i = 0; i < number; i++) {
            findings.add(table(Effect.BLOCKS_REPLICATION, "t" + i));
            rules[i] = rule(i + 1, "obj.engine", "shop.t" + i);
        }
        Check check = TestData.check("obj.engine", Outcome.of(findings));
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            Assessment assessment = judge(List.of(check), rules);
            assertThat(assessment.summary().accepted()).isEqualTo(number);
            assertThat(assessment.verdict().method()).isEqualTo(Method.REPLICATION);
        });
    }
}
