/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The schema name of a grant as a pattern: {@code %} stands for any bytes, {@code _} for one byte, {@code \} takes the next
 * character as it is.
 *
 * <p>Bytes, not characters: on 5.7.22, 8.0.15, 9.7.4 and MariaDB 10.11.19 {@code caf_} does not match {@code café}, {@code caf__}
 * does.
 *
 * @param text as {@code SHOW GRANTS} prints it, unquoted
 */
record SchemaPattern(String text) {

    private static final int NO_WILDCARD = 128;
    private static final int LAST_POSITION = 127;
    private static final int MARIADB_NAME_LENGTH = 64;
    private static final int MARIADB_WILDCARDS = 31;

    SchemaPattern {
        requireNonNull(text, "text is null");
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** True if {@code %} or {@code _} occurs at all, escaped or not. */
    boolean mentionsWildcard() {
        return text.indexOf('%') >= 0 || text.indexOf('_') >= 0;
    }

    boolean matches(String schema, boolean ignoreCase) {
        if (text.indexOf('%') < 0 && text.indexOf('_') < 0 && text.indexOf('\\') < 0) {
            // The common case, asked for every pair of a database and a grant.
            return ignoreCase ? lower(text).equals(lower(schema)) : text.equals(schema);
        }
        byte[] pattern = (ignoreCase ? lower(text) : text).getBytes(StandardCharsets.UTF_8);
        byte[] name = (ignoreCase ? lower(schema) : schema).getBytes(StandardCharsets.UTF_8);
        int p = 0;
        int n = 0;
        int afterMany = -1;
        int retryAt = 0;
        while (n < name.length) {
            if (p < pattern.length && pattern[p] == '%') {
                afterMany = ++p;
                retryAt = n;
                continue;
            }
            if (p < pattern.length) {
                boolean escaped = pattern[p] == '\\' && p + 1 < pattern.length;
                byte wanted = escaped ? pattern[p + 1] : pattern[p];
                if (wanted == name[n] || (!escaped && wanted == '_')) {
                    p += escaped ? 2 : 1;
                    n++;
                    continue;
                }
            }
            if (afterMany < 0) {
                return false;
            }
            p = afterMany;
            n = ++retryAt;
        }
        while (p < pattern.length && pattern[p] == '%') {
            p++;
        }
        return p == pattern.length;
    }

    /**
     * How specific MySQL holds the pattern to be, larger is more: no wildcard first, then the one whose first wildcard comes later, in
     * bytes, backslashes counted. What follows the first wildcard does not matter.
     */
    long mysqlRank() {
        byte[] pattern = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] == '\\' && i + 1 < pattern.length) {
                i++;
            } else if (pattern[i] == '%' || pattern[i] == '_') {
                return Math.min(i + 1, LAST_POSITION);
            }
        }
        return pattern.length == 0 ? 0 : NO_WILDCARD;
    }

    /**
     * How specific MariaDB holds the pattern to be, larger is more: the fewer names a pattern can match, the more specific it is; the
     * place of the first wildcard only breaks ties.
     */
    long mariaDbRank() {
        byte[] pattern = text.getBytes(StandardCharsets.UTF_8);
        long literals = 0;
        long many = 0;
        long ones = 0;
        long prefix = 0;
        for (int i = 0; i < pattern.length; i++) {
            boolean first = many == 0 && ones == 0;
            if (pattern[i] == '%') {
                prefix = first ? literals : prefix;
                many++;
                while (i + 1 < pattern.length && pattern[i + 1] == '%') {
                    i++;
                }
            } else if (pattern[i] == '_') {
                prefix = first ? literals : prefix;
                ones++;
            } else {
                i += pattern[i] == '\\' && i + 1 < pattern.length ? 1 : 0;
                literals++;
            }
        }
        many = Math.min(many, MARIADB_WILDCARDS);
        ones = Math.min(ones, MARIADB_WILDCARDS);
        long free = many == 0 ? 0 : Math.max(0, MARIADB_NAME_LENGTH - literals - ones);
        long[] digits = free > ones ? new long[] {free * 2 + 1, many, ones} : new long[] {ones * 2, free, many};
        long generality = 0;
        for (long digit : digits) {
            generality = generality * 128 + digit;
        }
        // The longer prefix is the "larger" number in MariaDB's code too: it makes a pattern less specific, not more.
        return -(generality * 128 + prefix);
    }
}
