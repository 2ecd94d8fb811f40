/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Directories that are made once and kept across runs, in system property {@code preflight.testkit.cache} (default
 * {@code ~/.cache/mysql-preflight-testkit}). A directory that is there is complete. Safe for threads and processes.
 */
final class Cache {
    private static final Map<String, Object> MONITORS = new ConcurrentHashMap<>();

    private Cache() {}

    static Path root() {
        String configured = System.getProperty("preflight.testkit.cache", "");
        return configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "mysql-preflight-testkit")
                : Path.of(configured).toAbsolutePath();
    }

    /** The directory of this name, made by {@code maker} (which gets an empty one) if nobody has made it yet. */
    static Path directory(String name, Consumer<Path> maker) {
        Path directory = root().resolve(name);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        synchronized (MONITORS.computeIfAbsent(name, ignored -> new Object())) {
            try {
                Files.createDirectories(root());
                Path lockFile = root().resolve(name + ".lock");
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid() && !Files.isDirectory(directory)) {
                        Path unfinished = root().resolve(name + ".unfinished");
                        FileTrees.delete(unfinished);
                        Files.createDirectory(unfinished);
                        maker.accept(unfinished);
                        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("making " + directory, e);
            }
        }
        return directory;
    }
}
