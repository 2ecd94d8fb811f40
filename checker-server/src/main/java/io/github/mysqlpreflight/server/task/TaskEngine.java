/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.config.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The tasks, kept in a database and run by this instance and by all others that share it. Safe for use by several threads.
 *
 * <p>A task ends once. Its run may be cut off, by the end of an instance or of its connection to the database; then it is run again, by
 * whichever instance comes first, and the result of a run that nobody waits for any more is discarded.
 */
public final class TaskEngine implements Tasks, AutoCloseable {
    private static final Ending CANCELLED = Ending.failed("the task was cancelled");
    private static final int MOST_CONNECTIONS = 32;

    private final StoreDatabase database;
    private final TaskStore store;
    private final TaskQueue queue;
    private final Limits limits;
    private final AtomicLong lastCreateMillis = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private TaskEngine(StoreDatabase database, TaskStore store, TaskQueue queue, Limits limits) {
        this.database = database;
        this.store = store;
        this.queue = queue;
        this.limits = limits;
    }

    /**
     * Opens the store and begins to run what waits in it.
     *
     * @param services the profiles by their names
     * @param gate which sources may be reached
     * @param preflight the engine
     * @param listener is told of the tasks that this instance ends
     * @throws io.github.mysqlpreflight.server.ServerFailedException where the store cannot be used, or not with this key
     */
    public static TaskEngine start(
            StoreSettings settings,
            Limits limits,
            Map<String, Profile> services,
            SourceGate gate,
            Preflight preflight,
            TaskListener listener) {
        return start(
                settings,
                limits,
                new PreflightJudge(services, gate, preflight, readingTime(limits.taskTime())),
                Tuning.defaults(limits.keep()),
                listener);
    }

    /** A little less than the task has, so that what was read until then is still judged and kept. */
    private static Duration readingTime(Duration task) {
        Duration margin = Duration.ofMillis(Math.min(2_000, task.toMillis() / 4));
        Duration reading = task.minus(margin);
        return reading.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : reading;
    }

    static TaskEngine start(StoreSettings settings, Limits limits, Judge judge, Tuning tuning) {
        return start(settings, limits, judge, tuning, TaskListener.NONE);
    }

    private static TaskEngine start(
            StoreSettings settings, Limits limits, Judge judge, Tuning tuning, TaskListener listener) {
        requireNonNull(limits, "limits is null");
        if (settings.directory() == null) {
            // Before anything is made in a database that cannot be used without.
            StoreKey.of(settings);
        }
        StoreDatabase database = StoreDatabase.open(settings, Math.min(MOST_CONNECTIONS, 8 + limits.tasksAtOnce() / 2));
        try {
            TaskStore store = new TaskStore(
                    database.dataSource(), database.customization(), new SecretBox(StoreKey.of(settings)));
            store.verifyKey();
            if (database.isOurs()) {
                store.releaseAll();
            }
            TaskQueue queue = new TaskQueue(database, store, judge, limits, tuning, listener);
            queue.start();
            return new TaskEngine(database, store, queue, limits);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Task create(TaskRequest request) throws QueueFullException {
        requireNonNull(request, "request is null");
        // No two of this instance in one millisecond, so that newest first is what it says.
        Instant now = Instant.ofEpochMilli(lastCreateMillis.updateAndGet(
                last -> Math.max(last + 1, Instant.now().toEpochMilli())));
        UUID id = TaskIds.make(now);
        int waiting = store.create(id, request, now, limits.queue());
        if (waiting >= 0) {
            throw new QueueFullException(waiting, queue.retryAfter(waiting));
        }
        queue.look();
        return new Task(
                id,
                request.project(),
                request.service(),
                request.type(),
                TaskState.QUEUED,
                now,
                null,
                null,
                request.source().address(),
                request.ignoredDatabases(),
                request.createdBy(),
                "",
                null,
                "",
                null,
                List.of(),
                false);
    }

    @Override
    public @Nullable Task find(String project, String service, UUID id) {
        return store.find(project, service, id);
    }

    @Override
    public TaskPage list(String project, String service, int limit, @Nullable UUID after) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one task");
        }
        List<Task> tasks = store.list(project, service, limit + 1, after);
        boolean more = tasks.size() > limit;
        List<Task> page = more ? tasks.subList(0, limit) : tasks;
        return new TaskPage(page, more ? page.get(limit - 1).id() : null);
    }

    @Override
    public byte @Nullable [] document(String project, String service, UUID id, TaskDocument kind) {
        return store.document(project, service, id, kind);
    }

    @Override
    public @Nullable Deletion delete(String project, String service, UUID id) {
        Deletion deletion = store.delete(project, service, id, CANCELLED, Instant.now());
        if (deletion == Deletion.CANCELLED) {
            queue.cancel(id);
        }
        return deletion;
    }

    @Override
    public List<String> projects() {
        return store.projects();
    }

    @Override
    public TaskCounts counts() {
        return store.counts();
    }

    /**
     * Takes no more tasks from the queue, lets the running ones go on for a few seconds, and puts those that do not end back into the
     * queue for another instance, or for the next start. May take 20 seconds.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                queue.close();
            } finally {
                database.close();
            }
        }
    }
}
