/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
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
import org.junit.jupiter.params.provider.ValueSource;

class DumpToolVsVersionTest {
    private final CheckTester check = CheckTester.of(new DumpToolVsVersion());
    private final CheckTester shell = check.with(Plans.dumpedBy(DumpTool.MYSQL_SHELL));

    @Test
    void mentionsWhatAProgramOfAnotherTimeMeets() {
        check.on(SnapshotFixture.mysql("5.7.44"))
                .finds(NOTICE, "the source is MySQL 5.7.44: a mysqldump of 8.0 may ask");
        check.on(SnapshotFixture.mysql("8.4.0")).finds(NOTICE, "a mysqldump older than 8.4 asks for its position");
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")).finds(NOTICE, "the source is MariaDB 10.11.18-MariaDB");
        shell.on(SnapshotFixture.mysql("9.0.0")).finds(NOTICE, "a MySQL Shell of an older major version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0.0", "8.0.36", "8.3.0"})
    void hasNothingToSayOf80(String version) {
        check.on(SnapshotFixture.mysql(version)).passes();
        shell.on(SnapshotFixture.mysql(version)).passes();
    }

    @Test
    void hasNothingToSayOfMydumper() {
        CheckTester mydumper = check.with(Plans.dumpedBy(DumpTool.MYDUMPER));

        mydumper.on(SnapshotFixture.mysql("5.7.44")).passes();
        mydumper.on(SnapshotFixture.mysql("9.7.4")).passes();
    }

    @Test
    void blocksADumpThatCannotBeLoaded() {
        Plan onto56 = new Plan(
                null, SnapshotFixture.mysql("5.6.14").build(), null, List.of(), DumpTool.MYSQL_SHELL, null, false);
        check.with(onto56)
                .on(SnapshotFixture.mysql("8.0.36"))
                .finds(
                        BLOCKS_DUMP,
                        "the target is MySQL 5.6.14: MySQL Shell does not load into servers older than 5.7");
    }

    @Test
    void isUnknownWithoutTheVariablesOfBoth() {
        SnapshotFixture blind =
                SnapshotFixture.mysql("8.0.36").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow");

        check.on(blind).isUnknown("slow");
        check.with(Plans.onto(blind)).on(SnapshotFixture.mysql("8.0.36")).isUnknown("of the target: slow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rule | source | mysqldump | mysql | - | 8.0 | NOTICE | what",
                "rule | middle | mysqldump | mysql | - | 8.0 | NOTICE | what | advice",
                "rule | source | mysqldump | oracle | - | 8.0 | NOTICE | what | advice",
                "rule | source | mysqldump | mysql | - | eight | NOTICE | what | advice",
                "rule | source | mysqldump | mysql | - | 8.0 | WARNING | what | advice"
            })
    void aLineThatIsNotUnderstoodIsNamed(String line) {
        assertThatThrownBy(() -> DumpTools.of(DataFile.parse("a file", "\n" + line)))
                .hasMessageContaining("a file, line 2");
    }

    @Test
    void realServersAnswerAsItSays() {
        TestServer old = TestServer.of(Release.MYSQL_5_7).shared();
        check.on(old.uri("root", "")).finds(NOTICE, "error 1109");
        assertThatThrownBy(() -> old.query("SELECT * FROM information_schema.COLUMN_STATISTICS"))
                .hasMessageContaining("COLUMN_STATISTICS");
        check.on(TestServer.of(Release.MYSQL_8_0).shared().uri("root", "")).passes();
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void a97AnswersAsItSays() {
        TestServer server = TestServer.of(Release.MYSQL_9_7).shared();
        check.on(server.uri("root", "")).finds(NOTICE, "error 1064");
        assertThatThrownBy(() -> server.query("SHOW MASTER STATUS")).hasMessageContaining("syntax");
    }
}
