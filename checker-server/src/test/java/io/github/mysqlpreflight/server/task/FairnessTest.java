/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No source takes the places of the others. */
final class FairnessTest {
    private static final Map<String, Profile> SERVICES = Map.of("mysql", Profile.standard());

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void silentSourceDoesNotHoldUpAnother(@TempDir Path directory) throws IOException, QueueFullException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TaskEngine engine = TaskEngine.start(
                        Given.embedded(directory),
                        Given.limits(4, 2, 1_000, Duration.ofSeconds(60), Duration.ofDays(1)),
                        SERVICES,
                        SourceGate.of(AllowedSources.any(), SERVICES),
                        new Preflight(CheckRegistry.installed(), "test"),
                        TaskListener.NONE)) {
            SourceUri nobody = SourceUri.parse("mysql://u:p@127.0.0.1:" + silent.getLocalPort() + "/");
            List<Task> held = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                held.add(engine.create(Given.request("p", nobody)));
            }
            Given.await("a task at the silent source", () -> in(TaskState.RUNNING, engine, held) > 0);
            SourceUri good =
                    SourceUri.parse(SharedServers.get(Release.MYSQL_8_0).uri("root", ""));
            Task task = Given.ended(engine, engine.create(Given.request("p", good)));
            // Behind all that were created before it, it would have come last.
            assertThat(in(TaskState.ENDED, engine, held)).isLessThan(held.size() / 2);
            assertThat(task.assessed()).isTrue();
            Given.await("an end at the silent source", () -> in(TaskState.ENDED, engine, held) > 0);
            Task first = held.stream()
                    .map(each -> engine.find("p", "mysql", each.id()))
                    .filter(each -> each.state() == TaskState.ENDED)
                    .findFirst()
                    .orElseThrow();
            assertThat(first.success()).isFalse();
            assertThat(first.result()).contains("timed out");
            assertThat(first.resultCodes()).containsExactly(new ResultCode("conn.source", null));
            for (Task waiting : held) {
                engine.delete("p", "mysql", waiting.id());
            }
        }
    }

    /** How many of the tasks are in that state. */
    private static int in(TaskState state, TaskEngine engine, List<Task> tasks) {
        int count = 0;
        for (Task task : tasks) {
            count += engine.find("p", "mysql", task.id()).state() == state ? 1 : 0;
        }
        return count;
    }

    @Test
    void placesAtOneSourceAreBoundedAndAlwaysUsed(@TempDir Path directory) throws QueueFullException {
        Script script = new Script();
        try (TaskEngine engine = TaskEngine.start(
                Given.embedded(directory),
                Given.limits(8, 2, 1_000, Duration.ofSeconds(60), Duration.ofDays(1)),
                script,
                Given.quick())) {
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tasks.add(engine.create(Given.request("p", "sleep")));
            }
            long start = System.nanoTime();
            for (Task task : tasks) {
                Given.ended(engine, task);
            }
            assertThat(script.mostAtOnce.get()).isEqualTo(2);
            // Two at a time, 200 ms each, are two seconds; who is put off is called when a place is free.
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(30_000);
            assertThat(script.begun.get()).isEqualTo(20);
        }
    }

    @Test
    void tasksAtOnceAreBounded(@TempDir Path directory) throws QueueFullException {
        Queue<Task> tasks = new ConcurrentLinkedQueue<>();
        Script script = new Script();
        try (TaskEngine engine = TaskEngine.start(
                Given.embedded(directory),
                Given.limits(3, 3, 1_000, Duration.ofSeconds(60), Duration.ofDays(1)),
                script,
                Given.quick())) {
            for (int i = 0; i < 9; i++) {
                SourceUri source = SourceUri.parse("mysql://u:p@db" + i + ".example/");
                tasks.add(engine.create(Given.request("p", source, "sleep")));
            }
            tasks.forEach(task -> Given.ended(engine, task));
            assertThat(script.mostAtOnce.get()).isEqualTo(3);
        }
    }
}
