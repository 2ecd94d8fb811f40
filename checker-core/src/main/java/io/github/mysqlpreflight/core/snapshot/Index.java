/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One index of a table; indexes of other tables that are defined alike are the same object.
 *
 * @param name as the server spells it; {@code PRIMARY} for a primary key
 * @param unique whether it forbids equal rows
 * @param type {@code BTREE}, {@code HASH}, {@code FULLTEXT}, {@code SPATIAL} …; empty where it is not known: before 8.0 and on MariaDB
 *     for an account without PROCESS. There InnoDB's indexes alone are told apart, all others are called {@code BTREE}
 * @param visible whether the optimizer may use it (8.0; MariaDB 10.6, which calls the others ignored)
 * @param parts what it is made of, in order
 */
public record Index(String name, boolean unique, String type, boolean visible, List<Part> parts) {
    static FactCodec<PerTable<Index>> codec() {
        return new PerTable.Codec<>(Index::fields, Index::ofRow);
    }

    public Index {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        parts = List.copyOf(parts);
    }

    /**
     * One part of an index.
     *
     * @param column the column; null where it is an expression
     * @param prefix how many characters, or bytes of a binary column, are indexed; null for all
     * @param nullable whether the column takes NULL
     * @param expression the expression (8.0.13); null where it is a column
     */
    public record Part(
            @Nullable String column,
            @Nullable Integer prefix,
            boolean nullable,
            @Nullable String expression) {
        // Written out: see Account.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Part part
                    && Objects.equals(column, part.column)
                    && Objects.equals(prefix, part.prefix)
                    && nullable == part.nullable
                    && Objects.equals(expression, part.expression);
        }

        @Override
        public int hashCode() {
            int hash = 31 * Objects.hashCode(column) + Objects.hashCode(prefix);
            return 31 * (31 * hash + Boolean.hashCode(nullable)) + Objects.hashCode(expression);
        }
    }

    // Written out: see Account.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Index index
                && name.equals(index.name)
                && unique == index.unique
                && type.equals(index.type)
                && visible == index.visible
                && parts.equals(index.parts);
    }

    @Override
    public int hashCode() {
        int hash = 31 * name.hashCode() + Boolean.hashCode(unique);
        hash = 31 * hash + type.hashCode();
        return 31 * (31 * hash + Boolean.hashCode(visible)) + parts.hashCode();
    }

    /** Whether it is the primary key. */
    public boolean isPrimary() {
        return name.equals("PRIMARY");
    }

    /** Whether it tells every row from every other one: a primary key, or a unique one without NULL. */
    public boolean identifiesRows() {
        if (!unique) {
            return false;
        }
        for (Part part : parts) {
            if (part.nullable || part.expression != null) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object[] fields(Index index) {
        List<@Nullable Object> fields = new ArrayList<>(List.of(index.name, index.unique, index.type, index.visible));
        for (Part part : index.parts) {
            fields.add(part.column);
            fields.add(part.prefix);
            fields.add(part.nullable);
            fields.add(part.expression);
        }
        return fields.toArray();
    }

    private static Index ofRow(RowsCodec.Row row) {
        List<Part> parts = new ArrayList<>();
        for (int i = 4; row.nullable(i) != null || row.nullable(i + 3) != null; i += 4) {
            Long prefix = row.nullableNumber(i + 1);
            parts.add(new Part(
                    row.nullable(i), prefix == null ? null : prefix.intValue(), row.flag(i + 2), row.nullable(i + 3)));
        }
        return new Index(row.text(0), row.flag(1), row.text(2), row.flag(3), parts);
    }
}
