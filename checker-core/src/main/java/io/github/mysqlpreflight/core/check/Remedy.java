/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to mend a finding, in the words of the place where it has to be done.
 *
 * @param text what to do, one line; ends with a colon where statements or settings follow
 * @param sql statements to paste, in order
 * @param settings lines for an option file, a parameter group or the like, in order
 */
public record Remedy(String text, List<Statement> sql, List<String> settings) {
    public Remedy {
        requireNonNull(text, "text is null");
        sql = List.copyOf(sql);
        settings = List.copyOf(settings);
    }

    /** Words alone. */
    public static Remedy of(String text) {
        return new Remedy(text, List.of(), List.of());
    }

    /** Words and statements without a note. */
    public static Remedy sql(String text, String... statements) {
        Statement[] list = new Statement[statements.length];
        for (int i = 0; i < statements.length; i++) {
            list[i] = new Statement(statements[i], null);
        }
        return new Remedy(text, List.of(list), List.of());
    }

    /** Words and statements. */
    public static Remedy sql(String text, List<Statement> statements) {
        return new Remedy(text, statements, List.of());
    }

    /** Words and lines for an option file or a parameter group. */
    public static Remedy settings(String text, String... lines) {
        return new Remedy(text, List.of(), List.of(lines));
    }

    /**
     * One statement to paste.
     *
     * @param sql without the closing semicolon
     * @param note cost or risk, a few words; null where there is none
     */
    public record Statement(String sql, @Nullable String note) {
        public Statement {
            requireNonNull(sql, "sql is null");
            if (sql.endsWith(";")) {
                throw new IllegalArgumentException("a statement stands without its semicolon");
            }
        }
    }
}
