/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The directory of this JVM for everything that lives as long as its servers, below {@code preflight-testkit-USER} in
 * {@code /dev/shm} where memory is plentiful, else in {@code /tmp}; system property {@code preflight.testkit.run} names another folder. Short, because a socket's path may have 107 bytes only. The JVM holds a lock on it; a directory without one belonged
 * to a JVM that was killed, and the next JVM ends the servers that may be left in it and removes it.
 */
final class RunDirectory {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path DISK = Path.of("/tmp");
    /** Bytes: several times what the servers of two JVMs write. */
    private static final long PLENTY = 8L << 30;

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Set<RunningServer> RUNNING = ConcurrentHashMap.newKeySet();
    private static @Nullable RunDirectory instance;

    private final Path path;
    private final FileLock lock;

    private RunDirectory(Path path, FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A new empty directory for one server. */
    static Path newServerDirectory() {
        Path directory = mine().path.resolve(Integer.toString(NEXT.incrementAndGet()));
        try {
            return Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new name for a file that goes with this JVM. */
    static Path newFile(String name) {
        return mine().path.resolve(NEXT.incrementAndGet() + "-" + name);
    }

    /** The server will be stopped at the end of the JVM if nobody does it before. */
    static void register(RunningServer server) {
        mine();
        RUNNING.add(server);
    }

    static void unregister(RunningServer server) {
        RUNNING.remove(server);
    }

    private static synchronized RunDirectory mine() {
        RunDirectory mine = instance;
        if (mine == null) {
            mine = create();
            instance = mine;
            RunDirectory created = mine;
            Runtime.getRuntime().addShutdownHook(new Thread(created::end, "preflight-testkit-end"));
        }
        return mine;
    }

    private static RunDirectory create() {
        String configured = System.getProperty("preflight.testkit.run", "");
        if (!configured.isBlank()) {
            return createIn(Path.of(configured));
        }
        return createIn(
                (hasPlentyOfMemory() ? MEMORY : DISK).resolve("preflight-testkit-" + System.getProperty("user.name")));
    }

    /** What is written there takes memory away from everybody, so its free space alone does not count. */
    private static boolean hasPlentyOfMemory() {
        try {
            if (!Files.isWritable(MEMORY) || Files.getFileStore(MEMORY).getUsableSpace() < PLENTY) {
                return false;
            }
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024 >= PLENTY;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunDirectory createIn(Path base) {
        try {
            Files.createDirectories(base);
            try (FileChannel guard = open(base.resolve("lock"));
                    FileLock baseLock = guard.lock()) {
                if (baseLock.isValid()) {
                    removeStale(base);
                }
                Path path = Files.createDirectory(
                        base.resolve(Long.toString(ProcessHandle.current().pid())));
                FileLock lock = open(path.resolve("lock")).lock();
                return new RunDirectory(path, lock);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("making a directory for servers in " + base, e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void removeStale(Path base) throws IOException {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(base, Files::isDirectory)) {
            for (Path directory : directories) {
                try (FileChannel channel = open(directory.resolve("lock"));
                        FileLock lock = channel.tryLock()) {
                    if (lock != null) {
                        killLeftOver(directory);
                        FileTrees.delete(directory);
                    }
                }
            }
        }
    }

    private static void killLeftOver(Path directory) throws IOException {
        try (DirectoryStream<Path> servers = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path server : servers) {
                Path file = server.resolve(EmbeddedServer.PID_FILE);
                if (Files.exists(file)) {
                    long pid = Long.parseLong(Files.readString(file).strip());
                    Optional<ProcessHandle> process = ProcessHandle.of(pid);
                    if (process.isPresent() && commandLine(pid).contains("--datadir=" + server)) {
                        process.get().destroyForcibly();
                        process.get().onExit().join();
                    }
                }
                ContainerServer.removeLeftOver(server);
            }
        }
    }

    private static String commandLine(long pid) throws IOException {
        Path file = Path.of("/proc", Long.toString(pid), "cmdline");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private void end() {
        RUNNING.parallelStream().forEach(RunningServer::stop);
        FileTrees.delete(path);
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
