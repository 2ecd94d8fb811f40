/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the task API in a process of its own, which can be killed as a machine that fails would, and started again on the same port.
 *
 * <p>Not for use by several threads.
 */
public final class TaskServer implements AutoCloseable {
    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final Duration STOP_TIME = Duration.ofSeconds(30);

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private @Nullable Process process;

    private TaskServer(List<String> command, Map<String, String> environment, Path log, URI address) {
        this.command = command;
        this.environment = environment;
        this.log = log;
        this.address = address;
    }

    /**
     * An instance that is not started yet.
     *
     * @param program how {@code mysql-preflight} is called: the program, or a Java with a class path and the main class
     * @param folder an existing folder for its configuration and its log
     * @param name names the files in that folder
     * @param configuration lines of its configuration file, without {@code listen}
     * @param environment variables that it gets besides those of this process
     */
    public static TaskServer of(
            List<String> program,
            Path folder,
            String name,
            List<String> configuration,
            Map<String, String> environment) {
        int port = freePort();
        Path file = folder.resolve(name + ".yaml");
        List<String> lines = new ArrayList<>();
        lines.add("listen: 127.0.0.1:" + port);
        lines.addAll(configuration);
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("serve", "--config", file.toString()));
        return new TaskServer(
                List.copyOf(command),
                Map.copyOf(environment),
                folder.resolve(name + ".log"),
                URI.create("http://127.0.0.1:" + port));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, without a path. */
    public URI address() {
        return address;
    }

    /**
     * Starts it and waits until it says that it is healthy.
     *
     * @throws IllegalStateException if it ends or is not healthy within a minute, with the end of its log
     */
    public void start() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            process = started;
            long deadline = System.nanoTime() + START_TIME.toNanos();
            while (!healthy()) {
                if (!started.isAlive() || System.nanoTime() - deadline > 0) {
                    kill();
                    throw new IllegalStateException("the server did not start: " + log());
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether it answers, and well. */
    public boolean healthy() {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Nobody listens, or not for long: that is the answer.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        Process running = requireNonNull(process, "never started");
        running.destroyForcibly();
        running.waitFor();
    }

    /** Everything it has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks it to end, as an operator would, and waits.
     *
     * @throws IllegalStateException if it does not
     */
    @Override
    public void close() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor();
                throw new IllegalStateException("the server did not end when asked to: " + log());
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
