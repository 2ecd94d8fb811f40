/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotFileTest {
    @TempDir
    private Path directory;

    private static Snapshot snapshot() {
        return TestData.server("db.example", "version", "8.0.15", "odd", "\"\\\n\u00e9")
                .put(Facts.SCHEMAS, TestData.schemas("shop", "caf\u00e9 `x`"))
                .put(
                        Facts.REPLICA_STATUS,
                        new ReplicaStatus(List.of(new ReplicaStatus.Channel("", "up", "Yes", "No", null))))
                .put(Facts.BINARY_LOG_STATUS, new BinaryLogStatus(null))
                .put(
                        Facts.TABLES,
                        new Fact.Unavailable<>(Fact.Cause.PRIVILEGE, "denied", 1142, "42000", "GRANT SELECT"))
                .readMillis(12)
                .connections(1)
                .build();
    }

    private Path written(String name) throws IOException {
        Path file = directory.resolve(name);
        SnapshotFile.write(snapshot(), file);
        return file;
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Snapshot again = SnapshotFile.read(written("s.json"));
        for (FactKey<?> key : Facts.all()) {
            assertThat((Object) again.find(key)).isEqualTo(snapshot().find(key));
        }
        assertThat(again.takenAt()).isEqualTo(snapshot().takenAt());
        assertThat(again.readMillis()).isEqualTo(12);
        assertThat(again.connections()).isEqualTo(1);
    }

    @Test
    void compressedFileIsKnownByItsContent() throws IOException {
        Path packed = written("s.json.gz");
        Path renamed = Files.move(packed, directory.resolve("renamed.json"));
        assertThat(SnapshotFile.read(renamed).get(Facts.SCHEMAS))
                .isEqualTo(snapshot().get(Facts.SCHEMAS));
    }

    @Test
    void writesIntoAPipeInsteadOfReplacingIt() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        SnapshotFile.write(snapshot(), pipe);
        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(SnapshotFile.FORMAT);
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void writesTheFileThatASymbolicLinkLeadsTo() throws IOException {
        Path file = written("s.json");
        Files.writeString(file, "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.json"), file);
        SnapshotFile.write(snapshot(), link);
        assertThat(link).isSymbolicLink();
        assertThat(SnapshotFile.read(file).knows(Facts.VARIABLES)).isTrue();
    }

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = written("s.json");
        Files.writeString(file, "old");
        SnapshotFile.write(snapshot(), file);
        assertThat(SnapshotFile.read(file).knows(Facts.VARIABLES)).isTrue();
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void directoryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> SnapshotFile.write(snapshot(), directory.resolve("no/such/s.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s.json");
        assertThatThrownBy(() -> SnapshotFile.read(directory.resolve("absent.json")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{}",
                "null",
                "{\"facts\":{}}",
                "{\"format\":\"mysql-preflight-snapshot/1\"}",
                "{\"format\":\"mysql-preflight-snapshot/1\",\"tool\":\"1\",\"takenAt\":\"yesterday\",\"facts\":{}}",
                "{\"format\":\"mysql-preflight-snapshot/1\",\"tool\":\"1\",\"takenAt\":\"2026-11-22T10:00:00Z\",\"facts\":{}}",
                "{\"format\":\"mysql-preflight-snapshot/1\",\"tool\":\"1\",\"takenAt\":\"2026-11-22T10:00:00Z\",\"facts\":{\"schemas\":{\"value\":3}}}"
            })
    void whatIsNoSnapshotIsSaidToBeNone(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("s.json"), content);
        assertThatThrownBy(() -> SnapshotFile.read(file))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessageContaining("s.json");
    }

    @Test
    void newerFormatSaysWhatToDo() throws IOException {
        Path file = Files.writeString(directory.resolve("s.json"), "{\"format\":\"mysql-preflight-snapshot/2\"}");
        assertThatThrownBy(() -> SnapshotFile.read(file))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessageContaining("mysql-preflight-snapshot/2")
                .hasMessageContaining("newer");
    }

    @Test
    void truncatedFilesAreNoSnapshots() throws IOException {
        for (String name : List.of("s.json", "s.json.gz")) {
            Path file = written(name);
            byte[] whole = Files.readAllBytes(file);
            for (int length : new int[] {1, 2, 20, whole.length / 2, whole.length - 9}) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> SnapshotFile.read(file))
                        .as(name + " cut to " + length)
                        .isInstanceOf(SnapshotFormatException.class)
                        .hasMessageContaining(name);
            }
        }
    }

    @Test
    void unknownFieldsAndFactsOfANewerVersionAreSkipped() throws IOException {
        Path file = written("s.json");
        String text = Files.readString(file, StandardCharsets.UTF_8)
                .replace("\"facts\":{", "\"new\":{\"a\":[1,{}]},\"facts\":{\"newFact\":{\"value\":[[1]]},");
        Files.writeString(file, text);
        assertThat(SnapshotFile.read(file).get(Facts.SCHEMAS))
                .isEqualTo(snapshot().get(Facts.SCHEMAS));
    }
}
