/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which collations a release of MySQL knows, and how wide characters are: the contents of {@code collations.txt}. Immutable. */
final class Collations {
    private static final String RESOURCE = "collations.txt";

    private final Map<String, ServerVersion> since;
    private final Map<String, Width> widths;

    private Collations(Map<String, ServerVersion> since, Map<String, Width> widths) {
        this.since = Map.copyOf(since);
        this.widths = Map.copyOf(widths);
    }

    /**
     * How many bytes a character takes.
     *
     * @param fewest of the narrowest
     * @param most of the widest
     */
    record Width(int fewest, int most) {}

    /** What comes with the tool; read at first use. */
    static Collations builtIn() {
        return BuiltIn.COLLATIONS;
    }

    /** Holds the names so that they are read only where a check asks. */
    private static final class BuiltIn {
        private static final Collations COLLATIONS = load();

        private static Collations load() {
            InputStream stream = Collations.class.getResourceAsStream(RESOURCE);
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the tool's own jar");
            }
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                return read(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE + " cannot be read", e);
            }
        }
    }

    /**
     * Reads the names.
     *
     * @throws IllegalArgumentException when a line is not understood, with its number
     */
    static Collations read(Reader reader) throws IOException {
        Map<String, ServerVersion> since = new HashMap<>();
        Map<String, Width> widths = new HashMap<>();
        BufferedReader lines = new BufferedReader(reader);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\\|", -1);
            for (int i = 0; i < fields.length; i++) {
                fields[i] = fields[i].strip();
            }
            try {
                switch (fields[0] + "/" + fields.length) {
                    case "set/4" ->
                        widths.put(fields[1], new Width(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])));
                    case "collations/3" -> {
                        ServerVersion release = ServerVersion.parse(fields[1]);
                        for (String name : fields[2].split(" ", -1)) {
                            since.put(name, release);
                        }
                    }
                    default -> throw new IllegalArgumentException("an unknown kind of line, or fields are missing");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(RESOURCE + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        return new Collations(since, widths);
    }

    /** The first release that has the collation; null where MySQL has none of that name. */
    @Nullable
    ServerVersion since(String collation) {
        return since.get(known(collation));
    }

    /** How many collations that release has. */
    long countUpTo(ServerVersion release) {
        return since.values().stream()
                .filter(first -> first.compareTo(release) <= 0)
                .count();
    }

    /** How wide a character of the collation is; of one that MySQL does not know, up to four bytes. */
    Width width(String collation) {
        String name = known(collation);
        int end = name.indexOf('_');
        return widths.getOrDefault(end < 0 ? name : name.substring(0, end), new Width(1, 4));
    }

    private static String known(String collation) {
        return collation.startsWith("utf8mb3_") ? "utf8_" + collation.substring(8) : collation;
    }
}
