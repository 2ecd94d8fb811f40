/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Reads the small files that may hold a password. Pipes are fine, as in {@code --source-uri-file <(pass show source)}. */
final class SourceFiles {
    private static final int LARGEST = 1 << 20;

    private SourceFiles() {}

    /** The whole file, which must not be larger than 1 MiB. */
    static byte[] read(Path file) {
        if (Files.isDirectory(file)) {
            throw unreadable(file, "is a directory", "Name a file.");
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "does not exist", "Check the name; it is looked up from the current folder.");
        } catch (AccessDeniedException denied) {
            throw unreadable(file, "may not be read by this user", "Check its permissions.");
        } catch (IOException failure) {
            throw unreadable(file, "cannot be read (input/output error)", "Check the file.");
        }
        if (content.length > LARGEST) {
            throw unreadable(file, "is larger than 1 MiB", "Check that it is the file you mean.");
        }
        return content;
    }

    /** Whether every user of the machine may read the file. */
    static boolean isReadableByOthers(Path file) {
        return has(file, PosixFilePermission.OTHERS_READ);
    }

    /** Whether every user of the machine may change the file. */
    static boolean isWritableByOthers(Path file) {
        return has(file, PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean has(Path file, PosixFilePermission permission) {
        if (!Files.isRegularFile(file)
                || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (IOException failure) {
            throw unreadable(file, "has permissions that cannot be read", "Check the file.");
        }
        return permissions.contains(permission);
    }

    /** The file's name for a message; one that looks like a URI, given in the wrong place, is not shown. */
    static String name(Path file) {
        String text = file.toString();
        if (text.indexOf('@') >= 0 || Text.lowerCase(text).startsWith("mysql:")) {
            return "(a file whose name looks like a URI)";
        }
        return Text.printable(text);
    }

    private static UnusableSourceException unreadable(Path file, String why, String advice) {
        return new UnusableSourceException(Code.FILE, "The file " + name(file) + " " + why, advice);
    }
}
