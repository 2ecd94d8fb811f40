/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server process of this machine. A shell stands between it and the JVM and reads its standard input: at a line it kills the
 * server, at the end of the input (the JVM is gone, however it ended) it removes the server's directory too.
 */
final class EmbeddedServer implements RunningServer {
    static final String PID_FILE = "pid";

    private static final int PORT_ATTEMPTS = 5;

    /** Arguments: the server's directory, then its command line. Prints the server's process id. */
    private static final String GUARD = """
            directory=$1; shift
            exec 3<&0 </dev/null
            "$@" 3<&- >>"$directory/error.log" 2>&1 &
            server=$!
            trap '' INT TERM HUP
            echo $server
            exec >/dev/null 2>&1
            (read -r line <&3 || : >"$directory/orphaned"; kill -KILL $server) &
            guard=$!
            wait $server
            code=$?
            if [ -e "$directory/orphaned" ]; then
                rm -rf "$directory"
                rm -f "${directory%/*}/lock"
                rmdir "${directory%/*}"
            else
                kill -KILL $guard
            fi
            exit $code
            """;

    private final Installation installation;
    private final Settings settings;
    private final Path directory;
    private final List<String> startOptions;
    private int port;
    private Process shell;
    private boolean stopped;

    private EmbeddedServer(Installation installation, Settings settings, Path directory) {
        this.installation = installation;
        this.settings = settings;
        this.directory = directory;
        this.startOptions = settings.startOptions(installation.release());
        this.port = freePort();
        this.shell = spawn();
    }

    static EmbeddedServer launch(Release release, Settings settings) {
        Installation installation = Installations.of(release);
        Path template = installation.template(settings);
        Path directory = RunDirectory.newServerDirectory();
        FileTrees.copy(template, directory.resolve("data"));
        EmbeddedServer server = new EmbeddedServer(installation, settings, directory);
        RunDirectory.register(server);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    Readiness.await(server, release, server.settings);
                    return server;
                } catch (ServerStartException e) {
                    if (attempt == PORT_ATTEMPTS || server.isAlive() || !server.portWasTaken()) {
                        throw e;
                    }
                    server.tryAnotherPort();
                }
            }
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    private Process spawn() {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "preflight-testkit", directory.toString()));
        line.addAll(installation.call());
        line.add("--datadir=" + directory.resolve("data"));
        // A server that starts removes the temporary tables that it finds, also those of its neighbours.
        line.add("--tmpdir=" + directory);
        line.add("--socket=" + directory.resolve("s"));
        line.add("--pid-file=" + directory.resolve(PID_FILE));
        line.add("--log-error=" + errorLog());
        line.add("--bind-address=127.0.0.1");
        line.add("--port=" + port);
        line.addAll(startOptions);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(installation.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean portWasTaken() {
        String log = logTail();
        return log.contains("Bind on TCP/IP port") || log.contains("Address already in use");
    }

    private void tryAnotherPort() {
        end();
        try {
            Files.deleteIfExists(errorLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = freePort();
        shell = spawn();
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isAlive() {
        return shell.isAlive();
    }

    @Override
    public boolean answers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT @@GLOBAL.pid_file")) {
            return result.next() && directory.resolve(PID_FILE).toString().equals(result.getString(1));
        }
    }

    @Override
    public String logTail() {
        Path log = errorLog();
        try {
            return Files.exists(log) ? FileTrees.tail(Files.readString(log, StandardCharsets.ISO_8859_1)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path errorLog() {
        return directory.resolve("error.log");
    }

    @Override
    public Path dataDirectory() {
        return directory.resolve("data");
    }

    @Override
    public Optional<Path> certificateAuthority() {
        return Optional.of(dataDirectory().resolve("ca.pem")).filter(Files::exists);
    }

    @Override
    public synchronized void restart() {
        terminate();
        shell = spawn();
    }

    /** Lets the server shut down cleanly, as an administrator would. */
    private void terminate() {
        try {
            BufferedReader output = shell.inputReader(StandardCharsets.US_ASCII);
            long pid = Long.parseLong(output.readLine().strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            if (!shell.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not shut down:\n" + logTail());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server shuts down", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        end();
        FileTrees.delete(directory);
        RunDirectory.unregister(this);
    }

    /** Kills the server, if it still runs. */
    private void end() {
        try {
            if (shell.isAlive()) {
                tell(shell, "kill");
            }
            if (!shell.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a killed server does not end, see " + directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server ends", e);
        }
    }

    /** A shell that has just ended by itself does not hear it, which is no error. */
    private static void tell(Process shell, String line) throws IOException {
        OutputStream input = shell.getOutputStream();
        try {
            input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            input.flush();
        } catch (IOException e) {
            if (shell.isAlive()) {
                throw e;
            }
        }
    }
}
