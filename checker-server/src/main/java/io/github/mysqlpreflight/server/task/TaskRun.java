/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.probe.ReadListener;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one task: the engine works in a thread of its own, which may be interrupted; the thread of the queue waits for it, keeps
 * its progress, and sees to it that it ends in time. Only the latter ever touches the store.
 *
 * <p>Nobody interrupts the queue's thread ({@link UninterruptedPools}). If somebody did, that would mean the end of this instance, and is
 * not passed on: an interrupted thread would close the file of the embedded store under everybody else.
 */
final class TaskRun {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final UUID id;
    private final UUID run;
    private final Job job;
    private final TaskStore store;
    private final Judge judge;
    private final Duration time;
    private final Tuning tuning;
    private final TaskListener listener;
    private final long begun = System.nanoTime();
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String progress = "";

    TaskRun(
            UUID id,
            UUID run,
            Job job,
            TaskStore store,
            Judge judge,
            Duration time,
            Tuning tuning,
            TaskListener listener) {
        this.id = id;
        this.run = run;
        this.job = job;
        this.store = store;
        this.judge = judge;
        this.time = time;
        this.tuning = tuning;
        this.listener = listener;
    }

    /** How a run came out, for the queue. */
    enum Outcome {
        /** The task has ended, by this run or otherwise. */
        OVER,
        /** The task waits for another run. */
        AGAIN
    }

    private sealed interface Event {
        record Ended(Ending ending) implements Event {}

        record Broke(Throwable thrown) implements Event {}

        record Unwanted() implements Event {}

        record Closing() implements Event {}
    }

    UUID id() {
        return id;
    }

    /** The task has been ended by somebody else: the run is broken off. */
    void cancel() {
        events.add(new Event.Unwanted());
    }

    /** This instance ends: the run is broken off, and the task goes back into the queue. */
    void close() {
        events.add(new Event.Closing());
    }

    /** Runs until the task has ended or waits again. */
    Outcome execute() {
        long deadline = System.nanoTime() + time.toNanos();
        progress = "connecting to " + job.source().address();
        Thread worker = new Thread(this::work, "task-" + NEXT.incrementAndGet());
        worker.setDaemon(true);
        worker.start();
        Event event = await(deadline);
        if (!(event instanceof Event.Ended)) {
            worker.interrupt();
            join(worker);
        }
        if (event instanceof Event.Ended ended) {
            return end(ended.ending());
        } else if (event instanceof Event.Broke broke) {
            Throwable thrown = broke.thrown();
            LOG.error("the task {} broke", id, Redacted.of(thrown, job.source().password()));
            return end(Ending.broken(thrown));
        } else if (event instanceof Event.Closing) {
            return putBack();
        } else if (event instanceof Event.Unwanted) {
            return Outcome.OVER;
        }
        return end(Ending.failed("the check took longer than the " + time.toSeconds() + " s that a task may take"));
    }

    private void work() {
        try {
            ReadListener listener =
                    (what, rows) -> progress = "reading " + what + (rows == 0 ? "" : ", " + rows + " rows");
            events.add(new Event.Ended(judge.judge(job, listener)));
        } catch (TaskFailedException e) {
            events.add(new Event.Ended(Ending.failed(String.valueOf(e.getMessage()))));
        } catch (RuntimeException | Error e) {
            events.add(new Event.Broke(e));
        }
    }

    /** What happens to the run first; null where its time is over before anything does. */
    private @Nullable Event await(long deadline) {
        String told = "";
        while (true) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            try {
                Event event = events.poll(Math.min(left, tuning.look().toNanos()), TimeUnit.NANOSECONDS);
                if (event != null) {
                    return event;
                }
            } catch (InterruptedException e) {
                // The task must not get lost.
                return new Event.Closing();
            }
            String now = progress;
            if (!isWanted(now.equals(told) ? null : now)) {
                return new Event.Unwanted();
            }
            told = now;
        }
    }

    private boolean isWanted(@Nullable String news) {
        try {
            return news == null ? store.isWanted(id, run) : store.progress(id, run, news);
        } catch (StoreUnavailableException e) {
            LOG.warn("the store does not answer, the task {} goes on: {}", id, reason(e));
            return true;
        }
    }

    private Outcome end(Ending ending) {
        long deadline = System.nanoTime() + tuning.patience().toNanos();
        long pause = 100;
        while (true) {
            try {
                if (store.end(id, run, ending, Instant.now())) {
                    Duration ran = Duration.ofNanos(System.nanoTime() - begun);
                    listener.ended(job.type(), ending.success(), ending.method(), ran);
                } else {
                    LOG.info("the task {} had ended before, or was taken over: a result was discarded", id);
                }
                return Outcome.OVER;
            } catch (StoreUnavailableException e) {
                if (System.nanoTime() + pause * 1_000_000 > deadline) {
                    throw e;
                }
                LOG.warn("the store does not answer, the end of the task {} waits: {}", id, reason(e));
            }
            if (isClosing(pause)) {
                throw new IllegalStateException("the instance ends before the store answers");
            }
            pause = Math.min(5_000, pause * 2);
        }
    }

    private boolean isClosing(long pause) {
        try {
            Event event = events.poll(pause, TimeUnit.MILLISECONDS);
            return event instanceof Event.Closing;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private Outcome putBack() {
        return store.requeue(id, run) ? Outcome.AGAIN : Outcome.OVER;
    }

    private void join(Thread worker) {
        try {
            worker.join(tuning.farewell().toMillis());
            if (worker.isAlive()) {
                LOG.warn("the run of the task {} does not end although it was told to; its thread is given up", id);
            }
        } catch (InterruptedException e) {
            LOG.debug("the run of the task {} is not waited for", id, e);
        }
    }

    private static String reason(StoreUnavailableException thrown) {
        Throwable cause = thrown.getCause();
        return thrown.getMessage()
                + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")");
    }
}
