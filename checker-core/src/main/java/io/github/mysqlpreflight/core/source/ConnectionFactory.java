/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import com.mysql.cj.jdbc.NonRegisteringDriver;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to one server with fixed properties of the driver, each read-only and bounded in time.
 *
 * <p>Nothing of a URI is part of a connection string: host, port, user and password are single properties. The first
 * connection finds out how the server can be spoken to, the others do the same as it did. Safe for use by several
 * threads.
 */
final class ConnectionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFactory.class);
    private static final String ANY_SERVER = "jdbc:mysql:///";
    /**
     * A login takes up to six answers; one that needs all the time of four of them is not going to end well. A second attempt
     * has to end within the same time.
     */
    private static final int LOGIN_ANSWERS = 4;

    private final SourceUri uri;
    private final ServerRole role;
    private final Route route;
    private final ReadLimits limits;
    private final long deadline;
    private final Properties tls;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong roundTripNanos = new AtomicLong(Long.MAX_VALUE);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;
    private volatile boolean plainText;
    private volatile boolean retrieveKey;
    private volatile @Nullable String plainTextBecause;

    /** @param deadline when the run ends, as {@link System#nanoTime()} counts */
    ConnectionFactory(
            SourceUri uri, ServerRole role, AddressRule rule, ReadLimits limits, long deadline, Properties tls) {
        this.uri = uri;
        this.role = role;
        this.route = new Route(uri.host(), rule);
        this.limits = limits;
        this.deadline = deadline;
        this.tls = tls;
        this.plainText = uri.sslMode() == SslMode.DISABLED;
    }

    /** Why the session is not encrypted although that was preferred; null where it is, or was not to be. */
    @Nullable
    String plainTextBecause() {
        return plainTextBecause;
    }

    /** Whether the server's RSA key had to be fetched over an unencrypted connection. */
    boolean publicKeyRetrieved() {
        return retrieveKey;
    }

    /** How many connections were opened so far. */
    int opened() {
        return opened.get();
    }

    /** The shortest time that an answer took during the logins so far, in milliseconds. */
    long roundTripMillis() {
        return TimeUnit.NANOSECONDS.toMillis(roundTripNanos.get());
    }

    /**
     * Logs in and prepares the session. A server that accepted the connection and answered too late is asked once more: it may have been busy for a
     * moment, and without the connection the whole run fails. There is no third attempt, since each one that is given up
     * counts towards the server's max_connect_errors.
     *
     * @throws LoginFailedException if either fails, with its diagnosis
     */
    Connection open() throws LoginFailedException {
        Login login = firstAttempt();
        try {
            return open(login);
        } catch (LoginFailedException e) {
            if (!e.timedOutAfterConnecting() || !login.hasTimeForAnotherAttempt() || aborted) {
                throw e;
            }
            LOG.debug("the login timed out and is tried once more", e);
        }
        return open(login.anotherAttempt());
    }

    /** Cuts every connection, those too that are being made; further ones are refused. */
    void abort() {
        aborted = true;
        for (Socket socket : sockets) {
            cut(socket);
        }
    }

    private Connection open(Login login) throws LoginFailedException {
        SQLException failed;
        try {
            return prepared(driverConnect(login));
        } catch (SQLException e) {
            failed = e;
        }
        LoginFailedException failure = failed(login, failed);
        if (login.hasEnded()) {
            throw failure;
        }
        if (!plainText && uri.sslMode() == SslMode.PREFERRED) {
            String because = whyNotEncrypted(failure.failure().problem());
            if (because != null) {
                plainText = true;
                plainTextBecause = because;
                return open(login.withOtherProperties());
            }
        }
        if (plainText && !retrieveKey && mentions(failed, "Public Key Retrieval is not allowed")) {
            retrieveKey = true;
            return open(login.withOtherProperties());
        }
        throw failure;
    }

    private LoginFailedException failed(Login login, SQLException thrown) {
        Diagnosis diagnosis = new Diagnosis(uri, role, login);
        Failure failure = aborted ? diagnosis.ofGivenUp(thrown) : diagnosis.of(thrown);
        return new LoginFailedException(failure, login.connected(), thrown);
    }

    private Login firstAttempt() {
        long now = System.nanoTime();
        long time = Math.max(0, Math.min(deadline - now, limits.connect().toNanos() * LOGIN_ANSWERS));
        return new Login(limits.connect(), Duration.ofNanos(time), now + time, route);
    }

    private static @Nullable String whyNotEncrypted(ConnectionProblem problem) {
        return switch (problem) {
            case TLS_NOT_OFFERED -> "the server does not offer TLS";
            case TLS_TOO_OLD -> "the server offers only TLS versions older than 1.2";
            case ADDRESS_NOT_ALLOWED,
                    HOST_NOT_FOUND,
                    REFUSED,
                    UNREACHABLE,
                    TIMED_OUT,
                    NOT_MYSQL,
                    ACCESS_DENIED,
                    HOST_NOT_ALLOWED,
                    ACCOUNT_LOCKED,
                    PASSWORD_EXPIRED,
                    TOO_MANY_CONNECTIONS,
                    OFFLINE_MODE,
                    SECURE_TRANSPORT_REQUIRED,
                    CERTIFICATE_NOT_TRUSTED,
                    AUTHENTICATION_PLUGIN,
                    TLS_FILE,
                    OTHER -> null;
        };
    }

    private Connection driverConnect(Login login) throws SQLException {
        LoginSocketFactory.use(() -> newSocket(login), route);
        try {
            Connection connection = new NonRegisteringDriver().connect(ANY_SERVER, properties());
            if (connection == null) {
                throw new SQLException("the driver did not recognise its own address");
            }
            login.ended();
            roundTripNanos.accumulateAndGet(login.roundTripNanos(), Math::min);
            return connection;
        } catch (RuntimeException e) {
            // What a peer sends that only resembles MySQL can break the driver.
            throw new SQLException("the driver does not understand the server: " + e, e);
        } finally {
            LoginSocketFactory.useOrdinary();
        }
    }

    private Socket newSocket(Login login) {
        sockets.removeIf(Socket::isClosed);
        Socket socket = login.newSocket();
        sockets.add(socket);
        if (aborted) {
            cut(socket);
        }
        return socket;
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a socket could not be closed and is left to its time limit", e);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(tls);
        properties.setProperty("host", uri.host());
        properties.setProperty("port", Integer.toString(uri.port()));
        properties.setProperty("user", uri.user());
        properties.setProperty("password", uri.password().reveal());
        properties.setProperty("sslMode", plainText ? "DISABLED" : driverSslMode());
        properties.setProperty("allowPublicKeyRetrieval", Boolean.toString(retrieveKey));
        properties.setProperty("connectTimeout", Integer.toString(connectMillis()));
        properties.setProperty("socketTimeout", Integer.toString(connectMillis()));
        properties.setProperty("connectionAttributes", "program_name:mysql-preflight");
        properties.setProperty("characterSetResults", "utf8mb4");
        properties.setProperty("useLocalSessionState", "true");
        properties.setProperty("jdbcCompliantTruncation", "false");
        properties.setProperty("socketFactory", LoginSocketFactory.class.getName());
        // Two round trips less for each streamed result; what the driver raises for slow readers, we do not need.
        properties.setProperty("netTimeoutForStreamingResults", "0");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("useServerPrepStmts", "false");
        properties.setProperty("allowLoadLocalInfile", "false");
        properties.setProperty("allowUrlInLocalInfile", "false");
        properties.setProperty("allowMultiQueries", "false");
        properties.setProperty("autoReconnect", "false");
        properties.setProperty("dnsSrv", "false");
        properties.setProperty("paranoid", "true");
        properties.setProperty("logger", "Slf4JLogger");
        return properties;
    }

    private String driverSslMode() {
        return switch (uri.sslMode()) {
            case DISABLED -> "DISABLED";
            // The fall-back to plain text is ours to make, and to tell.
            case PREFERRED, REQUIRED -> "REQUIRED";
            case VERIFY_CA -> "VERIFY_CA";
            case VERIFY_IDENTITY -> "VERIFY_IDENTITY";
        };
    }

    private int connectMillis() {
        return (int) Math.min(Integer.MAX_VALUE, limits.connect().toMillis());
    }

    private Connection prepared(Connection connection) throws SQLException {
        opened.incrementAndGet();
        try {
            prepare(connection);
        } catch (SQLException e) {
            closeAfter(connection, e);
            throw e;
        }
        return connection;
    }

    private void prepare(Connection connection) throws SQLException {
        // The socket still has what was left of the time of the login.
        connection.setNetworkTimeout(Runnable::run, connectMillis());
        String version = connection.getMetaData().getDatabaseProductVersion();
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(SessionStatements.prepare(version, limits.statement()));
            } catch (SQLException e) {
                // 1193: a look-alike of MySQL that lacks one of the variables; it gets what no server may do without.
                if (e.getErrorCode() != 1193) {
                    throw e;
                }
                statement.execute(SessionStatements.prepareLookAlike());
            }
        }
        connection.setNetworkTimeout(Runnable::run, (int)
                Math.min(Integer.MAX_VALUE, limits.statement().toMillis() + connectMillis()));
    }

    private static boolean mentions(Throwable thrown, String text) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.contains(text)) {
                return true;
            }
        }
        return false;
    }

    private static void closeAfter(Connection connection, SQLException reason) {
        try {
            connection.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
