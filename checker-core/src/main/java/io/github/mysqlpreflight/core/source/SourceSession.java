/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read-only access to one server over a few connections, each of which one thread uses until it gives it back.
 *
 * <p>Safe for use by several threads. Closing it closes every connection.
 */
public final class SourceSession implements AutoCloseable {
    /** Says in the process list and in logs who asks; stands before each statement that is sent. */
    public static final String STATEMENT_COMMENT = "/* mysql-preflight */ ";

    private static final Logger LOG = LoggerFactory.getLogger(SourceSession.class);

    private final SourceUri uri;
    private final TlsFiles tlsFiles;
    private final ConnectionFactory connections;
    private final AtomicReference<@Nullable Connection> first;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    private SourceSession(SourceUri uri, TlsFiles tlsFiles, ConnectionFactory connections, Connection first) {
        this.uri = uri;
        this.tlsFiles = tlsFiles;
        this.connections = connections;
        this.first = new AtomicReference<>(first);
        open.add(first);
    }

    /**
     * Connects.
     *
     * @param role which server it is, for the words of a failure
     * @param rule which addresses it may be at
     * @param deadline when the run ends, as {@link System#nanoTime()} counts; no login takes longer
     * @throws ConnectFailedException when that fails, with what to do about it
     */
    public static SourceSession open(SourceUri uri, ServerRole role, AddressRule rule, ReadLimits limits, long deadline)
            throws ConnectFailedException {
        return open(uri, role, rule, limits, deadline, new Connecting());
    }

    /** The same for somebody who may give it up before it ends. */
    public static SourceSession open(
            SourceUri uri, ServerRole role, AddressRule rule, ReadLimits limits, long deadline, Connecting connecting)
            throws ConnectFailedException {
        requireNonNull(uri, "uri is null");
        TlsFiles tlsFiles = TlsFiles.of(uri);
        ConnectionFactory connections = new ConnectionFactory(uri, role, rule, limits, deadline, tlsFiles.properties());
        connecting.with(connections);
        try {
            return new SourceSession(uri, tlsFiles, connections, connections.open());
        } catch (LoginFailedException e) {
            connections.abort();
            closeQuietly(tlsFiles);
            throw new ConnectFailedException(e.failure(), e);
        }
    }

    /** What was found out while connecting. */
    public ConnectionFacts connectionFacts() {
        return facts(uri, connections.plainTextBecause(), connections.publicKeyRetrieved(), null);
    }

    /** What is known of a server that could not be connected to. */
    public static ConnectionFacts failedFacts(SourceUri uri, ConnectionFacts.Failure failure) {
        return facts(uri, null, false, requireNonNull(failure, "failure is null"));
    }

    private static ConnectionFacts facts(
            SourceUri uri,
            @Nullable String plainTextBecause,
            boolean publicKeyRetrieved,
            ConnectionFacts.@Nullable Failure failure) {
        return new ConnectionFacts(
                uri.host(),
                uri.port(),
                uri.user(),
                uri.sslMode().name(),
                uri.path(),
                uri.password().byteLength() > 32,
                plainTextBecause,
                publicKeyRetrieved,
                failure);
    }

    /** How many connections were opened so far. */
    public int connectionsOpened() {
        return connections.opened();
    }

    /**
     * How far away the server is: the shortest time that it took to answer during the logins so far, in milliseconds, rounded
     * down.
     */
    public long roundTripMillis() {
        return connections.roundTripMillis();
    }

    /**
     * A connection for one thread, which ends its use with {@link #giveBack}: the first one, if nobody has it or had it yet, or a
     * new one, for which it logs in.
     *
     * @throws SQLException if the login fails; its message says why
     */
    public Connection borrow() throws SQLException {
        Connection ready = first.getAndSet(null);
        if (ready != null) {
            return ready;
        }
        Connection connection = connections.open();
        open.add(connection);
        return connection;
    }

    /** Closes a borrowed connection. */
    public void giveBack(Connection connection) {
        open.remove(connection);
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection could not be closed properly and is dropped", e);
        }
    }

    /** Breaks off what is running: every connection is cut, and none is made any more. */
    public void abort() {
        connections.abort();
    }

    @Override
    public void close() {
        open.forEach(this::giveBack);
        connections.abort();
        closeQuietly(tlsFiles);
    }

    private static void closeQuietly(TlsFiles files) {
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("temporary key stores could not be removed: {}", e.getMessage());
        }
    }
}
