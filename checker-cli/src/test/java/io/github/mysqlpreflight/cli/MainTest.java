/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    @Test
    void withoutACommandUsageIsToldOnStandardErrorAndTheEndIsTwo() {
        Cli.Result result = Cli.run();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("Usage: mysql-preflight ")
                .contains("check")
                .contains("Exit codes:");
    }

    @Test
    void helpNamesEveryExitCode() {
        for (String help : new String[] {"--help", "-?", "help"}) {
            Cli.Result result = Cli.run(help);
            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("  0   success", "  1   ", "  2   ", "  3   ", "  4   ");
        }
    }

    @Test
    void theVersionIsThatOfTheJar() {
        Cli.Result result = Cli.run("--version");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("mysql-preflight " + Tool.version() + "\n");
    }

    @Test
    void anUnknownCommandIsToldWithTheNearest() {
        Cli.Result result = Cli.run("chek");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("mysql-preflight: there is no command chek (did you mean check?)\n");
        assertThat(Cli.run("mysql://mig:S3cret@host/").all()).doesNotContain("S3cret");
    }

    @Test
    void anUnknownOptionIsToldWithTheNearest() {
        assertThat(Cli.run("check", "--ignore-db", "x").err())
                .startsWith("mysql-preflight: there is no option --ignore-db (did you mean --ignore-dbs?)\n");
    }

    @Test
    void explainSaysWhatWhyAndFix() {
        Cli.Result result = Cli.run("explain", "GTID.mode");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("gtid.mode  gtid_mode is ON on both ends\n")
                .contains("  Why      ", "  Fix      ", "  Effect   ", "  Links    https://");
    }

    @Test
    void explainListsAGroup() {
        assertThat(Cli.run("explain", "gtid").out()).startsWith("GTID\n").contains("  gtid.mode  ");
    }

    @Test
    void explainOfAnUnknownCheckNamesTheNearest() {
        Cli.Result result = Cli.run("explain", "gtid.mod");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("did you mean gtid.mode?");
        assertThat(Cli.run("explain").code()).isEqualTo(2);
        assertThat(Cli.run("explain", "a", "b").code()).isEqualTo(2);
    }

    @Test
    void checksListsEveryCheckAsTextAndAsJson() {
        assertThat(Cli.run("checks").out()).contains("GTID\n").contains("gtid_mode is ON on both ends");
        Cli.Result json = Cli.run("checks", "--format", "json");
        assertThat(json.field("format")).isEqualTo("mysql-preflight-checks/1");
        assertThat(json.out()).contains("\"id\":\"gtid.mode\"");
    }

    @Test
    void completionIsAScriptThatTheShellReads(@TempDir Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("completion.bash"), Cli.run("completion").out());
        Process bash = new ProcessBuilder("bash", "-c", ". " + script + " && complete -p mysql-preflight")
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        assertThat(said).contains("mysql-preflight");
        assertThat(Files.readString(script)).contains("--require-preserve-commit-order", "--accept");
    }
}
