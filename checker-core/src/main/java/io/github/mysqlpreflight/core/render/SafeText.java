/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import java.util.Locale;

/** Makes text of a server, or of a user, safe to print: nothing in it can move a cursor or hide what follows. */
public final class SafeText {
    private SafeText() {}

    /** The text with each character that is not printed as itself as its code point, such as {@code <U+001B>}. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isUnsafe(point)) {
                return escaped(text, i);
            }
            i += Character.charCount(point);
        }
        return text;
    }

    /** Whether {@link #of} would change the text. */
    public static boolean isNeededFor(String text) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isUnsafe(point)) {
                return true;
            }
            i += Character.charCount(point);
        }
        return false;
    }

    private static String escaped(String text, int from) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isUnsafe(point)) {
                String digits = Integer.toHexString(point).toUpperCase(Locale.ROOT);
                safe.append("<U+");
                for (int zero = digits.length(); zero < 4; zero++) {
                    safe.append('0');
                }
                safe.append(digits).append('>');
            } else {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe.toString();
    }

    /** Control and format characters, line ends of any kind, private use, and halves of a pair. */
    private static boolean isUnsafe(int point) {
        if (point < 0x7f) {
            return point < 0x20;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
