/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some of a service's tasks, newest first.
 *
 * @param tasks the tasks
 * @param next the task to continue behind; null where these are the last
 */
public record TaskPage(List<Task> tasks, @Nullable UUID next) {
    public TaskPage {
        tasks = List.copyOf(tasks);
    }
}
