/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** A login that one of our time limits ended is reported as such, with the limit, and not as the server's doing. */
final class DiagnosisTest {
    private static final String GREETING = "\u0010\u0000\u0000\u0000\n8.0.15\u0000";
    private static final SourceUri URI = SourceUri.parse("mysql://mig:secret-4711@db1.example:3306/");

    private static Login login(Duration left) {
        return new Login(
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                System.nanoTime() + left.toNanos(),
                new Route("db1.example", AddressRule.ANY));
    }

    private static Login login() {
        return login(Duration.ofHours(1));
    }

    private static Failure failure(Login login, IOException cause) {
        return new Diagnosis(URI, ServerRole.SOURCE, login).of(new SQLException("Communications link failure", cause));
    }

    private static void assertTimedOut(Login login, IOException cause, String message) {
        Failure failure = failure(login, cause);
        assertThat(failure.problem()).as(failure.toString()).isEqualTo(ConnectionProblem.TIMED_OUT);
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.advice())
                .endsWith("The limit is 5 s for each answer and 20 s for the login with its second attempt; a run with"
                        + " less time (--timeout) shortens both");
    }

    /** Connects, and reads what the peer says first. */
    private static Login connected(Login login, String greeting) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = login.newSocket()) {
            socket.connect(listener.getLocalSocketAddress(), 60_000);
            try (Socket peer = listener.accept()) {
                peer.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
            }
            assertThat(socket.getInputStream().readNBytes(greeting.length())).hasSize(greeting.length());
        }
        return login;
    }

    @Test
    void namesTheLimitThatRanOut() throws IOException {
        SocketTimeoutException timeout = new SocketTimeoutException("Read timed out");
        assertTimedOut(login(), timeout, "db1.example:3306 could not be reached: connect timed out after 5 s");
        assertTimedOut(
                login(Duration.ZERO), timeout, "db1.example:3306 could not be reached: connect timed out after 20 s");
        assertTimedOut(
                login().anotherAttempt(),
                timeout,
                "db1.example:3306 could not be reached: connect timed out after 5 s (2 attempts)");
        assertTimedOut(
                connected(login(), ""),
                timeout,
                "db1.example:3306 accepted the connection, but no greeting arrived: timed out after 5 s");
        assertTimedOut(
                connected(login().anotherAttempt(), GREETING),
                timeout,
                "the login at db1.example:3306 did not finish: timed out after 5 s without an answer (2 attempts)");
    }

    @Test
    void sessionThatCouldNotBePreparedIsNotALoginThatDidNotFinish() throws IOException {
        Login login = connected(login(), GREETING);
        login.ended();
        assertTimedOut(
                login,
                new SocketTimeoutException("Read timed out"),
                "the session at db1.example:3306 could not be prepared: timed out after 5 s without an answer");
    }

    @Test
    void limitOfDriverManagerIsATimeoutAndNoClosedConnection() throws IOException {
        assertTimedOut(
                connected(login(), GREETING),
                new SocketException("Connection attempt exceeded defined timeout."),
                "the login at db1.example:3306 did not finish: timed out after 5 s without an answer");
    }

    @Test
    void handshakeOfTlsThatTimedOutIsNotTlsThatIsTooOld() throws IOException {
        assertTimedOut(
                connected(login(), GREETING),
                new SSLException("Read timed out", new SocketTimeoutException("Read timed out")),
                "the login at db1.example:3306 did not finish: timed out after 5 s without an answer");
        assertThat(failure(connected(login(), GREETING), new SSLException("Remote host terminated the handshake"))
                        .problem())
                .isEqualTo(ConnectionProblem.TLS_TOO_OLD);
    }
}
