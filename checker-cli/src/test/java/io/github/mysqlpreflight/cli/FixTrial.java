/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.testkit.SqlScript;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A messy server on which the written fixes are tried: check with {@code --fixes}, apply the file, check again.
 *
 * <p>{@code new FixTrial(fixCase, folder).run()} does all of it.
 */
final class FixTrial implements AutoCloseable {
    static final String PASSWORD = "S3cretMark-4711";
    private static final String TARGET_MARK = "-- target|";

    private final FixCase fixCase;
    private final Path folder;
    private final TestServer source;
    private final @Nullable TestServer target;

    FixTrial(FixCase fixCase, Path folder) {
        this.fixCase = fixCase;
        this.folder = folder;
        this.source = start(TestServer.of(fixCase.release), fixCase.settings);
        try {
            this.target = fixCase.target == null ? null : start(TestServer.of(fixCase.target), fixCase.targetSettings);
            makeTheMess();
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    private static TestServer start(TestServer.Builder builder, Map<String, String> settings) {
        TestServer.Builder configured = builder;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            configured = configured.with(setting.getKey(), setting.getValue());
        }
        return configured.borrow();
    }

    private void makeTheMess() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE DATABASE shop CHARACTER SET utf8mb4");
        statements.add("CREATE TABLE shop.customer (id INT PRIMARY KEY)");
        statements.addAll(fixCase.sql);
        statements.add("CREATE USER IF NOT EXISTS 'mig'@'%' IDENTIFIED BY '" + PASSWORD + "'");
        for (String grant : fixCase.grants) {
            statements.add("GRANT " + grant + " TO 'mig'@'%'");
        }
        source.execute(statements.toArray(new String[0]));
        if (target != null) {
            target.execute(fixCase.targetSql.toArray(new String[0]));
        }
    }

    /** The source. */
    TestServer source() {
        return source;
    }

    /** Problem, remedy, problem gone. */
    void run() throws IOException {
        Assessed before = check("before.sql");
        assertThat(before.withSqlFixes()).as(before.script).containsAll(fixCase.mends);
        source.execute(SqlScript.statements(before.script).toArray(new String[0]));
        applyToTarget(before);
        assertMended(before);
    }

    /** What the file has for the target, if there is one. */
    void applyToTarget(Assessed before) {
        if (target != null) {
            target.execute(SqlScript.statements(SqlScript.marked(before.script, TARGET_MARK))
                    .toArray(new String[0]));
        }
    }

    /**
     * What the fixes were for is gone, and the verdict is as promised. What only then comes to light, such as the missing key of a
     * table that was not InnoDB, or what is missing on a database that was hidden, is mended by a second file, and nothing is left.
     */
    void assertMended(Assessed before) throws IOException {
        Assessed after = check("after.sql");
        if (!after.withSqlFixes().isEmpty()) {
            source.execute(SqlScript.statements(after.script).toArray(new String[0]));
            applyToTarget(after);
            after = check("then.sql");
        }
        assertThat(after.withSqlFixes()).as(after.script).isEmpty();
        assertThat(after.unsettled()).doesNotContainAnyElementsOf(before.withSqlFixes());
        assertThat(after.document.get("method"))
                .as(String.valueOf(after.document.get("result")))
                .isEqualTo(fixCase.method);
    }

    /** Checks, with the fixes written into a file of that name. */
    Assessed check(String name) throws IOException {
        Path file = folder.resolve(name);
        List<String> arguments = new ArrayList<>(
                List.of("check", source.uri("mig", PASSWORD), "--format", "json", "--fixes", file.toString()));
        if (target != null) {
            arguments.addAll(List.of("--target-uri", target.uri("root", "")));
        }
        arguments.addAll(fixCase.arguments);
        Cli.Result result = Cli.run(arguments.toArray(new String[0]));
        String script = Files.readString(file);
        assertThat(result.err()).isEmpty();
        assertThat(result.all() + script).doesNotContain(PASSWORD);
        return new Assessed(Documents.read(result.out()), script, file);
    }

    /**
     * What one run came to.
     *
     * @param document the JSON
     * @param script the fixes
     * @param file where they are
     */
    record Assessed(Map<String, @Nullable Object> document, String script, Path file) {
        /** The checks for which there are statements that can be run as they are. */
        Set<String> withSqlFixes() {
            Set<String> ids = new TreeSet<>();
            for (Map<?, ?> fix : objects(document.get("fixes"))) {
                if (fix.get("byHand") == null && !((List<?>) fix.get("statements")).isEmpty()) {
                    ids.add(String.valueOf(fix.get("check")));
                    for (Object also : (List<?>) fix.get("also")) {
                        ids.add(String.valueOf(also));
                    }
                }
            }
            return ids;
        }

        /** The checks that have not passed, and had to. */
        Set<String> unsettled() {
            Set<String> ids = new TreeSet<>();
            for (Map<?, ?> check : objects(document.get("checks"))) {
                if (!Set.of("PASSED", "NOT_APPLICABLE").contains(String.valueOf(check.get("outcome")))) {
                    ids.add(String.valueOf(check.get("id")));
                }
            }
            return ids;
        }

        private static List<Map<?, ?>> objects(@Nullable Object list) {
            List<Map<?, ?>> objects = new ArrayList<>();
            for (Object element : (List<?>) list) {
                objects.add((Map<?, ?>) element);
            }
            return objects;
        }
    }

    @Override
    public void close() {
        source.close();
        if (target != null) {
            target.close();
        }
    }
}
