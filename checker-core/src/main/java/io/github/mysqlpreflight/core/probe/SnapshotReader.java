/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.AddressRule;
import io.github.mysqlpreflight.core.source.ConnectFailedException;
import io.github.mysqlpreflight.core.source.Connecting;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ServerRole;
import io.github.mysqlpreflight.core.source.SourceSession;
import io.github.mysqlpreflight.core.source.SourceUri;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a snapshot of a server within the limits of the run.
 *
 * <p>One connection does it all on a small server. Only where reading takes long do further ones help, up to the limit,
 * so that a production server is not asked for connections that would not pay.
 */
public final class SnapshotReader {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReader.class);

    private final String toolVersion;
    private final ReadLimits limits;
    private final ReadListener listener;

    /** A reader for any number of servers, one after the other. */
    public SnapshotReader(String toolVersion, ReadLimits limits, ReadListener listener) {
        this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /**
     * Reads the facts that are wanted of a source. A thread that is interrupted cuts its connections and comes back at once, with
     * what was read so far; it stays interrupted. A failure to connect is a fact too: the snapshot then says why, and
     * nothing else is known.
     */
    public Snapshot read(SourceUri uri, Collection<FactKey<?>> wanted) {
        return read(uri, ServerRole.SOURCE, AddressRule.ANY, wanted);
    }

    /** The same with the role of the server, for the words of a failure, and the addresses it may be at. */
    public Snapshot read(SourceUri uri, ServerRole role, AddressRule rule, Collection<FactKey<?>> wanted) {
        Instant takenAt = Instant.now();
        long start = System.nanoTime();
        long deadline = start + limits.total().toNanos();
        Snapshot.Builder builder = Snapshot.builder(takenAt, toolVersion);
        try (SourceSession session = open(uri, role, rule, deadline)) {
            ProbeRun run = new ProbeRun(session, limits, deadline, listener, wanted);
            run.fill(builder);
            builder.put(Facts.CONNECTION, session.connectionFacts());
            builder.connections(session.connectionsOpened());
        } catch (ConnectFailedException e) {
            LOG.debug("no connection to {}", uri.address(), e);
            notConnected(builder, uri, e.failure());
        }
        return builder.readMillis((System.nanoTime() - start) / 1_000_000).build();
    }

    private static void notConnected(Snapshot.Builder builder, SourceUri uri, ConnectionFacts.Failure failure) {
        for (FactKey<?> key : Facts.all()) {
            builder.put(key, new Fact.Unavailable<>(Fact.Cause.NOT_CONNECTED, "there is no connection", 0, null, null));
        }
        builder.put(Facts.CONNECTION, SourceSession.failedFacts(uri, failure));
    }

    /** Connects in a thread of its own, so that not even a name server that keeps silent outlives the run's time. */
    private SourceSession open(SourceUri uri, ServerRole role, AddressRule rule, long deadline)
            throws ConnectFailedException {
        CompletableFuture<SourceSession> opening = new CompletableFuture<>();
        Connecting connecting = new Connecting();
        Thread thread = new Thread(
                () -> {
                    try {
                        SourceSession session = SourceSession.open(uri, role, rule, limits, deadline, connecting);
                        if (!opening.complete(session)) {
                            session.close();
                        }
                    } catch (ConnectFailedException | RuntimeException | Error e) {
                        opening.completeExceptionally(e);
                    }
                },
                "connect");
        thread.setDaemon(true);
        thread.start();
        try {
            return opening.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectFailedException failed) {
                throw failed;
            }
            throw new IllegalStateException("connecting broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw giveUp(uri, opening, connecting, "the run was cancelled");
        } catch (TimeoutException e) {
            throw giveUp(uri, opening, connecting, "timed out, because the time of the run was over");
        }
    }

    /** Gives up; a session that comes too late is closed by the thread that opened it. */
    private static ConnectFailedException giveUp(
            SourceUri uri, CompletableFuture<SourceSession> opening, Connecting connecting, String reason) {
        if (opening.cancel(false)) {
            connecting.abandon();
        } else if (!opening.isCompletedExceptionally()) {
            opening.join().close();
        }
        return ConnectFailedException.of(
                ConnectionProblem.TIMED_OUT,
                "the login at " + uri.address() + " did not finish: " + reason,
                "Check the load of the server and the network between, or give the run more time with --timeout");
    }
}
