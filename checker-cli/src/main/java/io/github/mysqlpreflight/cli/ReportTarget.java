/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.snapshot.AtomicFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a report goes, and in which form.
 *
 * @param format its form
 * @param file the file; null for standard output
 */
record ReportTarget(Format format, @Nullable Path file) {

    /** Forms of a report. */
    enum Format {
        TEXT,
        JSON,
        HTML;

        /** The form of that name, whatever its case; text where there is none. */
        static Format of(String name) {
            return switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "json" -> JSON;
                case "html" -> HTML;
                default -> TEXT;
            };
        }
    }

    /** What the arguments seem to want, for a run that ends before they are understood. */
    static ReportTarget guess(List<String> arguments) {
        Format format = Format.TEXT;
        String file = null;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            if (argument.equals("--format")) {
                format = Format.of(next);
            } else if (argument.startsWith("--format=")) {
                format = Format.of(argument.substring("--format=".length()));
            } else if (argument.equals("--output")) {
                file = next;
            } else if (argument.startsWith("--output=")) {
                file = argument.substring("--output=".length());
            }
        }
        try {
            return new ReportTarget(format, file == null || file.isEmpty() ? null : output(file));
        } catch (UsageException e) {
            return new ReportTarget(format, null);
        }
    }

    /** The file of {@code --output}; null for {@code -}, which is standard output. */
    static @Nullable Path output(String name) {
        return name.equals("-") ? null : path("--output", name);
    }

    /**
     * A file by its name.
     *
     * @throws UsageException when it cannot be the name of one
     */
    static Path path(String option, String name) {
        if (name.isEmpty()) {
            throw new UsageException("the option " + option + " needs the name of a file", "Name a file.");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UsageException("the option " + option + " does not name a file", "Name a file.");
        }
    }

    /**
     * Whether it can be written, told before a server is read for it.
     *
     * @throws UsageException when it cannot
     */
    void verify() {
        if (file != null) {
            verify(file);
        }
    }

    /**
     * Whether the file can be written.
     *
     * @throws UsageException when it cannot
     */
    static void verify(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a directory", "Name a file.");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new UsageException("there is no directory for " + file, "Make the directory first.");
        }
        if (!isDevice(file) && !Files.isWritable(directory)) {
            throw new UsageException(directory + " may not be written by this user", "Name a file somewhere else.");
        }
    }

    /**
     * Writes the report: a file is there whole or not at all.
     *
     * @throws UsageException when the file cannot be written
     */
    void write(byte[] report, Environment environment) {
        if (file == null) {
            environment.out().write(report, 0, report.length);
            environment.out().flush();
            return;
        }
        write(out -> out.write(report), environment);
    }

    /**
     * Writes a report that is made as it goes: a file is there whole or not at all.
     *
     * @throws UsageException when the file cannot be written
     */
    void write(AtomicFile.Content report, Environment environment) {
        if (file == null) {
            toStandardOutput(report, environment.out());
            return;
        }
        try {
            AtomicFile.write(file, false, report);
        } catch (AccessDeniedException e) {
            throw new UsageException(file + " may not be written by this user", "Name a file somewhere else.");
        } catch (IOException e) {
            throw new UsageException(file + " cannot be written: " + e.getMessage(), "Check the disk and the name.");
        }
    }

    private static void toStandardOutput(AtomicFile.Content report, PrintStream out) {
        try {
            report.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("a print stream throws nothing", e);
        }
        out.flush();
    }

    /** A pipe or the like, in whose place no file can be put. */
    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }
}
