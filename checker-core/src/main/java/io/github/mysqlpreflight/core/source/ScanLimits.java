/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How much of each table may be read where rows are looked at.
 *
 * @param rows most rows of a table, from its beginning
 * @param time most time for a table; a server that cannot be told (before 5.7.8) gives a tenth of the rows instead
 * @param ignoredDatabases databases whose tables are left out
 */
public record ScanLimits(long rows, Duration time, List<String> ignoredDatabases) {
    public ScanLimits {
        requireNonNull(time, "time is null");
        ignoredDatabases = List.copyOf(ignoredDatabases);
        if (rows < 1 || time.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("a row and a millisecond at least");
        }
    }

    /** A hundred thousand rows and five seconds a table, in all databases. */
    public static ScanLimits defaults() {
        return new ScanLimits(100_000, Duration.ofSeconds(5), List.of());
    }
}
