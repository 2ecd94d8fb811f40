/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import io.github.mysqlpreflight.server.yaml.Given;
import io.github.mysqlpreflight.server.yaml.UnusableInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** The files that hold something secret. What is in them is in no message. */
final class SecretFiles {
    private static final int LARGEST = 1 << 16;

    private SecretFiles() {}

    /**
     * The line that the file holds.
     *
     * @throws UnusableInputException when it cannot be read, or holds none or several
     */
    static String line(Given<Path> file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file.value())) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        while (text.endsWith("\n") || text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.isEmpty() || bytes.length > LARGEST || text.indexOf('\n') >= 0) {
            throw file.wrong("names " + file.value() + ", which must hold one line and nothing else", "");
        }
        return text;
    }

    /**
     * Verifies that the file can be read.
     *
     * @throws UnusableInputException when it cannot
     */
    static void verify(Given<Path> file) {
        try (InputStream in = Files.newInputStream(file.value())) {
            if (in.read() < 0) {
                throw file.wrong("names " + file.value() + ", which is empty", "");
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UnusableInputException unreadable(Given<Path> file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return file.wrong(
                    "names " + file.value() + ", which does not exist",
                    "A name that is not absolute counts from the folder of the configuration file.");
        }
        return file.wrong(
                "names " + file.value() + ", which "
                        + (e instanceof AccessDeniedException ? "may not be read by this user" : "cannot be read"),
                "");
    }

    /** Adds a warning where every user of the machine may read the file. */
    static void warnIfOpen(Path file, List<String> warnings) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                warnings.add("the file " + file
                        + " may be read by every user of this machine; make it private: chmod o-rwx");
            }
        } catch (IOException e) {
            warnings.add("the permissions of the file " + file + " cannot be read");
        }
    }
}
