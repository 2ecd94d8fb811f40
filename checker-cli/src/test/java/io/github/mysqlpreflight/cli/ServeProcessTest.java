/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TaskLoad;
import io.github.mysqlpreflight.testkit.TaskServer;
import io.github.mysqlpreflight.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as its users run it: processes of their own, the client of the same program, real sources. */
@NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0})
@Tag("slow")
final class ServeProcessTest {
    private static final String SECRET = "S3cretMark";

    @TempDir
    private Path folder;

    private static List<String> program() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    @Test
    void everyTaskEndsOnceThoughInstancesAreKilled() throws Exception {
        assertThatEachOfThemEndsOnce(40);
    }

    @Test
    @Tag("nightly")
    void everyOfManyTasksEndsOnceThoughInstancesAreKilled() throws Exception {
        assertThatEachOfThemEndsOnce(500);
    }

    private void assertThatEachOfThemEndsOnce(int tasks) throws Exception {
        TaskLoad.Outcome outcome = TaskLoad.withServers(program(), folder, tasks, true);

        assertThat(outcome.created()).hasSize(tasks);
        assertThat(outcome.kills()).isPositive();
        assertThat(outcome.ended()).containsOnlyKeys(outcome.created());
        assertThat(outcome.ended().values())
                .allSatisfy(answer -> assertThat(answer).contains("preferred migration method will be ["));
        assertThat(outcome.changed()).isEmpty();
        assertThat(outcome.serverErrors()).isZero();
    }

    @Test
    void theClientDrivesTheServer() {
        TestServer source =
                TestServer.of(Release.MYSQL_8_0).with("max_connections", "42").shared();
        source.execute(
                "DROP USER IF EXISTS 'task'@'%'",
                "CREATE DATABASE IF NOT EXISTS shop", "CREATE TABLE IF NOT EXISTS shop.log (id INT) ENGINE=MyISAM");
        source.createAccount("task", SECRET, MatrixCase.NEEDED);
        List<String> configuration = List.of("store: " + folder.resolve("tasks"));

        try (TaskServer server = TaskServer.of(program(), folder, "serve", configuration, Map.of())) {
            server.start();
            String url = server.address().toString();
            Cli.Result waited = Cli.run(
                    "service",
                    "task-create",
                    "--url",
                    url,
                    "--project",
                    "p",
                    "--operation",
                    "migration_check",
                    "--source-service-uri",
                    source.uri("task", SECRET),
                    "--wait",
                    "mysql");
            assertThat(waited.code()).as(waited.all()).isZero();
            assertThat(waited.out())
                    .contains("mysql_migration_check  true ")
                    .contains("preferred migration method will be [Dump]: ")
                    .contains("(shop.log");
            assertThat(waited.all() + server.log()).doesNotContain(SECRET);
        }
    }
}
