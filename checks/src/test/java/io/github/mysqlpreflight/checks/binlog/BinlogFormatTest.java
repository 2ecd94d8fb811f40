/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

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

class BinlogFormatTest {
    private final CheckTester check = CheckTester.of(new BinlogFormat());

    @ParameterizedTest
    @ValueSource(strings = {"ROW", "row"})
    void passesWithRows(String format) {
        check.on(SnapshotFixture.mysql("8.0.15").variable("binlog_format", format))
                .passes();
    }

    @Test
    void passesWhereAServerKnowsNoOtherFormat() {
        check.on(SnapshotFixture.mysql("10.0.0").without("binlog_format")).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATEMENT", "MIXED"})
    void blocksReplicationOtherwise(String format) {
        check.on(SnapshotFixture.mysql("8.0.15").variable("binlog_format", format))
                .finds(BLOCKS_REPLICATION, "Unsupported binary log format: " + format + ", only ROW is supported");
    }

    @Test
    void judgesWhatTheLogWillHoldWhileItIsOff() {
        check.on(SnapshotFixture.mysql("5.7.22").variable("log_bin", "OFF").variable("binlog_format", "STATEMENT"))
                .finds(BLOCKS_REPLICATION, "Unsupported binary log format: STATEMENT");
    }

    @Test
    void saysThatSessionsKeepTheOldOne() {
        var remedy = check.on(SnapshotFixture.mysql("5.7.22").variable("binlog_format", "MIXED"))
                .findings()
                .get(0)
                .remedies()
                .get(0);

        assertThat(remedy.sql().get(0).sql()).isEqualTo("SET GLOBAL binlog_format = ROW");
        assertThat(remedy.sql().get(0).note()).contains("until they reconnect");
        assertThat(remedy.settings()).containsExactly("[mysqld]", "binlog_format = ROW");
    }

    @Test
    void sendsToTheFlagOnCloudSql() {
        var remedy = check.on(SnapshotFixture.mysql("8.0.36-google").variable("binlog_format", "MIXED"))
                .findings()
                .get(0)
                .remedies()
                .get(0);

        assertThat(remedy.text()).contains("--database-flags");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump())
                .on(SnapshotFixture.mysql("8.0.15").variable("binlog_format", "STATEMENT"))
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
        remedyMends(release);
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void theRemedyMendsA97() {
        remedyMends(Release.MYSQL_9_7);
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void theRemedyMendsAMariaDb() {
        remedyMends(Release.MARIADB_10_11);
    }

    private void remedyMends(Release release) {
        try (TestServer server =
                TestServer.of(release).with("binlog_format", "STATEMENT").borrow()) {
            String uri = server.uri("root", "");
            server.execute(check.on(uri)
                    .finds(BLOCKS_REPLICATION, "Unsupported binary log format: STATEMENT, only ROW is supported")
                    .remedySql());
            check.on(uri).passes();
        }
    }
}
