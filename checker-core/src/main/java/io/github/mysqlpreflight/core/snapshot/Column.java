/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table or view; columns of other tables that are defined alike are the same object.
 *
 * @param name as the server spells it
 * @param type COLUMN_TYPE, such as {@code int(10) unsigned} or {@code enum('a','b')}
 * @param nullable whether it takes NULL
 * @param defaultValue COLUMN_DEFAULT; null where there is none, or it is NULL (MariaDB writes that as the text NULL)
 * @param extra EXTRA, such as {@code auto_increment}, {@code VIRTUAL GENERATED}, {@code INVISIBLE}; empty where there is nothing
 * @param collation of a text; null for other types
 * @param expression GENERATION_EXPRESSION; null where the column is not generated, or the server cannot say (before 5.7.6)
 */
public record Column(
        String name,
        String type,
        boolean nullable,
        @Nullable String defaultValue,
        String extra,
        @Nullable String collation,
        @Nullable String expression) {
    static FactCodec<PerTable<Column>> codec() {
        return new PerTable.Codec<>(
                column -> RowsCodec.fields(
                        column.name,
                        column.type,
                        column.nullable,
                        column.defaultValue,
                        column.extra,
                        column.collation,
                        column.expression),
                row -> new Column(
                        row.text(0),
                        row.text(1),
                        row.flag(2),
                        row.nullable(3),
                        row.text(4),
                        row.nullable(5),
                        row.nullable(6)));
    }

    public Column {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(extra, "extra is null");
    }

    // Written out: see Account.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Column column
                && name.equals(column.name)
                && type.equals(column.type)
                && nullable == column.nullable
                && Objects.equals(defaultValue, column.defaultValue)
                && extra.equals(column.extra)
                && Objects.equals(collation, column.collation)
                && Objects.equals(expression, column.expression);
    }

    @Override
    public int hashCode() {
        int hash = 31 * name.hashCode() + type.hashCode();
        hash = 31 * hash + Boolean.hashCode(nullable);
        hash = 31 * hash + Objects.hashCode(defaultValue);
        hash = 31 * hash + extra.hashCode();
        hash = 31 * hash + Objects.hashCode(collation);
        return 31 * hash + Objects.hashCode(expression);
    }

    /** The type without length, sign and values, in lower case, such as {@code varchar}. */
    public String dataType() {
        int end = 0;
        while (end < type.length() && type.charAt(end) != '(' && type.charAt(end) != ' ') {
            end++;
        }
        return type.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /** The character set that the collation belongs to; null for other types than texts. */
    public @Nullable String characterSet() {
        if (collation == null) {
            return null;
        }
        int end = collation.indexOf('_');
        return end < 0 ? collation : collation.substring(0, end);
    }

    /** Whether the server fills it by counting. */
    public boolean isAutoIncrement() {
        return extraContains("auto_increment");
    }

    /** Whether its value is computed from other columns, stored or not. */
    public boolean isGenerated() {
        // 8.0 says DEFAULT_GENERATED for a default that is an expression, which is something else.
        return extraContains("virtual generated") || extraContains("stored generated") || extraContains("persistent");
    }

    /** Whether SELECT * leaves it out (8.0.23, MariaDB 10.3). */
    public boolean isInvisible() {
        return extraContains("invisible");
    }

    private boolean extraContains(String word) {
        return extra.toLowerCase(Locale.ROOT).contains(word);
    }
}
