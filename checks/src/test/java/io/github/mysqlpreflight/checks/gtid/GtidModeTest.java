/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("docker")
class GtidModeTest {
    private final CheckTester check = CheckTester.of(new GtidMode());

    @Test
    void passesWhenOn() {
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE"})
    void blocksReplicationInEveryOtherMode(String mode) {
        check.on(SnapshotFixture.mysql("8.0.15").variable("gtid_mode", mode))
                .finds(BLOCKS_REPLICATION, "GTID mode should be enabled on the source: gtid_mode is " + mode);
    }

    @Test
    void saysWhenItIsTheTarget() {
        Plan plan = Plan.defaults()
                .withTarget(SnapshotFixture.mysql("8.4.3")
                        .variable("gtid_mode", "OFF")
                        .build());

        check.with(plan)
                .on(SnapshotFixture.mysql("8.0.15"))
                .finds(BLOCKS_REPLICATION, "GTID mode should be enabled on the target");
        assertThat(check.with(plan).on(SnapshotFixture.mysql("8.0.15")).findings())
                .allSatisfy(finding -> assertThat(finding.object().side()).isEqualTo(Side.TARGET));
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump())
                .on(SnapshotFixture.mysql("8.0.15").variable("gtid_mode", "OFF"))
                .doesNotApply("a dump was asked for");
    }

    @Test
    void doesNotApplyToMariaDb() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).doesNotApply("MariaDB has no gtid_mode");
    }

    @Test
    void givesAnOptionFileBefore57() {
        var finding = check.on(SnapshotFixture.mysql("5.6.14").variable("gtid_mode", "OFF"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).settings()).contains("gtid_mode = ON", "log_slave_updates = ON");
    }

    @Test
    void sendsToTheParameterGroupOnRds() {
        var finding = check.on(SnapshotFixture.mysql("8.0.36")
                        .host("shop.abc.eu-west-1.rds.amazonaws.com")
                        .variable("gtid_mode", "OFF_PERMISSIVE"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).text()).contains("DB parameter group");
        assertThat(finding.remedies().get(0).sql()).isEmpty();
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealServer(Release release) {
        try (TestServer server = TestServer.of(release)
                .with("gtid_mode", "OFF")
                .with("enforce_gtid_consistency", "OFF")
                .borrow()) {
            String uri = server.uri("root", "");
            server.execute(
                    check.on(uri).finds(BLOCKS_REPLICATION, "gtid_mode is OFF").remedySql());
            check.on(uri).passes();
        }
    }
}
