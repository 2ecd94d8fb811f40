/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ScanLimits;
import io.github.mysqlpreflight.core.source.SourceSession;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reading of one server: hands the probes to as many connections as pay, and keeps the run's time. */
final class ProbeRun {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRun.class);
    /** A further connection is opened when in so long a time no probe has ended and others still wait. */
    private static final long PATIENCE_MILLIS = 250;
    /** From so long a round trip on, further connections are opened at once. */
    private static final long DISTANT_MILLIS = 5;
    /** Opening a connection takes about as many round trips as so many statements. */
    private static final int LOGIN_ROUND_TRIPS = 8;

    private static final VariablesProbe VARIABLES = new VariablesProbe();
    private static final SessionProbe SESSION = new SessionProbe();
    /** Those that need to know version and roles; the samples of the counters first, then from cheap to costly. */
    private static final List<Probe<?>> PROBES = List.of(
            new BinaryLogStatusProbe(),
            new GrantsProbe(),
            new ReplicaStatusProbe(),
            new SchemasProbe(),
            new TablesProbe(),
            new ColumnsProbe(),
            new IndexesProbe(),
            new ForeignKeysProbe(),
            new ViewsProbe(),
            new RoutinesProbe(),
            new TriggersProbe(),
            new EventsProbe(),
            new AccountsProbe(),
            new PluginsProbe(),
            new ServerExtensionsProbe(),
            new BinaryLogsProbe(),
            new ReplicasProbe(),
            new SessionFormatsProbe(),
            new TransactionsProbe(),
            new ProcessesProbe(),
            new PreparedTransactionsProbe(),
            new TablePlacesProbe(),
            new RdsConfigurationProbe(),
            new AuroraTopologyProbe());

    private final SourceSession session;
    private final ReadLimits limits;
    private final long deadline;
    private final ReadListener listener;
    private final Collection<FactKey<?>> wanted;
    private final List<Probe<?>> probes = new ArrayList<>();
    private final Deque<Probe<?>> waiting = new ArrayDeque<>();
    /** Those that have been handed out and have not ended; guarded by {@link #waiting}. */
    private int running;

    private final List<FactKey<?>> expected = new ArrayList<>();
    private final Map<FactKey<?>, Fact<?>> facts = new ConcurrentHashMap<>();
    private final CountDownLatch pending;
    private final AtomicInteger workers = new AtomicInteger();
    /** Used by the thread that called {@link #fill} alone. */
    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean outOfTime;

    ProbeRun(
            SourceSession session,
            ReadLimits limits,
            long deadline,
            ReadListener listener,
            Collection<FactKey<?>> wanted) {
        this.session = session;
        this.limits = limits;
        this.deadline = deadline;
        this.listener = listener;
        this.wanted = Set.copyOf(wanted);
        StatusProbe status = new StatusProbe();
        probes.add(status);
        probes.addAll(PROBES);
        probes.add(new ActivityProbe(status, limits.sample().toMillis()));
        ScanLimits scan = limits.scan();
        if (scan != null) {
            // The last fifth of the time is for what began before it, and for a target.
            probes.add(new DataScanProbe(scan, deadline - limits.total().toNanos() / 5));
        }
        expected.add(VARIABLES.key());
        expected.add(SESSION.key());
        for (Probe<?> probe : probes) {
            List<FactKey<?>> filled = filled(probe);
            if (!filled.isEmpty()) {
                waiting.add(probe);
                expected.addAll(filled);
            }
        }
        this.pending = new CountDownLatch(expected.size());
    }

    /** The facts that the probe fills for this run; none where it need not run. */
    private List<FactKey<?>> filled(Probe<?> probe) {
        List<FactKey<?>> filled = new ArrayList<>();
        for (FactKey<?> key : probe.also()) {
            if (wanted.contains(key)) {
                filled.add(key);
            }
        }
        if (!filled.isEmpty() || wanted.contains(probe.key())) {
            filled.add(0, probe.key());
        }
        return filled;
    }

    /** Reads, and puts each fact, known or not, into the snapshot. */
    void fill(Snapshot.Builder builder) {
        start(1);
        int started = 1;
        if (session.roundTripMillis() >= DISTANT_MILLIS && waiting.size() > LOGIN_ROUND_TRIPS) {
            while (started < limits.connections()) {
                start(++started);
            }
        }
        int read = 0;
        try {
            while (!pending.await(nextLook(started), TimeUnit.NANOSECONDS)) {
                if (System.nanoTime() >= deadline) {
                    breakOff();
                    break;
                }
                boolean stuck = facts.size() == read;
                read = facts.size();
                if (stuck && started < limits.connections() && facts.containsKey(Facts.SESSION) && hasWaiting()) {
                    start(++started);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            breakOff();
        }
        for (FactKey<?> key : expected) {
            put(builder, key);
        }
    }

    /** Cuts the connections, and wakes those that wait for one. */
    private void breakOff() {
        outOfTime = true;
        session.abort();
        for (Thread thread : threads) {
            thread.interrupt();
        }
    }

    private long nextLook(int started) {
        long left = Math.max(0, deadline - System.nanoTime());
        return started < limits.connections() ? Math.min(left, PATIENCE_MILLIS * 1_000_000) : left;
    }

    private <T> void put(Snapshot.Builder builder, FactKey<T> key) {
        // Each probe puts a fact of its key's type.
        @SuppressWarnings("unchecked")
        Fact<T> fact = (Fact<T>) facts.get(key);
        builder.put(key, fact != null ? fact : outOfTime());
    }

    private <T> Fact<T> outOfTime() {
        return new Fact.Unavailable<>(
                Fact.Cause.RUN_TIMEOUT,
                "the run's time of " + limits.total().toSeconds() + " s was over before it could be read",
                0,
                null,
                "Give the run more time with --timeout");
    }

    private void start(int number) {
        workers.incrementAndGet();
        Thread thread = new Thread(() -> work(number == 1), "probe-" + number);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void work(boolean first) {
        SQLException lost = null;
        Connection connection = null;
        try {
            connection = session.borrow();
            if (first) {
                read(VARIABLES, connection);
                connection = usable(connection);
                read(SESSION, connection);
            }
            for (Probe<?> probe = next(); probe != null; probe = next()) {
                try {
                    connection = usable(connection);
                    read(probe, connection);
                } finally {
                    ended();
                }
            }
        } catch (SQLException e) {
            LOG.debug("no connection to read with", e);
            lost = e;
            if (first) {
                fail(VARIABLES, e);
                fail(SESSION, e);
            }
        } finally {
            if (connection != null) {
                session.giveBack(connection);
            }
            if (workers.decrementAndGet() == 0) {
                // Nobody is left to read what still waits; that includes what this worker was cut off from.
                failRest(lost != null ? lost : new SQLException("reading ended early"));
            }
        }
    }

    /** The connection, or another one where a failed statement has cost it. */
    private Connection usable(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            return connection;
        }
        session.giveBack(connection);
        return session.borrow();
    }

    private void failRest(SQLException e) {
        for (Probe<?> probe : probes) {
            fail(probe, e);
        }
    }

    /** For a probe that has no connection to read with. */
    private <T> void fail(Probe<T> probe, SQLException e) {
        Fact<T> fact = outOfTime
                ? outOfTime()
                : new Fact.Unavailable<>(
                        Fact.Cause.CONNECTION_LOST, message(e), e.getErrorCode(), e.getSQLState(), null);
        done(probe, fact, null);
    }

    private <T> void read(Probe<T> probe, Connection connection) {
        long start = System.nanoTime();
        Fact<T> fact;
        ProbeContext context = new ProbeContext(connection, wanted, facts, rows -> tell(probe, rows));
        try {
            tell(probe, 0);
            fact = new Fact.Known<>(probe.read(context));
        } catch (SQLException e) {
            LOG.debug("{} could not be read", probe.key(), e);
            fact = unavailable(probe, e);
        } catch (RuntimeException e) {
            // A server that answers what no server answers must not take the other probes down.
            LOG.error("the probe for {} broke", probe.key(), e);
            fact = new Fact.Unavailable<>(Fact.Cause.ERROR, "the answer could not be understood: " + e, 0, null, null);
        }
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} took {} ms", probe.key(), (System.nanoTime() - start) / 1_000_000);
        }
        done(probe, fact, context);
    }

    /** Takes what a probe filled; what it left open has the fate of its own fact. */
    private <T> void done(Probe<T> probe, Fact<T> fact, @Nullable ProbeContext context) {
        if (outOfTime) {
            return;
        }
        for (FactKey<?> key : probe.also()) {
            Object value = context == null ? null : context.alsoFilled(key);
            if (value != null) {
                done(key, new Fact.Known<>(value));
            } else if (fact instanceof Fact.Unavailable<T> open) {
                done(
                        key,
                        new Fact.Unavailable<>(
                                open.cause(), open.message(), open.errorCode(), open.sqlState(), open.remedy()));
            }
        }
        done(probe.key(), fact);
    }

    private void done(FactKey<?> key, Fact<?> fact) {
        if (expected.contains(key) && facts.putIfAbsent(key, fact) == null) {
            pending.countDown();
            synchronized (waiting) {
                waiting.notifyAll();
            }
        }
    }

    private <T> Fact<T> unavailable(Probe<T> probe, SQLException e) {
        if (outOfTime) {
            return outOfTime();
        }
        Fact.Cause cause = causeOf(e);
        return new Fact.Unavailable<>(
                cause,
                message(e),
                e.getErrorCode(),
                e.getSQLState(),
                cause == Fact.Cause.PRIVILEGE ? probe.remedy() : null);
    }

    private static String message(SQLException e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().replace('\n', ' ');
    }

    /** By the server's error number (<a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/">manual</a>). */
    static Fact.Cause causeOf(SQLException e) {
        return switch (e.getErrorCode()) {
            // XA RECOVER says 1401 where XA_RECOVER_ADMIN is missing.
            case 1044, 1045, 1142, 1143, 1227, 1370, 1401, 1410 -> Fact.Cause.PRIVILEGE;
            case 1205, 1317, 1969, 3024 -> Fact.Cause.TIMEOUT;
            case 1064, 1109, 1146, 1193, 1235 -> Fact.Cause.UNSUPPORTED;
            default -> hasTimedOut(e) ? Fact.Cause.TIMEOUT : Fact.Cause.ERROR;
        };
    }

    private static boolean hasTimedOut(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private synchronized void tell(Probe<?> probe, long rows) {
        listener.reading(probe.key().title(), rows);
    }

    /**
     * The next probe to run; null if there is none. Waits until the facts are read that the probes build on, and before a probe that
     * has to be the last.
     */
    private @Nullable Probe<?> next() {
        synchronized (waiting) {
            while (!outOfTime) {
                Probe<?> probe = waiting.peek();
                if (facts.containsKey(Facts.SESSION) && (probe == null || !probe.isLast() || running == 0)) {
                    waiting.poll();
                    running += probe == null ? 0 : 1;
                    return probe;
                }
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
            return null;
        }
    }

    private void ended() {
        synchronized (waiting) {
            running--;
            waiting.notifyAll();
        }
    }

    /** Whether a further connection would have something to do. */
    private boolean hasWaiting() {
        synchronized (waiting) {
            Probe<?> probe = waiting.peek();
            return probe != null && !probe.isLast();
        }
    }
}
