/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.probe.ReadListener;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Does what the first ignored database of a task says, so that a test knows what happens. */
final class Script implements Judge {
    /** Larger than a chunk, and than what a store takes at once by default. */
    static final byte[] BIG = big();

    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    /** As many runs as it has permits go through {@code wait}. */
    final Semaphore gate = new Semaphore(0);

    volatile boolean interrupted;

    private static byte[] big() {
        byte[] bytes = new byte[2_500_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    static Ending good() {
        return new Ending(
                true,
                "All pre-checks passed successfully, preferred migration method will be [Replication]",
                Method.REPLICATION,
                List.of(),
                Map.of(TaskDocument.JSON, new byte[] {1, 2, 3}, TaskDocument.HTML, BIG));
    }

    @Override
    public Ending judge(Job job, ReadListener listener) throws TaskFailedException {
        begun.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            return play(job, listener);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private Ending play(Job job, ReadListener listener) throws TaskFailedException {
        switch (job.ignoredDatabases().isEmpty() ? "" : job.ignoredDatabases().get(0)) {
            case "wait" -> gated(listener);
            case "sleep" -> quietly(() -> Thread.sleep(200));
            case "hang" -> hang();
            case "fail" -> throw new TaskFailedException("no \"such\" thing");
            case "break" ->
                throw new IllegalStateException(
                        "with a " + job.source().password().reveal());
            case "dump" -> {
                return new Ending(
                        true,
                        "Not all pre-checks passed successfully, preferred migration method will be [Dump]: two things",
                        Method.DUMP,
                        Arrays.asList(
                                new ResultCode("gtid.mode", null), new ResultCode("obj.engine", "caf\u00e9 \"x\"")),
                        Map.of(TaskDocument.JSON, new byte[] {4}));
            }
            default -> listener.reading("the tables", 1);
        }
        return good();
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void quietly(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
        }
    }

    private void gated(ReadListener listener) {
        listener.reading("the tables", 12_000);
        quietly(gate::acquire);
    }

    /** Does not even hear an interrupt. */
    private void hang() {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + 8_000_000_000L;
        while (System.nanoTime() < end) {
            quietly(() -> never.await(100, java.util.concurrent.TimeUnit.MILLISECONDS));
            Thread.interrupted();
        }
    }
}
