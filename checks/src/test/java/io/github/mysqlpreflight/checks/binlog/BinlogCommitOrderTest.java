/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogCommitOrderTest {
    private static final String REASON = "slave_preserve_commit_order is OFF, replication is not available";

    private final CheckTester check = CheckTester.of(new BinlogCommitOrder());
    private final CheckTester strict = check.with(Plans.requiringCommitOrder());

    private static SnapshotFixture replica(String version, String prefix, String workers, String preserve) {
        return SnapshotFixture.mysql(version)
                .replicaOf("primary.example")
                .variable("binlog_order_commits", "ON")
                .variable(prefix + "parallel_workers", workers)
                .variable(prefix + "preserve_commit_order", preserve);
    }

    @ParameterizedTest
    @CsvSource({"8.4.3, replica_", "5.7.22, slave_"})
    void blocksReplicationWhereTheOrderIsAskedFor(String version, String prefix) {
        strict.on(replica(version, prefix, "4", "OFF")).finds(BLOCKS_REPLICATION, REASON);
        strict.on(replica(version, prefix, "2", "0")).finds(BLOCKS_REPLICATION, REASON);
    }

    @Test
    void warnsWhereItIsNot() {
        check.on(replica("8.4.3", "replica_", "4", "OFF"))
                .finds(WARNING, "applies with 4 workers and does not keep the order of commits");
    }

    @ParameterizedTest
    @CsvSource({"4, ON", "4, 1", "1, OFF", "0, OFF"})
    void passesWithTheOrderKeptOrOneWorker(String workers, String preserve) {
        strict.on(replica("8.4.3", "replica_", workers, preserve)).passes();
        strict.on(replica("5.7.22", "slave_", workers, preserve)).passes();
    }

    @Test
    void passesOnAServerThatIsNobodysReplica() {
        strict.on(SnapshotFixture.mysql("8.0.15")
                        .variable("slave_parallel_workers", "8")
                        .variable("slave_preserve_commit_order", "OFF"))
                .passes();
    }

    @Test
    void readsBothNamesWhereAServerHasBoth() {
        strict.on(replica("8.0.36", "replica_", "4", "OFF")
                        .variable("slave_parallel_workers", "4")
                        .variable("slave_preserve_commit_order", "OFF"))
                .finds(BLOCKS_REPLICATION, REASON);
    }

    @Test
    void sendsA56BackToOneWorker() {
        SnapshotFixture old =
                SnapshotFixture.mysql("5.6.14").replicaOf("primary.example").variable("slave_parallel_workers", "4");
        Finding finding = strict.on(old).findings().get(0);

        assertThat(finding.found()).isEqualTo("not there");
        assertThat(finding.remedies().get(0).settings()).contains("slave_parallel_workers = 0");
    }

    @Test
    void givesNoStatementsToTheCustomerOfAVendor() {
        Finding finding = strict.on(replica("8.4.3", "replica_", "4", "OFF").host("x.rds.amazonaws.com"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).text()).contains("DB parameter group");
        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(finding.remedies().get(0).settings()).containsExactly("replica_preserve_commit_order = ON");
    }

    @Test
    void warnsWhereCommitsAreNotOrderedAtAll() {
        strict.on(SnapshotFixture.mysql("8.0.15").variable("binlog_order_commits", "OFF"))
                .finds(WARNING, "binlog_order_commits is OFF");
    }

    @Test
    void findsBothOnOneServer() {
        assertThat(strict.on(replica("8.4.3", "replica_", "4", "OFF").variable("binlog_order_commits", "OFF"))
                        .findings())
                .extracting(Finding::effect)
                .containsExactly(WARNING, BLOCKS_REPLICATION);
    }

    @Test
    void doesNotApplyToMariaDb() {
        strict.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")
                        .replicaOf("primary.example")
                        .variable("slave_parallel_threads", "4"))
                .doesNotApply("MariaDB");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump()).on(replica("8.4.3", "replica_", "4", "OFF")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheReplicaStatus() {
        strict.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.REPLICA_STATUS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("the replica status of the source: denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealReplica(Release release) {
        remedyMends(release, "slave_", "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1", "SLAVE");
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void theRemedyMendsA97() {
        remedyMends(
                Release.MYSQL_9_7,
                "replica_",
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = 1",
                "REPLICA");
    }

    private void remedyMends(Release release, String prefix, String connect, String word) {
        TestServer.Builder builder = TestServer.of(release)
                .with(prefix + "parallel_workers", "4")
                .with(prefix + "preserve_commit_order", "OFF");
        if (release == Release.MYSQL_5_7) {
            builder = builder.with("log_slave_updates", "ON");
        }
        try (TestServer server = builder.borrow()) {
            server.createAccount("mig", "pw", "REPLICATION CLIENT");
            server.createAccount("blind", "pw");
            String uri = server.uri("mig", "pw");
            strict.on(uri).passes();

            server.execute(connect, "START " + word + " SQL_THREAD");
            check.on(uri).finds(WARNING, "does not keep the order of commits");
            strict.on(server.uri("blind", "pw")).isUnknown("the replica status of the source");
            String[] mend = strict.on(uri).finds(BLOCKS_REPLICATION, REASON).remedySql();
            assertThat(mend).startsWith("STOP " + word + " SQL_THREAD").endsWith("START " + word + " SQL_THREAD");
            server.execute(mend);
            strict.on(uri).passes();
            assertThat(CheckTester.read(uri, new BinlogCommitOrder().info().needs())
                            .get(Facts.REPLICA_STATUS)
                            .channels())
                    .singleElement()
                    .satisfies(channel -> assertThat(channel.sqlRunning()).isEqualTo("Yes"));

            server.execute("SET GLOBAL binlog_order_commits = OFF");
            server.execute(check.on(uri).finds(WARNING, "binlog_order_commits").remedySql());
            check.on(uri).passes();
        }
    }
}
