/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.data;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that comes with the tool: a line an entry, its fields divided by {@code |}, blank lines and those that start with {@code #}
 * left out. A field {@code -} is none. Immutable.
 *
 * @param name of the file, for messages
 * @param lines in the file's order
 */
public record DataFile(String name, List<Line> lines) {
    public DataFile {
        requireNonNull(name, "name is null");
        lines = List.copyOf(lines);
    }

    /**
     * One entry.
     *
     * @param file the name of its file
     * @param number the line's number in the file, from 1
     * @param fields without the blanks around them, at least one
     */
    public record Line(String file, int number, List<String> fields) {
        public Line {
            requireNonNull(file, "file is null");
            fields = List.copyOf(fields);
        }

        /** The first field, which in most files says what kind of line it is. */
        public String kind() {
            return fields.get(0);
        }

        /** A field that has to be there. */
        public String text(int index) {
            String field = index < fields.size() ? fields.get(index) : "";
            if (field.isEmpty() || field.equals("-")) {
                throw wrong("field " + (index + 1) + " is missing");
            }
            return field;
        }

        /** A field that may be none. */
        public @Nullable String textOrNull(int index) {
            String field = index < fields.size() ? fields.get(index) : "";
            return field.isEmpty() || field.equals("-") ? null : field;
        }

        /** A version that has to be there. */
        public ServerVersion version(int index) {
            try {
                return ServerVersion.parse(text(index));
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        }

        /** A version, or none. */
        public @Nullable ServerVersion versionOrNull(int index) {
            return textOrNull(index) == null ? null : version(index);
        }

        /** That this line is not understood. */
        public IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException(file + ", line " + number + ": " + why);
        }
    }

    /** The file of that name beside the class. */
    public static DataFile of(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the tool's own jar");
            }
            return parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** A file with that text. */
    public static DataFile parse(String name, String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(new Line(name, number, fields(line)));
            }
        }
        return new DataFile(name, lines);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int bar = line.indexOf('|'); bar >= 0; bar = line.indexOf('|', start)) {
            fields.add(line.substring(start, bar).strip());
            start = bar + 1;
        }
        fields.add(line.substring(start).strip());
        return fields;
    }
}
