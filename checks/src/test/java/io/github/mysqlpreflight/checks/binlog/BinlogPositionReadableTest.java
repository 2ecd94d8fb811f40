/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.BinaryLogStatus;
import io.github.mysqlpreflight.core.snapshot.BinaryLogs;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogPositionReadableTest {
    private final CheckTester check = CheckTester.of(new BinlogPositionReadable());

    private static SnapshotFixture at(String file, String... files) {
        List<BinaryLogs.File> list = new ArrayList<>();
        for (String name : files) {
            list.add(new BinaryLogs.File(name, 155, false));
        }
        return SnapshotFixture.mysql("8.0.36")
                .fact(Facts.BINARY_LOG_STATUS, new BinaryLogStatus(new BinaryLogStatus.Position(file, 155, "", "", "")))
                .fact(Facts.BINARY_LOGS, new BinaryLogs(list));
    }

    @Test
    void blocksAServerThatGivesNoPosition() {
        check.on(at("b.000001", "b.000001").fact(Facts.BINARY_LOG_STATUS, new BinaryLogStatus(null)))
                .finds(BLOCKS_REPLICATION, "the binary log of the source is on, but SHOW MASTER STATUS is empty");
        check.on(SnapshotFixture.mysql("8.4.3").fact(Facts.BINARY_LOG_STATUS, new BinaryLogStatus(null)))
                .finds(BLOCKS_REPLICATION, "SHOW BINARY LOG STATUS is empty");
    }

    @Test
    void blocksAPositionInAFileThatIsGone() {
        check.on(at("b.000005", "b.000001", "b.000002"))
                .finds(BLOCKS_REPLICATION, "stands in b.000005, which is not among the files");
        check.on(at("b.000005")).finds(BLOCKS_REPLICATION, "b.000005");
    }

    @Test
    void passesWhereTheFileIsThere() {
        check.on(at("b.000002", "b.000001", "b.000002")).passes();
    }

    @Test
    void aFileThatWasJustBegunIsThere() {
        check.on(at("b.000003", "b.000001", "b.000002")).passes();
        check.on(at("c.000003", "b.000002")).finds(BLOCKS_REPLICATION, "c.000003");
    }

    @Test
    void doesNotApplyWithoutALogOrToADump() {
        check.on(at("b.000001").variable("log_bin", "OFF")).doesNotApply("binlog.enabled judges it");
        check.with(Plans.dump()).on(at("b.000001")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheRightToAsk() {
        check.on(at("b.000001").unavailable(Facts.BINARY_LOG_STATUS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the binary log's status of the source: denied");
        check.on(at("b.000001").unavailable(Facts.BINARY_LOGS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the binary log files of the source: denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void asksARealServer(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.createAccount("mig", "pw", "REPLICATION CLIENT");
            server.createAccount("blind", "pw", "SELECT");
            check.on(server.uri("mig", "pw")).passes();
            server.execute("FLUSH BINARY LOGS");
            check.on(server.uri("mig", "pw")).passes();
            check.on(server.uri("blind", "pw")).isUnknown("the binary log's status of the source");
        }
    }
}
