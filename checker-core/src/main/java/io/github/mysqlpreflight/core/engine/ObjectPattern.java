/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over the title of an object: {@code *} is any number of characters, dots among them, {@code ?} is one; a backslash
 * before one of them, or before another backslash, takes its meaning away. Everything else is compared exactly, letter case too.
 * Immutable.
 */
public final class ObjectPattern {
    private static final int ANY = -1;
    private static final int ONE = -2;

    private final String text;
    private final int[] points;

    private ObjectPattern(String text, int[] points) {
        this.text = text;
        this.points = points;
    }

    /**
     * The pattern that a user wrote.
     *
     * @throws IllegalArgumentException when a backslash stands before anything else, with words for a person
     */
    public static ObjectPattern of(String text) {
        int[] written = requireNonNull(text, "text is null").codePoints().toArray();
        int[] points = new int[written.length];
        int length = 0;
        for (int i = 0; i < written.length; i++) {
            int point = written[i];
            if (point == '\\') {
                i++;
                if (i == written.length || "*?\\".indexOf(written[i]) < 0) {
                    throw new IllegalArgumentException(
                            "has a backslash that does not stand before *, ? or another one");
                }
                points[length++] = written[i];
            } else {
                points[length++] = point == '*' ? ANY : point == '?' ? ONE : point;
            }
        }
        return new ObjectPattern(text, Arrays.copyOf(points, length));
    }

    /** Whether that is the title of an object it means. Takes no longer than the product of both lengths. */
    public boolean matches(String title) {
        int[] other = title.codePoints().toArray();
        int at = 0;
        int star = -1;
        int afterStar = 0;
        int i = 0;
        while (i < other.length) {
            if (at < points.length && points[at] == ANY) {
                star = at++;
                afterStar = i;
            } else if (at < points.length && (points[at] == ONE || points[at] == other[i])) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < points.length && points[at] == ANY) {
            at++;
        }
        return at == points.length;
    }

    /** The one title it means; null where it has a {@code *} or {@code ?}. */
    public @Nullable String literal() {
        for (int point : points) {
            if (point < 0) {
                return null;
            }
        }
        return new String(points, 0, points.length);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
