/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidPermissiveTest {
    private final CheckTester check = CheckTester.of(new GtidPermissive());

    @ParameterizedTest
    @ValueSource(strings = {"ON", "OFF"})
    void passesOutsideOfATransition(String mode) {
        check.on(SnapshotFixture.mysql("8.0.15").variable("gtid_mode", mode)).passes();
    }

    @ParameterizedTest
    @CsvSource({"OFF_PERMISSIVE, ON_PERMISSIVE", "ON_PERMISSIVE, ON"})
    void namesTheNextStep(String mode, String next) {
        check.on(SnapshotFixture.mysql("5.7.22").variable("gtid_mode", mode))
                .finds(BLOCKS_REPLICATION, "gtid_mode is " + mode + ", the next step is " + next);
    }

    @Test
    void judgesTheTargetToo() {
        var findings = check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").variable("gtid_mode", "ON_PERMISSIVE")))
                .on(SnapshotFixture.mysql("8.0.15").variable("gtid_mode", "OFF_PERMISSIVE"))
                .findings();

        assertThat(findings).extracting(finding -> finding.object().side()).containsExactly(Side.SOURCE, Side.TARGET);
        assertThat(findings.get(1).message()).contains("on the target: gtid_mode is ON_PERMISSIVE");
    }

    @Test
    void doesNotApplyWithoutGtidMode() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).doesNotApply("MariaDB has no gtid_mode");
    }

    @Test
    void passesWhereTheVariableIsTooOldToExist() {
        check.on(SnapshotFixture.mysql("5.5.62").without("gtid_mode")).passes();
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump())
                .on(SnapshotFixture.mysql("8.0.15").variable("gtid_mode", "ON_PERMISSIVE"))
                .doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheTargetsVariables() {
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").unavailable(Facts.VARIABLES, Fact.Cause.ERROR, "gone")))
                .on(SnapshotFixture.mysql("8.0.15"))
                .isUnknown("the global variables of the target: gone");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealServerInEitherState(Release release) {
        try (TestServer server = TestServer.of(release)
                .with("gtid_mode", "OFF")
                .with("enforce_gtid_consistency", "ON")
                .borrow()) {
            String uri = server.uri("root", "");
            check.on(uri).passes();
            server.execute("SET GLOBAL gtid_mode = OFF_PERMISSIVE");
            String[] wholeWay = check.on(uri)
                    .finds(BLOCKS_REPLICATION, "the next step is ON_PERMISSIVE")
                    .remedySql();
            server.execute("SET GLOBAL gtid_mode = ON_PERMISSIVE");
            server.execute(check.on(uri)
                    .finds(BLOCKS_REPLICATION, "the next step is ON")
                    .remedySql());
            check.on(uri).passes();
            assertThat(server.variable("gtid_mode")).isEqualTo("ON");

            server.execute("SET GLOBAL gtid_mode = ON_PERMISSIVE", "SET GLOBAL gtid_mode = OFF_PERMISSIVE");
            server.execute(wholeWay);
            check.on(uri).passes();
            assertThat(server.variable("gtid_mode")).isEqualTo("ON");
        }
    }
}
