/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants.
 *
 * @param targetVersion version to migrate to; null where it was not given: see {@link #targetVersionFor}
 * @param target the target's own snapshot; null where no target was given
 * @param method the method asked for, which is not replaced by another; null to have one recommended
 * @param ignoredDatabases names of databases to leave out, as given, without duplicates
 * @param dumpTool the program that will make the dump
 * @param maxTotalSize most bytes of data and indexes the target takes; null for no limit
 * @param requirePreserveCommitOrder whether a source that is itself a replica has to keep the commit order
 * @param dumpThroughput how many bytes of data a second a dump takes, for estimates
 */
public record Plan(
        @Nullable ServerVersion targetVersion,
        @Nullable Snapshot target,
        @Nullable Method method,
        List<String> ignoredDatabases,
        DumpTool dumpTool,
        @Nullable Long maxTotalSize,
        boolean requirePreserveCommitOrder,
        long dumpThroughput) {
    /** 50 MB a second, what a dump takes over an ordinary network. */
    public static final long DEFAULT_DUMP_THROUGHPUT = 50L << 20;

    private static final ServerVersion DEFAULT_TARGET = new ServerVersion(8, 4, 0);

    public Plan {
        ignoredDatabases = List.copyOf(new LinkedHashSet<>(ignoredDatabases));
        requireNonNull(dumpTool, "dumpTool is null");
        if (dumpThroughput < 1) {
            throw new IllegalArgumentException("a dump takes more than nothing a second");
        }
    }

    /** A plan with the default throughput of a dump. */
    public Plan(
            @Nullable ServerVersion targetVersion,
            @Nullable Snapshot target,
            @Nullable Method method,
            List<String> ignoredDatabases,
            DumpTool dumpTool,
            @Nullable Long maxTotalSize,
            boolean requirePreserveCommitOrder) {
        this(
                targetVersion,
                target,
                method,
                ignoredDatabases,
                dumpTool,
                maxTotalSize,
                requirePreserveCommitOrder,
                DEFAULT_DUMP_THROUGHPUT);
    }

    /** The programs that can make a dump. */
    public enum DumpTool {
        MYSQLDUMP("mysqldump"),
        MYDUMPER("mydumper"),
        MYSQL_SHELL("mysqlsh");

        private final String command;

        DumpTool(String command) {
            this.command = command;
        }

        /** The name of the program. */
        public String command() {
            return command;
        }
    }

    /** No wishes: the default target version, any method, nothing left out, mysqldump. */
    public static Plan defaults() {
        return new Plan(null, null, null, List.of(), DumpTool.MYSQLDUMP, null, false);
    }

    /**
     * The version that is migrated to: the target's own, else the one asked for, else 8.4, or the series of the source
     * where that is newer.
     */
    public ServerVersion targetVersionFor(Snapshot source) {
        if (target != null && target.knows(Facts.VARIABLES)) {
            return Server.of(target).version();
        }
        if (targetVersion != null) {
            return targetVersion;
        }
        if (!source.knows(Facts.VARIABLES)) {
            return DEFAULT_TARGET;
        }
        Server server = Server.of(source);
        ServerVersion series = server.version().series();
        return server.isMySql() && series.compareTo(DEFAULT_TARGET) > 0 ? series : DEFAULT_TARGET;
    }

    /** The target's version as messages name it: with its patch level only where one is known. */
    public String targetVersionText(Snapshot source) {
        if (target != null && target.knows(Facts.VARIABLES)) {
            return Server.of(target).versionText();
        }
        ServerVersion version = targetVersionFor(source);
        return version.patch() == 0 ? version.seriesText() : version.toString();
    }

    /** Whether the method may be recommended at all: it is the one asked for, or none was. */
    public boolean considers(Method candidate) {
        return method == null || method == candidate;
    }

    /** This plan with a target's snapshot. */
    public Plan withTarget(Snapshot targetSnapshot) {
        return new Plan(
                targetVersion,
                requireNonNull(targetSnapshot, "targetSnapshot is null"),
                method,
                ignoredDatabases,
                dumpTool,
                maxTotalSize,
                requirePreserveCommitOrder,
                dumpThroughput);
    }

    /** This plan with another throughput of the dump, in bytes a second. */
    public Plan withDumpThroughput(long bytesPerSecond) {
        return new Plan(
                targetVersion,
                target,
                method,
                ignoredDatabases,
                dumpTool,
                maxTotalSize,
                requirePreserveCommitOrder,
                bytesPerSecond);
    }

    /** The ignored names as a set. */
    public Set<String> ignoredDatabaseSet() {
        return new LinkedHashSet<>(ignoredDatabases);
    }
}
