/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.probe.ReadListener;

/** Does what a task asks for. A run that is interrupted ends soon; what it then gives does not matter. */
@FunctionalInterface
interface Judge {
    /**
     * Reads, judges and says what is to be kept of it.
     *
     * @throws TaskFailedException where nothing can be judged; the task ends with its message
     */
    Ending judge(Job job, ReadListener listener) throws TaskFailedException;
}
