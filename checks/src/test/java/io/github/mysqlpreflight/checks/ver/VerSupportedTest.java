/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerSupportedTest {
    private final CheckTester check = CheckTester.of(new VerSupported());

    @ParameterizedTest
    @ValueSource(strings = {"5.7.0-m1", "5.7.22", "5.10.1", "8.0.15", "8.4.0", "9.7.4", "10.0.0", "26.4.1"})
    void passesFrom57On(String version) {
        check.on(SnapshotFixture.mysql(version)).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0.96", "5.1.73-log", "5.5.62", "5.6.14", "5.6.51-log"})
    void blocksReplicationBefore57(String version) {
        String series = version.substring(0, 3);
        List<Finding> findings = check.on(SnapshotFixture.mysql(version)).findings();

        assertThat(findings).extracting(Finding::effect).containsExactly(BLOCKS_REPLICATION, WARNING);
        assertThat(findings.get(0).message())
                .startsWith("Replication method is not supported between MySQL versions: source - " + version
                        + ",target - 8.4: MySQL " + series + " is older than 5.7");
        assertThat(findings.get(1).message()).startsWith("a dump of MySQL " + series + " may not load into 8.4");
    }

    @Test
    void saysOnlyWhatTheMethodAskedForIsConcernedWith() {
        check.with(VerFlavorTest.asking(Method.DUMP))
                .on(SnapshotFixture.mysql("5.6.14"))
                .finds(WARNING, "a dump of");
        check.with(VerFlavorTest.asking(Method.REPLICATION))
                .on(SnapshotFixture.mysql("5.6.14"))
                .finds(BLOCKS_REPLICATION, "source - 5.6.14,target - 8.4");
    }

    @Test
    void doesNotApplyToMariaDb() {
        check.on(SnapshotFixture.mariaDb("5.5.68-MariaDB")).doesNotApply("ver.flavor judges it");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealServerOfTodayPasses(Release release) {
        check.on(SharedServers.get(release).uri("root", "")).passes();
    }

    @Test
    @NeedsServer(Release.MYSQL_5_6)
    void aReal56BlocksReplication() {
        assertThat(check.on(SharedServers.get(Release.MYSQL_5_6).uri("root", ""))
                        .findings())
                .first()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("source - 5.6.14", ",target - 8.4: MySQL 5.6 is"));
    }
}
