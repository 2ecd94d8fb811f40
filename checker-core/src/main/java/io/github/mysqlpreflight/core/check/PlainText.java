/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import java.util.Locale;

/**
 * Text for a result message: one line of printable ASCII without double quotes and backslashes, as the tables of Aiven's
 * client print it bare.
 */
public final class PlainText {
    private PlainText() {}

    /**
     * Our own words, or those of a server: double quotes become single ones, line breaks blanks, other characters their
     * code point, as {@code <U+00E9>}.
     */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '"') {
                line.append('\'');
            } else if (point == '\n' || point == '\r' || point == '\t') {
                line.append(' ');
            } else if (point < 0x20 || point > 0x7e || point == '\\') {
                line.append("<U+").append(hex(point)).append('>');
            } else {
                line.appendCodePoint(point);
            }
        }
        return line.toString().strip();
    }

    /** A name: like {@link #line}, but a double quote too keeps its identity. */
    public static String name(String text) {
        return line(text.indexOf('"') < 0 ? text : text.replace("\"", "<U+0022>"));
    }

    private static String hex(int point) {
        String digits = Integer.toHexString(point).toUpperCase(Locale.ROOT);
        return "0000".substring(Math.min(4, digits.length())) + digits;
    }
}
