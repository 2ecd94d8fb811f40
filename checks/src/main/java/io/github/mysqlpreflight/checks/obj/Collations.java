/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
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
        private static final Collations COLLATIONS = of(DataFile.of(Collations.class, RESOURCE));
    }

    /**
     * The names of a file.
     *
     * @throws IllegalArgumentException when a line is not understood, with its number
     */
    static Collations of(DataFile file) {
        Map<String, ServerVersion> since = new HashMap<>();
        Map<String, Width> widths = new HashMap<>();
        for (DataFile.Line line : file.lines()) {
            switch (line.kind() + "/" + line.fields().size()) {
                case "set/4" -> widths.put(line.text(1), new Width(number(line, 2), number(line, 3)));
                case "collations/3" -> {
                    ServerVersion release = line.version(1);
                    for (String name : line.text(2).split(" ", -1)) {
                        since.put(name, release);
                    }
                }
                default -> throw line.wrong("an unknown kind of line, or fields are missing");
            }
        }
        return new Collations(since, widths);
    }

    private static int number(DataFile.Line line, int index) {
        try {
            return Integer.parseInt(line.text(index));
        } catch (NumberFormatException e) {
            throw line.wrong("field " + (index + 1) + " is no number");
        }
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
