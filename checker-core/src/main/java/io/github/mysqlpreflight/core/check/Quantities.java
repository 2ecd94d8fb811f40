/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads sizes and times the way people write them, and writes sizes the way they read them. */
public final class Quantities {
    private Quantities() {}

    /** Bytes: a whole number, alone or with K, M, G, T and an optional B or iB, powers of 1024; null for anything else, and for more than a long holds. */
    public static @Nullable Long bytes(String text) {
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
            return null;
        }
        long number = Long.parseLong(trimmed.substring(0, digits));
        long factor = 1L << (10 * power);
        return number > Long.MAX_VALUE / factor ? null : number * factor;
    }

    /** A number of bytes with the unit that leaves the fewest digits, a power of 1024: {@code 812 bytes}, {@code 3.4 GiB}. */
    public static String text(long bytes) {
        if (bytes < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        int power = Math.min(4, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        long tenths = bytes / (1L << (10 * power - 4)) * 10 / 16;
        String number = tenths < 100 ? tenths / 10 + "." + tenths % 10 : Long.toString(tenths / 10);
        return number + " " + "KMGT".charAt(power - 1) + "iB";
    }

    /** A time: seconds alone, or a whole number with s, m, h or d; null for anything else. */
    public static @Nullable Duration time(String text) {
        String trimmed = text.strip();
        int digits = digits(trimmed);
        String unit = trimmed.substring(digits).strip();
        long factor = unit.isEmpty() || unit.equalsIgnoreCase("s")
                ? 1
                : unit.equalsIgnoreCase("m")
                        ? 60
                        : unit.equalsIgnoreCase("h") ? 3_600 : unit.equalsIgnoreCase("d") ? 86_400 : 0;
        if (digits == 0 || digits > 9 || factor == 0) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(trimmed.substring(0, digits)) * factor);
    }

    private static int digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
