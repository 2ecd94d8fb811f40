/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.Locale;
import java.util.Set;

/** The names of privileges: synonyms, and at which level which of them exist. */
final class Privileges {

    static final String ALL = "ALL PRIVILEGES";
    static final String USAGE = "USAGE";
    static final String GRANT_OPTION = "GRANT OPTION";

    /** What {@code ALL PRIVILEGES} on a table stands for; as global privileges these make the tables of every schema visible. */
    static final Set<String> OF_TABLES = Set.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "CREATE",
            "DROP",
            "REFERENCES",
            "INDEX",
            "ALTER",
            "CREATE VIEW",
            "SHOW VIEW",
            "TRIGGER",
            "DELETE HISTORY");

    /** What schemas have besides {@link #OF_TABLES}; as global privileges these make every schema visible, but not its tables. */
    static final Set<String> OF_SCHEMAS_ONLY = Set.of(
            "CREATE TEMPORARY TABLES",
            "LOCK TABLES",
            "EXECUTE",
            "CREATE ROUTINE",
            "ALTER ROUTINE",
            "EVENT",
            "SHOW CREATE ROUTINE");

    private static final Set<String> OF_ROUTINES = Set.of("EXECUTE", "ALTER ROUTINE", "SHOW CREATE ROUTINE");

    private Privileges() {}

    /** Upper case, single blanks, and one name for what has two. */
    static String canonical(String name) {
        String upper = singleBlanks(name).toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "ALL" -> ALL;
            case "BINLOG MONITOR" -> "REPLICATION CLIENT";
            case "REPLICATION REPLICA" -> "REPLICATION SLAVE";
            case "REPLICA MONITOR" -> "SLAVE MONITOR";
            case "REPLICATION REPLICA ADMIN" -> "REPLICATION SLAVE ADMIN";
            case "DELETE VERSIONING ROWS" -> "DELETE HISTORY";
            default -> upper;
        };
    }

    private static String singleBlanks(String name) {
        StringBuilder result = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isWhitespace(c)) {
                result.append(c);
            } else if (result.length() > 0 && result.charAt(result.length() - 1) != ' ') {
                result.append(' ');
            }
        }
        int length = result.length();
        if (length > 0 && result.charAt(length - 1) == ' ') {
            result.setLength(length - 1);
        }
        return result.toString();
    }

    /** Dynamic privileges of MySQL are one word with underscores; no static one is ({@code READ_ONLY ADMIN} is MariaDB's). */
    static boolean isDynamic(String canonical) {
        return canonical.indexOf('_') >= 0 && canonical.indexOf(' ') < 0;
    }

    static boolean isOfSchemas(String canonical) {
        return OF_TABLES.contains(canonical) || OF_SCHEMAS_ONLY.contains(canonical);
    }

    /** Does {@code ALL PRIVILEGES} on this scope stand for the privilege? It never stands for the grant option. */
    static boolean allMeans(GrantScope scope, String canonical) {
        if (scope instanceof GrantScope.Global) {
            return !isDynamic(canonical) && !canonical.equals(GRANT_OPTION) && !canonical.equals("PROXY");
        }
        if (scope instanceof GrantScope.Schema) {
            return isOfSchemas(canonical);
        }
        if (scope instanceof GrantScope.Routine) {
            return OF_ROUTINES.contains(canonical);
        }
        return scope instanceof GrantScope.Table && OF_TABLES.contains(canonical);
    }
}
