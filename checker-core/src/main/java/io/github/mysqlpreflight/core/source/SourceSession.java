/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read-only access to one server over a small, bounded pool of connections.
 *
 * <p>Safe for use by several threads. Closing it closes every connection.
 */
public final class SourceSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSession.class);

    private final SourceUri uri;
    private final TlsFiles tlsFiles;
    private final DriverDataSource driver;
    private final HikariDataSource pool;
    private final Set<Connection> borrowed = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    private SourceSession(SourceUri uri, TlsFiles tlsFiles, DriverDataSource driver, HikariDataSource pool) {
        this.uri = uri;
        this.tlsFiles = tlsFiles;
        this.driver = driver;
        this.pool = pool;
    }

    /**
     * Connects.
     *
     * @throws ConnectFailedException when that fails, with what to do about it
     */
    public static SourceSession open(SourceUri uri, ReadLimits limits) throws ConnectFailedException {
        requireNonNull(uri, "uri is null");
        TlsFiles tlsFiles = TlsFiles.of(uri);
        DriverDataSource driver = new DriverDataSource(uri, limits, tlsFiles.properties());
        try {
            return new SourceSession(uri, tlsFiles, driver, new HikariDataSource(config(driver, limits)));
        } catch (PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            int timeout = (int) Math.min(Integer.MAX_VALUE, limits.connect().toMillis());
            closeQuietly(tlsFiles);
            throw new ConnectFailedException(new Diagnosis(uri, timeout).of(cause), cause);
        }
    }

    private static HikariConfig config(DriverDataSource driver, ReadLimits limits) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(driver);
        config.setPoolName("source");
        config.setMaximumPoolSize(limits.connections());
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(1);
        config.setConnectionTimeout(Math.max(1_000, limits.connect().toMillis() * 3));
        config.setValidationTimeout(Math.max(250, limits.connect().toMillis()));
        config.setKeepaliveTime(0);
        config.setMaxLifetime(0);
        return config;
    }

    /** What was found out while connecting. */
    public ConnectionFacts connectionFacts() {
        return facts(uri, driver.plainTextBecause(), driver.publicKeyRetrieved(), null);
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
        return driver.opened();
    }

    /**
     * Borrows a connection; {@link #giveBack} returns it.
     *
     * @throws SQLException when there is none to be had
     */
    public Connection borrow() throws SQLException {
        Connection connection = pool.getConnection();
        borrowed.add(connection);
        if (aborted) {
            connection.abort(Runnable::run);
        }
        return connection;
    }

    /** Returns a borrowed connection to the pool, which discards it when it is broken. */
    public void giveBack(Connection connection) {
        borrowed.remove(connection);
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection could not be given back and is dropped", e);
        }
    }

    /** Breaks off what is running: every borrowed connection is cut. */
    public void abort() {
        aborted = true;
        for (Connection connection : borrowed) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("a connection could not be cut and is left to its time limit", e);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
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
