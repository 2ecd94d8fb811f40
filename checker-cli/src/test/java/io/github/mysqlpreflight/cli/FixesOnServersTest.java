/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SqlScript;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code --fixes} writes mends real servers: problem, remedy, problem gone. */
@Tag("slow")
@NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0})
final class FixesOnServersTest {
    @TempDir
    private Path folder;

    static List<FixCase> cases() {
        return FixCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFixesMendIt(FixCase fixCase) throws IOException {
        try (FixTrial trial = new FixTrial(fixCase, folder)) {
            trial.run();
        }
    }

    /** As the head of the file says, by the client itself. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theClientOfMysqlTakesTheFile(Release release) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mysql")), "there is no mysql client here");
        for (FixCase fixCase : cases()) {
            if (fixCase.release == release
                    && (fixCase.name.equals("all at once") || fixCase.name.startsWith("names that"))) {
                try (FixTrial trial = new FixTrial(fixCase, folder)) {
                    FixTrial.Assessed before = trial.check("before.sql");
                    run(before);
                    trial.applyToTarget(before);
                    trial.assertMended(before);
                }
            }
        }
    }

    private void run(FixTrial.Assessed assessed) throws IOException, InterruptedException {
        String command = assessed.script()
                .lines()
                .filter(line -> line.startsWith("--     mysql "))
                .findFirst()
                .orElseThrow()
                .substring("--     ".length());
        // The password of root is empty, and nobody is there to type that.
        String line = command.replace("-u ADMIN -p", "-u root").replaceFirst("mysql ", "/usr/bin/mysql --no-defaults ");
        Path log = folder.resolve("mysql.log");
        Process process = new ProcessBuilder("sh", "-c", line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    @Test
    void theFileDoesNothingToAnotherServer() throws IOException {
        FixCase fixCase = FixCase.on(Release.MYSQL_8_0, "a mess").with("binlog_format", "STATEMENT");
        try (FixTrial trial = new FixTrial(fixCase, folder);
                TestServer other = TestServer.of(Release.MYSQL_8_0)
                        .with("binlog_format", "STATEMENT")
                        .borrow()) {
            String[] statements =
                    SqlScript.statements(trial.check("fixes.sql").script()).toArray(new String[0]);
            assertThatThrownBy(() -> other.execute(statements))
                    .hasMessageContaining("=not the server that was checked");
            assertThat(other.variable("binlog_format")).isEqualTo("STATEMENT");
            trial.source().execute(statements);
            assertThat(trial.source().variable("binlog_format")).isEqualTo("ROW");
        }
    }
}
