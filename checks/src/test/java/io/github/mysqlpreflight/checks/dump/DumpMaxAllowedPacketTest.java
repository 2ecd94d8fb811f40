/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DumpMaxAllowedPacketTest {
    private static final int MIB = 1 << 20;

    private final CheckTester check = CheckTester.of(new DumpMaxAllowedPacket());

    private static SnapshotFixture server(long packet, long replicaPacket) {
        return SnapshotFixture.mysql("8.0.36")
                .variable("max_allowed_packet", Long.toString(packet))
                .variable("replica_max_allowed_packet", Long.toString(replicaPacket));
    }

    private CheckTester judge(SnapshotFixture source, SnapshotFixture target) {
        return check.with(Plans.onto(target)).on(source);
    }

    @Test
    void warnsOfATargetThatTakesLess() {
        judge(server(64 * MIB, MIB), server(64 * MIB - 1, 64 * MIB))
                .finds(
                        WARNING,
                        "max_allowed_packet of the target is 67108863 bytes, max_allowed_packet of the source 67108864");
        judge(server(64 * MIB, MIB), server(64 * MIB, 16 * MIB))
                .finds(WARNING, "replica_max_allowed_packet of the target is 16777216 bytes");
        judge(server(64 * MIB, MIB), server(MIB, MIB)).finds(2, WARNING, "ends the load");
    }

    @Test
    void knowsTheOlderNameForTheChannel() {
        judge(
                        server(64 * MIB, MIB),
                        SnapshotFixture.mysql("8.0.15")
                                .variable("max_allowed_packet", "67108864")
                                .variable("slave_max_allowed_packet", "1048576"))
                .finds(WARNING, "slave_max_allowed_packet of the target is 1048576 bytes");
    }

    @Test
    void passesFromTheSameSizeOn() {
        judge(server(4 * MIB, MIB), server(4 * MIB, 4 * MIB)).passes();
        judge(server(4 * MIB, MIB), server(1 << 30, 1 << 30)).passes();
        judge(SnapshotFixture.mysql("8.0.36"), SnapshotFixture.mysql("8.4.3")).passes();
    }

    @Test
    void aDumpNeedsNoChannel() {
        Plan dump = new Plan(
                null,
                server(64 * MIB, MIB).build(),
                Method.DUMP,
                List.of(),
                Plan.defaults().dumpTool(),
                null,
                false);
        check.with(dump).on(server(64 * MIB, MIB)).passes();
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(server(MIB, MIB)).doesNotApply("no target was given (--target-uri)");
    }

    @Test
    void isUnknownWithoutTheVariablesOfBoth() {
        judge(server(MIB, MIB).unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"), server(MIB, MIB))
                .isUnknown("slow");
        judge(server(MIB, MIB), server(MIB, MIB).unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("of the target: slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatALoadMeetsAndTheRemedyMendsIt(Release release) {
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        TestServer source = TestServer.of(Release.MYSQL_5_7).shared();
        try (TestServer target = TestServer.of(release)
                .with("max_allowed_packet", "1M")
                .with("slave_max_allowed_packet", "1M")
                .borrow()) {
            source.execute(
                    "CREATE DATABASE packets",
                    "CREATE TABLE packets.t (id INT PRIMARY KEY, v LONGTEXT)",
                    "INSERT INTO packets.t VALUES (1, REPEAT('x', 2000000))");
            DumpClient.Dump dump = client.dump(
                    source, "root", "", "--set-gtid-purged=OFF", "--no-tablespaces", "--databases", "packets");
            CheckTester judged = check.on(source.uri("root", ""));
            String uri = target.uri("root", "");

            assertThat(client.load(dump, target).errors()).contains("ERROR 1153");
            target.execute(judged.onto(uri)
                    .finds(2, WARNING, "max_allowed_packet of the target")
                    .remedySql());
            judged.onto(uri).passes();
            assertThat(client.load(dump, target).errors()).isEmpty();
        } finally {
            source.execute("DROP DATABASE packets");
        }
    }
}
