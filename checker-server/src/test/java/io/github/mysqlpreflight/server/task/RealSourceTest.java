/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine as it is started in earnest, with the real checks and a real source. */
@NeedsServer(Release.MYSQL_8_0)
final class RealSourceTest {
    private static final Map<String, Profile> SERVICES = Map.of("mysql", Profile.standard());

    private static TaskEngine start(Path directory, AllowedSources sources) {
        return TaskEngine.start(
                Given.embedded(directory),
                Limits.defaults(),
                SERVICES,
                SourceGate.of(sources, SERVICES),
                new Preflight(CheckRegistry.installed(), "test"),
                TaskListener.NONE);
    }

    private static String text(byte[] compressed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void taskIsJudgedAndItsAssessmentKept(@TempDir Path directory) throws QueueFullException, IOException {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        server.execute(
                "CREATE DATABASE IF NOT EXISTS tasks_shop",
                "CREATE TABLE IF NOT EXISTS tasks_shop.log (id INT) ENGINE=MyISAM");
        try (TaskEngine engine = start(directory, AllowedSources.any())) {
            Task created = engine.create(Given.request("p", SourceUri.parse(server.uri("root", ""))));
            Task task = Given.ended(engine, created);
            assertThat(task.success()).isTrue();
            assertThat(task.method()).isEqualTo("dump");
            assertThat(task.result())
                    .startsWith("Not all pre-checks passed successfully, preferred migration method will be [Dump]: ");
            assertThat(task.resultCodes())
                    .contains(new ResultCode("gtid.mode", null), new ResultCode("obj.engine", "tasks_shop"));
            assertThat(text(engine.document("p", "mysql", task.id(), TaskDocument.JSON)))
                    .contains("\"mysql-preflight-assessment/1\"", "obj.engine");
            assertThat(text(engine.document("p", "mysql", task.id(), TaskDocument.HTML)))
                    .contains("<!DOCTYPE html>");
        }
    }

    @Test
    void upgradeCheckMakesTheChecksThatConcernVersions(@TempDir Path directory) throws QueueFullException, IOException {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        try (TaskEngine engine = start(directory, AllowedSources.any())) {
            Task task = Given.ended(
                    engine,
                    engine.create(new TaskRequest(
                            "p",
                            "mysql",
                            TaskType.UPGRADE_CHECK,
                            SourceUri.parse(server.uri("root", "")),
                            List.of(),
                            null,
                            new ServerVersion(8, 4, 0),
                            "")));
            assertThat(task.success()).isTrue();
            assertThat(text(engine.document("p", "mysql", task.id(), TaskDocument.JSON)))
                    .contains("\"ver.supported\"", "\"conn.source\"", "\"targetVersion\" : \"8.4\"")
                    .doesNotContain("\"obj.engine\"", "\"gtid.mode\"");
        }
    }

    @Test
    void theServerOfAProfileIsCheckedForAnUpgradeWhateverTheListOfSources(@TempDir Path directory)
            throws QueueFullException, IOException {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        SourceUri own = SourceUri.parse(server.uri("root", ""));
        Map<String, Profile> services =
                Map.of("mysql", new Profile("mysql", null, own, Plan.DumpTool.MYSQLDUMP, null, false, null));
        try (TaskEngine engine = TaskEngine.start(
                Given.embedded(directory),
                Limits.defaults(),
                services,
                SourceGate.of(new AllowedSources(List.of("10.0.0.0/8")), services),
                new Preflight(CheckRegistry.installed(), "test"),
                TaskListener.NONE)) {
            ServerVersion asked = new ServerVersion(9, 7, 0);
            Task upgrade = Given.ended(
                    engine,
                    engine.create(
                            new TaskRequest("p", "mysql", TaskType.UPGRADE_CHECK, own, List.of(), null, asked, "")));
            Task migration = Given.ended(engine, engine.create(Given.request("p", own)));

            assertThat(upgrade.success())
                    .as("8.0 cannot be upgraded to 9.7 at once")
                    .isFalse();
            assertThat(upgrade.resultCodes()).containsExactly(new ResultCode("ver.pair", null));
            assertThat(text(engine.document("p", "mysql", upgrade.id(), TaskDocument.JSON)))
                    .contains("\"version\" : \"8.0", "\"targetVersion\" : \"9.7\"");
            assertThat(migration.result()).contains("is not among the sources that may be checked");
        }
    }

    @Test
    void whatIsNoLongerAllowedOrConfiguredEndsWithAnError(@TempDir Path directory) throws QueueFullException {
        TestServer server = SharedServers.get(Release.MYSQL_8_0);
        SourceUri source = SourceUri.parse(server.uri("root", ""));
        try (TaskEngine engine = start(directory, new AllowedSources(List.of("10.0.0.0/8")))) {
            Task refused = Given.ended(engine, engine.create(Given.request("p", source)));
            assertThat(refused.success()).isFalse();
            assertThat(refused.result()).contains("is not among the sources that may be checked");
            Task gone = Given.ended(
                    engine,
                    engine.create(
                            new TaskRequest("p", "old", TaskType.MIGRATION_CHECK, source, List.of(), null, null, "")));
            assertThat(gone.result()).isEqualTo("Migration pre-checks failed: the service old is no longer configured");
        }
    }
}
