/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogServerIdDistinctTest {
    private static final String SOURCE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String TARGET = "aa11fa47-71ca-11e1-9e33-c80aa9429562";

    private final CheckTester check = CheckTester.of(new BinlogServerIdDistinct());

    private static SnapshotFixture source(String serverId) {
        return SnapshotFixture.mysql("8.0.15").variable("server_id", serverId).variable("server_uuid", SOURCE);
    }

    private static SnapshotFixture target(String serverId, String uuid) {
        return SnapshotFixture.mysql("8.4.3").variable("server_id", serverId).variable("server_uuid", uuid);
    }

    @Test
    void passesWhenBothDiffer() {
        check.with(Plans.onto(target("901", TARGET))).on(source("900")).passes();
    }

    @Test
    void blocksReplicationWithTheSameServerId() {
        var findings = check.with(Plans.onto(target("900", TARGET)))
                .on(source("900"))
                .finds(
                        BLOCKS_REPLICATION,
                        "Replication method is not available due to server_id overlapping,source and target have the"
                                + " same value - 900")
                .findings();

        assertThat(findings.get(0).object().side()).isEqualTo(Side.TARGET);
        assertThat(findings.get(0).remedies().get(0).text()).startsWith("On the target.");
    }

    @Test
    void blocksReplicationWithTheSameUuidInAnyCase() {
        check.with(Plans.onto(target("901", SOURCE.toUpperCase(Locale.ROOT))))
                .on(source("900"))
                .finds(BLOCKS_REPLICATION, "source and target have the same server_uuid " + SOURCE);
    }

    @Test
    void findsBothAtOnce() {
        check.with(Plans.onto(target("900", SOURCE))).on(source("900")).finds(2, BLOCKS_REPLICATION, "server_id");
    }

    @Test
    void takesTwoZerosForNoNumberAtAll() {
        check.with(Plans.onto(target("0", TARGET))).on(source("0")).passes();
    }

    @Test
    void comparesAMariaDbWithoutUuid() {
        check.with(Plans.onto(target("1", TARGET)))
                .on(SnapshotFixture.mariaDb("10.11.18-MariaDB").variable("server_id", "1"))
                .finds(BLOCKS_REPLICATION, "the same value - 1");
    }

    @Test
    void changesTheSourceWhereAVendorRunsTheTarget() {
        var remedy = check.with(Plans.onto(target("900", TARGET).host("x.rds.amazonaws.com")))
                .on(source("900"))
                .findings()
                .get(0)
                .remedies()
                .get(0);

        assertThat(remedy.text()).startsWith("On the source");
        assertThat(remedy.side()).isEqualTo(Side.SOURCE);
        assertThat(remedy.sql().get(0).sql()).isEqualTo("SET PERSIST server_id = 1041365575");
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(source("900")).doesNotApply("no target was given");
    }

    @Test
    void doesNotApplyToADump() {
        Plan dump = Plans.dump().withTarget(target("900", SOURCE).build());
        check.with(dump).on(source("900")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheTargetsVariables() {
        check.with(Plans.onto(target("1", TARGET).unavailable(Facts.VARIABLES, Fact.Cause.ERROR, "gone")))
                .on(source("900"))
                .isUnknown("the global variables of the target: gone");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyTellsTwoRealServersApart(Release release) {
        TestServer.Builder builder = TestServer.of(release).with("server_id", "900");
        try (TestServer source = builder.borrow();
                TestServer target = builder.borrow()) {
            target.execute(judge(source, target)
                    .finds(BLOCKS_REPLICATION, "source and target have the same value - 900")
                    .remedySql());
            judge(source, target).passes();
            judge(source, source).finds(2, BLOCKS_REPLICATION, "server_id");
        }
    }

    private CheckTester judge(TestServer source, TestServer target) {
        Snapshot snapshot = CheckTester.read(target.uri("root", ""), List.of(Facts.VARIABLES));
        return check.with(Plans.onto(snapshot)).on(source.uri("root", ""));
    }
}
