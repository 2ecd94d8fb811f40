/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FixesTest {
    private static Assessment assessment(CheckResult... results) {
        Verdict verdict = new Verdict(null, false, "result", List.of(), List.of());
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
        for (Fixes.Step step : Fixes.of(assessment, side).steps()) {
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
        Fixes fixes = Fixes.of(
                assessment(
                        blocker("gtid.enforce-consistency", "SET a", "SET b"), blocker("gtid.mode", "SET a", "SET c")),
                Side.SOURCE);
        assertThat(fixes.statements()).isEqualTo(3);
        assertThat(fixes.steps().get(1).statements()).containsExactly(new Remedy.Statement("SET c", null));
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
        Fixes fixes = Fixes.of(assessment(TestData.result("obj.engine", Outcome.of(findings))), Side.SOURCE);
        assertThat(fixes.steps()).hasSize(1);
        assertThat(fixes.statements()).isEqualTo(3);
    }
}
