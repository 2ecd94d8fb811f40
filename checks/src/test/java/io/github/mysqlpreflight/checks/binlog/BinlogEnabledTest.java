/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Remedy;
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

class BinlogEnabledTest {
    private final CheckTester check = CheckTester.of(new BinlogEnabled());

    private static SnapshotFixture off(String version) {
        return SnapshotFixture.mysql(version).variable("log_bin", "OFF");
    }

    private Remedy remedy(SnapshotFixture fixture) {
        return check.on(fixture).findings().get(0).remedies().get(0);
    }

    @Test
    void passesWhenOn() {
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
        check.on(SnapshotFixture.mysql("5.6.14").variable("log_bin", "1")).passes();
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).passes();
    }

    @Test
    void blocksReplicationWhenOff() {
        check.on(off("8.0.15"))
                .finds(
                        BLOCKS_REPLICATION,
                        "the binary log is disabled on the source: log_bin is OFF, must be ON (GTID mode should be enabled on"
                                + " the source: SHOW MASTER STATUS is empty)");
    }

    @Test
    void blocksReplicationFromMariaDbToo() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").variable("log_bin", "OFF"))
                .finds(BLOCKS_REPLICATION, "log_bin is OFF");
    }

    @Test
    void keepsTheServerIdInTheOptionFileOrProposesOne() {
        assertThat(remedy(off("5.7.22").variable("server_id", "17")).settings())
                .containsExactly("[mysqld]", "log_bin = binlog", "server_id = 17");
        assertThat(remedy(off("5.7.22").variable("server_id", "0")).settings())
                .containsExactly("[mysqld]", "log_bin = binlog", "server_id = 1041365575");
    }

    @Test
    void namesTheSwitchThatTurnedItOffFrom8() {
        assertThat(check.on(off("8.0.0")).findings().get(0).remedies())
                .hasSize(2)
                .last()
                .satisfies(remedy -> assertThat(remedy.text()).contains("skip_log_bin"));
        assertThat(check.on(off("5.7.44")).findings().get(0).remedies()).hasSize(1);
    }

    @Test
    void speaksTheLanguageOfThePlatform() {
        assertThat(remedy(off("8.0.36").host("x.rds.amazonaws.com")).text()).contains("more than 0 days");
        assertThat(remedy(SnapshotFixture.mariaDb("10.11.18-MariaDB")
                                .variable("log_bin", "OFF")
                                .host("x.rds.amazonaws.com"))
                        .text())
                .contains("more than 0 days");
        Remedy aurora = remedy(off("8.0.36").variable("aurora_version", "3.08.0"));
        assertThat(aurora.text()).contains("reboot the writer");
        assertThat(aurora.settings()).containsExactly("binlog_format = ROW");
        assertThat(remedy(off("8.0.36-google")).text()).contains("point-in-time recovery");
        assertThat(remedy(off("8.0.36").host("x.mysql.database.azure.com")).text())
                .contains("Ask the vendor");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump()).on(off("8.0.15")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void tellsRealServersApart(Release release) {
        try (TestServer server = TestServer.of(release).withoutBinaryLog().start()) {
            check.on(server.uri("root", "")).finds(BLOCKS_REPLICATION, "log_bin is OFF");
        }
        check.on(TestServer.of(release).shared().uri("root", "")).passes();
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void findsItOffOnARealMariaDb() {
        try (TestServer server =
                TestServer.of(Release.MARIADB_10_11).withoutBinaryLog().start()) {
            check.on(server.uri("root", "")).finds(BLOCKS_REPLICATION, "log_bin is OFF");
        }
    }
}
