/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.snapshot.Column;

/** How many bytes InnoDB stores for a column. Reads COLUMN_TYPE in place: there may be a million of them. */
final class ColumnSize {
    /** Of a text or a blob: more than any limit. */
    static final int LONG = 1 << 24;

    private static final int[] DIGITS = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

    private ColumnSize() {}

    /** The most bytes a value takes, without those that tell its length; 0 for a type that MySQL does not have. */
    static int bytes(Column column) {
        String type = column.type();
        return switch (type.isEmpty() ? ' ' : type.charAt(0)) {
            case 't' ->
                type.startsWith("tinyint")
                        ? 1
                        : type.startsWith("timestamp")
                                ? 4 + fraction(type)
                                : type.startsWith("time") ? 3 + fraction(type) : LONG;
            case 's' -> type.startsWith("smallint") ? 2 : type.startsWith("set(") ? setBytes(members(type)) : 0;
            case 'm' -> type.startsWith("mediumint") ? 3 : LONG;
            case 'i' -> type.startsWith("int") ? 4 : 0;
            case 'b' ->
                type.startsWith("bigint")
                        ? 8
                        : type.startsWith("bit")
                                ? (number(type, 0) + 7) / 8
                                : type.startsWith("binary") ? number(type, 0) : LONG;
            case 'f' -> 4;
            case 'd' -> type.startsWith("double") ? 8 : dateOrDecimal(type);
            case 'y' -> 1;
            case 'e' -> type.startsWith("enum(") ? (members(type) < 256 ? 1 : 2) : 0;
            case 'c', 'v' -> characters(column);
            default -> isLong(type) ? LONG : 0;
        };
    }

    private static int dateOrDecimal(String type) {
        if (type.startsWith("datetime")) {
            return 5 + fraction(type);
        }
        return type.startsWith("decimal") ? decimal(number(type, 0), number(type, 1)) : 3;
    }

    private static int characters(Column column) {
        String type = column.type();
        if (type.startsWith("varbinary")) {
            return number(type, 0);
        }
        boolean text = type.startsWith("char") || type.startsWith("varchar");
        return text ? number(type, 0) * widest(column) : LONG;
    }

    private static int widest(Column column) {
        String collation = column.collation();
        return collation == null ? 1 : Collations.builtIn().width(collation).most();
    }

    /** Types whose name begins with a letter that no sized type begins with. */
    private static boolean isLong(String type) {
        return type.startsWith("long")
                || type.startsWith("json")
                || type.startsWith("geom")
                || type.startsWith("point")
                || type.startsWith("linestring")
                || type.startsWith("polygon");
    }

    /** Whether every value takes all the bytes; REDUNDANT stores a CHAR so, whatever its character set is. */
    static boolean isFixed(Column column, boolean redundant) {
        String type = column.type();
        if (type.startsWith("char")) {
            String collation = column.collation();
            if (redundant || collation == null) {
                return true;
            }
            Collations.Width width = Collations.builtIn().width(collation);
            return width.fewest() == width.most();
        }
        return !type.startsWith("var") && bytes(column) != LONG;
    }

    /** The bytes of a column's part in an index; {@link #LONG} for all of a text or blob. */
    static int inIndex(Column column, int prefix) {
        boolean text = column.collation() != null;
        return Math.min(bytes(column), text ? prefix * widest(column) : prefix);
    }

    private static int fraction(String type) {
        return (number(type, 0) + 1) / 2;
    }

    private static int decimal(int precision, int scale) {
        int whole = Math.max(0, precision - scale);
        return whole / 9 * 4 + DIGITS[whole % 9] + scale / 9 * 4 + DIGITS[scale % 9];
    }

    private static int setBytes(int members) {
        int bytes = (members + 7) / 8;
        return bytes > 4 ? 8 : bytes;
    }

    /** The numbers in parentheses, by their place; 0 where there is none. */
    private static int number(String type, int place) {
        int at = type.indexOf('(') + 1;
        for (int i = 0; at > 0 && i < place; i++) {
            at = type.indexOf(',', at) + 1;
        }
        int number = 0;
        for (int i = at; at > 0 && i < type.length() && Character.isDigit(type.charAt(i)); i++) {
            number = Math.min(LONG, number * 10 + type.charAt(i) - '0');
        }
        return number;
    }

    private static int members(String type) {
        int members = 1;
        boolean quoted = false;
        for (int i = 0; i < type.length(); i++) {
            char character = type.charAt(i);
            if (character == '\'') {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                members++;
            }
        }
        return members;
    }
}
