/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.check.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told of the tasks that this instance runs to their end. Called by several threads; must not throw. */
@FunctionalInterface
public interface TaskListener {
    /** Who does not want to know. */
    TaskListener NONE = (type, success, method, ran) -> {};

    /**
     * A run ended its task.
     *
     * @param success whether the databases can be migrated as was asked
     * @param method the recommended method; null where there is none
     * @param ran how long the run took
     */
    void ended(TaskType type, boolean success, @Nullable Method method, Duration ran);
}
