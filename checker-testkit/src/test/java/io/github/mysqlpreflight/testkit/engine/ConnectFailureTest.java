/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.core.source.ServerRole;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way in which connecting fails is told from the others. */
@NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0})
final class ConnectFailureTest {
    @TempDir
    private Path directory;

    private static TestServer modern() {
        return SharedServers.get(Release.MYSQL_8_0);
    }

    /** Of a peer that lets everybody wait. */
    private static void assertTimesOut(String uri, String words) {
        Failure failure = Live.failure(uri, ServerRole.SOURCE, Live.limits(10_000, 5_000, 700));
        assertFails(failure, ConnectionProblem.TIMED_OUT, 0, words);
    }

    private static void assertFails(String uri, ConnectionProblem problem, int code, String... words) {
        assertFails(Live.failure(uri), problem, code, words);
    }

    private static void assertFails(Failure failure, ConnectionProblem problem, int code, String... words) {
        assertThat(failure.problem()).as(failure.toString()).isEqualTo(problem);
        assertThat(failure.message()).contains(words).doesNotContain("secret-4711");
        assertThat(failure.advice()).isNotBlank().doesNotContain("secret-4711");
        assertThat(failure.errorCode()).isEqualTo(code);
    }

    @Test
    void unknownHost() {
        assertFails(
                "mysql://mig:secret-4711@no-such-host.invalid:3306/",
                ConnectionProblem.HOST_NOT_FOUND,
                0,
                "no-such-host.invalid");
    }

    @Test
    void refused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertFails(
                "mysql://mig:secret-4711@127.0.0.1:" + port + "/", ConnectionProblem.REFUSED, 0, "Connection refused");
    }

    @Test
    void addressThatDropsEverything() throws IOException {
        // A listener whose queue is full answers no further connection, as a firewall that drops would.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 3; i++) {
                Peer.daemon(() -> knock(full.getLocalPort()), "knock");
            }
            pause(200);
            assertTimesOut("mysql://mig:secret-4711@127.0.0.1:" + full.getLocalPort() + "/", "timed out");
        }
    }

    private static void knock(int port) {
        try {
            new java.net.Socket(InetAddress.getLoopbackAddress(), port)
                    .getInputStream()
                    .read();
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void listenerThatStaysSilent() {
        try (Peer peer = new Peer(socket -> Thread.sleep(60_000))) {
            assertTimesOut(peer.uri(), "no greeting arrived: timed out after 0.7 s (2 attempts)");
        }
    }

    @Test
    void bannerOfAnotherProtocol() {
        try (Peer peer = Peer.saying("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")) {
            assertFails(peer.uri(), ConnectionProblem.NOT_MYSQL, 0, "not a MySQL server", "SSH-2.0-OpenSSH");
        }
        try (Peer peer = Peer.saying("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")) {
            assertFails(peer.uri(), ConnectionProblem.NOT_MYSQL, 0, "not a MySQL server", "HTTP/1.1 400");
        }
        try (Peer peer = Peer.saying("\u0001\u00ff\u0000\u0000\u0009\u0080\u0081garbage")) {
            assertFails(peer.uri(), ConnectionProblem.NOT_MYSQL, 0, "not a MySQL server");
        }
    }

    @Test
    void peerThatClosesAtOnce() {
        try (Peer peer = new Peer(socket -> {})) {
            assertFails(peer.uri(), ConnectionProblem.NOT_MYSQL, 0, "closed the connection");
        }
    }

    @Test
    void greetingThatIsGarbageBehindItsFirstBytes() {
        try (Peer peer = Peer.saying("\u0010\u0000\u0000\u0000\n8.0.15\u0000\u0001\u0002\u0003\u0004abcdefgh")) {
            Failure failure = Live.failure(peer.uri());
            assertThat(failure.problem())
                    .isIn(ConnectionProblem.OTHER, ConnectionProblem.NOT_MYSQL, ConnectionProblem.TLS_NOT_OFFERED);
        }
    }

    @Test
    void endlessTrickle() {
        try (Peer peer = new Peer(socket -> {
            socket.getOutputStream().write(new byte[] {(byte) 0xf0, (byte) 0xff, 0, 0, 10});
            while (true) {
                socket.getOutputStream().write('x');
                Thread.sleep(20);
            }
        })) {
            assertTimesOut(peer.uri(), "timed out");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1129, HOST_NOT_ALLOWED, Host '10.0.0.7' is blocked because of many connection errors",
        "1130, HOST_NOT_ALLOWED, Host '10.0.0.7' is not allowed to connect to this MySQL server",
        "1040, TOO_MANY_CONNECTIONS, Too many connections"
    })
    void serverThatGreetsWithAnError(int code, ConnectionProblem problem, String message) {
        try (Peer peer = Peer.refusing(code, message)) {
            assertFails(peer.uri(), problem, code, message);
        }
    }

    @Test
    void accountProblems() {
        TestServer server = modern();
        server.execute(
                "CREATE USER f_pass@'%' IDENTIFIED BY 'right'",
                "CREATE USER f_x509@'%' IDENTIFIED BY 'secret-4711' REQUIRE X509",
                "CREATE USER f_lock@'%' IDENTIFIED BY 'secret-4711' ACCOUNT LOCK",
                "CREATE USER f_old@'%' IDENTIFIED BY 'secret-4711' PASSWORD EXPIRE",
                "CREATE USER f_max@'%' IDENTIFIED BY 'secret-4711' WITH MAX_USER_CONNECTIONS 1",
                "CREATE USER f_sock@'%' IDENTIFIED WITH sha256_password BY 'secret-4711'");
        assertFails(
                server.uri("f_pass", "secret-4711"), ConnectionProblem.ACCESS_DENIED, 1045, "Access denied for user");
        assertFails(server.uri("nobody", "secret-4711"), ConnectionProblem.ACCESS_DENIED, 1045, "Access denied");
        assertFails(server.uri("f_x509", "secret-4711"), ConnectionProblem.ACCESS_DENIED, 1045, "Access denied");
        assertFails(server.uri("f_lock", "secret-4711"), ConnectionProblem.ACCOUNT_LOCKED, 3118, "Account is locked");
        assertFails(server.uri("f_old", "secret-4711"), ConnectionProblem.PASSWORD_EXPIRED, 1862, "has expired");
        try (Connection first = server.connect("f_max", "secret-4711")) {
            assertThat(first).isNotNull();
            assertFails(
                    server.uri("f_max", "secret-4711"),
                    ConnectionProblem.TOO_MANY_CONNECTIONS,
                    1226,
                    "max_user_connections");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void clientCertificateLetsAnX509AccountIn() throws IOException {
        TestServer server = modern();
        server.execute("CREATE USER c_x509@'%' IDENTIFIED BY 'secret-4711' REQUIRE X509");
        Path data = server.dataDirectory();
        String uri = server.uri("c_x509", "secret-4711", "VERIFY_CA") + "&ssl-ca=" + data.resolve("ca.pem")
                + "&ssl-cert=" + data.resolve("client-cert.pem") + "&ssl-key=";
        assertThat(data.resolve("client-key.pem")).content().contains("BEGIN RSA PRIVATE KEY");
        assertThat(Live.read(uri + data.resolve("client-key.pem")).connections())
                .isPositive();

        Path broken = Files.writeString(directory.resolve("broken.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA");
        assertFails(uri + broken, ConnectionProblem.TLS_FILE, 0, "broken.pem");
        assertFails(uri + directory.resolve("absent.pem"), ConnectionProblem.TLS_FILE, 0, "absent.pem");
        assertFails(uri + data.resolve("client-cert.pem"), ConnectionProblem.TLS_FILE, 0, "client-cert.pem");
    }

    @Test
    void serverProblems() throws SQLException {
        try (TestServer server = TestServer.of(Release.MYSQL_8_0).start()) {
            server.execute("CREATE USER mig@'%' IDENTIFIED BY 'secret-4711'");
            // A closed connection counts until the server has noticed, so the limit holds while these two are open
            // only.
            try (Connection first = server.connect("mig", "secret-4711");
                    Connection second = server.connect();
                    Statement limit = second.createStatement()) {
                assertThat(first).isNotEqualTo(second);
                limit.execute("SET GLOBAL max_connections = 1");
                assertFails(
                        server.uri("mig", "secret-4711"),
                        ConnectionProblem.TOO_MANY_CONNECTIONS,
                        1040,
                        "Too many connections");
                limit.execute("SET GLOBAL max_connections = 100");
            }
            server.execute("SET GLOBAL offline_mode = ON");
            assertFails(server.uri("mig", "secret-4711"), ConnectionProblem.OFFLINE_MODE, 3032, "offline mode");
            server.execute("SET GLOBAL offline_mode = OFF", "SET GLOBAL require_secure_transport = ON");
            assertFails(
                    server.uri("mig", "secret-4711", "DISABLED"),
                    ConnectionProblem.SECURE_TRANSPORT_REQUIRED,
                    3159,
                    "require_secure_transport=ON");
        }
    }

    @ParameterizedTest
    @EnumSource(ServerRole.class)
    void serverWithoutTls(ServerRole role) {
        TestServer server = TestServer.of(Release.MYSQL_8_0).with("ssl", "OFF").shared();
        Failure failure = Live.failure(server.uri("root", "", "REQUIRED"), role);
        assertThat(failure.problem()).as(failure.toString()).isEqualTo(ConnectionProblem.TLS_NOT_OFFERED);
        assertThat(failure.message()).contains("SSL is required, but not supported by the " + role.text());
        assertThat(failure.advice()).contains("ssl-mode=DISABLED");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7"})
    void serverWithOldTlsOnly(Release release) {
        TestServer server = OldTls.server(release, modern());
        for (String mode : new String[] {"REQUIRED", "VERIFY_CA"}) {
            Failure failure = Live.failure(server.uri("root", "", mode));
            assertThat(failure.problem()).as(failure.toString()).isEqualTo(ConnectionProblem.TLS_TOO_OLD);
            assertThat(failure.message())
                    .contains("SSL is required, but not supported by the source", "only TLS older than 1.2");
            assertThat(failure.advice()).contains("ssl-mode=DISABLED");
        }
    }

    @Test
    void certificates() {
        TestServer server = modern();
        Path right = server.certificateAuthority().orElseThrow();
        // A certificate, but not that of the authority that signed the server's.
        assertFails(
                server.uri("root", "", "VERIFY_CA") + "&ssl-ca="
                        + server.dataDirectory().resolve("client-cert.pem"),
                ConnectionProblem.CERTIFICATE_NOT_TRUSTED,
                0,
                "not trusted");
        assertFails(server.uri("root", "", "VERIFY_CA"), ConnectionProblem.CERTIFICATE_NOT_TRUSTED, 0, "not trusted");
        assertFails(
                server.uri("root", "", "VERIFY_IDENTITY") + "&ssl-ca=" + right,
                ConnectionProblem.CERTIFICATE_NOT_TRUSTED,
                0,
                "127.0.0.1");
    }

    @Test
    void sha256WithoutTlsFetchesTheKeyAndSaysSo() {
        TestServer server = modern();
        server.createAccountWithPlugin("p_sha256", "secret-4711", "sha256_password");
        var snapshot = Live.read(server.uri("p_sha256", "secret-4711", "DISABLED"));
        assertThat(snapshot.get(io.github.mysqlpreflight.core.snapshot.Facts.CONNECTION)
                        .publicKeyRetrieved())
                .isTrue();
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void pluginThatTheDriverDoesNotKnow() {
        TestServer server = SharedServers.get(Release.MARIADB_10_11);
        server.execute(
                "CREATE USER p_sock@'%' IDENTIFIED VIA unix_socket",
                "CREATE USER p_pam@'%' IDENTIFIED VIA mysql_old_password");
        Failure socket = Live.failure(server.uri("p_sock", "x"));
        assertThat(socket.problem())
                .as(socket.toString())
                .isIn(ConnectionProblem.AUTHENTICATION_PLUGIN, ConnectionProblem.ACCESS_DENIED);
        assertThat(socket.message()).isNotBlank();
        Failure unknown = Live.failure(server.uri("p_pam", "x"));
        assertThat(unknown.problem()).as(unknown.toString()).isEqualTo(ConnectionProblem.AUTHENTICATION_PLUGIN);
    }
}
