/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.SourceUri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, validated.
 *
 * @param project the name that stands in the path
 * @param service the name of the profile, that stands in the path; it exists
 * @param type what to do
 * @param source the server to judge; its password is in the clear only in memory
 * @param ignoredDatabases names to leave out, without blanks around them
 * @param method the method asked for; null to have one recommended
 * @param targetVersion the version asked for; null for the profile's
 * @param createdBy the name of the token that asked; empty where no token was needed
 */
public record TaskRequest(
        String project,
        String service,
        TaskType type,
        SourceUri source,
        List<String> ignoredDatabases,
        @Nullable Method method,
        @Nullable ServerVersion targetVersion,
        String createdBy) {
    public TaskRequest {
        requireNonNull(project, "project is null");
        requireNonNull(service, "service is null");
        requireNonNull(type, "type is null");
        requireNonNull(source, "source is null");
        ignoredDatabases = List.copyOf(ignoredDatabases);
        requireNonNull(createdBy, "createdBy is null");
    }
}
