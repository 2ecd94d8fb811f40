/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.SourceUri;
import org.jspecify.annotations.Nullable;

/**
 * What a service of the API stands for: where databases are migrated to.
 *
 * @param name its name in paths, 1 to 64 letters, digits, {@code - _ .}
 * @param targetVersion the version to migrate to; null for the default
 * @param target the server to migrate to, that is read too; null for none
 * @param dumpTool the program that will make the dump
 * @param maxTotalSize most bytes of data and indexes the target takes; null for no limit
 * @param requirePreserveCommitOrder whether a source that is itself a replica has to keep the commit order
 * @param sources the sources that may be checked for it; null for those of the whole server
 */
public record Profile(
        String name,
        @Nullable ServerVersion targetVersion,
        @Nullable SourceUri target,
        Plan.DumpTool dumpTool,
        @Nullable Long maxTotalSize,
        boolean requirePreserveCommitOrder,
        @Nullable AllowedSources sources) {
    public Profile {
        requireNonNull(name, "name is null");
        requireNonNull(dumpTool, "dumpTool is null");
    }

    /** The profile that is there without a configuration. */
    public static Profile standard() {
        return new Profile("mysql", null, null, Plan.DumpTool.MYSQLDUMP, null, false, null);
    }
}
