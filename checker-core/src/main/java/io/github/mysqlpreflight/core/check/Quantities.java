/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes sizes, times and numbers the way people do. */
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

    /** Bytes a second: a size as {@link #bytes} reads it, alone or with /s; null for anything else, and for nothing. */
    public static @Nullable Long bytesPerSecond(String text) {
        String trimmed = text.strip();
        String size =
                trimmed.toLowerCase(Locale.ROOT).endsWith("/s") ? trimmed.substring(0, trimmed.length() - 2) : trimmed;
        Long bytes = bytes(size);
        return bytes == null || bytes == 0 ? null : bytes;
    }

    /** A size in the largest unit that it fills, powers of 1024, such as {@code 412 GB} or {@code 1.2 MB}. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        int unit = 0;
        double size = bytes;
        // What would be rounded to 1024 is one of the next unit.
        while (size >= 1023.5 && unit < 5) {
            size /= 1024;
            unit++;
        }
        return number(size) + " " + "KMGTP".charAt(unit - 1) + "B";
    }

    /** A duration in one or two units, such as {@code 45 s}, {@code 12 min}, {@code 2 h 20 min} or {@code 3 days 4 h}. */
    public static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes < 48 * 60) {
            return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
        }
        long hours = (minutes + 30) / 60;
        return hours / 24 + " days" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
    }

    /** A duration in hours, such as {@code 72 h} or {@code 1.5 h}; in smaller units where it is less than one. */
    public static String hours(long seconds) {
        return seconds < 3_600 ? duration(seconds) : number(seconds / 3_600.0) + " h";
    }

    /** A number that need not be exact: with one decimal below ten, without decimals and in groups above. */
    public static String number(double value) {
        long tenths = Math.round(value * 10);
        if (tenths >= 100) {
            return grouped(Math.round(value));
        }
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10);
    }

    /** A whole number in groups of three digits. */
    public static String grouped(long number) {
        StringBuilder digits = new StringBuilder(Long.toString(number));
        for (int i = digits.length() - 3; i > (number < 0 ? 1 : 0); i -= 3) {
            digits.insert(i, ',');
        }
        return digits.toString();
    }

    private static int digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
