/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.access.Tokens;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.config.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
final class ServingTest {
    private static final char[] STORE_PASSWORD = "for-this-test".toCharArray();

    @TempDir
    private Path directory;

    @Test
    void filesOfThePageAreServedWithTheirTypeAndTag() throws Exception {
        try (ApiServer server = ApiServer.start()) {
            HttpResponse<String> page = server.get("/for-tests.html");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
            assertThat(page.headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("script-src 'self' 'sha256-", "connect-src 'self'", "frame-ancestors 'none'")
                            .doesNotContain("unsafe"));
            assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
            String tag = page.headers().firstValue("etag").orElseThrow();

            HttpResponse<String> again =
                    server.send(server.request("/for-tests.html").header("if-none-match", tag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nosuch.html",
                "/openapi.js",
                "/for-tests",
                "/.html",
                "/For-Tests.html",
                "/web/for-tests.html",
                "/server/web/for-tests.html",
                "/application.yaml",
                "/for-tests.html/",
                "/for-tests.html.class"
            })
    void nothingElseOfTheArchiveIsServed(String path) throws Exception {
        try (ApiServer server = ApiServer.start()) {
            assertThat(server.get(path).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void itSpeaksTlsOfTodayWithACertificateFromPemFiles() throws Exception {
        TlsSettings tls = certificate();
        try (ApiServer server = ApiServer.start(ApiServer.settings(List.of(), tls))) {
            assertThat(server.server().address().getScheme()).isEqualTo("https");
            HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(server.at("/health")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");

            try (SSLSocket old = (SSLSocket)
                    trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
                old.setEnabledProtocols(new String[] {"TLSv1.1"});
                assertThatThrownBy(old::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
            assertThat(server.raw("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", Duration.ofSeconds(2)))
                    .doesNotContain("200");
        }
    }

    @Test
    void aHandshakeThatTricklesInIsEnded() throws Exception {
        Duration second = Duration.ofSeconds(1);
        Patience impatient = new Patience(second.multipliedBy(9), second, second, second, second, second);
        try (ApiServer server = ApiServer.start(ApiServer.settings(List.of(), certificate()), impatient);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            long start = System.nanoTime();
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});
            socket.setSoTimeout(100);
            boolean open = true;
            while (open && System.nanoTime() - start < 8_000_000_000L) {
                try {
                    socket.getOutputStream().write(3);
                    open = socket.getInputStream().read() >= 0;
                } catch (SocketTimeoutException silence) {
                    // Still open.
                } catch (SocketException reset) {
                    open = false;
                }
            }
            assertThat(open).isFalse();
        }
    }

    @Test
    void filesThatAreNoCertificateAreNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.pem"), "");
        for (TlsSettings tls : List.of(
                new TlsSettings(file, file),
                new TlsSettings(directory.resolve("absent.pem"), file),
                new TlsSettings(certificate().certificate(), file))) {
            assertThatThrownBy(() -> ApiServer.start(ApiServer.settings(List.of(), tls)))
                    .isInstanceOfSatisfying(ServerFailedException.class, failure -> {
                        assertThat(failure.message()).contains(".pem");
                        assertThat(failure.advice()).contains("PEM");
                    });
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ApiServer server = ApiServer.start()) {
            ServerSettings settings = ApiServer.settings(List.of(), null);
            ServerSettings taken = new ServerSettings(
                    settings.host(),
                    server.port(),
                    null,
                    false,
                    settings.store(),
                    settings.services(),
                    settings.sources(),
                    List.of(),
                    settings.limits());
            assertThatThrownBy(() -> HttpServer.start(
                            taken,
                            new MemoryTasks(),
                            Tokens.of(List.of()),
                            SourceGate.of(taken.sources(), taken.services()),
                            new ServerMetrics()))
                    .isInstanceOf(ServerFailedException.class)
                    .hasMessageContaining("127.0.0.1:" + server.port())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void closingLetsRequestsEndAndTakesNoMoreTasks() throws Exception {
        ApiServer server = ApiServer.start();
        try (Socket kept = new Socket(InetAddress.getLoopbackAddress(), server.port());
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String head = "POST " + ApiServer.TASKS
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                    + ApiServer.CHECK.length() + "\r\n\r\n";
            slow.getOutputStream().write((head + "{").getBytes(StandardCharsets.UTF_8));
            TimeUnit.MILLISECONDS.sleep(200);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            TimeUnit.MILLISECONDS.sleep(300);

            kept.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(Sockets.readAll(kept)).startsWith("HTTP/1.1 503").contains("closing", "Connection: close");
            HttpResponse<String> refused = server.post(ApiServer.TASKS, ApiServer.CHECK);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();

            slow.getOutputStream().write(ApiServer.CHECK.substring(1).getBytes(StandardCharsets.UTF_8));
            assertThat(Sockets.readAll(slow)).startsWith("HTTP/1.1 200").contains("created");
            closing.get(5, TimeUnit.SECONDS);
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()))
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void moreConnectionsThanAllowedWaitOutside() throws Exception {
        Limits limits = Limits.defaults();
        Limits few = new Limits(
                limits.tasksAtOnce(),
                limits.tasksPerSource(),
                limits.queue(),
                limits.bodyBytes(),
                2,
                limits.taskTime(),
                limits.keep());
        try (ApiServer server = ApiServer.start(ApiServer.settings("127.0.0.1", List.of(), null, few))) {
            Socket first = new Socket(InetAddress.getLoopbackAddress(), server.port());
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    Socket third = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                assertThat(ask(second, 3_000)).startsWith("HTTP/1.1 200");
                assertThat(ask(third, 500)).isEmpty();
                first.close();
                third.setSoTimeout(3_000);
                assertThat(new String(third.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                        .isEqualTo("HTTP/1.1 200");
            }
        }
    }

    private static String ask(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        socket.getOutputStream()
                .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        try {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException silence) {
            return "";
        }
    }

    /** Made by the JDK's own tool, then written as the PEM files that a person would bring. */
    private TlsSettings certificate() throws Exception {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server-key.pem");
        if (Files.notExists(certificate)) {
            KeyStore store = store();
            Files.writeString(
                    certificate,
                    pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
            Files.writeString(
                    key,
                    pem("PRIVATE KEY", store.getKey("server", STORE_PASSWORD).getEncoded()));
        }
        return new TlsSettings(certificate, key);
    }

    private KeyStore store() throws Exception {
        Path file = directory.resolve("server.p12");
        if (Files.notExists(file)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=ip:127.0.0.1,dns:localhost",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            new String(STORE_PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(said).isZero();
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD);
        }
        return store;
    }

    private SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store().getCertificate("server"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + type
                + "-----\n";
    }
}
