/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of tasks: UUIDs of version 7 (RFC 9562), which tell when the task was made. So a listing goes on behind a task even
 * when that was forgotten meanwhile.
 */
final class TaskIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int VERSION = 7;

    private TaskIds() {}

    /** A new id of a task that is made at that moment, which counts in whole milliseconds. */
    static UUID make(Instant createTime) {
        long time = createTime.toEpochMilli() << 16 | VERSION << 12 | RANDOM.nextInt(1 << 12);
        return new UUID(time, RANDOM.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    /** When the task of that id was made; null where it cannot be an id of ours. */
    static @Nullable Instant createTime(UUID id) {
        return id.version() == VERSION ? Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16) : null;
    }
}
