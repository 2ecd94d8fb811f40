/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files that are there whole or not at all: beside the file first, then put in its place. A symbolic link stays one,
 * and a pipe or a device such as {@code /dev/null} is written into, never replaced.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** What comes into the file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; the stream may be closed or left open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes the file.
     *
     * @param isPrivate whether only its owner may read a file that is made anew; else it is as readable as others he makes
     * @throws IOException when it cannot be written; what was there before is there still
     */
    public static void write(Path file, boolean isPrivate, Content content) throws IOException {
        requireNonNull(content, "content is null");
        boolean exists = Files.exists(file);
        if (exists && !Files.isRegularFile(file)) {
            writeInto(file, content);
            return;
        }
        Path target = exists ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(file.toString(), null, "there is no directory for it");
        }
        Path unfinished = isPrivate
                ? Files.createTempFile(directory, ".mysql-preflight", ".tmp")
                : target.resolveSibling("." + target.getFileName() + "."
                        + ProcessHandle.current().pid() + ".tmp");
        try {
            writeInto(unfinished, content);
            try {
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void writeInto(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            content.writeTo(out);
        }
    }
}
