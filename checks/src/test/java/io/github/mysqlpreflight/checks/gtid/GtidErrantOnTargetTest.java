/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidErrantOnTargetTest {
    private static final String SOURCE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String TARGET = "aa11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String THIRD = "ff11fa47-71ca-11e1-9e33-c80aa9429562";

    private final CheckTester check = CheckTester.of(new GtidErrantOnTarget());

    private CheckTester onto(String targetExecuted) {
        return check.with(Plans.onto(target(targetExecuted))).on(SnapshotFixture.mysql("8.0.15"));
    }

    private static SnapshotFixture target(String executed) {
        return SnapshotFixture.mysql("8.4.3").variable("server_uuid", TARGET).variable("gtid_executed", executed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                SOURCE + ":1-23",
                SOURCE + ":5",
                TARGET + ":1-900",
                "AA11FA47-71CA-11E1-9E33-C80AA9429562:1-900:backup:7",
                SOURCE + ":1-23,\n" + TARGET + ":1-3"
            })
    void passesWhereTheTargetHasNothingOfItsOwnButItsWrites(String executed) {
        onto(executed).passes();
    }

    @Test
    void blocksReplicationByATransactionOfAThirdServer() {
        onto(SOURCE + ":1-23," + THIRD + ":4")
                .finds(BLOCKS_REPLICATION, "the target has more GTIDs than the source: " + THIRD + ":4");
    }

    @Test
    void blocksReplicationByALaterTransactionOfTheSource() {
        onto(SOURCE + ":1-24")
                .finds(BLOCKS_REPLICATION, "the target has more GTIDs than the source: " + SOURCE + ":24");
    }

    @Test
    void doesNotExcuseWritesUnderACopiedUuid() {
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").variable("gtid_executed", SOURCE + ":1-24")))
                .on(SnapshotFixture.mysql("8.0.15"))
                .finds(BLOCKS_REPLICATION, SOURCE + ":24");
    }

    @Test
    void cutsAVeryLongSet() {
        StringBuilder executed = new StringBuilder(THIRD);
        for (int number = 1; number < 20_000; number += 2) {
            executed.append(':').append(number);
        }
        var finding = onto(executed.toString()).findings().get(0);

        assertThat(finding.message()).hasSizeLessThan(220).endsWith("...");
        assertThat(finding.object().side()).isEqualTo(Side.TARGET);
    }

    @Test
    void warnsOfWhatTheStatementDestroys() {
        var remedies = onto(THIRD + ":1").findings().get(0).remedies();

        assertThat(remedies.get(0).text()).contains("only if it holds no data");
        assertThat(remedies.get(0).sql().get(0).note()).contains("destroys");
        assertThat(remedies).hasSize(3);
    }

    @Test
    void givesNoStatementForAManagedTarget() {
        var remedies = check.with(Plans.onto(target(THIRD + ":1").host("x.rds.amazonaws.com")))
                .on(SnapshotFixture.mysql("8.0.15"))
                .findings()
                .get(0)
                .remedies();

        assertThat(remedies).allSatisfy(remedy -> assertThat(remedy.sql()).isEmpty());
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(SnapshotFixture.mysql("8.0.15")).doesNotApply("no target was given");
    }

    @Test
    void doesNotApplyToADump() {
        Plan dump = Plans.dump().withTarget(target(THIRD + ":1").build());
        check.with(dump).on(SnapshotFixture.mysql("8.0.15")).doesNotApply("a dump was asked for");
    }

    @Test
    void doesNotApplyWhereEitherSideIsMariaDb() {
        check.with(Plans.onto(target("")))
                .on(SnapshotFixture.mariaDb("10.11.18-MariaDB"))
                .doesNotApply("MariaDB has no gtid_executed");
        check.with(Plans.onto(SnapshotFixture.mariaDb("10.11.18-MariaDB")))
                .on(SnapshotFixture.mysql("8.0.15"))
                .doesNotApply("MariaDB has no gtid_executed");
    }

    @Test
    void isUnknownWithoutTheTargetsVariables() {
        check.with(Plans.onto(target("").unavailable(Facts.VARIABLES, Fact.Cause.NOT_CONNECTED, "no connection")))
                .on(SnapshotFixture.mysql("8.0.15"))
                .isUnknown("the global variables of the target: no connection");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealTarget(Release release) {
        TestServer.Builder builder =
                TestServer.of(release).with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
        try (TestServer target = builder.borrow()) {
            TestServer source = builder.shared();
            source.execute("CREATE DATABASE IF NOT EXISTS errant");
            target.execute("CREATE DATABASE shop");
            judge(source, target).passes();

            target.execute("SET GTID_NEXT = '" + THIRD + ":7'", "BEGIN", "COMMIT", "SET GTID_NEXT = 'AUTOMATIC'");
            target.execute(judge(source, target)
                    .finds(BLOCKS_REPLICATION, THIRD + ":7")
                    .remedySql());
            judge(source, target).passes();
        }
    }

    private CheckTester judge(TestServer source, TestServer target) {
        Snapshot snapshot = CheckTester.read(target.uri("root", ""), List.of(Facts.VARIABLES));
        return check.with(Plans.onto(snapshot)).on(source.uri("root", ""));
    }
}
