/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that are never interrupted, not even by {@code shutdownNow}: they work with the database, and an interrupted thread would close
 * the file of the embedded one under everybody else. They end by themselves when they have nothing left to do.
 */
final class UninterruptedPools {
    private UninterruptedPools() {}

    static ExecutorService fixed(int threads, String name) {
        return new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(name)) {
            @Override
            public List<Runnable> shutdownNow() {
                shutdown();
                return List.of();
            }
        };
    }

    static ScheduledExecutorService scheduled(int threads, String name) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(threads, factory(name)) {
            @Override
            public List<Runnable> shutdownNow() {
                shutdown();
                return List.of();
            }
        };
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return pool;
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger next = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + next.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
