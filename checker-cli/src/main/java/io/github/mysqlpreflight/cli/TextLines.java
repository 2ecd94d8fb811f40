/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.render.SafeText;

/** Lays prose out in lines of a given width. */
final class TextLines {
    private TextLines() {}

    /**
     * Appends words, made safe, with a line end behind; the line begins at a column that is reached already.
     *
     * @param column where the first line stands already
     * @param indent where further lines begin
     * @param width most characters of a line; a longer word stands alone
     */
    static void wrap(StringBuilder text, String words, int column, int indent, int width) {
        String safe = SafeText.of(words);
        int at = column;
        boolean first = true;
        int start = 0;
        while (start < safe.length()) {
            int blank = safe.indexOf(' ', start);
            int end = blank < 0 ? safe.length() : blank;
            if (end > start) {
                if (!first && at + 1 + (end - start) > width) {
                    text.append('\n').append(" ".repeat(indent));
                    at = indent;
                } else if (!first) {
                    text.append(' ');
                    at++;
                }
                text.append(safe, start, end);
                at += end - start;
                first = false;
            }
            start = end + 1;
        }
        text.append('\n');
    }
}
