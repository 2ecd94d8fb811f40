/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.data;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of fields divided by {@code |}, one a line; empty lines and those that start with {@code #} are for people. */
public final class DataFile {
    private DataFile() {}

    /** The rows of a file that lies beside the class. */
    public static List<Row> read(Class<?> beside, String name) {
        InputStream stream = beside.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException(name + " is missing from the tool's own jar");
        }
        try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return read(name, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** The rows of a text; its name stands in complaints. */
    public static List<Row> read(String name, Reader reader) throws IOException {
        List<Row> rows = new ArrayList<>();
        BufferedReader lines = new BufferedReader(reader);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(new Row(name, number, fields(line)));
            }
        }
        return List.copyOf(rows);
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

    /**
     * One row; its first field says what kind it is.
     *
     * @param file the file it stands in
     * @param line its line there, from 1
     * @param fields without the blanks around them
     */
    public record Row(String file, int line, List<String> fields) {
        public Row {
            requireNonNull(file, "file is null");
            fields = List.copyOf(fields);
        }

        /** Kind and number of fields, as {@code path/8}. */
        public String shape() {
            return fields.get(0) + "/" + fields.size();
        }

        /** A field. */
        public String text(int index) {
            return fields.get(index);
        }

        /** A field with a version in it; null where it is {@code -}. */
        public @Nullable ServerVersion version(int index) {
            String text = fields.get(index);
            if (text.equals("-")) {
                return null;
            }
            try {
                return ServerVersion.parse(text);
            } catch (IllegalArgumentException e) {
                throw wrong(text + " is not a version: " + e.getMessage());
            }
        }

        /** For a row that is not as it has to be. */
        public IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException(file + ", line " + line + ": " + why);
        }
    }
}
