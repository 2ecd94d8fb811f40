/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.config.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreTest extends StoreContract {
    @TempDir
    static Path directory;

    private static Path store() {
        return directory.resolve("store");
    }

    @Override
    StoreSettings settings(@Nullable Password key) {
        return new StoreSettings(store(), null, null, null, null, key);
    }

    /** A second connection of this JVM joins the one that is open. */
    @Override
    Rows rows() {
        return new Rows("jdbc:h2:retry:" + store().resolve("tasks"), "preflight", "");
    }

    @Override
    List<byte[]> everythingStored() {
        List<byte[]> everything = new ArrayList<>(super.everythingStored());
        try (Stream<Path> files = Files.list(store())) {
            for (Path file : files.toList()) {
                everything.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return everything;
    }

    @Test
    void keyAndDirectoryAreTheOwnersAlone(@TempDir Path parent) throws IOException {
        Path fresh = parent.resolve("a").resolve("b");
        TaskEngine.start(Given.embedded(fresh), Given.limits(), new Script(), Given.quick())
                .close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.resolve("store.key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
    }

    @Test
    void directoryBelongsToOneServerAtATime(@TempDir Path mine) {
        try (TaskEngine first = TaskEngine.start(Given.embedded(mine), Given.limits(), new Script(), Given.quick())) {
            assertThat(first.counts().queued()).isZero();
            assertThatThrownBy(
                            () -> TaskEngine.start(Given.embedded(mine), Given.limits(), new Script(), Given.quick()))
                    .isInstanceOfSatisfying(ServerFailedException.class, failed -> {
                        assertThat(failed.message()).contains("is in use by another process");
                        assertThat(failed.advice()).isNotEmpty();
                    });
        }
        TaskEngine.start(Given.embedded(mine), Given.limits(), new Script(), Given.quick())
                .close();
    }

    @Test
    void interruptedClientDoesNotHarmTheOthers(@TempDir Path mine) throws Exception {
        try (TaskEngine engine = TaskEngine.start(Given.embedded(mine), Given.limits(), new Script(), Given.quick())) {
            for (int i = 0; i < 20; i++) {
                Thread client = new Thread(() -> {
                    Thread.currentThread().interrupt();
                    try {
                        engine.create(Given.request("p"));
                    } catch (QueueFullException | StoreUnavailableException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                client.start();
                client.join();
            }
            assertThat(Given.ended(engine, engine.create(Given.request("p"))).success())
                    .isTrue();
        }
    }
}
