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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read-only access to one server over a small, bounded pool of connections.
 *
 * <p>Safe for use by several threads. Closing it closes every connection.
 */
public final class SourceSession implements AutoCloseable {
    /** Says in the process list and in logs who asks; stands before each statement that is sent. */
    public static final String STATEMENT_COMMENT = "/* mysql-preflight */ ";

    private static final Logger LOG = LoggerFactory.getLogger(SourceSession.class);

    private final SourceUri uri;
    private final TlsFiles tlsFiles;
    private final DriverDataSource driver;
    private final HikariDataSource pool;

    private SourceSession(SourceUri uri, TlsFiles tlsFiles, DriverDataSource driver, HikariDataSource pool) {
        this.uri = uri;
        this.tlsFiles = tlsFiles;
        this.driver = driver;
        this.pool = pool;
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
        DriverDataSource driver = new DriverDataSource(uri, role, rule, limits, deadline, tlsFiles.properties());
        connecting.with(driver);
        try {
            driver.connectFirst();
            HikariDataSource pool = new HikariDataSource(config(driver, limits));
            // The pool keeps the connection it begins with only where it is to keep an idle one; it is to open no
            // second.
            pool.setMinimumIdle(0);
            return new SourceSession(uri, tlsFiles, driver, pool);
        } catch (SQLException | PoolInitializationException e) {
            driver.abort();
            closeQuietly(tlsFiles);
            throw connectFailed(uri, role, e);
        }
    }

    private static ConnectFailedException connectFailed(SourceUri uri, ServerRole role, Throwable thrown) {
        if (thrown instanceof LoginFailedException failed) {
            return new ConnectFailedException(failed.failure(), failed);
        }
        // The login was fine; what makes the session harmless was refused.
        Diagnosis diagnosis =
                new Diagnosis(uri, role, new Login(System.nanoTime(), new Route(uri.host(), AddressRule.ANY)));
        return new ConnectFailedException(diagnosis.of(thrown), thrown);
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
        return pool.getConnection();
    }

    /** Returns a borrowed connection to the pool, which discards it when it is broken. */
    public void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection could not be given back and is dropped", e);
        }
    }

    /** Breaks off what is running: every connection is cut, and none is made any more. */
    public void abort() {
        driver.abort();
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
