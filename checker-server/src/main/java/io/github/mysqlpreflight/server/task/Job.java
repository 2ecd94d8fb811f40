/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.SourceUri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to do.
 *
 * @param service the name of the profile, which may be gone by now
 * @param type what to do
 * @param source the server to judge
 * @param ignoredDatabases names to leave out
 * @param method the method asked for; null to have one recommended
 * @param targetVersion the version asked for; null for the profile's
 */
record Job(
        String service,
        TaskType type,
        SourceUri source,
        List<String> ignoredDatabases,
        @Nullable Method method,
        @Nullable ServerVersion targetVersion) {
    Job {
        ignoredDatabases = List.copyOf(ignoredDatabases);
    }
}
