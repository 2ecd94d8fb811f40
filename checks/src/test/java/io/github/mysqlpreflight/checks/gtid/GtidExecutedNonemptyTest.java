/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidExecutedNonemptyTest {
    private final CheckTester check = CheckTester.of(new GtidExecutedNonempty());

    @Test
    void passesWithOneTransaction() {
        check.on(SnapshotFixture.mysql("8.0.15").variable("gtid_executed", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1"))
                .passes();
    }

    @Test
    void passesWithTheLineBreaksOfARealServer() {
        check.on(SnapshotFixture.mysql("8.0.15")
                        .variable(
                                "gtid_executed",
                                "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,\n4e11fa47-71ca-11e1-9e33-c80aa9429562:1"))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void blocksReplicationWithNone(String executed) {
        check.on(SnapshotFixture.mysql("8.0.15").variable("gtid_executed", executed))
                .finds(BLOCKS_REPLICATION, "Executed_Gtid_Set is empty");
    }

    @Test
    void saysThatGtidsComeFirst() {
        var finding = check.on(SnapshotFixture.mysql("8.0.15")
                        .variable("gtid_mode", "OFF")
                        .variable("gtid_executed", ""))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).text()).startsWith("When gtid_mode is ON");
    }

    @Test
    void doesNotApplyToMariaDb() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).doesNotApply("MariaDB has no gtid_executed");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump())
                .on(SnapshotFixture.mysql("8.0.15").variable("gtid_executed", ""))
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
        remedyMends(release, "RESET MASTER");
    }

    @Test
    @NeedsServer(Release.MYSQL_5_6)
    void theRemedyMendsA56() {
        remedyMends(Release.MYSQL_5_6, "RESET MASTER");
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void theRemedyMendsA97() {
        remedyMends(Release.MYSQL_9_7, "RESET BINARY LOGS AND GTIDS");
    }

    private void remedyMends(Release release, String reset) {
        TestServer.Builder builder =
                TestServer.of(release).with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
        if (release == Release.MYSQL_5_6) {
            builder = builder.with("log_slave_updates", "ON");
        }
        try (TestServer server = builder.borrow()) {
            server.execute(reset);
            String uri = server.uri("root", "");
            server.execute(check.on(uri)
                    .finds(BLOCKS_REPLICATION, "Executed_Gtid_Set is empty")
                    .remedySql());
            check.on(uri).passes();
        }
    }
}
