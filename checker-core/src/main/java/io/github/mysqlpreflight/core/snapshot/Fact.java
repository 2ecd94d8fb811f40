/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One value read from a server, or why it could not be read.
 *
 * <p>A fact that could not be read is not an empty fact: a check that needs it ends as unknown.
 *
 * @param <T> type of the value, immutable
 */
public sealed interface Fact<T> {

    /** The value as it was read. */
    record Known<T>(T value) implements Fact<T> {
        public Known {
            requireNonNull(value, "value is null");
        }
    }

    /**
     * The value is not known.
     *
     * @param cause what kept it from being read
     * @param message what happened, one line, in the server's words where it had some
     * @param errorCode the server's error number, 0 where there is none
     * @param sqlState the five characters of the SQL state, null where there is none
     * @param remedy what would make it known, null where nothing would
     */
    record Unavailable<T>(
            Cause cause,
            String message,
            int errorCode,
            @Nullable String sqlState,
            @Nullable String remedy) implements Fact<T> {
        public Unavailable {
            requireNonNull(cause, "cause is null");
            requireNonNull(message, "message is null");
        }
    }

    /** What kept a fact from being read. */
    enum Cause {
        /** The account lacks a privilege. */
        PRIVILEGE,
        /** The statement reached its time limit. */
        TIMEOUT,
        /** The time of the whole run was over before it could be read. */
        RUN_TIMEOUT,
        /** The server could not be connected to any more. */
        CONNECTION_LOST,
        /** The server answered with another error, or the connection broke while it was read. */
        ERROR,
        /** This version or flavour has no such thing. */
        UNSUPPORTED,
        /** There was no connection to read from. */
        NOT_CONNECTED,
        /** It was not asked for when the snapshot was taken. */
        NOT_READ
    }
}
