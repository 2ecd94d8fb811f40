/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Activity;
import io.github.mysqlpreflight.core.snapshot.BinaryLogStatus;
import io.github.mysqlpreflight.core.snapshot.BinaryLogs;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerStatus;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The second sample of the counters, when everything else is read, and what they grew by since the first one.
 *
 * <p>Reading a small server takes too short a time for that to say anything; nothing is asked then, unless the user wants the run
 * to last.
 */
final class ActivityProbe implements Probe<Activity> {
    /** In less time a counter that grows by one seems to be a rate. */
    private static final long LEAST_MILLIS = 2_000;

    private final StatusProbe firstSample;
    private final long sampleMillis;

    /**
     * The probe of one run.
     *
     * @param firstSample the probe of the same run that reads the counters first
     * @param sampleMillis how long the samples have to lie apart; 0 to take what reading took
     */
    ActivityProbe(StatusProbe firstSample, long sampleMillis) {
        this.firstSample = firstSample;
        this.sampleMillis = sampleMillis;
    }

    @Override
    public FactKey<Activity> key() {
        return Facts.ACTIVITY;
    }

    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public String remedy() {
        return "Every account may read the status counters; look at the server's error log";
    }

    @Override
    public Activity read(ProbeContext context) throws SQLException {
        ServerStatus first = context.required(Facts.STATUS);
        long passed = elapsed();
        if (passed < sampleMillis) {
            try {
                Thread.sleep(sampleMillis - passed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("reading was broken off", e);
            }
        } else if (passed < LEAST_MILLIS) {
            return new Activity(0, Map.of(), null);
        }
        Map<String, Long> growth = new HashMap<>();
        StatusProbe.counters(context).forEach((name, value) -> {
            long before = first.number(name, -1);
            long after = new ServerStatus(Map.of(name, value)).number(name, -1);
            if (before >= 0 && after >= before) {
                growth.put(name, after - before);
            }
        });
        return new Activity(elapsed(), growth, binaryLogBytes(context));
    }

    private long elapsed() {
        return (System.nanoTime() - firstSample.readAt()) / 1_000_000;
    }

    private static @Nullable Long binaryLogBytes(ProbeContext context) throws SQLException {
        BinaryLogStatus before = context.known(Facts.BINARY_LOG_STATUS);
        if (before == null || before.current() == null) {
            return null;
        }
        BinaryLogStatus.Position now = new BinaryLogStatusProbe().read(context).current();
        if (now == null) {
            return null;
        }
        if (now.file().equals(before.current().file())) {
            return now.position() - before.current().position();
        }
        long written = -before.current().position();
        boolean counting = false;
        for (BinaryLogs.File file : new BinaryLogsProbe().read(context).list()) {
            counting |= file.name().equals(before.current().file());
            if (counting) {
                written += file.bytes();
            }
        }
        return counting ? written : null;
    }
}
