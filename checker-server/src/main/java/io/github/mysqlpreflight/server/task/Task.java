/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as everybody may see it; nothing in it is secret.
 *
 * @param id its name in the API
 * @param project the project it belongs to
 * @param service the profile it is made for
 * @param type what it does
 * @param state how far it is
 * @param createTime when it was asked for
 * @param startTime when it was first begun; null before
 * @param endTime when it ended; null before
 * @param source the address of the source, {@code host:port}
 * @param ignoredDatabases names left out, as asked for
 * @param createdBy the name of the token that asked; empty where no token was needed
 * @param progress what is going on, in words for a person; empty where nothing is
 * @param success null until it ends
 * @param result one line of printable ASCII without double quotes and backslashes; empty until it ends, never after
 * @param method the recommended method, {@code replication} or {@code dump}; null where there is none
 * @param resultCodes what blocked; empty until it ends
 * @param assessed whether there is an assessment to be read; false where it ended with an error
 */
public record Task(
        UUID id,
        String project,
        String service,
        TaskType type,
        TaskState state,
        Instant createTime,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        String source,
        List<String> ignoredDatabases,
        String createdBy,
        String progress,
        @Nullable Boolean success,
        String result,
        @Nullable String method,
        List<ResultCode> resultCodes,
        boolean assessed) {
    public Task {
        requireNonNull(id, "id is null");
        requireNonNull(project, "project is null");
        requireNonNull(service, "service is null");
        requireNonNull(type, "type is null");
        requireNonNull(state, "state is null");
        requireNonNull(createTime, "createTime is null");
        requireNonNull(source, "source is null");
        ignoredDatabases = List.copyOf(ignoredDatabases);
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(progress, "progress is null");
        requireNonNull(result, "result is null");
        resultCodes = List.copyOf(resultCodes);
        if ((state == TaskState.ENDED) != (success != null && !result.isEmpty())) {
            throw new IllegalArgumentException("a task has a result if, and only if, it has ended");
        }
    }
}
