/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class ServiceTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private HttpsServer server;
    private Path certificate;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("server.p12");
        certificate = folder.resolve("server.pem");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=preflight", "-ext", "SAN=IP:127.0.0.1", store);
        keytool("-exportcert", "-rfc", "-file", certificate.toString(), store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] body = "{\"task\":{\"task_type\":\"t\",\"success\":true,\"task_id\":\"i\",\"result\":\"r\"}}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void keytool(Object... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (int i = 0; i < arguments.length - 1; i++) {
            builder.command().add(arguments[i].toString());
        }
        builder.command()
                .addAll(List.of(
                        "-alias",
                        "server",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        arguments[arguments.length - 1].toString()));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Cli.Result get(String host, Cli cli) {
        return cli.variable("MYSQL_PREFLIGHT_TOKEN", "token")
                .go(
                        "service",
                        "task-get",
                        "--url",
                        "https://" + host + ":" + server.getAddress().getPort(),
                        "--project",
                        "p",
                        "--task-id",
                        "i",
                        "mysql");
    }

    @Test
    void aServerWhoseCertificateIsNamedIsTrusted() {
        Cli.Result result = get("127.0.0.1", new Cli().variable("AIVEN_CA_CERT", certificate.toString()));
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.out()).endsWith("\nt          true     i        r\n");
    }

    @Test
    void anotherOneIsNotAndGetsNoRequest() {
        Cli.Result result = get("127.0.0.1", new Cli());
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .startsWith("mysql-preflight: no safe connection to https://127.0.0.1:")
                .endsWith("\nName the certificate that its own was signed with: --auth-ca FILE or AIVEN_CA_CERT.\n");
        assertThat(asked).hasValue(0);
    }

    @Test
    void aCertificateForAnotherNameIsNotTrusted() {
        Cli.Result result = get("localhost", new Cli().variable("AIVEN_CA_CERT", certificate.toString()));
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("no safe connection");
        assertThat(asked).hasValue(0);
    }
}
