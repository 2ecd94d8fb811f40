/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.AuroraTopology;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ReplicaStatus;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogSourceRoleTest {
    private final CheckTester check = CheckTester.of(new BinlogSourceRole());

    private static SnapshotFixture replica(String io, String sql, @Nullable String lag) {
        return SnapshotFixture.mysql("8.0.36")
                .fact(
                        Facts.REPLICA_STATUS,
                        new ReplicaStatus(List.of(new ReplicaStatus.Channel("", "primary.example", io, sql, lag))));
    }

    private static SnapshotFixture aurora() {
        return SnapshotFixture.mysql("8.0.32")
                .variable("aurora_version", "3.05.2")
                .variable("aurora_server_id", "node-2")
                .variable("innodb_read_only", "OFF");
    }

    @Test
    void blocksAReaderOfAurora() {
        check.on(aurora().variable("innodb_read_only", "ON"))
                .finds(BLOCKS_REPLICATION, "the source is a reader of an Aurora cluster");
        check.on(aurora().fact(
                                Facts.AURORA_TOPOLOGY,
                                new AuroraTopology(List.of(
                                        new AuroraTopology.Instance("node-1", true),
                                        new AuroraTopology.Instance("node-2", false)))))
                .finds(BLOCKS_REPLICATION, "the source is a reader of an Aurora cluster");
        check.with(Plans.dump())
                .on(aurora().variable("innodb_read_only", "ON"))
                .finds(WARNING, "follows the writer with some delay");
    }

    @Test
    void passesForTheWriterOfAurora() {
        check.on(aurora().fact(
                                Facts.AURORA_TOPOLOGY,
                                new AuroraTopology(List.of(new AuroraTopology.Instance("node-2", true)))))
                .passes();
    }

    @Test
    void aReaderIsFoundWithoutTheReplicaStatus() {
        check.on(aurora().variable("innodb_read_only", "ON")
                        .unavailable(Facts.REPLICA_STATUS, Fact.Cause.PRIVILEGE, "denied"))
                .finds(BLOCKS_REPLICATION, "a reader");
    }

    @ParameterizedTest
    @CsvSource({
        "Yes, No, , its applier is stopped",
        "No, No, , its applier is stopped",
        "No, Yes, , it is not connected to it",
        "Connecting, Yes, , it is not connected to it",
        "Yes, Yes, 60, it is 60 s behind"
    })
    void warnsOfAReplicaThatLacksRows(String io, String sql, @Nullable String lag, String words) {
        check.on(replica(io, sql, lag)).finds(WARNING, "the source is a replica of primary.example, and " + words);
        check.with(Plans.dump()).on(replica(io, sql, lag)).finds(WARNING, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "59", "unknown"})
    void passesForAReplicaThatIsUpToDate(String lag) {
        check.on(replica("Yes", "Yes", lag)).passes();
    }

    @Test
    void passesForAServerThatIsNobodysReplica() {
        check.on(SnapshotFixture.mysql("8.0.36").variable("innodb_read_only", "ON"))
                .passes();
    }

    @Test
    void theChannelsOfItsOwnGroupDoNotCount() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .fact(
                                Facts.REPLICA_STATUS,
                                new ReplicaStatus(List.of(
                                        new ReplicaStatus.Channel("group_replication_recovery", "", "No", "No", null),
                                        new ReplicaStatus.Channel("from_b", "b.example", "Yes", "No", null)))))
                .finds(WARNING, "a replica of b.example (channel from_b)");
    }

    @Test
    void isUnknownWithoutTheStatus() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.REPLICA_STATUS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the replica status of the source: denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void readsARealReplica(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.createAccount("blind", "pw");
            String uri = server.uri("root", "");
            check.on(uri).passes();
            server.execute("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1");
            check.on(uri).finds(WARNING, "its applier is stopped");
            server.execute("START SLAVE SQL_THREAD");
            check.on(uri).finds(WARNING, "it is not connected to it");
            check.on(server.uri("blind", "pw")).isUnknown("the replica status of the source");
            server.execute("STOP SLAVE", "RESET SLAVE ALL");
            check.on(uri).passes();
        }
    }
}
