/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of this machine, for what keeps its own data there: on a free port of the loopback address, with the account
 * {@code postgres} that needs no password. One for all tests of this JVM; it and its data go when the JVM does, however that ends.
 */
public final class PostgresServer {
    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");
    private static final int START_SECONDS = 30;

    /** Arguments: the server's directory, then its command line. */
    private static final String GUARD = """
            directory=$1; shift
            exec 3<&0 </dev/null
            "$@" 3<&- >>"$directory/log" 2>&1 &
            server=$!
            trap '' INT TERM HUP
            read -r line <&3 || :
            kill -QUIT $server
            wait $server
            rm -rf "$directory"
            """;

    private static @Nullable PostgresServer instance;

    private final Path programs;
    private final int port;
    /** Kept, since the server ends with its standard input. */
    private final Process guard;

    private PostgresServer(Path programs, int port, Process guard) {
        this.programs = programs;
        this.port = port;
        this.guard = guard;
    }

    /** Why there is none; empty where there is. */
    static Optional<String> reasonToSkip() {
        return programs().isPresent()
                ? Optional.empty()
                : Optional.of("PostgreSQL cannot be had here: nothing in " + INSTALLATIONS
                        + "; scripts/setup-servers.sh --all installs it");
    }

    /** The server that all tests of this JVM share; {@link NeedsPostgres} looks whether there is one. */
    public static synchronized PostgresServer shared() {
        PostgresServer server = instance;
        if (server == null) {
            server = start(programs().orElseThrow(() -> new IllegalStateException("there is no PostgreSQL here")));
            instance = server;
        }
        return server;
    }

    /** Of the newest version. */
    private static Optional<Path> programs() {
        Map<Integer, Path> byVersion = new TreeMap<>();
        if (Files.isDirectory(INSTALLATIONS)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(INSTALLATIONS)) {
                for (Path version : versions) {
                    Path programs = version.resolve("bin");
                    String name = version.getFileName().toString();
                    if (Files.isExecutable(programs.resolve("initdb"))
                            && name.chars().allMatch(Character::isDigit)) {
                        byVersion.put(Integer.valueOf(name), programs);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return byVersion.values().stream().reduce((older, newer) -> newer);
    }

    private static PostgresServer start(Path programs) {
        try {
            Path directory = Files.createTempDirectory("preflight-postgres");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path data = directory.resolve("data");
            List<String> make = asPostgres();
            make.addAll(List.of(
                    programs.resolve("initdb").toString(),
                    "--pgdata=" + data,
                    "--username=postgres",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync"));
            Commands.Result made = Commands.run(make, Map.of(), Optional.empty());
            if (!made.succeeded()) {
                throw new ServerStartException("initdb failed: " + made.output());
            }
            int port = freePort();
            PostgresServer server = new PostgresServer(programs, port, launch(programs, directory, data, port));
            server.awaitReady(directory);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path programs, Path directory, Path data, int port) throws IOException {
        List<String> line =
                new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "preflight-postgres", directory.toString()));
        line.addAll(asPostgres());
        line.add(programs.resolve("postgres").toString());
        line.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting :
                List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200")) {
            line.addAll(List.of("-c", setting));
        }
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }

    private void awaitReady(Path directory) throws IOException {
        List<String> question = List.of(
                programs.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", Integer.toString(port));
        long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
        while (!Commands.run(question, Map.of(), Optional.empty()).succeeded()) {
            if (System.nanoTime() > deadline) {
                String log = Files.readString(directory.resolve("log"), StandardCharsets.UTF_8);
                guard.getOutputStream().close();
                throw new ServerStartException("PostgreSQL does not start:\n" + FileTrees.tail(log));
            }
        }
    }

    /** It refuses to be run by root. */
    private static List<String> asPostgres() {
        return System.getProperty("user.name").equals("root")
                ? new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"))
                : new ArrayList<>();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The account that may do everything, and needs no password. */
    public String user() {
        return "postgres";
    }

    /** A URL for JDBC, without an account. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Makes an empty database of that name, which consists of lower-case letters, digits and underscores. */
    public void createDatabase(String name) {
        Commands.Result result = Commands.run(
                List.of(
                        programs.resolve("createdb").toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        "postgres",
                        name),
                Map.of(),
                Optional.empty());
        if (!result.succeeded()) {
            throw new IllegalStateException("the database " + name + " could not be made: " + result.output());
        }
    }
}
