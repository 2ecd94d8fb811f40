/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static io.github.mysqlpreflight.core.TestData.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlockerTest {
    private static final CheckResult GTID = found("gtid.mode", Effect.BLOCKS_REPLICATION);
    private static final CheckResult FTWRL = found("dump.ftwrl", Effect.BLOCKS_DUMP);
    private static final CheckResult GOOD = result("binlog.format", Outcome.passed());
    private static final CheckResult WARNING = found("obj.count", Effect.WARNING);

    private static CheckResult found(String id, Effect effect) {
        return result(id, Outcome.found(new Finding(effect, ObjectRef.server(Side.SOURCE), "a reason")));
    }

    private static List<Blocker> blockers(Method asked, CheckResult... results) {
        Plan plan = new Plan(null, null, asked, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
        List<CheckResult> list = List.of(results);
        return Blocker.of(
                new Assessment("test", null, plan, "8.4", List.of(), list, Advisor.advise(list, plan), false));
    }

    @Test
    void nothingBlocksWhereReplicationIsRecommended() {
        assertThat(blockers(null, GOOD, WARNING)).isEmpty();
    }

    @Test
    void whatBlocksReplicationIsNamedWhereADumpIsRecommended() {
        assertThat(blockers(null, GOOD, GTID, WARNING)).containsExactly(new Blocker("gtid.mode", null));
    }

    @Test
    void nothingBlocksADumpThatWasAskedFor() {
        assertThat(blockers(Method.DUMP, GTID)).isEmpty();
    }

    @Test
    void onlyTheMethodAskedForCounts() {
        assertThat(blockers(Method.DUMP, GTID, FTWRL)).containsExactly(new Blocker("dump.ftwrl", null));
        assertThat(blockers(Method.REPLICATION, GTID, FTWRL))
                .containsExactly(new Blocker("gtid.mode", null), new Blocker("dump.ftwrl", null));
    }

    @Test
    void bothMethodsCountWhereNoneIsRecommended() {
        assertThat(blockers(null, GTID, FTWRL))
                .containsExactly(new Blocker("gtid.mode", null), new Blocker("dump.ftwrl", null));
    }

    @Test
    void eachDatabaseIsNamedOnce() {
        CheckResult engine = result(
                "obj.engine",
                Outcome.of(List.of(
                        new Finding(Effect.BLOCKS_REPLICATION, ObjectRef.table("shop", "a"), "MyISAM"),
                        new Finding(Effect.BLOCKS_REPLICATION, ObjectRef.table("shop", "b"), "MyISAM"),
                        new Finding(Effect.WARNING, ObjectRef.table("wiki", "c"), "ARCHIVE"),
                        new Finding(Effect.BLOCKS_REPLICATION, ObjectRef.table("blog", "d"), "MyISAM"))));
        assertThat(blockers(null, engine))
                .containsExactly(new Blocker("obj.engine", "blog"), new Blocker("obj.engine", "shop"));
    }

    @Test
    void checkThatCouldNotBeJudgedBlocksReplicationAlone() {
        CheckResult unknown = result("gtid.mode", Outcome.unknown("no privilege"));
        assertThat(blockers(null, unknown)).containsExactly(new Blocker("gtid.mode", null));
        assertThat(blockers(Method.DUMP, unknown)).isEmpty();
        CheckResult broken = result("gtid.mode", new Outcome.Failed("a bug"));
        assertThat(blockers(null, broken)).containsExactly(new Blocker("gtid.mode", null));
    }

    @Test
    void consequencesOfABlockedMigrationAreNotNamed() {
        assertThat(blockers(
                        null,
                        found("conn.source", Effect.BLOCKS_MIGRATION),
                        result("gtid.mode", Outcome.unknown("there is no connection"))))
                .containsExactly(new Blocker("conn.source", null));
    }

    @Test
    void withoutAPlanNothingIsKnownToBlock() {
        assertThat(Blocker.of(Assessment.withoutSource("test", "no URI"))).isEmpty();
    }
}
