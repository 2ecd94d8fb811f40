/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Places at sources: so many tasks of this instance may be at one source at the same time, others are put off. Remembers which were,
 * so that one of them can be called when a place becomes free. Safe for use by several threads.
 */
final class SourceSlots {
    private static final long LONGEST_MILLIS = 30_000;

    private final int perSource;
    private final Map<String, Source> sources = new HashMap<>();

    SourceSlots(int perSource) {
        this.perSource = perSource;
    }

    private static final class Source {
        private int taken;
        private final Set<UUID> putOff = new LinkedHashSet<>();
    }

    /** Takes a place; false where none is free. */
    synchronized boolean take(String address, UUID task) {
        Source source = sources.computeIfAbsent(address, ignored -> new Source());
        if (source.taken >= perSource) {
            return false;
        }
        source.taken++;
        source.putOff.remove(task);
        return true;
    }

    /** Gives a place back. */
    synchronized void giveBack(String address) {
        Source source = sources.get(address);
        if (source == null || source.taken == 0) {
            throw new IllegalStateException("no place at that source was taken");
        }
        source.taken--;
        if (source.taken == 0 && source.putOff.isEmpty()) {
            sources.remove(address);
        }
    }

    /** Remembers that a task was put off. */
    synchronized void putOff(String address, UUID task) {
        sources.computeIfAbsent(address, ignored -> new Source()).putOff.add(task);
    }

    /** The task that was put off first and has a place now; null where there is none. It is no longer remembered. */
    synchronized @Nullable UUID next(String address) {
        Source source = sources.get(address);
        if (source == null || source.taken >= perSource) {
            return null;
        }
        Iterator<UUID> first = source.putOff.iterator();
        if (!first.hasNext()) {
            if (source.taken == 0) {
                sources.remove(address);
            }
            return null;
        }
        UUID task = first.next();
        first.remove();
        return task;
    }

    /** For how long to put a task off: about a second, and longer the more have been, so that they do not keep the queue busy. */
    synchronized Duration delay(String address) {
        Source source = sources.get(address);
        int putOff = source == null ? 0 : source.putOff.size();
        long millis = Math.min(LONGEST_MILLIS, 1_000 + putOff * 60L);
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2));
    }
}
