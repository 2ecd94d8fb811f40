/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ReplicaStatus;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TgtWritableTest {
    private final CheckTester check = CheckTester.of(new TgtWritable());

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(SnapshotFixture.mysql("8.0.15").variable("read_only", "ON")).doesNotApply("no target was given");
    }

    @Test
    void passesForAPrimary() {
        onto(SnapshotFixture.mysql("8.4.3")).passes();
    }

    @Test
    void theSourceMayBeReadOnlyAndAReplica() {
        check.with(Plan.defaults().withTarget(SnapshotFixture.mysql("8.4.3").build()))
                .on(SnapshotFixture.mysql("8.0.15").variable("read_only", "ON").replicaOf("old.example"))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON", "1", "NO_LOCK", "NO_LOCK_NO_ADMIN"})
    void blocksWhenReadOnly(String value) {
        onto(SnapshotFixture.mysql("8.4.3").variable("read_only", value))
                .finds(BLOCKS_MIGRATION, "the target is read-only: read_only is " + value + ", must be OFF");
    }

    @Test
    void saysItOnceWhenSuperReadOnlyIsOnToo() {
        CheckTester judged =
                onto(SnapshotFixture.mysql("8.4.3").variable("read_only", "ON").variable("super_read_only", "ON"));

        judged.finds(BLOCKS_MIGRATION, "super_read_only is ON");
        assertThat(judged.remedySql())
                .containsExactly("SET PERSIST super_read_only = OFF", "SET PERSIST read_only = OFF");
    }

    @Test
    void sendsToTheWriterOfAnAuroraCluster() {
        Finding finding = onto(SnapshotFixture.mysql("8.0.28")
                        .variable("aurora_version", "3.04.0")
                        .variable("innodb_read_only", "ON"))
                .findings()
                .get(0);

        assertThat(finding.message()).contains("innodb_read_only is ON");
        assertThat(finding.remedies().get(0).text()).contains("writer endpoint");
    }

    @Test
    void blocksWhenItIsAReplica() {
        onto(SnapshotFixture.mysql("8.4.3").replicaOf("old.example"))
                .finds(BLOCKS_MIGRATION, "the target is already a replica of old.example");
    }

    @Test
    void namesEverythingThatKeepsItFromBeingWritten() {
        assertThat(onto(SnapshotFixture.mysql("8.4.3")
                                .variable("read_only", "ON")
                                .variable("innodb_read_only", "ON")
                                .replicaOf("old.example"))
                        .findings())
                .extracting(finding -> finding.object().name())
                .containsExactlyInAnyOrder(null, "read_only", "innodb_read_only");
    }

    @Test
    void theChannelsOfItsOwnGroupAreNotSomebodyElses() {
        Snapshot target = SnapshotFixture.mysql("8.4.3").build();
        check.with(Plan.defaults().withTarget(with(target, "group_replication_recovery")))
                .on(target)
                .passes();
        check.with(Plan.defaults().withTarget(with(target, "from_a", "group_replication_applier", "from_b")))
                .on(target)
                .finds(BLOCKS_MIGRATION, "a replica of old.example (channel from_a), old.example (channel from_b)");
    }

    @ParameterizedTest
    @CsvSource({"8.0.21, STOP SLAVE, RESET SLAVE ALL", "8.0.22, STOP REPLICA, RESET REPLICA ALL"})
    void takesTheReplicationAwayInTheWordsOfTheRelease(String version, String first, String second) {
        assertThat(onto(SnapshotFixture.mysql(version).replicaOf("old.example")).remedySql())
                .containsExactly(first, second);
    }

    @Test
    void isUnknownWhereOnlyTheReplicaStatusCannotBeSeen() {
        SnapshotFixture target =
                SnapshotFixture.mysql("8.4.3").unavailable(Facts.REPLICA_STATUS, Fact.Cause.PRIVILEGE, "Access denied");

        onto(target).isUnknown("whether the target is a replica could not be seen: Access denied");
        onto(target.variable("read_only", "ON")).finds(BLOCKS_MIGRATION, "read_only is ON");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        onto(SnapshotFixture.mysql("8.4.3").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("of the target: too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemediesMendARealTarget(Release release) {
        try (TestServer server = TestServer.of(release)
                .with("master_info_repository", "TABLE")
                .with("relay_log_info_repository", "TABLE")
                .borrow()) {
            CheckTester source = check.on(SnapshotFixture.mysql("5.7.22"));
            server.createAccount("plain", "secret");
            server.createAccount("seeing", "secret", "REPLICATION CLIENT");
            source.onto(server.uri("seeing", "secret")).passes();
            assertThat(source.onto(server.uri("plain", "secret")).outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Unknown.class,
                            unknown ->
                                    assertThat(unknown.remedies().get(0).text()).contains("REPLICATION CLIENT"));

            server.execute(
                    "CHANGE MASTER TO MASTER_HOST = 'old.example'",
                    "CHANGE MASTER TO MASTER_HOST = 'older.example' FOR CHANNEL 'second'",
                    "SET GLOBAL super_read_only = ON");
            CheckTester judged = source.onto(server.uri("seeing", "secret"));

            assertThat(judged.findings())
                    .extracting(Finding::object)
                    .extracting(ObjectRef::name)
                    .containsExactly(null, "super_read_only");
            assertThat(judged.findings().get(0).message()).contains("old.example, older.example (channel second)");
            server.execute(judged.remedySql());
            source.onto(server.uri("seeing", "secret")).passes();
        }
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void theRemediesMendARealMariaDb() {
        try (TestServer server = TestServer.of(Release.MARIADB_10_11).borrow()) {
            server.execute(
                    "CHANGE MASTER TO MASTER_HOST = 'old.example'",
                    "CHANGE MASTER 'it''s' TO MASTER_HOST = 'older.example'",
                    "SET GLOBAL read_only = ON");
            CheckTester judged = check.on(SnapshotFixture.mysql("5.7.22")).onto(server.uri("root", ""));

            judged.finds(2, BLOCKS_MIGRATION, "already a replica of");
            server.execute(judged.remedySql());
            judged.onto(server.uri("root", "")).passes();
        }
    }

    private static Snapshot with(Snapshot target, String... channels) {
        List<ReplicaStatus.Channel> list = new ArrayList<>();
        for (String channel : channels) {
            list.add(new ReplicaStatus.Channel(channel, "old.example", "Yes", "Yes", "0"));
        }
        return target.toBuilder()
                .put(Facts.REPLICA_STATUS, new ReplicaStatus(list))
                .build();
    }

    private CheckTester onto(SnapshotFixture target) {
        return check.with(Plan.defaults().withTarget(target.build())).on(SnapshotFixture.mysql("8.0.15"));
    }
}
