/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import java.util.List;

/** Some names of many, for a message of one line. */
public final class NameList {
    private static final int SHOWN = 3;

    private NameList() {}

    /** At most three names, and how many more there are: {@code a, b, c and 41 more}. */
    public static String of(List<String> names) {
        return of(names, names.size());
    }

    /** The same where only the first names were kept of a number that is known. */
    public static String of(List<String> first, int count) {
        String text = String.join(", ", first.subList(0, Math.min(SHOWN, first.size())));
        return count > SHOWN ? text + " and " + (count - SHOWN) + " more" : text;
    }
}
