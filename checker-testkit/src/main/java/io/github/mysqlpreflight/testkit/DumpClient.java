/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real mysqldump of a release, to see what a dump makes of a source; and the mysql of the same release, which loads
 * what it wrote. Both run on this machine, whatever lane the servers are in.
 *
 * <pre>{@code
 * DumpClient.Dump dump = DumpClient.of(Release.MYSQL_9_7)
 *         .dump(source, "mig", "secret", "--single-transaction", "--databases", "shop");
 * assertThat(dump.exitCode()).isEqualTo(2);
 * assertThat(dump.errors()).contains("1227");
 * }</pre>
 */
public final class DumpClient {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Installation installation;
    private final Duration patience;

    private DumpClient(Installation installation, Duration patience) {
        this.installation = installation;
        this.patience = patience;
    }

    /**
     * The programs of this release. Where they are not on this machine, the test that asks for them is skipped with the
     * reason, or fails where skips are forbidden; {@link NeedsServer} says so before. Maven's archives of 5.7 and 8.0
     * hold the server alone.
     */
    public static DumpClient of(Release release) {
        Requirements.requireInstalled(release);
        Installation installation = Installations.of(release);
        Requirements.requireProgram(release, installation.program("mysqldump"));
        return new DumpClient(installation, PATIENCE);
    }

    /** The same programs, each of which is ended with an {@link IllegalStateException} when it takes longer; 5 minutes unless told. */
    public DumpClient within(Duration time) {
        return new DumpClient(installation, time);
    }

    /**
     * How a program ended.
     *
     * @param exitCode 0 is what mysqldump calls success
     * @param errors all it wrote to standard error, warnings too
     */
    public record Result(int exitCode, String errors) {
        public Result {
            requireNonNull(errors, "errors is null");
        }

        /** Whether it says that all went well. */
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * What a dump gave.
     *
     * @param exitCode 0 is what mysqldump calls success
     * @param errors all it wrote to standard error, warnings too
     * @param file what it wrote to standard output; goes with this JVM
     */
    public record Dump(int exitCode, String errors, Path file) {
        public Dump {
            requireNonNull(errors, "errors is null");
            requireNonNull(file, "file is null");
        }

        /** Whether it says that all went well. */
        public boolean succeeded() {
            return exitCode == 0;
        }

        /** The whole dump. */
        public String text() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Takes these words out of the dump wherever they stand. */
        public void remove(String words) {
            try {
                Files.writeString(file, text().replace(words, ""));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Dumps as this account; the arguments are the program's own, without those of the connection. */
    public Dump dump(TestServer source, String user, String password, String... arguments) {
        Path file = RunDirectory.newFile("dump.sql");
        Result result = run("mysqldump", source, user, password, new File("/dev/null"), file.toFile(), arguments);
        return new Dump(result.exitCode(), result.errors(), file);
    }

    /** Loads a dump as root; the arguments are those of mysql, without those of the connection. */
    public Result load(Dump dump, TestServer target, String... arguments) {
        return run("mysql", target, "root", "", dump.file().toFile(), new File("/dev/null"), arguments);
    }

    private Result run(
            String program,
            TestServer server,
            String user,
            String password,
            File input,
            File output,
            String... arguments) {
        List<String> line = new ArrayList<>(installation.clientCall(program));
        line.add("--host=" + server.host());
        line.add("--port=" + server.port());
        line.add("--user=" + user);
        line.addAll(List.of(arguments));
        Path errors = RunDirectory.newFile("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(input)
                .redirectOutput(output)
                .redirectError(errors.toFile());
        builder.environment().putAll(installation.environment());
        if (!password.isEmpty()) {
            builder.environment().put("MYSQL_PWD", password);
        }
        try {
            Process process = builder.start();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException(
                        program + " has not come to an end after " + patience.toSeconds() + " s");
            }
            return new Result(process.exitValue(), new String(Files.readAllBytes(errors), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + program, e);
        }
    }
}
