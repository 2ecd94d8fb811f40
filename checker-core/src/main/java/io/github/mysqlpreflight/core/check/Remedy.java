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
 * @param turn when to apply it among others that change things of the same kind: 0 unless it matters, the lower the earlier
 * @param side the server where it is done; null where that is the one that the finding's object is on
 */
public record Remedy(String text, List<Statement> sql, List<String> settings, int turn, ObjectRef.@Nullable Side side) {
    public Remedy {
        requireNonNull(text, "text is null");
        sql = List.copyOf(sql);
        settings = List.copyOf(settings);
    }

    /** One that is done where the finding's object is, before or after others of its kind. */
    public Remedy(String text, List<Statement> sql, List<String> settings) {
        this(text, sql, settings, 0, null);
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

    /** The same, to be applied before others of its kind where the number is negative, after them where it is positive. */
    public Remedy inTurn(int number) {
        return new Remedy(text, sql, settings, number, side);
    }

    /** The same, to be done on that server, wherever the finding's object is. */
    public Remedy on(ObjectRef.Side server) {
        return new Remedy(text, sql, settings, turn, server);
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
