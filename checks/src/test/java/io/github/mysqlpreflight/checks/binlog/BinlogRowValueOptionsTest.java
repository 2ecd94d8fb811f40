/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.NOTICE;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;

class BinlogRowValueOptionsTest {
    private final CheckTester check = CheckTester.of(new BinlogRowValueOptions());

    private static SnapshotFixture partial() {
        return SnapshotFixture.mysql("8.0.36").variable("binlog_row_value_options", "PARTIAL_JSON");
    }

    @Test
    void isWorthKnowingWhereTheTargetReadsIt() {
        check.on(partial()).finds(NOTICE, "which a target of 8.0.3 or newer reads");
        check.with(Plans.toVersion(8, 0, 0)).on(partial()).finds(NOTICE, "8.0.3");
        check.with(Plans.toVersion(8, 0, 3)).on(partial()).finds(NOTICE, "8.0.3");
    }

    @Test
    void blocksWhereTheTargetDoesNot() {
        check.with(Plans.toVersion(8, 0, 2)).on(partial()).finds(BLOCKS_REPLICATION, "the target 8.0.2 cannot read");
        check.with(Plans.toVersion(5, 7, 0)).on(partial()).finds(BLOCKS_REPLICATION, "the target 5.7 cannot read");
        check.with(Plans.onto(SnapshotFixture.mariaDb("10.11.18-MariaDB")))
                .on(partial())
                .finds(BLOCKS_REPLICATION, "10.11.18-MariaDB cannot read");
    }

    @Test
    void passesWithoutTheOption() {
        check.on(SnapshotFixture.mysql("8.0.36").variable("binlog_row_value_options", ""))
                .passes();
        check.on(SnapshotFixture.mysql("5.7.44")).passes();
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump()).on(partial()).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheVariablesOfBoth() {
        check.on(partial().unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow")))
                .on(partial())
                .isUnknown("of the target: slow");
    }

    @Test
    void theRemedyMendsA80() {
        try (TestServer server = TestServer.of(Release.MYSQL_8_0).borrow()) {
            String uri = server.uri("root", "");
            check.on(uri).passes();
            server.execute("SET GLOBAL binlog_row_value_options = 'PARTIAL_JSON'");
            server.execute(check.on(uri).finds(NOTICE, "PARTIAL_JSON").remedySql());
            check.on(uri).passes();
        }
    }

    @Test
    void passesOnA57() {
        check.on(TestServer.of(Release.MYSQL_5_7).shared().uri("root", "")).passes();
    }
}
