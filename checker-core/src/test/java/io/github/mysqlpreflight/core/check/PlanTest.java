/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanTest {
    private static Snapshot source(String version) {
        return TestData.server("db", "version", version).build();
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.44, 8.4",
        "8.0.36, 8.4",
        "8.4.3, 8.4",
        "9.0.1, 9.0",
        "9.7.4, 9.7",
        "26.1.0, 26.1",
        "10.11.6-MariaDB, 8.4"
    })
    void targetIsTheLongTermSeriesOrThatOfTheSource(String version, String target) {
        assertThat(Plan.defaults().targetVersionText(source(version))).isEqualTo(target);
    }

    @Test
    void versionAskedForHolds() {
        Plan plan = new Plan(
                new ServerVersion(8, 0, 36), null, null, List.of("a", "a"), Plan.DumpTool.MYDUMPER, null, false);
        assertThat(plan.targetVersionFor(source("9.0.1"))).isEqualTo(new ServerVersion(8, 0, 36));
        assertThat(plan.targetVersionText(source("9.0.1"))).isEqualTo("8.0.36");
        assertThat(plan.ignoredDatabases()).containsExactly("a");
    }

    @Test
    void targetsOwnVersionComesFirstWhereItIsKnown() {
        Plan asked = new Plan(new ServerVersion(8, 0, 0), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
        assertThat(asked.withTarget(source("8.4.3-azure")).targetVersionText(source("5.7.44")))
                .isEqualTo("8.4.3-azure");
        ConnectionFacts.Failure failure = new ConnectionFacts.Failure(ConnectionProblem.REFUSED, "m", "a", 0, null);
        Snapshot unreachable = Snapshot.builder(Instant.EPOCH, "1.0")
                .put(Facts.CONNECTION, TestData.connection("target", failure))
                .build();
        assertThat(asked.withTarget(unreachable).targetVersionText(source("5.7.44")))
                .isEqualTo("8.0");
        assertThat(Plan.defaults().targetVersionText(unreachable)).isEqualTo("8.4");
    }

    @Test
    void considersWhatWasAskedForOrAll() {
        Plan dump = new Plan(null, null, Method.DUMP, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
        assertThat(dump.considers(Method.DUMP)).isTrue();
        assertThat(dump.considers(Method.REPLICATION)).isFalse();
        assertThat(Plan.defaults().considers(Method.REPLICATION)).isTrue();
    }

    @Test
    void aDumpTakesFiftyMegabytesASecondUnlessToldOtherwise() {
        assertThat(Plan.defaults().dumpThroughput()).isEqualTo(50L << 20);
        Plan other = Plan.defaults().withDumpThroughput(7);
        assertThat(other.withTarget(
                                TestData.server("target", "version", "8.4.3").build())
                        .dumpThroughput())
                .isEqualTo(7);
        assertThatThrownBy(() -> Plan.defaults().withDumpThroughput(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
