/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogRowMetadataTest {
    private final CheckTester check = CheckTester.of(new BinlogRowMetadata());

    private static SnapshotFixture server(String metadata, String image) {
        return SnapshotFixture.mysql("8.0.36")
                .variable("binlog_row_metadata", metadata)
                .variable("binlog_row_image", image);
    }

    @Test
    void saysWhatIsMissingWhereTheRowsAreNotWhole() {
        check.on(server("MINIMAL", "NOBLOB"))
                .finds(NOTICE, "binlog_row_metadata is MINIMAL and binlog_row_image NOBLOB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL", "MINIMAL"})
    void passesWithNames(String image) {
        check.on(server("FULL", image)).passes();
    }

    @Test
    void isNobodysBusinessWhereTheRowsAreWhole() {
        check.on(server("MINIMAL", "FULL")).doesNotApply("neither replication nor a dump needs column names");
        check.on(SnapshotFixture.mysql("5.7.44").variable("binlog_row_image", "MINIMAL"))
                .doesNotApply("8.0.1");
        check.with(Plans.dump()).on(server("MINIMAL", "MINIMAL")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(server("FULL", "FULL").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @Test
    void theRemedyMendsA80() {
        try (TestServer server = TestServer.of(Release.MYSQL_8_0)
                .with("binlog_row_image", "MINIMAL")
                .borrow()) {
            String uri = server.uri("root", "");
            server.execute(check.on(uri)
                    .finds(NOTICE, "binlog_row_metadata is MINIMAL")
                    .remedySql());
            check.on(uri).passes();
        }
    }

    @Test
    void doesNotApplyToA57() {
        check.on(TestServer.of(Release.MYSQL_5_7).shared().uri("root", "")).doesNotApply("8.0.1");
    }
}
