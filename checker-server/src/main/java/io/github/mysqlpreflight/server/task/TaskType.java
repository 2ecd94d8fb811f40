/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import org.jspecify.annotations.Nullable;

/** What a task does. The names are those of Aiven's API: one in the request, another in the answers. */
public enum TaskType {
    /** Can the source be migrated, and by which method. */
    MIGRATION_CHECK("migration_check", "mysql_migration_check"),
    /** Does the source fit a newer version. */
    UPGRADE_CHECK("upgrade_check", "mysql_upgrade_check");

    private final String requestName;
    private final String answerName;

    TaskType(String requestName, String answerName) {
        this.requestName = requestName;
        this.answerName = answerName;
    }

    /** {@code task_type} in the body of a request. */
    public String requestName() {
        return requestName;
    }

    /** {@code task_type} in an answer. */
    public String answerName() {
        return answerName;
    }

    /** The type of that name in a request; null where there is none. */
    public static @Nullable TaskType ofRequestName(String name) {
        for (TaskType type : values()) {
            if (type.requestName.equals(name)) {
                return type;
            }
        }
        return null;
    }
}
