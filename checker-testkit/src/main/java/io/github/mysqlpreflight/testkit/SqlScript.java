/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a script of SQL apart, line by line, as the {@code mysql} client does: a statement ends with a semicolon outside of
 * quotes, and a comment ends with its line. Block comments and DELIMITER it does not know. Not for several threads.
 */
public final class SqlScript {
    private final StringBuilder statement = new StringBuilder();
    /** The quote that is open; 0 where none is. */
    private char quote;

    /** The statements of a whole script, without semicolons and comments. */
    public static List<String> statements(String text) {
        SqlScript script = new SqlScript();
        List<String> statements = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            statements.addAll(script.next(line));
        }
        if (script.quote != 0 || !script.statement.toString().isBlank()) {
            throw new IllegalArgumentException("a statement without an end: " + script.statement);
        }
        return statements;
    }

    /** The lines that begin with a mark, without it and a blank behind it: what {@code sed -n 's/^mark \{0,1\}//p'} gives. */
    public static String marked(String text, String mark) {
        StringBuilder lines = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(mark)) {
                String rest = line.substring(mark.length());
                lines.append(rest.startsWith(" ") ? rest.substring(1) : rest).append('\n');
            }
        }
        return lines.toString();
    }

    /** The statements that end in the next line. */
    public List<String> next(String line) {
        List<String> ended = new ArrayList<>();
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (quote != 0) {
                statement.append(character);
                if (character == '\\' && quote != '`' && i + 1 < line.length()) {
                    statement.append(line.charAt(++i));
                } else if (character == quote) {
                    // A doubled one closes and opens again.
                    quote = 0;
                }
            } else if (isComment(line, i)) {
                break;
            } else if (character == ';') {
                ended.add(statement.toString().strip());
                statement.setLength(0);
            } else {
                statement.append(character);
                if (character == '\'' || character == '"' || character == '`') {
                    quote = character;
                }
            }
        }
        if (quote != 0 || !statement.toString().isBlank()) {
            statement.append('\n');
        }
        return ended;
    }

    private static boolean isComment(String line, int at) {
        return line.charAt(at) == '#'
                || (line.startsWith("--", at)
                        && (at + 2 == line.length() || Character.isWhitespace(line.charAt(at + 2))));
    }
}
