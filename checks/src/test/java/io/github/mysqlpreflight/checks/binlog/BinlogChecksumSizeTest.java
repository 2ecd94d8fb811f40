/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;

import io.github.mysqlpreflight.checks.advice.Plans;
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

class BinlogChecksumSizeTest {
    private final CheckTester check = CheckTester.of(new BinlogChecksumSize());

    private static SnapshotFixture files(long... sizes) {
        List<BinaryLogs.File> files = new ArrayList<>();
        for (long size : sizes) {
            files.add(new BinaryLogs.File("binlog.00000" + (files.size() + 1), size, false));
        }
        return SnapshotFixture.mysql("8.0.36").fact(Facts.BINARY_LOGS, new BinaryLogs(files));
    }

    @Test
    void mentionsALogWithoutChecksums() {
        check.on(SnapshotFixture.mysql("8.0.36").variable("binlog_checksum", "NONE"))
                .finds(NOTICE, "binlog_checksum is NONE");
    }

    @Test
    void mentionsEncryptedFiles() {
        check.on(SnapshotFixture.mysql("8.0.36").variable("binlog_encryption", "ON"))
                .finds(NOTICE, "binlog_encryption is ON");
    }

    @Test
    void mentionsTheLargestFileBeyondFourBytes() {
        check.on(files(155, 4_294_967_296L, 6_000_000_000L, 200))
                .finds(NOTICE, "the binary log file binlog.000003 has 6000000000 bytes");
        check.on(files(4_294_967_295L)).passes();
    }

    @Test
    void passesOnAnOrdinaryServer() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .variable("binlog_checksum", "CRC32")
                        .variable("binlog_encryption", "OFF"))
                .passes();
    }

    @Test
    void judgesTheSettingsWhereTheFilesCannotBeSeen() {
        check.on(files().unavailable(Facts.BINARY_LOGS, Fact.Cause.PRIVILEGE, "denied"))
                .passes();
        check.on(files().unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump()).on(files()).doesNotApply("a dump was asked for");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealServer(Release release) {
        try (TestServer server =
                TestServer.of(release).with("binlog_checksum", "NONE").borrow()) {
            String uri = server.uri("root", "");
            server.execute(
                    check.on(uri).finds(NOTICE, "binlog_checksum is NONE").remedySql());
            check.on(uri).passes();
        }
    }
}
