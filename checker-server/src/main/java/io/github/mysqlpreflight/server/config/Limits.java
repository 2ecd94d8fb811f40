/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much the server takes upon itself.
 *
 * @param tasksAtOnce tasks that this instance runs at the same time, 1 to 256
 * @param tasksPerSource of those, tasks on the same source, 1 to {@code tasksAtOnce}; so that a slow source does not take all places
 * @param queue tasks that may wait, of all instances
 * @param bodyBytes most bytes of a request's body
 * @param connections most connections of clients at the same time
 * @param taskTime most time for one run of a task, at least a second
 * @param keep how long an ended task is kept
 */
public record Limits(
        int tasksAtOnce,
        int tasksPerSource,
        int queue,
        int bodyBytes,
        int connections,
        Duration taskTime,
        Duration keep) {
    public Limits {
        requireNonNull(taskTime, "taskTime is null");
        requireNonNull(keep, "keep is null");
    }

    /** Eight tasks, two of them on one source, a thousand waiting, 64 KiB, 512 connections, ten minutes, thirty days. */
    public static Limits defaults() {
        return new Limits(8, 2, 1_000, 64 * 1024, 512, Duration.ofMinutes(10), Duration.ofDays(30));
    }
}
