/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The one thing a finding is about. Names are separate fields, never joined text.
 *
 * @param side on which server it is
 * @param type what kind of thing
 * @param schema database it is in; null where it is in none
 * @param name its name; for a server's setting the variable, for an account user@host; null where it has none
 * @param part column, index, constraint or the like inside it; null for the whole
 */
public record ObjectRef(
        Side side,
        Type type,
        @Nullable String schema,
        @Nullable String name,
        @Nullable String part) implements Comparable<ObjectRef> {
    private static final Comparator<@Nullable String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

    public ObjectRef {
        requireNonNull(side, "side is null");
        requireNonNull(type, "type is null");
    }

    /** Which of the two servers. */
    public enum Side {
        SOURCE,
        TARGET;

        /** In lower case, for messages. */
        public String text() {
            return this == SOURCE ? "source" : "target";
        }
    }

    /** Kinds of things; the order is that of a report. */
    public enum Type {
        SERVER,
        SETTING,
        ACCOUNT,
        SCHEMA,
        TABLE,
        VIEW,
        COLUMN,
        INDEX,
        FOREIGN_KEY,
        ROUTINE,
        TRIGGER,
        EVENT
    }

    /** The server itself. */
    public static ObjectRef server(Side side) {
        return new ObjectRef(side, Type.SERVER, null, null, null);
    }

    /** A global variable of the server. */
    public static ObjectRef setting(Side side, String variable) {
        return new ObjectRef(side, Type.SETTING, null, requireNonNull(variable, "variable is null"), null);
    }

    /** An account, by its name as SQL writes it. */
    public static ObjectRef account(Side side, String account) {
        return new ObjectRef(side, Type.ACCOUNT, null, requireNonNull(account, "account is null"), null);
    }

    /** A database of the source. */
    public static ObjectRef schema(String schema) {
        return new ObjectRef(Side.SOURCE, Type.SCHEMA, requireNonNull(schema, "schema is null"), null, null);
    }

    /** A table of the source. */
    public static ObjectRef table(String schema, String table) {
        return new ObjectRef(
                Side.SOURCE,
                Type.TABLE,
                requireNonNull(schema, "schema is null"),
                requireNonNull(table, "table is null"),
                null);
    }

    /** The names joined by dots, for a person's eyes only; empty for a server. */
    public String label() {
        StringBuilder label = new StringBuilder();
        appendPart(label, schema);
        appendPart(label, name);
        appendPart(label, part);
        return label.toString();
    }

    /** What a person calls it, as reports print it: its label, behind {@code target: } where it is there; a server by its side. */
    public String title() {
        String label = label();
        if (label.isEmpty()) {
            return "the " + side.text();
        }
        return side == Side.TARGET ? "target: " + label : label;
    }

    private static void appendPart(StringBuilder label, @Nullable String part) {
        if (part != null) {
            if (label.length() > 0) {
                label.append('.');
            }
            label.append(part);
        }
    }

    @Override
    public int compareTo(ObjectRef other) {
        int order = side.compareTo(other.side);
        order = order != 0 ? order : type.compareTo(other.type);
        order = order != 0 ? order : TEXT.compare(schema, other.schema);
        order = order != 0 ? order : TEXT.compare(name, other.name);
        return order != 0 ? order : TEXT.compare(part, other.part);
    }
}
