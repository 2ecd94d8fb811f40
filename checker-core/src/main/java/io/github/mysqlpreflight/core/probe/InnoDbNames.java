/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

/**
 * Names as InnoDB keeps them: characters that are no ASCII letter, digit or underscore stand as {@code @} and four hexadecimal digits, or
 * for some letters as {@code @} and two characters
 * (<a href="https://dev.mysql.com/doc/refman/5.7/en/identifier-mapping.html">manual</a>).
 */
final class InnoDbNames {
    private InnoDbNames() {}

    /** Whether the name holds characters that {@link #decode} cannot tell: those written with two. */
    static boolean isEncoded(String name) {
        for (int at = name.indexOf('@'); at >= 0; at = name.indexOf('@', at + 1)) {
            if (at + 5 > name.length() || hex(name, at + 1) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The name as SQL spells it, as far as it is written with four digits; others stay as they are. */
    static String decode(String name) {
        int at = name.indexOf('@');
        if (at < 0) {
            return name;
        }
        StringBuilder decoded = new StringBuilder(name.length());
        int from = 0;
        while (at >= 0 && at + 5 <= name.length()) {
            int code = hex(name, at + 1);
            if (code < 0) {
                decoded.append(name, from, at + 1);
                from = at + 1;
            } else {
                decoded.append(name, from, at).append((char) code);
                from = at + 5;
            }
            at = name.indexOf('@', from);
        }
        return decoded.append(name, from, name.length()).toString();
    }

    private static int hex(String name, int start) {
        int code = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = Character.digit(name.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }
}
