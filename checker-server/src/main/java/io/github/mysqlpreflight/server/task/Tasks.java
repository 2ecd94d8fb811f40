/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tasks: asked for here, run elsewhere, kept until they are forgotten. Safe for use by several threads.
 *
 * <p>Every method may throw {@link StoreUnavailableException}: then the store cannot be reached, and nothing was done.
 */
public interface Tasks {
    /**
     * Keeps the task and queues it; when this returns it outlives the process.
     *
     * @throws QueueFullException when as many tasks wait as may
     */
    Task create(TaskRequest request) throws QueueFullException;

    /** The task; null where that service of that project has none of that id. */
    @Nullable
    Task find(String project, String service, UUID id);

    /**
     * A service's tasks, newest first.
     *
     * @param limit most tasks to give, from 1
     * @param after the task to continue behind, as {@link TaskPage#next} gave it; null for the beginning
     */
    TaskPage list(String project, String service, int limit, @Nullable UUID after);

    /** The assessment of an ended task, compressed by gzip; null where there is no such task or no assessment of it. */
    byte @Nullable [] document(String project, String service, UUID id, TaskDocument kind);

    /** Cancels a task that has not ended, or forgets one that has; null where there is no such task. */
    @Nullable
    Deletion delete(String project, String service, UUID id);

    /** The projects that have tasks, by name; a thousand of them at most. */
    List<String> projects();

    /** How many there are. */
    TaskCounts counts();
}
