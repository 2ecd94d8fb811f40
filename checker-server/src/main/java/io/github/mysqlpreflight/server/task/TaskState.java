/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

/** How far a task is. It only ever goes forward, except that a run that was cut off is queued again. */
public enum TaskState {
    /** Waits for its turn. */
    QUEUED,
    /** An instance is at it. */
    RUNNING,
    /** Over: it has a result, whatever that is. */
    ENDED
}
