/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server program on this machine: how it is called, and how its data directories are made.
 *
 * @param key names this build; another build of the same release has another key
 * @param command the program with whatever has to stand before its options
 * @param options options for each call: where its own files are
 * @param environment added to the environment of each call
 */
record Installation(
        Release release, String key, List<String> command, List<String> options, Map<String, String> environment) {
    /** Changes when templates are made differently, so that old ones are not used any more. */
    private static final String TEMPLATE_REVISION = "1";

    Installation {
        command = List.copyOf(command);
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /** The program's command line up to the options of one call. */
    List<String> call(String... first) {
        List<String> line = new ArrayList<>(command);
        line.add("--no-defaults");
        line.addAll(List.of(first));
        line.addAll(options);
        if (System.getProperty("user.name").equals("root")) {
            line.add("--user=root");
        }
        return line;
    }

    /** A client program of the same release; it need not be there. */
    Path program(String name) {
        return Path.of(command.get(command.size() - 1))
                .resolveSibling("../bin/" + name)
                .normalize();
    }

    /** A client's command line up to the options of one call. */
    List<String> clientCall(String name) {
        List<String> line = new ArrayList<>(command.subList(0, command.size() - 1));
        line.add(program(name).toString());
        line.add("--no-defaults");
        for (String option : options) {
            if (option.startsWith("--plugin-dir=") || option.startsWith("--character-sets-dir=")) {
                line.add(option);
            }
        }
        return line;
    }

    /** An initialised data directory for these settings, to be copied and not to be used. */
    Path template(Settings settings) {
        List<String> initialisation = settings.initialisationOptions();
        String variant = initialisation.isEmpty() ? "" : "-" + Integer.toHexString(initialisation.hashCode());
        String name = key + "-data" + TEMPLATE_REVISION + variant;
        return Cache.directory(name, directory -> initialise(directory, initialisation))
                .resolve("data");
    }

    private void initialise(Path directory, List<String> initialisation) {
        Path data = directory.resolve("data");
        try {
            switch (release) {
                case MYSQL_5_6 -> bootstrap(directory, data, initialisation);
                case MYSQL_5_7, MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 -> initialiseInsecure(directory, data, initialisation);
                case MARIADB_10_11 -> installMariaDb(directory, data, initialisation);
            }
            Files.deleteIfExists(data.resolve("auto.cnf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialiseInsecure(Path directory, Path data, List<String> initialisation) throws IOException {
        Path statements = directory.resolve("init.sql");
        Files.writeString(statements, InitialAccounts.STATEMENTS);
        List<String> line = call("--initialize-insecure");
        line.add("--datadir=" + data);
        line.add("--init-file=" + statements);
        line.add(Settings.redoLog(release));
        line.addAll(initialisation);
        require(Commands.run(line, environment, Optional.empty()));
    }

    private void bootstrap(Path directory, Path data, List<String> initialisation) throws IOException {
        Path share = Path.of(command.get(0)).resolveSibling("../share").normalize();
        Path statements = directory.resolve("bootstrap.sql");
        Files.writeString(
                statements,
                "USE mysql;\n"
                        + Files.readString(share.resolve("mysql_system_tables.sql"), StandardCharsets.ISO_8859_1)
                        + "\n"
                        + Files.readString(share.resolve("mysql_system_tables_data.sql"), StandardCharsets.ISO_8859_1)
                        + "\n"
                        + InitialAccounts.BOOTSTRAP_5_6,
                StandardCharsets.ISO_8859_1);
        Files.createDirectories(data.resolve("mysql"));
        List<String> line = call("--bootstrap");
        line.add("--datadir=" + data);
        line.add(Settings.redoLog(release));
        line.addAll(initialisation);
        require(Commands.run(line, environment, Optional.of(statements)));
    }

    private void installMariaDb(Path directory, Path data, List<String> initialisation) throws IOException {
        Path statements = directory.resolve("init.sql");
        Files.writeString(statements, InitialAccounts.BOOTSTRAP_MARIADB);
        List<String> line = new ArrayList<>(List.of(
                "mariadb-install-db",
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--extra-file=" + statements,
                "--datadir=" + data,
                Settings.redoLog(release)));
        if (System.getProperty("user.name").equals("root")) {
            line.add("--user=root");
        }
        line.addAll(initialisation);
        require(Commands.run(line, environment, Optional.empty()));
    }

    private void require(Commands.Result result) {
        if (!result.succeeded()) {
            throw new ServerStartException("no data directory could be made for " + release + " (exit code "
                    + result.exitCode() + "):\n" + FileTrees.tail(result.output()));
        }
    }
}
