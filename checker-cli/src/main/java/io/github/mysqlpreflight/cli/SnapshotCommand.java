/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.render.SafeText;
import io.github.mysqlpreflight.core.report.SourceInfo;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.core.source.SourceUri;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** {@code snapshot}: reads a server into a file. */
final class SnapshotCommand {
    private SnapshotCommand() {}

    static int run(Arguments arguments, Environment environment) {
        if (arguments.helpWanted()) {
            environment.out().print(arguments.help());
            return ExitCode.SUCCESS;
        }
        Diagnostics.set(environment.err(), arguments.count("--verbose"));
        String name = arguments.value("--output");
        if (name == null) {
            throw new UsageException("there is no file to write the snapshot into", "Name it with -o FILE.");
        }
        if (name.equals("-")) {
            throw new UsageException("a snapshot is written into a file, not to standard output", "Name a file.");
        }
        Path file = ReportTarget.path("--output", name);
        ReportTarget.verify(file);
        SourceUri source = Sources.server(arguments, environment);
        Preflight preflight = new Preflight(CheckRegistry.installed(), Tool.version());
        Snapshot snapshot;
        try (Progress progress = Progress.on(environment)) {
            snapshot = preflight.snapshot(source, preflight.registry().all(), CheckCommand.limits(arguments), progress);
        }
        ConnectionFacts.Failure failure = Preflight.failure(snapshot);
        if (failure != null) {
            environment.complain("no snapshot was taken: " + failure.message(), failure.advice());
            return ExitCode.UNREACHABLE;
        }
        write(snapshot, file);
        SourceInfo info = SourceInfo.of(snapshot);
        environment
                .out()
                .println(SafeText.of((info.title() == null ? "The server" : info.title()) + " at " + info.address()
                        + " read into " + file));
        return ExitCode.SUCCESS;
    }

    private static void write(Snapshot snapshot, Path file) {
        try {
            SnapshotFile.write(snapshot, file);
        } catch (AccessDeniedException e) {
            throw new UsageException(file + " may not be written by this user", "Name a file somewhere else.");
        } catch (IOException e) {
            throw new UsageException(file + " cannot be written: " + e.getMessage(), "Check the disk and the name.");
        }
    }
}
