/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import io.github.mysqlpreflight.core.check.Remedy;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where in a script the statements of a remedy have their place; the order is that of the script.
 *
 * <p>Told by the words of the statements, quoted parts left out: what a check wants changed is what it says in SQL.
 */
enum ScriptPlace {
    /** What lets the server be written to: nothing else works before. */
    WRITABLE,
    ACCOUNTS,
    SETTINGS,
    GTID_CONSISTENCY,
    /** Refused as long as consistency is not enforced. */
    GTID_MODE,
    DATABASES,
    TABLES,
    /** What refers to other tables: these are in order by then. */
    FOREIGN_KEYS,
    VIEWS,
    /** Routines, triggers and events, which the server knows without what they use. */
    PROGRAMS,
    /** What only makes sense after all that. */
    REST,
    /** What no statement and no setting can do. */
    WORDS;

    /** Of a remedy as a whole: where the last of what it changes may be. */
    static ScriptPlace of(Remedy remedy) {
        ScriptPlace last = null;
        for (Remedy.Statement statement : remedy.sql()) {
            last = later(last, ofStatement(statement.sql()));
        }
        if (!remedy.sql().isEmpty()) {
            return last == null ? REST : last;
        }
        for (String line : remedy.settings()) {
            last = later(last, ofVariable(line.strip()));
        }
        return last == null ? WORDS : last;
    }

    private static @Nullable ScriptPlace later(@Nullable ScriptPlace a, @Nullable ScriptPlace b) {
        return a == null || (b != null && b.compareTo(a) > 0) ? b : a;
    }

    /** Null for a statement that only prepares or ends what others do. */
    private static @Nullable ScriptPlace ofStatement(String sql) {
        String words = outline(sql);
        int blank = words.indexOf(' ');
        String first = blank < 0 ? words : words.substring(0, blank);
        String rest = blank < 0 ? "" : words.substring(blank + 1);
        return switch (first) {
            case "GRANT", "REVOKE" -> ACCOUNTS;
            case "SET" -> ofSet(rest);
            case "CREATE", "ALTER", "DROP", "RENAME" -> ofDefinition(rest);
            case "UPDATE", "INSERT", "DELETE", "OPTIMIZE", "REPAIR", "ANALYZE", "TRUNCATE" -> TABLES;
            // Vendors keep some settings behind procedures; the rest is machinery around settings as well.
            case "CALL", "CHANGE", "INSTALL", "UNINSTALL" -> SETTINGS;
            case "STOP", "START", "LOCK", "UNLOCK", "USE", "DO", "BEGIN", "COMMIT" -> null;
            default -> REST;
        };
    }

    private static @Nullable ScriptPlace ofSet(String rest) {
        if (rest.startsWith("DEFAULT ROLE ") || rest.startsWith("PASSWORD ")) {
            return ACCOUNTS;
        }
        String variable = rest.startsWith("@@") ? rest.substring(2).replaceFirst("\\.", " ") : rest;
        int blank = variable.indexOf(' ');
        return switch (blank < 0 ? "" : variable.substring(0, blank)) {
            case "GLOBAL", "PERSIST", "PERSIST_ONLY" ->
                ofVariable(variable.substring(blank + 1).toLowerCase(Locale.ROOT));
            default -> null;
        };
    }

    private static ScriptPlace ofVariable(String assignment) {
        if (assignment.startsWith("read_only") || assignment.startsWith("super_read_only")) {
            return WRITABLE;
        }
        if (assignment.startsWith("enforce_gtid_consistency")) {
            return GTID_CONSISTENCY;
        }
        return assignment.startsWith("gtid_mode") ? GTID_MODE : SETTINGS;
    }

    private static ScriptPlace ofDefinition(String rest) {
        for (String word : rest.split(" ", -1)) {
            ScriptPlace place = switch (word) {
                case "USER", "ROLE" -> ACCOUNTS;
                case "INSTANCE", "SERVER" -> SETTINGS;
                case "DATABASE", "SCHEMA", "TABLESPACE" -> DATABASES;
                case "TABLE", "INDEX" -> rest.contains(" REFERENCES ") ? FOREIGN_KEYS : TABLES;
                case "VIEW" -> VIEWS;
                case "PROCEDURE", "FUNCTION", "TRIGGER", "EVENT" -> PROGRAMS;
                default -> null;
            };
            if (place != null) {
                return place;
            }
        }
        return REST;
    }

    /**
     * Why a remedy's statements are not for a script to run, in words that follow "By hand"; null where they are.
     *
     * <p>A remedy is a whole: where one of its statements is not, none is.
     */
    static @Nullable String byHand(Remedy remedy) {
        boolean changes = remedy.sql().isEmpty();
        for (Remedy.Statement statement : remedy.sql()) {
            String words = outline(statement.sql());
            String reason = byHand(words);
            if (reason != null) {
                return reason;
            }
            changes |= !looks(words);
        }
        return changes ? null : "it changes nothing, it shows what is there";
    }

    private static @Nullable String byHand(String words) {
        if (words.contains(" IDENTIFIED ") || words.startsWith("SET PASSWORD ")) {
            return "it needs a password of your own";
        }
        if (destroys(words)) {
            return "what it takes away does not come back";
        }
        return words.indexOf(';') >= 0 ? "it holds semicolons, so a client needs a DELIMITER" : null;
    }

    private static boolean destroys(String words) {
        for (String start : new String[] {
            "DROP TABLE ",
            "DROP DATABASE ",
            "DROP SCHEMA ",
            "DROP TABLESPACE ",
            "DROP USER ",
            "DROP ROLE ",
            "DROP VIEW ",
            "DROP TRIGGER ",
            "DROP PROCEDURE ",
            "DROP FUNCTION ",
            "DROP EVENT ",
            "TRUNCATE ",
            "DELETE ",
            "UPDATE ",
            "RESET ",
            "PURGE ",
            "KILL ",
            "CALL MYSQL.RDS_KILL",
            "XA "
        }) {
            if (words.startsWith(start)) {
                return true;
            }
        }
        return words.startsWith("ALTER TABLE ")
                && (words.contains(" DROP COLUMN ")
                        || words.contains(" DROP PARTITION ")
                        || words.contains(" DROP FOREIGN KEY ")
                        || words.contains(" DROP SYSTEM VERSIONING"));
    }

    private static boolean looks(String words) {
        return words.startsWith("SHOW ") || words.startsWith("SELECT ") || words.startsWith("CHECK ");
    }

    /**
     * What a statement gives a lasting state, so that saying it again changes nothing unless it was changed in between; null
     * for one of which that cannot be said.
     */
    static @Nullable String subject(String sql) {
        String words = outline(sql);
        if (words.startsWith("GRANT ") || words.startsWith("SET DEFAULT ROLE ")) {
            return sql;
        }
        if (!words.startsWith("SET ") || ofSet(words.substring(4)) == null) {
            return null;
        }
        int equals = words.indexOf('=');
        String variable = (equals < 0 ? words : words.substring(0, equals)).strip();
        return variable.substring(Math.max(variable.lastIndexOf(' '), variable.lastIndexOf('.')) + 1);
    }

    /** Whether it only prepares or ends what others do. */
    static boolean surrounds(String sql) {
        return ofStatement(sql) == null;
    }

    /** The statement in upper case, with one blank between words, and a question mark for what is quoted. */
    static String outline(String sql) {
        StringBuilder words = new StringBuilder(sql.length());
        for (int i = 0; i < sql.length(); i++) {
            char character = sql.charAt(i);
            if (character == '\'' || character == '"' || character == '`') {
                i = closing(sql, i);
                words.append('?');
            } else if (Character.isWhitespace(character)) {
                if (words.length() > 0 && words.charAt(words.length() - 1) != ' ') {
                    words.append(' ');
                }
            } else {
                words.append(character);
            }
        }
        return words.toString().toUpperCase(Locale.ROOT);
    }

    /** Where the quoted part that starts there ends: at the end of the text where nothing closes it. */
    private static int closing(String sql, int start) {
        char quote = sql.charAt(start);
        for (int i = start + 1; i < sql.length(); i++) {
            char character = sql.charAt(i);
            if (character == '\\' && quote != '`') {
                i++;
            } else if (character == quote) {
                if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
                    return i;
                }
                i++;
            }
        }
        return sql.length();
    }
}
