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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidEnforceConsistencyTest {
    private final CheckTester check = CheckTester.of(new GtidEnforceConsistency());

    @ParameterizedTest
    @ValueSource(strings = {"ON", "on", "1"})
    void passesWhenOn(String value) {
        check.on(SnapshotFixture.mysql("8.0.15").variable("enforce_gtid_consistency", value))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFF", "WARN"})
    void blocksReplicationOtherwise(String value) {
        check.on(SnapshotFixture.mysql("8.0.15").variable("enforce_gtid_consistency", value))
                .finds(BLOCKS_REPLICATION, "enforce_gtid_consistency is " + value + " on the source, must be ON");
    }

    @Test
    void doesNotGoBackToWarn() {
        assertThat(check.on(SnapshotFixture.mysql("8.0.15").variable("enforce_gtid_consistency", "WARN"))
                        .remedySql())
                .containsExactly("SET PERSIST enforce_gtid_consistency = ON");
    }

    @Test
    void givesAnOptionFileBefore576() {
        var finding = check.on(SnapshotFixture.mysql("5.6.14").variable("enforce_gtid_consistency", "OFF"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(finding.remedies().get(0).settings()).contains("enforce_gtid_consistency = ON");
        assertThat(check.on(SnapshotFixture.mysql("5.7.6").variable("enforce_gtid_consistency", "OFF"))
                        .remedySql())
                .hasSize(2);
    }

    @Test
    void sendsToTheClusterParameterGroupOnAurora() {
        var finding = check.on(SnapshotFixture.mysql("8.0.36")
                        .variable("aurora_version", "3.08.0")
                        .variable("enforce_gtid_consistency", "OFF"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).text()).contains("DB cluster parameter group");
    }

    @Test
    void saysWhenItIsTheTarget() {
        var findings = check.with(
                        Plans.onto(SnapshotFixture.mysql("8.4.3").variable("enforce_gtid_consistency", "WARN")))
                .on(SnapshotFixture.mysql("8.0.15"))
                .findings();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.object().side()).isEqualTo(Side.TARGET);
            assertThat(finding.message()).contains("on the target");
        });
    }

    @Test
    void doesNotApplyToMariaDb() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).doesNotApply("MariaDB has no enforce_gtid_consistency");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump())
                .on(SnapshotFixture.mysql("8.0.15").variable("enforce_gtid_consistency", "OFF"))
                .doesNotApply("a dump was asked for");
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
            server.execute(check.on(uri)
                    .finds(BLOCKS_REPLICATION, "is OFF on the source")
                    .remedySql());
            check.on(uri).passes();
            server.execute("SET GLOBAL enforce_gtid_consistency = WARN");
            server.execute(check.on(uri)
                    .finds(BLOCKS_REPLICATION, "is WARN on the source")
                    .remedySql());
            check.on(uri).passes();
        }
    }
}
