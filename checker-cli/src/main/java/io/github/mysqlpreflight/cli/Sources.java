/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.render.SafeText;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.core.snapshot.SnapshotFormatException;
import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.core.source.ResolvedSource;
import io.github.mysqlpreflight.core.source.SourceInputs;
import io.github.mysqlpreflight.core.source.SourceUri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out which server or snapshot the arguments mean. */
final class Sources {
    private static final int LARGEST_URI = 1 << 16;
    private static final List<String> CONNECTION_OPTIONS =
            List.of("--host", "--port", "--user", "--defaults-file", "--source-uri-file", "--scan-data");

    private Sources() {}

    /**
     * The server that the arguments and the environment mean; asks for the password where there is none and somebody to ask.
     *
     * @throws UsageException when the arguments contradict each other
     * @throws io.github.mysqlpreflight.core.source.UnusableSourceException when they do not name a server
     */
    static SourceUri server(Arguments arguments, Environment environment) {
        List<String> uris = arguments.positional();
        if (uris.size() > 1) {
            throw new UsageException(
                    "there are " + uris.size() + " arguments where one URI is expected",
                    "Quote a URI in the shell; a password is attached: -pPASSWORD.");
        }
        String uri = uris.isEmpty() ? null : uris.get(0);
        String uriFile = arguments.value("--source-uri-file");
        if ("-".equals(uriFile)) {
            if (uri != null) {
                throw new UsageException("a URI and --source-uri-file are both given", "Give one of them.");
            }
            uri = standardInput(environment);
            uriFile = null;
        }
        String optionFile = arguments.value("--defaults-file");
        SourceInputs inputs = new SourceInputs(
                uri,
                uriFile == null ? null : ReportTarget.path("--source-uri-file", uriFile),
                optionFile == null ? null : ReportTarget.path("--defaults-file", optionFile),
                arguments.value("--host"),
                arguments.value("--port"),
                arguments.value("--user"),
                arguments.password());
        ResolvedSource resolved = inputs.resolve(environment.variables());
        for (String warning : resolved.warnings()) {
            environment.complain("warning: " + warning, "");
        }
        return withPassword(resolved.uri(), arguments.passwordAsked(), environment);
    }

    /** The same with a password where none was given and somebody can be asked. */
    static SourceUri withPassword(SourceUri uri, boolean demanded, Environment environment) {
        if (demanded && uri.passwordGiven()) {
            throw new UsageException("-p asks for a password that is given already", "Leave one of them out.");
        }
        if (uri.passwordGiven()) {
            return uri;
        }
        Password typed = environment
                .terminal()
                .askPassword(SafeText.of("Password of " + uri.user() + " at " + uri.address() + ": "));
        if (typed == null && demanded) {
            throw new UsageException(
                    "-p asks for a password, and there is no terminal to ask on",
                    "Give it in the URI, or in a file with --defaults-file or --source-uri-file; where standard output is"
                            + " redirected, write the report with --output instead.");
        }
        return typed == null ? uri : uri.withPassword(typed);
    }

    /**
     * The one line that standard input is.
     *
     * @throws UsageException when it is not
     */
    static String standardInput(Environment environment) {
        byte[] bytes;
        try {
            bytes = environment.in().readNBytes(LARGEST_URI);
        } catch (IOException e) {
            throw new UsageException("standard input cannot be read", "Write the URI into it.");
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw new UsageException("there is no URI in standard input", "Write the URI into it.");
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new UsageException("there is more than one line in standard input", "Write one URI into it.");
        }
        return text;
    }

    /** The file of {@code --snapshot}, or null; then nothing else may name a source. */
    static @Nullable Path snapshotFile(Arguments arguments) {
        String file = arguments.value("--snapshot");
        if (file == null) {
            return null;
        }
        if (!arguments.positional().isEmpty()) {
            throw new UsageException("--snapshot and a URI are both given", "Give one of them.");
        }
        for (String option : CONNECTION_OPTIONS) {
            if (arguments.has(option)) {
                throw new UsageException("--snapshot and " + option + " are both given", "Give one of them.");
            }
        }
        if (arguments.password() != null || arguments.passwordAsked()) {
            throw new UsageException("--snapshot and --password are both given", "A snapshot needs no password.");
        }
        return ReportTarget.path("--snapshot", file);
    }

    /**
     * Reads a snapshot file.
     *
     * @throws UsageException when it is not one that can be read
     */
    static Snapshot read(Path file) {
        String advice = "mysql-preflight snapshot URI -o FILE makes one.";
        try {
            return SnapshotFile.read(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("the file " + name(file) + " does not exist", advice);
        } catch (AccessDeniedException e) {
            throw new UsageException(
                    "the file " + name(file) + " may not be read by this user", "Check its permissions.");
        } catch (IOException e) {
            throw new UsageException("the file " + name(file) + " cannot be read: it is damaged or no file", advice);
        } catch (SnapshotFormatException e) {
            throw new UsageException(
                    isLikeUri(file) ? "the file is not a snapshot" : String.valueOf(e.getMessage()), advice);
        }
    }

    /** The name; one that looks like a URI, given in the wrong place, is not shown. */
    private static String name(Path file) {
        return isLikeUri(file) ? "(its name looks like a URI)" : file.toString();
    }

    /** Whether the name of a file looks like a URI, which may hold a password. */
    static boolean isLikeUri(Path file) {
        String name = file.toString();
        return name.indexOf('@') >= 0 || name.startsWith("mysql:");
    }
}
