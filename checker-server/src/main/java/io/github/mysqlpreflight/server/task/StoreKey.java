/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.config.StoreSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the key that secrets are encrypted with, and makes one for a new embedded store. */
final class StoreKey {
    private static final Logger LOG = LoggerFactory.getLogger(StoreKey.class);
    private static final String HOW_TO_MAKE = "Make one with: openssl rand -base64 32";
    private static final int LONGEST_FILE = 4_096;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private StoreKey() {}

    /**
     * The key.
     *
     * @throws ServerFailedException where there is none, or none that can be used
     */
    static byte[] of(StoreSettings settings) {
        Password given = settings.key();
        Path file = settings.keyFile();
        if (given != null) {
            byte[] key = decode(given.reveal(), "the store's key");
            if (file != null && !Arrays.equals(key, read(file))) {
                throw new ServerFailedException(
                        "Two different keys of the store are given: one itself, and one in the file " + file,
                        "Give one of them.");
            }
            return key;
        }
        if (file != null) {
            return read(file);
        }
        Path directory = settings.directory();
        if (directory == null) {
            throw new ServerFailedException(
                    "A store in a database needs a key, to encrypt the passwords of sources with",
                    HOW_TO_MAKE + ", and give all instances the same, in a file or the environment.");
        }
        Path own = directory.resolve("store.key");
        return Files.exists(own) ? read(own) : create(own);
    }

    private static byte[] read(Path file) {
        byte[] content;
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new ServerFailedException("The key file " + file + " is not one: it is too long", HOW_TO_MAKE);
            }
            content = Files.readAllBytes(file);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                LOG.warn("the key file {} can be read by others than its owner; chmod 600 mends that", file);
            }
        } catch (IOException e) {
            throw new ServerFailedException(
                    "The key file " + file + " cannot be read: " + e.getClass().getSimpleName(),
                    "Check that it is there and may be read by the server.");
        }
        return decode(new String(content, StandardCharsets.US_ASCII), "what the key file " + file + " holds");
    }

    private static byte[] decode(String text, String what) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            // The exception repeats a part of the key; it is not passed on.
            key = new byte[0];
        }
        if (key.length != SecretBox.KEY_BYTES) {
            throw new ServerFailedException("Not 32 bytes in Base64: " + what, HOW_TO_MAKE);
        }
        return key;
    }

    /** Writes it aside first: a file that is there is whole. */
    private static byte[] create(Path file) {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            FileAttribute<?>[] attributes =
                    file.getFileSystem().supportedFileAttributeViews().contains("posix")
                            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                            : new FileAttribute<?>[0];
            try (SeekableByteChannel out = Files.newByteChannel(
                    unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
                ByteBuffer text = ByteBuffer.wrap(
                        (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII));
                while (text.hasRemaining()) {
                    out.write(text);
                }
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ServerFailedException(
                    "The key file " + file + " cannot be made: " + e.getClass().getSimpleName(),
                    "Check that the server may write to the store's directory.");
        }
        return key;
    }
}
