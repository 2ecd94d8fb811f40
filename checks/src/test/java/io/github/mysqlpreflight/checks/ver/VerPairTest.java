/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerPairTest {
    private static final String WORDS = "Replication method is not supported between MySQL versions: source - ";

    private final CheckTester check = CheckTester.of(new VerPair());

    @ParameterizedTest
    @CsvSource({
        "5.7.0, 8.0", "5.7.44-log, 8.0.36", "8.0.15, 8.0", "8.0.15, 8.0.15", "8.0.15, 8.0.16", "8.0.15, 8.1",
                "8.0.42, 8.4",
        "8.0.42, 8.4.5", "8.3.0, 8.4.0", "8.4.0, 8.4", "8.4.5, 9.0", "8.4.5, 9.7.4", "9.0.1, 9.7", "9.7.4, 9.7.4",
        "9.7.4, 9.10", "9.7.4, 26.4", "26.4.1, 26.10", "8.0.28-aurora, 8.4"
    })
    void passesForStepsThatMySqlSupports(String source, String target) {
        on(source, target, null).passes();
    }

    @ParameterizedTest
    @CsvSource({"5.7.22, 8.1", "5.7.22, 8.3", "5.7.22, 8.4", "5.7.22, 8.4.5", "8.4.5, 10.0"})
    void warnsOfStepsThatMySqlDoesNotSupport(String source, String target) {
        on(source, target, null)
                .finds(WARNING, "replication from " + source + " onto " + target + " is not supported officially");
    }

    @ParameterizedTest
    @CsvSource({"5.7.22, 9.0", "5.7.22, 9.7", "8.0.42, 9.0", "8.0.42, 9.7.4", "8.3.0, 9.1", "8.0.42, 26.4"})
    void blocksReplicationOverTooFarASeries(String source, String target) {
        on(source, target, null)
                .finds(BLOCKS_REPLICATION, WORDS + source + ",target - " + target + ": MySQL replicates onto");
    }

    @ParameterizedTest
    @CsvSource({"5.7.22, 5.7", "5.7.22, 5.7.44"})
    void blocksReplicationOntoASeriesTooOld(String source, String target) {
        on(source, target, null)
                .finds(BLOCKS_REPLICATION, WORDS + source + ",target - " + target + ": MySQL 5.7 is older than 8.0");
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.22, 5.6",
        "8.0.15, 5.7",
        "8.4.0, 8.0.42",
        "8.4.0, 8.3",
        "9.0.0, 8.4",
        "9.7.4, 9.6",
        "9.10.0, 9.7",
        "26.4.0, 9.7"
    })
    void blocksReplicationOfADowngradeAndWarnsOfItsDump(String source, String target) {
        List<Finding> findings = on(source, target, null).findings();

        assertThat(findings).extracting(Finding::effect).containsExactly(BLOCKS_REPLICATION, WARNING);
        assertThat(findings.get(0).message()).startsWith(WORDS + source + ",target - " + target + ": a downgrade");
        assertThat(findings.get(1).message()).startsWith("a dump of " + source + " may not load into " + target);
    }

    @Test
    void namesWhatTheOlderSeriesDoesNotKnow() {
        assertThat(on("9.7.4", "5.7", Method.DUMP).findings().get(0).message())
                .contains("utf8mb4_0900 collations", "VECTOR columns")
                .doesNotContain("JSON columns");
        assertThat(on("8.4.0", "8.0", Method.DUMP).findings().get(0).message()).endsWith("is refused there");
    }

    @Test
    void warnsOfAnOlderReleaseOfTheSameSeries() {
        on("8.0.36", "8.0.35", null).finds(WARNING, "the target 8.0.35 is an older release than the source 8.0.36");
        on("8.0.36", "8.0", null).passes();
    }

    @Test
    void knowsThePatchLevelOfARealTargetEvenWhereItIsNought() {
        Plan plan = Plan.defaults().withTarget(SnapshotFixture.mysql("8.4.0").build());

        check.with(plan).on(SnapshotFixture.mysql("8.4.5")).finds(WARNING, "the target 8.4.0 is an older release");
    }

    @Test
    void believesTheTargetMoreThanTheVersionAskedFor() {
        Plan plan = plan("8.4", null).withTarget(SnapshotFixture.mysql("5.7.44").build());

        check.with(plan)
                .on(SnapshotFixture.mysql("5.7.22"))
                .finds(BLOCKS_REPLICATION, ",target - 5.7.44: MySQL 5.7 is older");
    }

    @Test
    void withoutAWishTheTargetIs84OrTheSourcesNewerSeries() {
        check.on(SnapshotFixture.mysql("5.7.22")).finds(WARNING, "onto 8.4 is not supported officially");
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
        check.on(SnapshotFixture.mysql("9.7.4")).passes();
    }

    @Test
    void saysOnlyWhatTheMethodAskedForIsConcernedWith() {
        on("8.4.0", "8.0", Method.REPLICATION).finds(BLOCKS_REPLICATION, "a downgrade");
        on("8.4.0", "8.0", Method.DUMP).finds(WARNING, "a dump of 8.4.0");
        on("8.0.42", "9.7", Method.DUMP).passes();
        on("5.7.22", "8.4", Method.DUMP).passes();
    }

    @Test
    void leavesToOthersWhatTheyJudge() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).doesNotApply("ver.flavor judges it");
        on("5.6.51", "8.4", null).doesNotApply("ver.supported judges it");
        check.with(Plan.defaults()
                        .withTarget(SnapshotFixture.mariaDb("10.11.18-MariaDB").build()))
                .on(SnapshotFixture.mysql("8.0.15"))
                .doesNotApply("MariaDB has versions of its own");
    }

    @Test
    void isUnknownWithoutTheVariablesOfEitherSide() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("of the source: too slow");
        check.with(Plan.defaults()
                        .withTarget(SnapshotFixture.mysql("8.4.3")
                                .unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow")
                                .build()))
                .on(SnapshotFixture.mysql("8.0.15"))
                .isUnknown("of the target: too slow");
    }

    @Test
    void realServersUpAndDown() {
        String older = SharedServers.get(Release.MYSQL_5_7).uri("root", "");
        String newer = SharedServers.get(Release.MYSQL_8_0).uri("root", "");

        check.onto(newer).on(older).passes();
        check.onto(newer).on(newer).passes();
        assertThat(check.onto(older).on(newer).findings())
                .first()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("source - 8.0.15,target - 5.7.22")
                        .contains(": a downgrade"));
        check.onto(older).on(older).finds(BLOCKS_REPLICATION, "MySQL 5.7 is older than 8.0");
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void aReal97OntoItselfAndFrom80() {
        String newest = SharedServers.get(Release.MYSQL_9_7).uri("root", "");

        check.onto(newest).on(newest).passes();
        check.on(newest).passes();
        check.onto(newest)
                .on(SharedServers.get(Release.MYSQL_8_0).uri("root", ""))
                .finds(BLOCKS_REPLICATION, "only from 8.4 on");
    }

    private CheckTester on(String source, String target, @Nullable Method method) {
        return check.with(plan(target, method)).on(SnapshotFixture.mysql(source));
    }

    private static Plan plan(String target, @Nullable Method method) {
        return new Plan(ServerVersion.parse(target), null, method, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }
}
