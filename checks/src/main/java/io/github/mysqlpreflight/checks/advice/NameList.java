/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names in the middle of a message. */
public final class NameList {
    private static final int SHOWN = 3;

    private NameList() {}

    /** The first three names in the order of the alphabet, and how many more there are. */
    public static String some(Collection<String> names) {
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(null);
        String text = String.join(", ", sorted.subList(0, Math.min(SHOWN, sorted.size())));
        return sorted.size() > SHOWN ? text + " and " + (sorted.size() - SHOWN) + " more" : text;
    }
}
