/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import java.util.List;

/** Some names of many, for a message of one line. */
public final class NameList {
    private static final int SHOWN = 3;

    private NameList() {}

    /** At most three names, and how many more there are: {@code a, b, c and 41 more}. */
    public static String of(List<String> names) {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }
}
