/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.server.ServerFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of the embedded store, held by one process at a time; the lock goes with the process. */
final class StoreDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreDirectory.class);

    private final FileChannel channel;

    private StoreDirectory(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the directory where it is not there, for its owner alone, and locks it.
     *
     * @throws ServerFailedException where that is not possible, or another process has it
     */
    static StoreDirectory lock(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                create(directory);
            }
            FileChannel channel = FileChannel.open(
                    directory.resolve("store.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean locked = false;
            try {
                locked = tryLock(channel) != null;
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (!locked) {
                throw inUse(directory.toString());
            }
            return new StoreDirectory(channel);
        } catch (IOException e) {
            throw new ServerFailedException(
                    "The store's directory " + directory + " cannot be used: "
                            + e.getClass().getSimpleName(),
                    "Check that the server may make it and write to it.");
        }
    }

    private static void create(Path directory) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process has it.
            return null;
        }
    }

    static ServerFailedException inUse(String directory) {
        return new ServerFailedException(
                "The store in " + directory + " is in use by another process",
                "Stop the other server, or give this one another directory; several instances share a store in MySQL or PostgreSQL.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the lock of the store's directory goes with the process", e);
        }
    }
}
