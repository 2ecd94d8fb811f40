/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnSourceHostLengthTest {
    private static final String LONG =
            "orders-production-replica-with-a-long-name.c1a2b3c4d5e6.eu-west-1.rds.amazonaws.com";

    private final CheckTester check = CheckTester.of(new ConnSourceHostLength());

    private static SnapshotFixture source(int length) {
        return SnapshotFixture.mysql("8.0.15").host("h".repeat(length));
    }

    @Test
    void blocksANameThatAnOldTargetCutsOff() {
        check.with(Plans.toVersion(8, 0, 16))
                .on(source(61))
                .finds(
                        BLOCKS_REPLICATION,
                        "the source's name has 61 characters, and a channel of the target 8.0.16 silently cuts it off"
                                + " after 60: hhh");
        check.with(Plans.onto(SnapshotFixture.mysql("8.0.15"))).on(source(61)).finds(BLOCKS_REPLICATION, "after 60");
        check.with(Plans.onto(SnapshotFixture.mysql("5.7.44"))).on(source(61)).finds(BLOCKS_REPLICATION, "after 60");
    }

    @Test
    void passesAtTheLimit() {
        check.with(Plans.toVersion(8, 0, 16)).on(source(60)).passes();
        check.with(Plans.toVersion(8, 0, 17)).on(source(255)).passes();
        check.with(Plans.toVersion(8, 0, 0)).on(source(61)).passes();
        check.on(source(255)).passes();
    }

    @Test
    void blocksANameThatNoTargetTakes() {
        check.on(source(256)).finds(BLOCKS_REPLICATION, "cuts it off after 255");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump()).on(source(300)).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheVersions() {
        check.on(source(61).unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
        check.with(Plans.onto(SnapshotFixture.mysql("8.0.15").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow")))
                .on(source(61))
                .isUnknown("of the target: slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void foretellsWhatARealChannelKeeps(Release release) {
        try (TestServer target =
                TestServer.of(release).with("master_info_repository", "TABLE").borrow()) {
            target.execute("CHANGE MASTER TO MASTER_HOST = '" + LONG + "'");
            assertThat(target.query("SELECT Host FROM mysql.slave_master_info"))
                    .containsExactly(List.of(LONG.substring(0, 60)));
            check.on(SnapshotFixture.mysql("5.7.22").host(LONG))
                    .onto(target.uri("root", ""))
                    .finds(BLOCKS_REPLICATION, "cuts it off after 60");
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void a97KeepsTheWholeName() {
        try (TestServer target = TestServer.of(Release.MYSQL_9_7).borrow()) {
            target.execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST = '" + LONG + "'");
            assertThat(target.query("SELECT Host FROM mysql.slave_master_info")).containsExactly(List.of(LONG));
            check.on(SnapshotFixture.mysql("9.7.4").host(LONG))
                    .onto(target.uri("root", ""))
                    .passes();
        }
    }
}
