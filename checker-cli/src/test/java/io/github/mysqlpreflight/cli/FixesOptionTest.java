/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FixesOptionTest {
    private static final String MESSAGE = "Migration pre-checks failed: ";

    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void name() {
        script = folder.resolve("fixes.sql");
    }

    private Path snapshot(SnapshotFixture fixture) throws IOException {
        Path file = folder.resolve("db.json");
        SnapshotFile.write(fixture.build(), file);
        return file;
    }

    private static SnapshotFixture messy() {
        return SnapshotFixture.mysql("8.0.15")
                .variable("binlog_format", "STATEMENT")
                .table("shop", FixCases.HOSTILE, "MyISAM");
    }

    private Cli.Result check(Path snapshot, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("check", "--snapshot", snapshot.toString(), "--include", "binlog.format,obj.engine,tgt"));
        arguments.addAll(List.of("--fixes", script.toString()));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(new String[0]));
    }

    @Test
    void theTextSaysWhatWasWrittenBeforeItsMessage() throws IOException {
        Cli.Result result = check(snapshot(messy()));
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("\n  " + script + ": 2 statements for the source\n\n" + MESSAGE)
                .endsWith("\n");
        assertThat(Files.readString(script))
                .startsWith("-- Fixes for the source db.example:3306 (MySQL 8.0.15), by MySQL Preflight ")
                .contains("< " + script + "\n");
    }

    @Test
    void nothingToFixIsSaidInBoth() throws IOException {
        Cli.Result result = check(snapshot(SnapshotFixture.mysql("8.0.15")));
        assertThat(result.out()).contains("\n  " + script + ": nothing to fix\n\nNo method is recommended");
        assertThat(Files.readString(script)).contains(": nothing to fix. Nothing has been run.\n");
        assertThat(SqlScript.statements(Files.readString(script))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "html"})
    void otherFormatsStayTheOneDocumentThatTheyAre(String format) throws IOException {
        Path file = snapshot(messy());
        Cli.Result with = check(file, "--format", format);
        Cli.Result without = Cli.run(
                "check",
                "--snapshot",
                file.toString(),
                "--include",
                "binlog.format,obj.engine,tgt",
                "--format",
                format);
        assertThat(withoutTimes(with.out())).isEqualTo(withoutTimes(without.out()));
        assertThat(with.err()).isEmpty();
        assertThat(SqlScript.statements(Files.readString(script))).hasSize(6);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(script, file);
        }
    }

    private static String withoutTimes(String document) {
        return document.replaceAll("\"durationMs\" : \\d+", "").replaceAll("\\d+ ms", "");
    }

    @Test
    void theDocumentHasTheStatementsOfTheFileInItsOrder() throws IOException {
        Path target = folder.resolve("target.json");
        SnapshotFile.write(
                SnapshotFixture.mysql("8.0.36").variable("read_only", "ON").build(), target);
        Cli.Result result = check(snapshot(messy()), "--format", "json", "--target-snapshot", target.toString());
        List<String> source = new ArrayList<>();
        List<String> ofTarget = new ArrayList<>();
        Map<String, @Nullable Object> document = Documents.read(result.out());
        for (Object fix : (List<?>) document.get("fixes")) {
            Map<?, ?> step = (Map<?, ?>) fix;
            for (Object statement : (List<?>) step.get("statements")) {
                (step.get("side").equals("source") ? source : ofTarget)
                        .add(String.valueOf(((Map<?, ?>) statement).get("sql")));
            }
        }
        String text = Files.readString(script);
        assertThat(source).hasSize(2);
        assertThat(SqlScript.statements(text)).endsWith(source.toArray(new String[0]));
        assertThat(ofTarget)
                .containsExactly(
                        "SET PERSIST read_only = OFF",
                        "GRANT CREATE, ALTER, INDEX, INSERT, DROP ON `shop`.* TO 'mig'@'%'",
                        "GRANT REPLICATION_SLAVE_ADMIN, SYSTEM_VARIABLES_ADMIN ON *.* TO 'mig'@'%'");
        assertThat(SqlScript.statements(SqlScript.marked(text, "-- target|")))
                .endsWith(ofTarget.toArray(new String[0]));
        assertThat(text).contains("-- ======== The target, db.example:3306 (MySQL 8.0.36) ========\n");
    }

    @Test
    void aSourceThatCannotBeReachedLeavesAFileThatSaysSo() throws IOException {
        Cli.Result result = Cli.run("check", "mysql://mig:S3cretMark@127.0.0.1:1/", "--fixes", script.toString());
        assertThat(result.code()).isEqualTo(4);
        String text = Files.readString(script);
        assertThat(text).contains("Connection refused").doesNotContain("S3cretMark");
        assertThat(SqlScript.statements(text)).isEmpty();
    }

    static List<List<String>> wrongUses() {
        return List.of(
                List.of("--fixes", "-"),
                List.of("--fixes", ""),
                List.of("--fixes", "/nowhere/x.sql"),
                List.of("--fixes", "/"),
                List.of("--fixes", "{folder}/db.json"),
                List.of("--fixes", "{folder}/./other/../db.json"),
                List.of("--fixes", "{folder}/link.json"),
                List.of("--fixes", "{folder}/a.sql", "--output", "{folder}/./a.sql"),
                List.of("--fixes", "{folder}/a.sql", "--fixes", "{folder}/b.sql"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void aFileThatCannotBeOneIsRefusedBeforeAnythingIsRead(List<String> arguments) throws IOException {
        Path file = snapshot(messy());
        String before = Files.readString(file);
        Files.createDirectory(folder.resolve("other"));
        Files.createSymbolicLink(folder.resolve("link.json"), file);
        List<String> all = new ArrayList<>(List.of("check", "--snapshot", file.toString()));
        for (String argument : arguments) {
            all.add(argument.replace("{folder}", folder.toString()));
        }
        Cli.Result result = Cli.run(all.toArray(new String[0]));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("mysql-preflight: ");
        assertThat(result.err().lines().count()).isBetween(1L, 2L);
        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(folder.resolve("a.sql")).doesNotExist();
        if (!all.contains("--output")) {
            all.addAll(List.of("--format", "json"));
            assertThat(Cli.run(all.toArray(new String[0])).field("success")).isEqualTo("false");
        }
    }

    @Test
    void anOlderFileIsReplacedAndAPipeIsWrittenInto() throws IOException {
        Files.writeString(script, "DROP DATABASE shop;");
        check(snapshot(messy()));
        assertThat(Files.readString(script)).startsWith("-- Fixes for ");
        assertThat(Cli.run("check", "--snapshot", folder + "/db.json", "--fixes", "/dev/null")
                        .code())
                .isZero();
    }

    @Test
    void helpAndCompletionKnowTheOption() {
        assertThat(Cli.run("check", "--help").out()).contains("--fixes=FILE");
        assertThat(Cli.run("completion").out()).contains("'--fixes'");
        assertThat(Set.of(Cli.run("snapshot", "x", "--fixes", "y").code())).containsExactly(2);
    }
}
