/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Why a method was not recommended, for a program.
 *
 * @param code the id of the check that blocked, such as {@code obj.engine}
 * @param dbname the database it blocked for; null where it concerns the whole server
 */
public record ResultCode(String code, @Nullable String dbname) {
    public ResultCode {
        requireNonNull(code, "code is null");
    }
}
