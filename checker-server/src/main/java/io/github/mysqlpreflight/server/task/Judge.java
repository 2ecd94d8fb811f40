/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.report.Assessment;

/** Does what a task asks for. A run that is interrupted ends soon; what it then gives does not matter. */
@FunctionalInterface
interface Judge {
    /**
     * Reads and judges.
     *
     * @throws TaskFailedException where nothing can be judged; the task ends with its message
     */
    Assessment judge(Job job, ReadListener listener) throws TaskFailedException;
}
