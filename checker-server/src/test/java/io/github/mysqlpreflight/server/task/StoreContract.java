/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds on every database that tasks can be kept in. One database a class; each test has a project of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {
    private final Script script = new Script();
    private final String project = Given.project();
    private TaskEngine engine;

    /** The settings of the store, with that key, or with none. */
    abstract StoreSettings settings(@Nullable Password key);

    /** What lies in it, seen from outside. */
    abstract Rows rows();

    final StoreSettings settings() {
        return settings(Given.KEY);
    }

    /** Every value of every row of the tables that tasks are kept in, as bytes. */
    List<byte[]> everythingStored() {
        return rows().everything();
    }

    final long executions() {
        return rows().executions();
    }

    final long secrets() {
        return rows().secrets();
    }

    private TaskEngine engine() {
        return engine(Given.limits());
    }

    private TaskEngine engine(Limits limits) {
        engine = TaskEngine.start(settings(), limits, script, Given.quick());
        return engine;
    }

    @AfterEach
    void stop() {
        script.gate.release(1_000);
        if (engine != null) {
            engine.close();
        }
        script.gate.drainPermits();
        engine = null;
    }

    @Test
    void taskGoesFromCreateToEnd() throws QueueFullException {
        TaskEngine tasks = engine();
        Instant before = Instant.now().minusMillis(1);
        Task created = tasks.create(Given.request(project, "wait and tell much", "caf\u00e9 \"a\\b,c"));
        assertThat(created.state()).isEqualTo(TaskState.QUEUED);
        assertThat(created.success()).isNull();
        assertThat(created.result()).isEmpty();
        Task running = Given.running(tasks, created);
        assertThat(running.startTime()).isBetween(before, Instant.now());
        assertThat(running.success()).isNull();
        Given.await(
                "progress",
                () -> tasks.find(project, Given.SERVICE, created.id())
                        .progress()
                        .equals("reading the tables, 12000 rows"));
        script.gate.release();
        Task ended = Given.ended(tasks, created);
        assertThat(ended)
                .usingRecursiveComparison()
                .isEqualTo(new Task(
                        created.id(),
                        project,
                        "mysql",
                        TaskType.MIGRATION_CHECK,
                        TaskState.ENDED,
                        created.createTime(),
                        running.startTime(),
                        ended.endTime(),
                        "db1.example:3306",
                        List.of("wait and tell much", "caf\u00e9 \"a\\b,c"),
                        "the tester",
                        "",
                        true,
                        "All pre-checks passed successfully, preferred migration method will be [Replication]",
                        "replication",
                        List.of(),
                        true));
        assertThat(ended.endTime()).isBetween(running.startTime(), Instant.now());
        assertThat(tasks.document(project, "mysql", created.id(), TaskDocument.JSON))
                .containsExactly(1, 2, 3);
        assertThat(tasks.document(project, "mysql", created.id(), TaskDocument.HTML))
                .isEqualTo(Script.BIG);
        Given.await("an empty queue", () -> executions() == 0);
    }

    @Test
    void everythingThatIsAskedForReachesTheRun() throws QueueFullException {
        List<Job> seen = new ArrayList<>();
        Judge judge = (job, listener) -> {
            seen.add(job);
            return Script.good();
        };
        SourceUri source =
                SourceUri.parse("mysql://u%40x:p%C3%A9%20w@[::1]:3307/shop?ssl-mode=VERIFY_CA&ssl-ca=/etc/ca.pem");
        engine = TaskEngine.start(settings(), Given.limits(), judge, Given.quick());
        Given.ended(
                engine,
                engine.create(new TaskRequest(
                        project,
                        "mysql",
                        TaskType.UPGRADE_CHECK,
                        source,
                        List.of(),
                        Method.DUMP,
                        new ServerVersion(8, 4, 0),
                        "")));
        Given.ended(engine, engine.create(Given.request(project, SourceUri.parse("mysql://u@h"))));
        assertThat(seen)
                .containsExactly(
                        new Job(
                                "mysql",
                                TaskType.UPGRADE_CHECK,
                                source,
                                List.of(),
                                Method.DUMP,
                                new ServerVersion(8, 4, 0)),
                        new Job(
                                "mysql",
                                TaskType.MIGRATION_CHECK,
                                SourceUri.parse("mysql://u@h"),
                                List.of(),
                                null,
                                null));
        assertThat(seen.get(1).source().passwordGiven()).isFalse();
    }

    @Test
    void whatBlockedIsKept() throws QueueFullException {
        TaskEngine tasks = engine();
        Task ended = Given.ended(tasks, tasks.create(Given.request(project, "dump")));
        assertThat(ended.success()).isTrue();
        assertThat(ended.method()).isEqualTo("dump");
        assertThat(ended.resultCodes())
                .containsExactly(new ResultCode("gtid.mode", null), new ResultCode("obj.engine", "caf\u00e9 \"x\""));
        assertThat(tasks.document(project, "mysql", ended.id(), TaskDocument.HTML))
                .isNull();
    }

    @Test
    void errorsEndATaskAndSayWhy() throws QueueFullException {
        TaskEngine tasks = engine();
        Task failed = Given.ended(tasks, tasks.create(Given.request(project, "fail")));
        assertThat(failed.success()).isFalse();
        assertThat(failed.result()).isEqualTo("Migration pre-checks failed: no 'such' thing");
        assertThat(failed.assessed()).isFalse();
        assertThat(failed.method()).isNull();
        Task broken = Given.ended(tasks, tasks.create(Given.request(project, "break")));
        assertThat(broken.success()).isFalse();
        assertThat(broken.result())
                .isEqualTo("Migration pre-checks failed: internal error, java.lang.IllegalStateException,"
                        + " see the log of the server");
        assertThat(script.begun.get()).isPositive();
    }

    @Test
    void tasksAreSeenOnlyWhereTheyBelong() throws QueueFullException {
        TaskEngine tasks = engine();
        Task task = Given.ended(tasks, tasks.create(Given.request(project)));
        assertThat(tasks.find("another", "mysql", task.id())).isNull();
        assertThat(tasks.find(project.toUpperCase(java.util.Locale.ROOT), "mysql", task.id()))
                .isNull();
        assertThat(tasks.find(project, "another", task.id())).isNull();
        assertThat(tasks.find(project, "mysql", UUID.randomUUID())).isNull();
        assertThat(tasks.document("another", "mysql", task.id(), TaskDocument.JSON))
                .isNull();
        assertThat(tasks.delete("another", "mysql", task.id())).isNull();
        assertThat(tasks.list("another", "mysql", 10, null).tasks()).isEmpty();
        assertThat(tasks.find(project, "mysql", task.id())).isNotNull();
    }

    @Test
    void tasksAreListedNewestFirstInPages() throws QueueFullException {
        TaskEngine tasks = engine();
        String mine = Given.project();
        List<UUID> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(0, tasks.create(Given.request(mine)).id());
        }
        List<UUID> listed = new ArrayList<>();
        UUID after = null;
        int pages = 0;
        do {
            TaskPage page = tasks.list(mine, "mysql", 3, after);
            assertThat(page.tasks()).hasSizeBetween(1, 3);
            page.tasks().forEach(task -> listed.add(task.id()));
            after = page.next();
            pages++;
        } while (after != null);
        assertThat(listed).isEqualTo(expected);
        assertThat(pages).isEqualTo(3);
        assertThat(tasks.projects()).contains(mine).doesNotHaveDuplicates().isSorted();
        assertThat(tasks.list(mine, "mysql", 7, null).next()).isNull();
        assertThat(tasks.list(mine, "mysql", 7, UUID.randomUUID()).tasks()).isEmpty();
    }

    @Test
    void listGoesOnBehindTaskThatWasForgottenMeanwhile() throws QueueFullException {
        TaskEngine tasks = engine();
        String mine = Given.project();
        UUID oldest = Given.ended(tasks, tasks.create(Given.request(mine))).id();
        UUID middle = Given.ended(tasks, tasks.create(Given.request(mine))).id();
        UUID newest = Given.ended(tasks, tasks.create(Given.request(mine))).id();
        TaskPage page = tasks.list(mine, "mysql", 2, null);
        assertThat(page.tasks()).extracting(Task::id).containsExactly(newest, middle);
        assertThat(tasks.delete(mine, "mysql", middle)).isEqualTo(Deletion.FORGOTTEN);
        assertThat(tasks.list(mine, "mysql", 2, page.next()).tasks())
                .extracting(Task::id)
                .containsExactly(oldest);
    }

    @Test
    void queuedTaskThatIsDeletedNeverRuns() throws QueueFullException {
        TaskEngine tasks = engine(Given.limits(1, 1, 100, Duration.ofSeconds(60), Duration.ofDays(1)));
        int begun = script.begun.get();
        Task first = Given.running(tasks, tasks.create(Given.request(project, "wait")));
        Given.await("the first one's run", () -> script.begun.get() == begun + 1);
        Task second = tasks.create(Given.request(project));
        assertThat(tasks.delete(project, "mysql", second.id())).isEqualTo(Deletion.CANCELLED);
        Task cancelled = tasks.find(project, "mysql", second.id());
        assertThat(cancelled.state()).isEqualTo(TaskState.ENDED);
        assertThat(cancelled.success()).isFalse();
        assertThat(cancelled.result()).isEqualTo("Migration pre-checks failed: the task was cancelled");
        assertThat(executions()).isEqualTo(1);
        script.gate.release();
        Given.ended(tasks, first);
        assertThat(tasks.delete(project, "mysql", second.id())).isEqualTo(Deletion.FORGOTTEN);
        assertThat(tasks.find(project, "mysql", second.id())).isNull();
        assertThat(script.begun.get()).isEqualTo(begun + 1);
    }

    @Test
    void runningTaskThatIsDeletedIsBrokenOffAtOnce() throws QueueFullException {
        TaskEngine tasks = engine();
        script.interrupted = false;
        Task task = Given.running(tasks, tasks.create(Given.request(project, "wait")));
        assertThat(tasks.delete(project, "mysql", task.id())).isEqualTo(Deletion.CANCELLED);
        Given.await("an interrupt", () -> script.interrupted);
        Given.await("an empty queue", () -> executions() == 0);
        Task cancelled = tasks.find(project, "mysql", task.id());
        assertThat(cancelled.result()).isEqualTo("Migration pre-checks failed: the task was cancelled");
        assertThat(cancelled.assessed()).isFalse();
        assertThat(tasks.delete(project, "mysql", task.id())).isEqualTo(Deletion.FORGOTTEN);
        assertThat(tasks.delete(project, "mysql", task.id())).isNull();
    }

    @Test
    void queueHasABound() throws Exception {
        TaskEngine tasks = engine(Given.limits(1, 1, 5, Duration.ofSeconds(60), Duration.ofDays(1)));
        Task running = Given.running(tasks, tasks.create(Given.request(project, "wait")));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Task>> creations = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            creations.add(() -> tasks.create(Given.request(project)));
        }
        int refused = 0;
        for (Future<Task> creation : threads.invokeAll(creations)) {
            try {
                creation.get();
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(QueueFullException.class, full -> {
                    assertThat(full.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
                });
                refused++;
            }
        }
        threads.shutdown();
        assertThat(refused).isEqualTo(11);
        assertThat(tasks.counts().queued()).isEqualTo(5);
        assertThat(tasks.counts().running()).isEqualTo(1);
        script.gate.release(100);
        Given.ended(tasks, running);
        Given.await("room", () -> tasks.counts().queued() == 0);
        Given.ended(tasks, tasks.create(Given.request(project)));
    }

    @Test
    void taskEndsInItsTimeEvenIfTheEngineHangs() throws QueueFullException {
        TaskEngine tasks = engine(Given.limits(2, 2, 100, Duration.ofSeconds(1), Duration.ofDays(1)));
        Task task = tasks.create(Given.request(project, "hang"));
        Task ended = Given.ended(tasks, task);
        assertThat(ended.success()).isFalse();
        assertThat(ended.result())
                .isEqualTo("Migration pre-checks failed: the check took longer than the 1 s that a task may take");
        assertThat(Duration.between(ended.startTime(), ended.endTime()))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    @Test
    void endedTasksAreForgottenInTheirTime() throws QueueFullException {
        TaskEngine first = engine();
        Task old = Given.ended(first, first.create(Given.request(project)));
        stop();
        engine = TaskEngine.start(
                settings(),
                Given.limits(2, 2, 10, Duration.ofSeconds(60), Duration.ofSeconds(1)),
                script,
                Given.sweepingEvery(Duration.ofMillis(200)));
        TaskEngine tasks = engine;
        Task waiting = Given.running(tasks, tasks.create(Given.request(project, "wait")));
        Given.await("the old one's end", () -> tasks.find(project, "mysql", old.id()) == null);
        assertThat(tasks.document(project, "mysql", old.id(), TaskDocument.JSON))
                .isNull();
        assertThat(tasks.find(project, "mysql", waiting.id())).isNotNull();
        Given.await("nothing but the running one", () -> tasks.counts().ended() == 0);
    }

    @Test
    void passwordIsNowhereInTheClearAndGoneAfterTheEnd() throws QueueFullException {
        TaskEngine tasks = engine(Given.limits(1, 1, 100, Duration.ofSeconds(60), Duration.ofDays(1)));
        Task running = Given.running(tasks, tasks.create(Given.request(project, "wait")));
        Task queued = tasks.create(Given.request(project, "wait"));
        Task cancelled = tasks.create(Given.request(project, "wait"));
        assertThat(everythingStored()).hasSizeGreaterThan(20).noneMatch(StoreContract::holdsPassword);
        assertThat(secrets()).isEqualTo(3);
        tasks.delete(project, "mysql", cancelled.id());
        assertThat(secrets()).isEqualTo(2);
        script.gate.release(2);
        Given.ended(tasks, running);
        Given.ended(tasks, queued);
        assertThat(secrets()).isZero();
        assertThat(everythingStored()).noneMatch(StoreContract::holdsPassword);
    }

    static boolean holdsPassword(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(Given.PASSWORD);
    }

    @Test
    void queuedTasksOutliveAnInstanceThatIsClosed() throws QueueFullException {
        TaskEngine first = engine(Given.limits(1, 1, 100, Duration.ofSeconds(60), Duration.ofDays(1)));
        Task running = Given.running(first, first.create(Given.request(project, "wait")));
        List<Task> queued = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            queued.add(first.create(Given.request(project)));
        }
        first.close();
        TaskEngine second = engine();
        Task again = Given.running(second, running);
        assertThat(again.createTime()).isEqualTo(running.createTime());
        script.gate.release();
        assertThat(Given.ended(second, running).success()).isTrue();
        for (Task task : queued) {
            assertThat(Given.ended(second, task).success()).isTrue();
        }
    }

    @Test
    void anotherKeyIsRefused() {
        engine();
        stop();
        assertThatThrownBy(() -> TaskEngine.start(settings(Given.OTHER_KEY), Given.limits(), script, Given.quick()))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("The key is not the one");
    }

    @Test
    void runThatIsCutOffIsMadeAgainButNotForEver() throws SecretBox.WrongKeyException {
        UUID twice = UUID.randomUUID();
        UUID thrice = UUID.randomUUID();
        try (StoreDatabase database = StoreDatabase.open(settings(), 4)) {
            TaskStore store = store(database);
            for (UUID id : List.of(twice, thrice)) {
                assertThat(store.create(id, Given.request(project), Instant.now(), 100))
                        .isEqualTo(-1);
                for (int run = 0; run < (id.equals(twice) ? 2 : 3); run++) {
                    assertThat(store.begin(store.waiting(id), UUID.randomUUID(), Instant.now()))
                            .isTrue();
                }
            }
        }
        TaskEngine tasks = engine();
        Given.await("an end", () -> tasks.find(project, "mysql", thrice).state() == TaskState.ENDED);
        assertThat(tasks.find(project, "mysql", thrice).success()).isFalse();
        assertThat(tasks.find(project, "mysql", thrice).result())
                .isEqualTo("Migration pre-checks failed: the check was interrupted 3 times,"
                        + " because the server that ran it ended each time");
        Given.await("an end", () -> tasks.find(project, "mysql", twice).state() == TaskState.ENDED);
        assertThat(tasks.find(project, "mysql", twice).success()).isTrue();
    }

    private static TaskStore store(StoreDatabase database) {
        byte[] key = java.util.Base64.getDecoder().decode(Given.KEY.reveal());
        TaskStore store = new TaskStore(database.dataSource(), database.customization(), new SecretBox(key));
        store.verifyKey();
        return store;
    }

    @Test
    void onlyTheLatestRunEndsATaskAndOnlyOnce() throws SecretBox.WrongKeyException {
        UUID id = UUID.randomUUID();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        try (StoreDatabase database = StoreDatabase.open(settings(), 4)) {
            TaskStore store = store(database);
            store.create(id, Given.request(project), Instant.now(), 100);
            TaskStore.Waiting waiting = store.waiting(id);
            assertThat(store.begin(waiting, first, Instant.now())).isTrue();
            assertThat(store.begin(waiting, second, Instant.now())).isFalse();
            assertThat(store.isWanted(id, first)).isTrue();
            assertThat(store.begin(store.waiting(id), second, Instant.now())).isTrue();
            assertThat(store.isWanted(id, first)).isFalse();
            assertThat(store.progress(id, first, "late")).isFalse();
            assertThat(store.requeue(id, first)).isFalse();
            assertThat(store.end(id, first, Script.good(), Instant.now())).isFalse();
            assertThat(store.document(project, "mysql", id, TaskDocument.JSON)).isNull();
            assertThat(store.end(id, second, Ending.failed("the second"), Instant.now()))
                    .isTrue();
            assertThat(store.end(id, second, Ending.failed("a third"), Instant.now()))
                    .isFalse();
            assertThat(store.find(project, "mysql", id).result()).endsWith("the second");
            assertThat(store.waiting(id)).isNull();
            assertThat(store.delete(project, "mysql", id, Script.good(), Instant.now()))
                    .isEqualTo(Deletion.FORGOTTEN);
        }
    }

    @Test
    void taskThatCannotBeReadEndsInsteadOfComingBackForEver() throws QueueFullException {
        TaskEngine tasks = engine(Given.limits(1, 1, 100, Duration.ofSeconds(60), Duration.ofDays(1)));
        Task running = Given.running(tasks, tasks.create(Given.request(project, "wait")));
        Task damaged = tasks.create(Given.request(project));
        Task foreign = tasks.create(Given.request(project));
        rows().update("UPDATE preflight_task SET target_version = 'the next one' WHERE id = '" + damaged.id() + "'");
        rows().update(
                        "UPDATE preflight_task SET secret = (SELECT content FROM preflight_setting WHERE name = 'key-verifier')"
                                + " WHERE id = '" + foreign.id() + "'");
        script.gate.release();
        Given.ended(tasks, running);
        assertThat(Given.ended(tasks, damaged).result())
                .isEqualTo("Migration pre-checks failed: internal error, java.lang.IllegalArgumentException,"
                        + " see the log of the server");
        assertThat(Given.ended(tasks, foreign).result())
                .isEqualTo("Migration pre-checks failed: the server's key has changed since the task was created");
    }
}
