/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import java.time.Duration;

/** Reads sizes and times the way people write them. */
final class Values {
    private Values() {}

    /**
     * Bytes: a whole number, alone or with K, M, G, T and an optional B or iB, powers of 1024.
     *
     * @throws UsageException when it is not that, or more than a long holds
     */
    static long size(String option, String text) {
        String trimmed = text.strip();
        int digits = digits(trimmed);
        String unit = trimmed.substring(digits).strip();
        if (unit.length() == 3 && unit.regionMatches(true, 1, "iB", 0, 2)) {
            unit = unit.substring(0, 1);
        } else if (unit.length() == 2 && unit.regionMatches(true, 1, "B", 0, 1)) {
            unit = unit.substring(0, 1);
        }
        int power = unit.isEmpty() || unit.equalsIgnoreCase("B")
                ? 0
                : unit.length() == 1 ? "KMGT".indexOf(Character.toUpperCase(unit.charAt(0))) + 1 : 0;
        boolean known = unit.isEmpty() || unit.equalsIgnoreCase("B") || power > 0;
        if (digits == 0 || digits > 18 || !known) {
            throw noSize(option);
        }
        long number = Long.parseLong(trimmed.substring(0, digits));
        long factor = 1L << (10 * power);
        if (number > Long.MAX_VALUE / factor) {
            throw noSize(option);
        }
        return number * factor;
    }

    private static UsageException noSize(String option) {
        return new UsageException(
                "the option " + option + " is not a size", "Give bytes, or a size such as 500G or 2T.");
    }

    /**
     * A time: seconds alone, or a whole number with s, m or h; at least a second, at most a day.
     *
     * @throws UsageException when it is not that
     */
    static Duration time(String option, String text) {
        String trimmed = text.strip();
        int digits = digits(trimmed);
        String unit = trimmed.substring(digits).strip();
        long factor = unit.isEmpty() || unit.equalsIgnoreCase("s")
                ? 1
                : unit.equalsIgnoreCase("m") ? 60 : unit.equalsIgnoreCase("h") ? 3600 : 0;
        if (digits == 0 || digits > 6 || factor == 0) {
            throw noTime(option);
        }
        long seconds = Long.parseLong(trimmed.substring(0, digits)) * factor;
        if (seconds < 1 || seconds > 86_400) {
            throw noTime(option);
        }
        return Duration.ofSeconds(seconds);
    }

    private static UsageException noTime(String option) {
        return new UsageException(
                "the option " + option + " is not a time", "Give seconds, or 90s or 5m: from one second to a day.");
    }

    private static int digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
