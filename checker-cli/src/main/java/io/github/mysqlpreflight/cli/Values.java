/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.check.Quantities;
import java.time.Duration;

/** Reads the sizes and times of options. */
final class Values {
    private static final Duration LONGEST = Duration.ofDays(1);

    private Values() {}

    /**
     * Bytes: a whole number, alone or with K, M, G, T and an optional B or iB, powers of 1024.
     *
     * @throws UsageException when it is not that, or more than a long holds
     */
    static long size(String option, String text) {
        Long bytes = Quantities.bytes(text);
        if (bytes == null) {
            throw new UsageException(
                    "the option " + option + " is not a size", "Give bytes, or a size such as 500G or 2T.");
        }
        return bytes;
    }

    /**
     * A whole number of at least one.
     *
     * @throws UsageException when it is not that
     */
    static long number(String option, String text) {
        String trimmed = text.strip();
        long number = trimmed.isEmpty() || trimmed.length() > 15 ? -1 : 0;
        for (int i = 0; i < trimmed.length() && number >= 0; i++) {
            char digit = trimmed.charAt(i);
            number = digit < '0' || digit > '9' ? -1 : number * 10 + (digit - '0');
        }
        if (number < 1) {
            throw new UsageException("the option " + option + " is not a number", "Give one from 1 on.");
        }
        return number;
    }

    /**
     * Bytes a second: a size that is not nothing, alone or with /s.
     *
     * @throws UsageException when it is not that
     */
    static long throughput(String option, String text) {
        Long bytes = Quantities.bytesPerSecond(text);
        if (bytes == null) {
            throw new UsageException(
                    "the option " + option + " is not a size a second", "Give one such as 50M or 200M/s.");
        }
        return bytes;
    }

    /**
     * A time: seconds alone, or a whole number with s, m or h; at least a second, at most a day.
     *
     * @throws UsageException when it is not that
     */
    static Duration time(String option, String text) {
        Duration time = Quantities.time(text);
        if (time == null || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new UsageException(
                    "the option " + option + " is not a time", "Give seconds, or 90s or 5m: from one second to a day.");
        }
        return time;
    }
}
