/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of source, target and URI gets its verdict, on real servers, through the program's own entry. Each release has a test class
 * of its own, so that they can run side by side.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VerdictMatrix {
    private static final String MARK = "S3cretMark";

    private final MatrixBench bench = new MatrixBench();
    private final MatrixPeers peers = new MatrixPeers();

    @TempDir
    private Path folder;

    /** Which class runs the cases of a server. */
    private static Class<? extends VerdictMatrix> testOf(MatrixServer server) {
        if (server == MatrixServer.NONE) {
            return VerdictsWithoutServerTest.class;
        }
        return switch (server.release()) {
            case MYSQL_5_6 -> VerdictsOnMysql56Test.class;
            case MYSQL_5_7 -> VerdictsOnMysql57Test.class;
            case MYSQL_8_0 -> VerdictsOnMysql80Test.class;
            case MYSQL_8_4, MYSQL_9_7 -> VerdictsOnMysql97Test.class;
            case MARIADB_10_11 -> VerdictsOnMariaDbTest.class;
        };
    }

    List<Arguments> configurations() {
        List<MatrixCase> cases = new ArrayList<>();
        cases.addAll(MatrixGrants.cases());
        cases.addAll(MatrixPrivileges.cases());
        cases.addAll(MatrixGtids.cases());
        cases.addAll(MatrixObjects.cases());
        cases.addAll(MatrixUris.cases());
        cases.addAll(MatrixRefusals.cases());
        cases.addAll(MatrixPlans.cases());
        cases.sort(Comparator.comparing(one -> one.server));
        String only = System.getProperty("preflight.matrix", "");
        List<Arguments> all = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            MatrixServer server = cases.get(i).server;
            if (testOf(server) == getClass() && (server + " " + cases.get(i).name).contains(only)) {
                all.add(Arguments.argumentSet(server + ": " + cases.get(i).name, cases.get(i), i));
            }
        }
        return all;
    }

    @AfterAll
    void stop() {
        bench.close();
        peers.close();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void theVerdictIsRight(MatrixCase wanted, int number) throws IOException {
        try (MatrixBench.Setting setting = bench.prepare(wanted)) {
            List<String> connection = new ArrayList<>();
            String uri = peers.fill(setting.uri());
            if (!uri.isEmpty()) {
                connection.add(uri);
            }
            wanted.connection.forEach(option -> connection.add(setting.fill(option)));
            if (wanted.defaultsFile != null) {
                Path file = Files.writeString(folder.resolve("my.cnf"), setting.fill(wanted.defaultsFile));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                connection.add("--defaults-file=" + file);
            }
            List<String> more = new ArrayList<>();
            wanted.arguments.forEach(argument -> more.add(peers.fill(setting.fill(argument))));
            if (number % 3 == 0) {
                more.add("-vv");
            }
            Cli.Result result = run(wanted, setting, "check", connection, more);
            Map<String, @Nullable Object> document = judge(wanted, result);
            if (wanted.server != MatrixServer.NONE && (wanted.exit == 0 || wanted.exit == 3)) {
                setting.forgetLogins();
                Path file = folder.resolve("source.json" + (number % 2 == 0 ? ".gz" : ""));
                Cli.Result taken = run(wanted, setting, "snapshot", connection, List.of("-o", file.toString()));
                assertThat(taken.code()).as(taken.all()).isZero();
                assertThat(taken.all()).doesNotContain(MARK);
                Cli.Result offline = new Cli().go(arguments("check", List.of("--snapshot", file.toString()), more));
                assertThat(timeless(judge(wanted, offline)))
                        .as("the same from a snapshot")
                        .isEqualTo(timeless(document));
            }
        }
    }

    private Cli.Result run(
            MatrixCase wanted,
            MatrixBench.Setting setting,
            String command,
            List<String> connection,
            List<String> more) {
        Cli cli = new Cli().input(setting.fill(wanted.input));
        wanted.variables.forEach((name, value) -> cli.variable(name, peers.fill(setting.fill(value))));
        return cli.go(arguments(command, connection, more));
    }

    private static String[] arguments(String command, List<String> connection, List<String> more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(connection);
        all.addAll(more);
        if (command.equals("check")) {
            all.addAll(List.of("--format", "json"));
        }
        return all.toArray(new String[0]);
    }

    private static Map<String, @Nullable Object> judge(MatrixCase wanted, Cli.Result told) {
        Map<String, @Nullable Object> document = Documents.read(told.out());
        String result = String.valueOf(document.get("result"));
        assertThat(told.code()).as(result).isEqualTo(wanted.exit);
        assertThat(document.get("success")).as(result).isEqualTo(wanted.success);
        assertThat(document.get("method")).as(result).isEqualTo(wanted.method);
        if (wanted.words.isEmpty()) {
            assertThat(result)
                    .isEqualTo("All pre-checks passed successfully, preferred migration method will be [Replication]");
        }
        for (String word : wanted.words) {
            assertThat(result).contains(word);
        }
        for (String word : wanted.unsaid) {
            assertThat(result).doesNotContain(word);
        }
        assertThat(result).matches("[ !#-\\[\\]-~]+");
        assertNoPassword(wanted, told);
        assertChecks(wanted, document);
        return document;
    }

    private static void assertNoPassword(MatrixCase wanted, Cli.Result told) {
        assertThat(told.all()).doesNotContain(MARK);
        if (wanted.password.length() > 5) {
            assertThat(told.all()).doesNotContain(wanted.password).doesNotContain(MatrixCase.encoded(wanted.password));
        }
    }

    private static void assertChecks(MatrixCase wanted, Map<String, @Nullable Object> document) {
        Set<String> blocking = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        Map<String, Long> counts = new TreeMap<>();
        for (String name : List.of(
                "passed",
                "found",
                "notApplicable",
                "unknown",
                "failed",
                "blockers",
                "warnings",
                "notices",
                "accepted")) {
            counts.put(name, 0L);
        }
        for (Map<String, @Nullable Object> check : objects(document.get("checks"))) {
            String id = text(check, "id");
            String outcome = text(check, "outcome");
            List<Map<String, @Nullable Object>> findings = objects(check.get("findings"));
            assertThat(outcome.equals("FOUND")).as(id).isEqualTo(!findings.isEmpty());
            assertThat(outcome).as(id + ": " + check).isNotEqualTo("FAILED");
            counts.merge(
                    outcome.equals("NOT_APPLICABLE") ? "notApplicable" : outcome.toLowerCase(Locale.ROOT),
                    1L,
                    Long::sum);
            if (outcome.equals("FOUND")) {
                found.add(id);
            } else if (outcome.equals("UNKNOWN")) {
                unknown.add(id);
            }
            for (Map<String, @Nullable Object> finding : findings) {
                String effect = text(finding, "effect");
                if (effect.startsWith("BLOCKS_")) {
                    blocking.add(id);
                }
                counts.merge(
                        effect.equals("WARNING") ? "warnings" : effect.equals("NOTICE") ? "notices" : "blockers",
                        1L,
                        Long::sum);
            }
        }
        assertThat(blocking).as("checks that block").isEqualTo(wanted.blockers);
        assertThat(found.containsAll(wanted.found))
                .as("checks with findings: " + found)
                .isTrue();
        assertThat(unknown.containsAll(wanted.unknown))
                .as("unknown checks: " + unknown)
                .isTrue();
        for (String id : wanted.absent) {
            assertThat(found.contains(id) || unknown.contains(id)).as(id).isFalse();
        }
        assertThat(document.get("summary")).isEqualTo(counts);
    }

    /** Without what differs between two runs on the same state. */
    private static Map<String, @Nullable Object> timeless(Map<String, @Nullable Object> document) {
        for (Map<String, @Nullable Object> check : objects(document.get("checks"))) {
            check.remove("durationMs");
        }
        Map<String, @Nullable Object> source =
                objects(List.of(requireNonNull(document.get("source")))).get(0);
        source.keySet().removeAll(Set.of("takenAt", "readMillis", "connections"));
        // How much is written goes by counters that both runs move on.
        if (document.get("estimates") instanceof Map<?, ?> estimates) {
            estimates.remove("writes");
        }
        return document;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> objects(@Nullable Object list) {
        return (List<Map<String, @Nullable Object>>) requireNonNull(list);
    }

    private static String text(Map<String, @Nullable Object> object, String name) {
        return (String) requireNonNull(object.get(name));
    }
}
