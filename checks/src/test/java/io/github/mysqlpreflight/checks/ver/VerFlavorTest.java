/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("docker")
class VerFlavorTest {
    private final CheckTester check = CheckTester.of(new VerFlavor());

    @ParameterizedTest
    @ValueSource(strings = {"5.6.14", "5.7.44-log", "8.0.36-28", "8.0.31-google", "8.0.35-azure", "9.7.0"})
    void passesForWhateverIsMySql(String version) {
        check.on(SnapshotFixture.mysql(version)).passes();
    }

    @Test
    void passesForAurora() {
        check.on(SnapshotFixture.mysql("8.0.28").variable("aurora_version", "3.04.0"))
                .passes();
    }

    @Test
    void blocksReplicationFromMariaDbAndWarnsOfItsDump() {
        List<Finding> findings =
                check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).findings();

        assertThat(findings).extracting(Finding::effect).containsExactly(BLOCKS_REPLICATION, WARNING);
        assertThat(findings.get(0).message())
                .startsWith(
                        "Replication method is not supported between MySQL versions: source - 10.11.18-MariaDB,target -"
                                + " 8.4: the source is MariaDB, not MySQL");
        assertThat(findings.get(1).message()).contains("sequences, system-versioned tables", "uca1400");
    }

    @ParameterizedTest
    @CsvSource({"8.0.11-TiDB-v7.5.1, TiDB", "8.0.30-Vitess, Vitess or PlanetScale"})
    void blocksReplicationFromOtherLookAlikes(String version, String title) {
        assertThat(check.on(SnapshotFixture.mysql(version)).findings())
                .anySatisfy(finding -> {
                    assertThat(finding.effect()).isEqualTo(BLOCKS_REPLICATION);
                    assertThat(finding.message())
                            .contains("source - " + version + ",target - 8.4: the source is " + title);
                })
                .anySatisfy(finding -> assertThat(finding.effect()).isEqualTo(WARNING));
    }

    @Test
    void recognisesMariaDbWhoseVersionIsDisguised() {
        check.with(asking(Method.REPLICATION))
                .on(SnapshotFixture.mariaDb("8.0.0-custom").variable("version_comment", "Source distribution"))
                .finds(BLOCKS_REPLICATION, "the source is MariaDB");
    }

    @Test
    void saysOnlyWhatTheMethodAskedForIsConcernedWith() {
        check.with(asking(Method.DUMP))
                .on(SnapshotFixture.mariaDb("10.11.18-MariaDB"))
                .finds(WARNING, "a dump of MariaDB");
        check.with(asking(Method.REPLICATION))
                .on(SnapshotFixture.mariaDb("10.11.18-MariaDB"))
                .finds(BLOCKS_REPLICATION, "not MySQL");
    }

    @Test
    void blocksReplicationOntoMariaDb() {
        Plan plan = Plan.defaults()
                .withTarget(SnapshotFixture.mariaDb("11.4.2-MariaDB").build());

        check.with(plan)
                .on(SnapshotFixture.mysql("8.0.15"))
                .finds(BLOCKS_REPLICATION, "source - 8.0.15,target - 11.4.2-MariaDB: the target is MariaDB, not MySQL");
        assertThat(check.with(plan)
                        .on(SnapshotFixture.mysql("8.0.15"))
                        .findings()
                        .get(0)
                        .object()
                        .side())
                .isEqualTo(Side.TARGET);
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
        check.with(Plan.defaults()
                        .withTarget(SnapshotFixture.mysql("8.4.3")
                                .unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow")
                                .build()))
                .on(SnapshotFixture.mysql("8.0.15"))
                .isUnknown("of the target: too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealMySqlPasses(Release release) {
        check.on(SharedServers.get(release).uri("root", "")).passes();
    }

    @Test
    @NeedsServer(Release.MYSQL_5_6)
    void aRealMySql56Passes() {
        check.on(SharedServers.get(Release.MYSQL_5_6).uri("root", "")).passes();
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void aRealMySql97Passes() {
        check.on(SharedServers.get(Release.MYSQL_9_7).uri("root", "")).passes();
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void aRealMariaDbIsRecognisedOnEitherSide() {
        String mariaDb = SharedServers.get(Release.MARIADB_10_11).uri("root", "");
        String mySql = SharedServers.get(Release.MYSQL_8_0).uri("root", "");

        assertThat(check.on(mariaDb).findings())
                .extracting(Finding::effect)
                .containsExactly(BLOCKS_REPLICATION, WARNING);
        check.onto(mariaDb).on(mySql).finds(BLOCKS_REPLICATION, "the target is MariaDB, not MySQL");
    }

    static Plan asking(@Nullable Method method) {
        return new Plan(null, null, method, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }
}
