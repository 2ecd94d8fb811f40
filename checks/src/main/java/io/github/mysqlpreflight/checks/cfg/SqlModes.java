/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which SQL modes which server knows: the contents of {@code sql-modes.txt}. Immutable. */
final class SqlModes {
    private static final String RESOURCE = "sql-modes.txt";

    private final List<Mode> modes;

    private SqlModes(List<Mode> modes) {
        this.modes = List.copyOf(modes);
    }

    /**
     * One mode on one kind of server.
     *
     * @param several whether it is a name for several modes, which stand beside it in the variable
     */
    private record Mode(
            String name,
            boolean several,
            String servers,
            @Nullable ServerVersion since,
            @Nullable ServerVersion below) {
        boolean isKnownTo(boolean mySql, ServerVersion version) {
            boolean kind = servers.equals("both") || servers.equals(mySql ? "mysql" : "mariadb");
            return kind
                    && (since == null || version.compareTo(since) >= 0)
                    && (below == null || version.compareTo(below) < 0);
        }
    }

    /** The modes that come with the tool; read at first use. */
    static SqlModes builtIn() {
        return BuiltIn.MODES;
    }

    /** Holds the modes so that they are read only where a check asks. */
    private static final class BuiltIn {
        private static final SqlModes MODES = of(DataFile.of(SqlModes.class, RESOURCE));
    }

    static SqlModes of(DataFile file) {
        List<Mode> modes = new ArrayList<>();
        for (DataFile.Line line : file.lines()) {
            switch (line.kind() + "/" + line.fields().size()) {
                case "mode/5", "set/5" ->
                    modes.add(new Mode(
                            line.text(1),
                            line.kind().equals("set"),
                            line.text(2),
                            line.versionOrNull(3),
                            line.versionOrNull(4)));
                default -> throw line.wrong("an unknown kind of line, or fields are missing");
            }
        }
        return new SqlModes(modes);
    }

    /** The names in a value of the variable, in its order. */
    static List<String> split(String value) {
        List<String> names = new ArrayList<>();
        int start = 0;
        while (start < value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            String name = value.substring(start, end).strip().toUpperCase(Locale.ROOT);
            if (!name.isEmpty()) {
                names.add(name);
            }
            start = end + 1;
        }
        return names;
    }

    /** Whether such a server takes the mode; one that is in no list is taken for known, for a newer server may have brought it. */
    boolean isKnown(String name, boolean mySql, ServerVersion version) {
        boolean listed = false;
        for (Mode mode : modes) {
            if (mode.name().equals(name)) {
                if (mode.isKnownTo(mySql, version)) {
                    return true;
                }
                listed = true;
            }
        }
        return !listed;
    }

    /** Whether it is a name for several modes. */
    boolean isSeveral(String name) {
        for (Mode mode : modes) {
            if (mode.name().equals(name)) {
                return mode.several();
            }
        }
        return false;
    }
}
