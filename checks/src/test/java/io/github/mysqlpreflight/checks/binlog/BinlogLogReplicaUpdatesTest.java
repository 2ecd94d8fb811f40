/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogLogReplicaUpdatesTest {
    private final CheckTester check = CheckTester.of(new BinlogLogReplicaUpdates());

    private static SnapshotFixture replica(String version, String name, String value) {
        return SnapshotFixture.mysql(version).replicaOf("primary.example").variable(name, value);
    }

    @ParameterizedTest
    @CsvSource({"8.4.3, log_replica_updates", "5.7.22, log_slave_updates"})
    void blocksAReplicaThatDoesNotLogWhatItGets(String version, String name) {
        Finding finding = check.on(replica(version, name, "OFF"))
                .finds(
                        BLOCKS_REPLICATION,
                        "a replica of primary.example and does not log what it gets from there: " + name
                                + " is OFF, must be ON")
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).settings()).containsExactly("[mysqld]", name + " = ON");
        assertThat(finding.remedies().get(1).text()).isEqualTo("Migrate from primary.example instead");
    }

    @Test
    void passesWhereItLogsThem() {
        check.on(replica("8.4.3", "log_replica_updates", "ON")).passes();
        check.on(replica("5.7.22", "log_slave_updates", "1")).passes();
        check.on(replica("8.0.36", "log_slave_updates", "ON").variable("log_replica_updates", "ON"))
                .passes();
    }

    @Test
    void passesOnAServerThatIsNobodysReplica() {
        check.on(SnapshotFixture.mysql("5.7.22").variable("log_slave_updates", "OFF"))
                .passes();
    }

    @Test
    void needsNoStatusWhereEverythingIsLoggedAnyway() {
        check.on(replica("8.4.3", "log_replica_updates", "ON")
                        .unavailable(Facts.REPLICA_STATUS, Fact.Cause.PRIVILEGE, "denied"))
                .passes();
        check.on(replica("8.4.3", "log_replica_updates", "OFF")
                        .unavailable(Facts.REPLICA_STATUS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the replica status of the source: denied");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump())
                .on(replica("5.7.22", "log_slave_updates", "OFF"))
                .doesNotApply("a dump was asked for");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealReplica(Release release) {
        try (TestServer server = TestServer.of(release)
                .with("log_slave_updates", "OFF")
                .with("slave_preserve_commit_order", "OFF")
                .start()) {
            server.createAccount("blind", "pw");
            String uri = server.uri("root", "");
            check.on(uri).passes();
            check.on(server.uri("blind", "pw")).isUnknown("the replica status of the source");
            server.execute("CHANGE MASTER TO MASTER_HOST = 'primary.example'");
            check.on(uri).finds(BLOCKS_REPLICATION, "log_slave_updates is OFF");
        }
        try (TestServer server =
                TestServer.of(release).with("log_slave_updates", "ON").borrow()) {
            server.execute("CHANGE MASTER TO MASTER_HOST = 'primary.example'");
            check.on(server.uri("root", "")).passes();
        }
    }
}
