/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words why a connection failed, from what the driver threw.
 *
 * <p>Server errors are told by their number (<a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/">manual</a>), the
 * rest by the first cause that the Java library names; as a last resort by what the port sent first. Where one of our own
 * time limits ended the login, the words name the limit, and nothing is said to be the server's doing.
 */
final class Diagnosis {
    /** The driver's words where DriverManager's limit for logins ended one. */
    private static final String DRIVERS_LOGIN_TIMEOUT = "connection attempt exceeded defined timeout";

    private static final String CHECK_NETWORK =
            "Check host and port, and that no firewall drops packets between this machine and the server";

    private final SourceUri uri;
    private final ServerRole role;
    private final Login login;

    Diagnosis(SourceUri uri, ServerRole role, Login login) {
        this.uri = uri;
        this.role = role;
        this.login = login;
    }

    /** The failure behind an exception of the driver. */
    Failure of(Throwable thrown) {
        if (login.isNotMySql()) {
            return failure(
                    thrown,
                    ConnectionProblem.NOT_MYSQL,
                    "what listens at " + uri.address() + " is not a MySQL server: it says " + login.greetingText(),
                    "Check host and port; MySQL's own port is 3306 (33060 is the X protocol)");
        }
        SQLException server = serverError(thrown);
        if (server != null) {
            return ofServerError(server);
        }
        Failure known = ofCauses(thrown);
        return known != null ? known : ofSilence(thrown);
    }

    private Failure ofServerError(SQLException error) {
        String said = oneLine(error.getMessage());
        int code = error.getErrorCode();
        return switch (code) {
            case 1045, 1698 ->
                failure(
                        error,
                        ConnectionProblem.ACCESS_DENIED,
                        "the server refused the login: " + said,
                        "Check user name and password, and that the account exists for the address it names; an account"
                                + " that requires TLS or a client certificate is refused with the same words"
                                + " (ssl-mode, ssl-cert, ssl-key)");
            case 1044 ->
                failure(
                        error,
                        ConnectionProblem.ACCESS_DENIED,
                        "the server refused the login: " + said,
                        "Grant the account its privileges");
            case 1130 ->
                failure(
                        error,
                        ConnectionProblem.HOST_NOT_ALLOWED,
                        "the server does not let this machine in: " + said,
                        "Create the account for this machine's address, as CREATE USER 'name'@'address', or for '%'");
            case 1129 ->
                failure(
                        error,
                        ConnectionProblem.HOST_NOT_ALLOWED,
                        "the server has blocked this machine after too many broken connections: " + said,
                        "An administrator unblocks it with TRUNCATE TABLE performance_schema.host_cache");
            case 3118, 4151 ->
                failure(
                        error,
                        ConnectionProblem.ACCOUNT_LOCKED,
                        "the account is locked: " + said,
                        "ALTER USER ... ACCOUNT UNLOCK");
            case 1862, 1820 ->
                failure(
                        error,
                        ConnectionProblem.PASSWORD_EXPIRED,
                        "the account's password has expired: " + said,
                        "Log in with mysql and set a new one: ALTER USER USER() IDENTIFIED BY ...");
            case 1040, 1203, 1226 ->
                failure(
                        error,
                        ConnectionProblem.TOO_MANY_CONNECTIONS,
                        "the server takes no more connections: " + said,
                        "Try again when fewer clients are connected, or raise max_connections (max_user_connections for"
                                + " the account)");
            case 3032 ->
                failure(
                        error,
                        ConnectionProblem.OFFLINE_MODE,
                        "the server is in offline mode: " + said,
                        "SET GLOBAL offline_mode = OFF, when its administrator is done");
            case 3159 ->
                failure(
                        error,
                        ConnectionProblem.SECURE_TRANSPORT_REQUIRED,
                        "the server takes only encrypted connections: " + said,
                        "Connect with ssl-mode=REQUIRED");
            case 1043 -> tlsNotOffered(error);
            case 1251, 1275, 1524, 2061 -> plugin(error, said);
            default ->
                failure(
                        error,
                        ConnectionProblem.OTHER,
                        (login.hasEnded()
                                        ? "the server refused to prepare the session: "
                                        : "the server refused the login: ")
                                + said,
                        "See the error number");
        };
    }

    private @Nullable Failure ofCauses(Throwable thrown) {
        if (has(thrown, AddressRefusedException.class) instanceof AddressRefusedException refused) {
            return failure(thrown, ConnectionProblem.ADDRESS_NOT_ALLOWED, refused.message(), refused.advice());
        }
        String texts = texts(thrown);
        if (has(thrown, UnknownHostException.class) != null) {
            return failure(
                    thrown,
                    ConnectionProblem.HOST_NOT_FOUND,
                    "the host name " + uri.host() + " is not known",
                    "Check the spelling, and that this machine's name server knows the host");
        }
        // Ahead of the rest: a limit that ends the TLS handshake also comes as an error of TLS.
        if (has(thrown, SocketTimeoutException.class) != null || texts.contains(DRIVERS_LOGIN_TIMEOUT)) {
            return timedOut(thrown);
        }
        if (texts.contains("ssl connection required, but not provided by server")) {
            return tlsNotOffered(thrown);
        }
        if (texts.contains("public key retrieval is not allowed")) {
            return plugin(thrown, "Public Key Retrieval is not allowed");
        }
        if (texts.contains("unable to load authentication plugin") || texts.contains("authentication plugin")) {
            return plugin(thrown, deepestMessage(thrown));
        }
        if (texts.contains("received fatal alert") && (texts.contains("certificate") || texts.contains("unknown_ca"))) {
            return failure(
                    thrown,
                    ConnectionProblem.TLS_FILE,
                    "the server refused the client certificate: " + deepestMessage(thrown),
                    "Give a certificate with ssl-cert that was signed by an authority the server trusts (its ssl_ca)");
        }
        if (has(thrown, CertificateException.class) != null
                || texts.contains("pkix path")
                || texts.contains("certificate")
                || texts.contains("server identity verification failed")) {
            return failure(
                    thrown,
                    ConnectionProblem.CERTIFICATE_NOT_TRUSTED,
                    "the server's certificate is not trusted: " + deepestMessage(thrown),
                    "Give the authority that signed it with ssl-ca=FILE; with VERIFY_IDENTITY the certificate has to name"
                            + " the host; ssl-mode=REQUIRED encrypts without verifying");
        }
        if (has(thrown, SSLException.class) != null || isBrokenHandshake(texts)) {
            return failure(
                    thrown,
                    ConnectionProblem.TLS_TOO_OLD,
                    "SSL is required, but not supported by the " + role.text()
                            + " in a version that is still safe: it offers only TLS older than 1.2 ("
                            + deepestMessage(thrown) + ")",
                    "Upgrade the server's TLS; or, where the network between is trusted, connect without encryption:"
                            + " ssl-mode=DISABLED");
        }
        if (has(thrown, NoRouteToHostException.class) != null || texts.contains("network is unreachable")) {
            return failure(
                    thrown,
                    ConnectionProblem.UNREACHABLE,
                    "there is no route to " + uri.address() + ": " + deepestMessage(thrown),
                    "Check the address, routes and firewalls between this machine and the server");
        }
        Throwable connect = has(thrown, ConnectException.class);
        if (connect != null && lower(connect.getMessage()).contains("refused")) {
            return failure(
                    thrown,
                    ConnectionProblem.REFUSED,
                    "nothing listens at " + uri.address() + ": Connection refused",
                    "Check host and port, that the server runs and listens on that address (bind_address,"
                            + " skip_networking), and firewalls");
        }
        if (texts.contains("connection timed out")) {
            return ofSystemTimeout(thrown);
        }
        return null;
    }

    /** The connection stood, and then nothing usable came. */
    private Failure ofSilence(Throwable thrown) {
        boolean closed = has(thrown, EOFException.class) != null || has(thrown, SocketException.class) != null;
        if (closed && login.greetingLength() == 0 && !login.hasEnded()) {
            return failure(
                    thrown,
                    ConnectionProblem.NOT_MYSQL,
                    "what listens at " + uri.address() + " closed the connection without a MySQL greeting: "
                            + deepestMessage(thrown),
                    "Check host and port, and whether a proxy or firewall stands between");
        }
        return failure(
                thrown,
                ConnectionProblem.OTHER,
                (closed ? uri.address() + " closed the connection during the login: " : "") + deepestMessage(thrown),
                "Look at the server's error log; run again with -vv for the driver's own words");
    }

    /** One of our own limits ended it. */
    private Failure timedOut(Throwable thrown) {
        boolean whole = login.isOverdue() && !login.hasEnded();
        String limit = seconds(whole ? login.wholeLimit() : login.answerLimit());
        String attempts = login.attempt() == 1 ? "" : " (" + login.attempt() + " attempts)";
        if (!login.connected() && !login.hasEnded()) {
            return failure(
                    thrown,
                    ConnectionProblem.TIMED_OUT,
                    uri.address() + " could not be reached: connect timed out after " + limit + attempts,
                    CHECK_NETWORK + limits());
        }
        if (login.greetingLength() == 0 && !login.hasEnded()) {
            return failure(
                    thrown,
                    ConnectionProblem.TIMED_OUT,
                    uri.address() + " accepted the connection, but no greeting arrived: timed out after " + limit
                            + attempts,
                    "If this is a MySQL server, it is overloaded: run the check again when it is less busy. Otherwise"
                            + " check host and port: an HTTP server and the X protocol (port 33060) also accept a"
                            + " connection and stay silent" + limits());
        }
        String step = login.hasEnded()
                ? "the session at " + uri.address() + " could not be prepared"
                : "the login at " + uri.address() + " did not finish";
        return failure(
                thrown,
                ConnectionProblem.TIMED_OUT,
                step + ": timed out after " + limit + (whole ? "" : " without an answer") + attempts,
                "Check the load of the server and the network between, and run the check again when they are less"
                        + " busy" + limits());
    }

    private String limits() {
        return ". The limit is " + seconds(login.answerLimit()) + " for each answer and "
                + seconds(login.wholeLimit()) + " for the login with its second attempt; a run with less time"
                + " (--timeout) shortens both";
    }

    /** The operating system's limit, which is not ours to set. */
    private Failure ofSystemTimeout(Throwable thrown) {
        return failure(
                thrown,
                ConnectionProblem.TIMED_OUT,
                (login.connected()
                                ? "the network connection to " + uri.address() + " broke during the login: "
                                : uri.address() + " could not be reached: ")
                        + deepestMessage(thrown),
                CHECK_NETWORK);
    }

    /** We cut the connection ourselves: the run was over or was cancelled. */
    Failure ofGivenUp(Throwable thrown) {
        return failure(
                thrown,
                ConnectionProblem.TIMED_OUT,
                "the login at " + uri.address() + " was given up, because the run ended: timed out",
                "Give the run more time with --timeout");
    }

    private static String seconds(Duration time) {
        long tenths = Math.round(time.toMillis() / 100.0);
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
    }

    private Failure tlsNotOffered(Throwable thrown) {
        return failure(
                thrown,
                ConnectionProblem.TLS_NOT_OFFERED,
                "SSL is required, but not supported by the " + role.text(),
                "Switch on TLS at the server (certificates in its data directory); or, where the network between is"
                        + " trusted, connect without encryption: add ssl-mode=DISABLED to the URI");
    }

    private Failure plugin(Throwable thrown, String said) {
        return failure(
                thrown,
                ConnectionProblem.AUTHENTICATION_PLUGIN,
                "the account's authentication plugin cannot be used here: " + said,
                "Let the account log in with caching_sha2_password or mysql_native_password; caching_sha2_password and"
                        + " sha256_password want TLS");
    }

    private static Failure failure(Throwable thrown, ConnectionProblem problem, String message, String advice) {
        SQLException sql = firstSql(thrown);
        return new Failure(
                problem, message, advice, sql == null ? 0 : sql.getErrorCode(), sql == null ? null : sql.getSQLState());
    }

    private static boolean isBrokenHandshake(String texts) {
        return texts.contains("ssl peer shut down incorrectly")
                || texts.contains("remote host terminated the handshake")
                || texts.contains("remote host closed connection during handshake")
                || texts.contains("protocol_version");
    }

    /** The error a server sent: its SQL state is not one of the driver's own (08, S1). */
    private static @Nullable SQLException serverError(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
                return sql;
            }
        }
        return null;
    }

    private static @Nullable SQLException firstSql(Throwable thrown) {
        SQLException withCode = serverError(thrown);
        if (withCode != null) {
            return withCode;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static @Nullable Throwable has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return cause;
            }
        }
        return null;
    }

    private static String texts(Throwable thrown) {
        StringBuilder texts = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            texts.append(lower(cause.getMessage())).append('\n');
        }
        return texts.toString();
    }

    private static String deepestMessage(Throwable thrown) {
        String message = "";
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String text = cause.getMessage();
            if (text != null && !text.isBlank()) {
                message = text;
            }
        }
        return message.isEmpty() ? thrown.getClass().getSimpleName() : oneLine(message);
    }

    static String oneLine(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder line = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isWhitespace(character)) {
                blank = line.length() > 0;
            } else {
                if (blank) {
                    line.append(' ');
                    blank = false;
                }
                line.append(character);
            }
        }
        return line.toString();
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
