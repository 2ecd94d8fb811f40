/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.render.SafeText;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes values as {@code avn} does, which is written in Python: as JSON in its layout, and as its {@code format} shows them. */
final class PythonText {
    private PythonText() {}

    /** JSON in lines of its own: names in order, four blanks for each level, ASCII alone. */
    static String indentedJson(Json value) {
        StringBuilder out = new StringBuilder(512);
        json(out, value, 0, true);
        return out.toString();
    }

    /** JSON in one line, a blank behind each comma and colon, ASCII alone. */
    static String json(Json value) {
        StringBuilder out = new StringBuilder(64);
        json(out, value, 0, false);
        return out.toString();
    }

    private static void json(StringBuilder out, Json value, int level, boolean lines) {
        if (value instanceof Json.Text text) {
            quoted(out, text.value());
        } else if (value instanceof Json.Numeral number) {
            out.append(number.literal());
        } else if (value instanceof Json.Flag flag) {
            out.append(flag.value());
        } else if (value instanceof Json.Null) {
            out.append("null");
        } else if (value instanceof Json.Items items) {
            array(out, items.values(), level, lines);
        } else if (value instanceof Json.Fields fields) {
            object(out, new TreeMap<>(fields.values()), level, lines);
        }
    }

    private static void array(StringBuilder out, List<Json> values, int level, boolean lines) {
        String separator = "[";
        for (Json value : values) {
            out.append(separator);
            newLine(out, level + 1, lines);
            json(out, value, level + 1, lines);
            separator = lines ? "," : ", ";
        }
        if (values.isEmpty()) {
            out.append('[');
        } else {
            newLine(out, level, lines);
        }
        out.append(']');
    }

    private static void object(StringBuilder out, SortedMap<String, Json> values, int level, boolean lines) {
        String separator = "{";
        for (Map.Entry<String, Json> entry : values.entrySet()) {
            out.append(separator);
            newLine(out, level + 1, lines);
            quoted(out, entry.getKey());
            out.append(": ");
            json(out, entry.getValue(), level + 1, lines);
            separator = lines ? "," : ", ";
        }
        if (values.isEmpty()) {
            out.append('{');
        } else {
            newLine(out, level, lines);
        }
        out.append('}');
    }

    private static void newLine(StringBuilder out, int level, boolean lines) {
        if (lines) {
            out.append('\n');
            for (int i = 0; i < level; i++) {
                out.append("    ");
            }
        }
    }

    /** A JSON string of ASCII alone. */
    static void quoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '\\' -> out.append('\\').append(character);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (character >= 0x20 && character < 0x7f) {
                        out.append(character);
                    } else {
                        hexadecimal(out, 'u', 4, character);
                    }
                }
            }
        }
        out.append('"');
    }

    /** What {@code str()} makes of it, which is what a format shows. */
    static String shown(Json value) {
        return value instanceof Json.Text text ? text.value() : represented(value);
    }

    /** What {@code repr()} makes of it. */
    static String represented(Json value) {
        StringBuilder out = new StringBuilder(64);
        represent(out, value);
        return out.toString();
    }

    private static void represent(StringBuilder out, Json value) {
        if (value instanceof Json.Text text) {
            represent(out, text.value());
        } else if (value instanceof Json.Numeral number) {
            out.append(number.literal());
        } else if (value instanceof Json.Flag flag) {
            out.append(flag.value() ? "True" : "False");
        } else if (value instanceof Json.Null) {
            out.append("None");
        } else if (value instanceof Json.Items items) {
            String separator = "";
            out.append('[');
            for (Json item : items.values()) {
                out.append(separator);
                represent(out, item);
                separator = ", ";
            }
            out.append(']');
        } else if (value instanceof Json.Fields fields) {
            String separator = "";
            out.append('{');
            for (Map.Entry<String, Json> entry : fields.values().entrySet()) {
                out.append(separator);
                represent(out, entry.getKey());
                out.append(": ");
                represent(out, entry.getValue());
                separator = ", ";
            }
            out.append('}');
        }
    }

    private static void represent(StringBuilder out, String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == quote || point == '\\') {
                out.append('\\').appendCodePoint(point);
            } else if (point == '\n') {
                out.append("\\n");
            } else if (point == '\r') {
                out.append("\\r");
            } else if (point == '\t') {
                out.append("\\t");
            } else if (isPrintable(point)) {
                out.appendCodePoint(point);
            } else if (point <= 0xff) {
                hexadecimal(out, 'x', 2, point);
            } else if (point <= 0xffff) {
                hexadecimal(out, 'u', 4, point);
            } else {
                hexadecimal(out, 'U', 8, point);
            }
        }
        out.append(quote);
    }

    private static boolean isPrintable(int point) {
        return point == ' ' || !(Character.isSpaceChar(point) || SafeText.isNeededFor(Character.toString(point)));
    }

    private static void hexadecimal(StringBuilder out, char kind, int width, int number) {
        String digits = Integer.toHexString(number);
        out.append('\\').append(kind);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        out.append(digits);
    }
}
