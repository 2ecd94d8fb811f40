/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances are killed at any moment, as by {@code kill -9}: no task that was created is lost, and each ends once. */
@Tag("slow")
final class KilledInstancesTest {
    private static final int ROUNDS = 3;
    private static final int TASKS = 15;

    private final Random random = new Random();
    private final List<Instance> instances = new ArrayList<>();
    /** Tasks whose creation an instance reported. */
    private final Set<UUID> created = ConcurrentHashMap.newKeySet();
    /** The first result that was seen of each. */
    private final Map<UUID, String> results = new ConcurrentHashMap<>();

    private final List<String> faults = new CopyOnWriteArrayList<>();

    /** An instance in a JVM of its own: creates tasks, runs tasks, and tells of both. */
    static final class Victim {
        private Victim() {}

        /** Arguments: URL or directory, user (empty for a directory), number of tasks to create. */
        public static void main(String[] arguments) throws QueueFullException {
            StoreSettings settings = arguments[1].isEmpty()
                    ? Given.embedded(Path.of(arguments[0]))
                    : Given.database(arguments[0], arguments[1], "pw");
            Random random = new Random();
            Judge judge = (job, listener) -> {
                Given.sleep(random.nextInt(150));
                return new Ending(
                        true,
                        "run " + UUID.randomUUID(),
                        null,
                        List.of(),
                        Map.of(TaskDocument.JSON, new byte[] {1}, TaskDocument.HTML, new byte[20_000]));
            };
            TaskEngine engine = TaskEngine.start(settings, Given.limits(), judge, Given.quick());
            System.out.println("ready");
            Thread watcher = new Thread(() -> watch(engine));
            watcher.start();
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                Task task = engine.create(Given.request("killed"));
                System.out.println("created " + task.id());
                Given.sleep(random.nextInt(40));
            }
        }

        private static void watch(TaskEngine engine) {
            while (true) {
                for (Task task : engine.list("killed", "mysql", 1_000, null).tasks()) {
                    if (task.state() == TaskState.ENDED) {
                        System.out.println("ended " + task.id() + " " + task.result());
                    }
                }
                TaskCounts counts = engine.counts();
                System.out.println("open " + (counts.queued() + counts.running()));
                Given.sleep(100);
            }
        }
    }

    private final class Instance {
        private final Process process;
        private volatile boolean ready;
        private volatile boolean hasCreated;
        private volatile int open = -1;

        Instance(String place, String user, int tasks) {
            try {
                process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dslf4j.internal.verbosity=ERROR",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Victim.class.getName(),
                                place,
                                user,
                                Integer.toString(tasks))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            instances.add(this);
            Thread reader = new Thread(this::read, "output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    hear(line.split(" ", 3));
                }
            } catch (IOException e) {
                // It was killed.
                ready = true;
            }
        }

        private void hear(String[] words) {
            switch (words[0]) {
                case "ready" -> ready = true;
                case "created" -> {
                    created.add(UUID.fromString(words[1]));
                    hasCreated = true;
                }
                case "ended" -> {
                    String earlier = results.putIfAbsent(UUID.fromString(words[1]), words[2]);
                    if (earlier != null && !earlier.equals(words[2])) {
                        faults.add(words[1] + " ended twice: " + earlier + " and " + words[2]);
                    }
                }
                case "open" -> open = Integer.parseInt(words[1]);
                default -> faults.add("what is " + String.join(" ", words));
            }
        }

        void awaitReady() {
            Given.await("an instance", () -> ready);
        }

        /** At some moment after its first task. */
        void killSoon() {
            Given.await("the first task", () -> hasCreated);
            Given.sleep(random.nextInt(700));
            kill();
        }

        void kill() {
            try {
                assertThat(process.isAlive()).isTrue();
                process.destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @AfterEach
    void end() {
        for (Instance instance : instances) {
            instance.process.destroyForcibly();
        }
    }

    private void assertNoneIsLost(Instance last) {
        last.open = -1;
        Given.await(
                "the end of all tasks", () -> last.open == 0 && results.keySet().containsAll(created));
        assertThat(faults).isEmpty();
        assertThat(created).hasSizeGreaterThan(ROUNDS);
        assertThat(results.values())
                .allSatisfy(result -> assertThat(result)
                        .matches("run [-0-9a-f]+|Migration pre-checks failed: the check was interrupted 3 times, .*"));
        assertThat(results.values())
                .filteredOn(result -> result.startsWith("run"))
                .hasSizeGreaterThan(ROUNDS);
    }

    @Test
    void oneInstanceOnTheEmbeddedStore(@TempDir Path directory) {
        for (int round = 0; round < ROUNDS; round++) {
            Instance instance = new Instance(directory.toString(), "", TASKS);
            instance.killSoon();
        }
        Instance last = new Instance(directory.toString(), "", 1);
        last.awaitReady();
        assertNoneIsLost(last);
        last.kill();
        // Killed between the end of a task and its removal from the queue, it leaves that to the next start.
        Given.await("an empty queue", () -> {
            try (TaskEngine next =
                    TaskEngine.start(Given.embedded(directory), Given.limits(), new Script(), Given.quick())) {
                Given.await(
                        "no open tasks",
                        () -> next.counts().queued() + next.counts().running() == 0);
                Given.sleep(200);
            }
            return new Rows("jdbc:h2:" + directory.resolve("tasks"), "preflight", "").executions() == 0;
        });
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void twoInstancesOnOneDatabase() {
        MysqlStore store = MysqlStore.on(Release.MYSQL_8_0);
        List<Instance> pair = new ArrayList<>();
        pair.add(new Instance(store.url(), store.user(), TASKS));
        pair.add(new Instance(store.url(), store.user(), TASKS));
        for (int round = 0; round < ROUNDS; round++) {
            Instance victim = pair.remove(0);
            victim.killSoon();
            pair.add(new Instance(store.url(), store.user(), TASKS));
        }
        Instance last = pair.get(1);
        last.awaitReady();
        assertNoneIsLost(last);
        Given.await("an empty queue", () -> store.rows().executions() == 0);
    }
}
