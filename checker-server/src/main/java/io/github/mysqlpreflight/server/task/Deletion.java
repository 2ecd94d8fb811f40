/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

/** What deleting a task did. */
public enum Deletion {
    /** It had not ended: now it has, as cancelled, and can still be read. */
    CANCELLED,
    /** It had ended: now it is gone. */
    FORGOTTEN
}
