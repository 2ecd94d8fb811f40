/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.NOTICE;

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

class BinlogCompressionTest {
    private final CheckTester check = CheckTester.of(new BinlogCompression());

    private static SnapshotFixture compressed() {
        return SnapshotFixture.mysql("8.0.36").variable("binlog_transaction_compression", "ON");
    }

    @Test
    void isWorthKnowingWhereTheTargetReadsIt() {
        check.on(compressed()).finds(NOTICE, "which a target of 8.0.20 or newer reads");
        check.with(Plans.toVersion(8, 0, 0)).on(compressed()).finds(NOTICE, "8.0.20");
        check.with(Plans.toVersion(8, 0, 20)).on(compressed()).finds(NOTICE, "8.0.20");
        check.with(Plans.onto(SnapshotFixture.mysql("9.7.4"))).on(compressed()).finds(NOTICE, "8.0.20");
    }

    @Test
    void blocksWhereTheTargetDoesNot() {
        check.with(Plans.toVersion(8, 0, 19))
                .on(compressed())
                .finds(BLOCKS_REPLICATION, "the target 8.0.19 cannot read");
        check.with(Plans.onto(SnapshotFixture.mysql("8.0.15")))
                .on(compressed())
                .finds(BLOCKS_REPLICATION, "the target 8.0.15 cannot read");
    }

    @Test
    void passesWithoutIt() {
        check.on(SnapshotFixture.mysql("8.0.36").variable("binlog_transaction_compression", "OFF"))
                .passes();
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump()).on(compressed()).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(compressed().unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void passesOnServersThatDoNotKnowIt(Release release) {
        check.on(TestServer.of(release).shared().uri("root", "")).passes();
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void theRemedyMendsA97() {
        try (TestServer server = TestServer.of(Release.MYSQL_9_7)
                .with("binlog_transaction_compression", "ON")
                .borrow()) {
            String uri = server.uri("root", "");
            server.execute(
                    check.on(uri).finds(NOTICE, "compressed transactions").remedySql());
            check.on(uri).passes();
        }
    }
}
