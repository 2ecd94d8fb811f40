/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.time.Duration;

/**
 * How quick the engine is about its own business; not for users, but for tests, which have less time.
 *
 * @param poll how often the queue is looked at, for what other instances put into it
 * @param heartbeat how often a running task is marked as alive; four missed ones, and another instance takes it over
 * @param look how often a run writes its progress and looks whether it is still wanted
 * @param patience how long the end of a run is kept for a store that cannot be reached
 * @param grace how long running tasks may go on when the engine is closed
 * @param farewell how long a run that was interrupted is waited for, before its place is given to another
 * @param sweep how often old tasks are removed
 */
record Tuning(
        Duration poll,
        Duration heartbeat,
        Duration look,
        Duration patience,
        Duration grace,
        Duration farewell,
        Duration sweep) {
    private static final Duration MOST_SWEEP = Duration.ofMinutes(15);

    /**
     * A task of a killed instance is taken over after 20 to 30 seconds.
     *
     * @param keep how long ended tasks are kept; they are gone at most a tenth later, or a second, or 15 minutes where that is less
     */
    static Tuning defaults(Duration keep) {
        Duration tenth = keep.dividedBy(10);
        Duration sweep = tenth.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : tenth;
        return new Tuning(
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                sweep.compareTo(MOST_SWEEP) > 0 ? MOST_SWEEP : sweep);
    }
}
