/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.github.mysqlpreflight.server.config.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes tasks from the queue and runs them, as many at once as may. Safe for use by several threads. */
final class TaskQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskQueue.class);
    /** A task whose run was cut off so often has cost enough. */
    private static final int MOST_RUNS = 3;

    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration RETRY = Duration.ofSeconds(3);
    /** After so long a thread that has ended its work is surely free. */
    private static final long BREATH_MILLIS = 5;

    private final TaskStore store;
    private final Judge judge;
    private final Limits limits;
    private final Tuning tuning;
    private final TaskListener listener;
    private final SourceSlots slots;
    private final Set<TaskRun> runs = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService keeper = UninterruptedPools.scheduled(3, "tasks-keeper");
    private final Scheduler scheduler;
    /** Average time of a run in milliseconds, the latest counting most. */
    private final AtomicLong averageMillis = new AtomicLong(1_000);

    private volatile boolean closing;

    TaskQueue(
            StoreDatabase database, TaskStore store, Judge judge, Limits limits, Tuning tuning, TaskListener listener) {
        this.store = store;
        this.judge = judge;
        this.limits = limits;
        this.tuning = tuning;
        this.listener = listener;
        this.slots = new SourceSlots(limits.tasksPerSource());
        CustomTask<Void> run = Tasks.custom(TaskStore.RUN, Void.class)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, Instant.now().plus(RETRY)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> take(UUID.fromString(instance.getId())));
        RecurringTask<Void> sweep =
                Tasks.recurring("sweep", FixedDelay.of(tuning.sweep())).execute((instance, context) -> sweep());
        SchedulerBuilder builder = Scheduler.create(database.dataSource(), run)
                .startTasks(sweep)
                .tableName(TaskStore.EXECUTIONS)
                .threads(limits.tasksAtOnce())
                .executorService(UninterruptedPools.fixed(limits.tasksAtOnce(), "tasks"))
                .dueExecutor(UninterruptedPools.fixed(1, "tasks-queue"))
                .housekeeperExecutor(keeper)
                .pollingInterval(tuning.poll())
                .heartbeatInterval(tuning.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .schedulerName(new SchedulerName.Fixed(ProcessHandle.current().pid() + "-" + UUID.randomUUID()))
                .serializer(new NoData())
                .jdbcCustomization(database.customization())
                .enableImmediateExecution()
                .shutdownMaxWait(Duration.ofSeconds(2))
                .failureLogging(LogLevel.WARN, false);
        // All free places are filled at each look; and whenever one becomes free while more wait, there is another
        // look.
        this.scheduler = (database.canSkipLocked()
                        ? builder.pollUsingLockAndFetch(0.5, 1.0)
                        : builder.pollUsingFetch(1.0, 2.0))
                .build();
    }

    /** Executions carry nothing but the task's id; nor is anything read that somebody else may have put there. */
    private static final class NoData implements Serializer {
        @Override
        public byte @Nullable [] serialize(Object data) {
            return null;
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte[] data) {
            return null;
        }
    }

    void start() {
        scheduler.start();
    }

    /** Something was put into the queue. */
    void look() {
        scheduler.triggerCheckForDueExecutions();
    }

    /** Breaks the run of a task off that has been ended, if it is here. */
    void cancel(UUID id) {
        for (TaskRun run : runs) {
            if (run.id().equals(id)) {
                run.cancel();
            }
        }
    }

    /** After how long it may pay to ask for a place in a full queue: when a twentieth of it will be done, between 1 s and 60 s. */
    Duration retryAfter(int waiting) {
        long millis = averageMillis.get() * Math.max(1, waiting / 20) / limits.tasksAtOnce();
        return Duration.ofSeconds(Math.max(1, Math.min(60, (millis + 999) / 1_000)));
    }

    private CompletionHandler<Void> take(UUID id) {
        try {
            return tryTake(id);
        } finally {
            // The next one is not to wait for the clock: once this thread is free, there is another look.
            later(this::look);
        }
    }

    private CompletionHandler<Void> tryTake(UUID id) {
        if (closing) {
            return again(Duration.ZERO);
        }
        TaskStore.Waiting waiting = store.waiting(id);
        if (waiting == null) {
            return over();
        }
        if (waiting.runs() >= MOST_RUNS) {
            LOG.warn("the task {} was interrupted {} times and is given up", id, waiting.runs());
            return endWithout(
                    id,
                    "the check was interrupted " + waiting.runs()
                            + " times, because the server that ran it ended each time");
        }
        Job job;
        try {
            job = store.job(waiting);
        } catch (SecretBox.WrongKeyException e) {
            LOG.error("the task {} was encrypted with another key than this instance has", id);
            return endWithout(id, "the server's key has changed since the task was created");
        }
        if (!slots.take(waiting.source(), id)) {
            return putOff(id, waiting.source());
        }
        try {
            return run(waiting, job);
        } finally {
            slots.giveBack(waiting.source());
            later(() -> call(waiting.source()));
        }
    }

    private CompletionHandler<Void> run(TaskStore.Waiting waiting, Job job) {
        UUID id = waiting.id();
        UUID runId = UUID.randomUUID();
        TaskRun run = new TaskRun(id, runId, job, store, judge, limits.taskTime(), tuning, listener);
        // Before it is begun, so that who cancels it finds either a task that can no longer be begun, or this.
        runs.add(run);
        try {
            if (!store.begin(waiting, runId, Instant.now())) {
                // It has ended meanwhile, or another instance believed this one dead; the next look will tell.
                return again(Duration.ofSeconds(1));
            }
            if (closing) {
                run.close();
            }
            long start = System.nanoTime();
            TaskRun.Outcome outcome = run.execute();
            long millis = (System.nanoTime() - start) / 1_000_000;
            averageMillis.updateAndGet(average -> (average * 7 + millis) / 8);
            return switch (outcome) {
                case OVER -> over();
                case AGAIN -> again(Duration.ZERO);
            };
        } finally {
            runs.remove(run);
        }
    }

    private CompletionHandler<Void> endWithout(UUID id, String reason) {
        store.end(id, null, Ending.failed(reason), Instant.now());
        return over();
    }

    private CompletionHandler<Void> putOff(UUID id, String source) {
        Duration delay = slots.delay(source);
        return (complete, operations) -> {
            operations.reschedule(complete, Instant.now().plus(delay));
            slots.putOff(source, id);
            // A place may have become free before the task was remembered.
            later(() -> call(source));
        };
    }

    /** Calls a task that was put off, now that its source has a place. */
    private void call(String source) {
        for (UUID id = slots.next(source); id != null; id = slots.next(source)) {
            try {
                if (scheduler.reschedule(TaskInstanceId.of(TaskStore.RUN, id.toString()), Instant.now())) {
                    return;
                }
            } catch (DbSchedulerException e) {
                // It has ended, or another instance has it: the next one, then.
                LOG.debug("the task {} waits no longer", id, e);
            }
        }
    }

    private void sweep() {
        Instant before = Instant.now().minus(limits.keep());
        int removed = 0;
        for (int now = store.sweep(before); now > 0 && !closing; now = store.sweep(before)) {
            removed += now;
        }
        if (removed > 0) {
            LOG.info("{} tasks were removed that had ended long ago", removed);
        }
    }

    private void later(Runnable work) {
        if (!closing) {
            Future<?> unused = keeper.schedule(() -> attempt(work), BREATH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.debug("the queue could not be looked at; the clock will see to it", e);
        }
    }

    private static CompletionHandler<Void> over() {
        return (complete, operations) -> operations.remove();
    }

    private static CompletionHandler<Void> again(Duration delay) {
        return (complete, operations) ->
                operations.reschedule(complete, Instant.now().plus(delay));
    }

    /** Takes nothing more, gives running tasks their time to end, and puts the rest back into the queue. */
    @Override
    public void close() {
        closing = true;
        scheduler.pause();
        awaitRuns(tuning.grace());
        for (TaskRun run : runs) {
            run.close();
        }
        awaitRuns(Duration.ofSeconds(5));
        scheduler.stop();
    }

    private void awaitRuns(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        boolean interrupted = false;
        while (!runs.isEmpty() && System.nanoTime() < deadline && !interrupted) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
