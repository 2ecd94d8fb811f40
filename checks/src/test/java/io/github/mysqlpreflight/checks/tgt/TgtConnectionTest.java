/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("docker")
class TgtConnectionTest {
    private final CheckTester check = CheckTester.of(new TgtConnection());

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(SnapshotFixture.mysql("8.0.15")).doesNotApply("no target was given");
    }

    @Test
    void passesWithAConnection() {
        onto(SnapshotFixture.mysql("8.4.3")).passes();
    }

    @ParameterizedTest
    @EnumSource(ConnectionProblem.class)
    void blocksEverythingWhateverTheProblem(ConnectionProblem problem) {
        CheckTester judged = onto(SnapshotFixture.mysql("8.4.3").unreachable(problem, "it said no", "Ask it again"));

        judged.finds(BLOCKS_MIGRATION, "Connection to target failed: it said no");
        Finding finding = judged.findings().get(0);
        assertThat(finding.object().side()).isEqualTo(Side.TARGET);
        assertThat(finding.found()).isEqualTo(problem.name());
        assertThat(finding.remedies().get(0).text()).isEqualTo("Ask it again");
    }

    @Test
    void isJudgedWithoutAConnectionToTheSource() {
        check.with(Plan.defaults().withTarget(SnapshotFixture.mysql("8.4.3").build()))
                .on(SnapshotFixture.mysql("8.0.15").unreachable(ConnectionProblem.REFUSED, "no", "Try"))
                .passes();
    }

    @Test
    void aRealTargetThatRefusesTheLogin() {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);

        check.onto(server.uri("root", "wrong"))
                .on(SnapshotFixture.mysql("8.0.15"))
                .finds(BLOCKS_MIGRATION, "Connection to target failed: the server refused the login: Access denied");
        check.onto(server.uri("root", "")).on(SnapshotFixture.mysql("8.0.15")).passes();
    }

    @Test
    void aRealTargetWithoutModernTlsIsNotCalledASource() {
        check.onto(SharedServers.get(Release.MYSQL_5_7).uri("root", "", "REQUIRED"))
                .on(SnapshotFixture.mysql("5.7.22"))
                .finds(BLOCKS_MIGRATION, "SSL is required, but not supported by the target");
    }

    private CheckTester onto(SnapshotFixture target) {
        return check.with(Plan.defaults().withTarget(target.build())).on(SnapshotFixture.mysql("8.0.15"));
    }
}
