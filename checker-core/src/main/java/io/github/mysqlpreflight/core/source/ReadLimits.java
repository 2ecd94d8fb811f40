/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of a server one run may take.
 *
 * @param total the whole run, connecting included; at least a second
 * @param statement one statement; the server is told, and the client gives up a little later
 * @param connect the network connection and each answer during login
 * @param connections connections at the same time, 1 to 3
 * @param sample how far apart the two samples of the server's counters have to lie, so that a rate can be told; zero to take what
 *     reading takes anyway
 * @param scan how much of each table may be read; null to read no rows
 */
public record ReadLimits(
        Duration total,
        Duration statement,
        Duration connect,
        int connections,
        Duration sample,
        @Nullable ScanLimits scan) {
    /** Most connections that a run ever opens at the same time. */
    public static final int MOST_CONNECTIONS = 3;

    public ReadLimits {
        requireNonNull(total, "total is null");
        requireNonNull(statement, "statement is null");
        requireNonNull(connect, "connect is null");
        requireNonNull(sample, "sample is null");
        if (total.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a run needs a second at least");
        }
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("1 to " + MOST_CONNECTIONS + " connections");
        }
    }

    /** Limits without a wish for the samples. */
    public ReadLimits(Duration total, Duration statement, Duration connect, int connections) {
        this(total, statement, connect, connections, Duration.ZERO, null);
    }

    /** Ten minutes in all, two for a statement, five seconds to connect, three connections. */
    public static ReadLimits defaults() {
        return new ReadLimits(Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofSeconds(5), 3);
    }

    /** These limits with another one for the whole run; no part is longer than the whole. */
    public ReadLimits withTotal(Duration other) {
        return new ReadLimits(
                other, shorter(statement, other), shorter(connect, other), connections, shorter(sample, other), scan);
    }

    /** These limits with samples that lie at least so far apart. */
    public ReadLimits withSample(Duration apart) {
        return new ReadLimits(total, statement, connect, connections, apart, scan);
    }

    /** These limits for a run that looks into rows. */
    public ReadLimits withScan(ScanLimits limits) {
        return new ReadLimits(total, statement, connect, connections, sample, requireNonNull(limits, "limits is null"));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
