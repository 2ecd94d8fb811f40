/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServeCommandTest {
    @TempDir
    private Path folder;

    private static final class Serving implements AutoCloseable {
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final AtomicInteger code = new AtomicInteger(-1);
        private final Thread thread;

        Serving(String... arguments) {
            Environment environment = new Environment(
                    new ByteArrayInputStream(new byte[0]),
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    Map.of(),
                    new SystemTerminal());
            thread = new Thread(() -> code.set(Main.run(arguments, environment)), "serve");
            thread.start();
        }

        String said() {
            return err.toString(StandardCharsets.UTF_8);
        }

        /** The address that the line on standard error names. */
        URI address() throws InterruptedException {
            for (int i = 0; i < 1_200; i++) {
                String said = said();
                int start = said.indexOf("listens on ");
                int end = said.indexOf(", tasks are kept in ");
                if (start >= 0 && end > start) {
                    return URI.create(said.substring(start + "listens on ".length(), end));
                }
                assertThat(thread.isAlive()).as(said).isTrue();
                Thread.sleep(100);
            }
            throw new AssertionError("no address in: " + said());
        }

        int stop() throws InterruptedException {
            thread.interrupt();
            thread.join(30_000);
            return code.get();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    private static HttpResponse<String> get(URI uri, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aServerAnswersUntilItIsStopped() throws IOException, InterruptedException {
        try (Serving serving = new Serving("serve", "--listen", "127.0.0.1:0", "--store", folder.toString())) {
            URI address = serving.address();
            assertThat(get(address.resolve("/health")).statusCode()).isEqualTo(200);
            assertThat(serving.said()).contains("tasks are kept in " + folder);
            assertThat(serving.stop()).isZero();
            assertThat(serving.said()).doesNotContain(" WARN ", " ERROR ");
        }
    }

    @Test
    void aTokenThatWasMadeLetsItsHolderIn() throws IOException, InterruptedException {
        List<String> made =
                Cli.run("token", "ci", "--project", "shop,blog").out().lines().toList();
        Path config = Files.writeString(
                folder.resolve("preflight.yaml"),
                "listen: 127.0.0.1:0\nstore: kept\n" + String.join("\n", made.subList(2, made.size())) + "\n");
        try (Serving serving = new Serving("serve", "--config", config.toString())) {
            URI tasks = serving.address().resolve("/v1/project/shop/service/mysql/task");
            assertThat(get(tasks).statusCode()).isIn(401, 403);
            assertThat(get(tasks, "Authorization", "Bearer mpf_no").statusCode())
                    .isIn(401, 403);
            assertThat(get(tasks, "Authorization", "aivenv1 " + made.get(0)).statusCode())
                    .isEqualTo(200);
            assertThat(serving.stop()).isZero();
            assertThat(serving.said()).doesNotContain(made.get(0));
        }
    }

    @Test
    void aPortThatIsTakenIsToldAndLeavesNothingRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cli.Result result =
                    Cli.run("serve", "--listen", "127.0.0.1:" + taken.getLocalPort(), "--store", folder.toString());
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("mysql-preflight: ").contains(String.valueOf(taken.getLocalPort()));
            assertThat(result.err()).doesNotContain("listens on", "this is a bug");
        }
    }

    @Test
    void settingsThatCannotBeUsedAreToldWithTheirLine() throws IOException {
        Path config = Files.writeString(folder.resolve("preflight.yaml"), "\nlimits:\n  queu: 5\n");
        Cli.Result result = Cli.run("serve", "--config", config.toString(), "--store", folder.toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("mysql-preflight: " + config
                        + ":3: limits.queu is not a setting (did you mean limits.queue?)\n");
    }

    @Test
    void othersThanThisMachineAreNotLetInUnasked() {
        Cli.Result result = Cli.run("serve", "--listen", "0.0.0.0:0", "--store", folder.toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("needs tokens").contains("mysql-preflight token NAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8765", "--port=8765", "--confg=x"})
    void whatServeDoesNotTakeIsWrongUse(String argument) {
        Cli.Result result = Cli.run("serve", argument);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("mysql-preflight serve --help");
    }

    @Test
    void everyTokenIsNewAndStandsInTheConfigurationAsItsHash() throws NoSuchAlgorithmException {
        List<String> lines = Cli.run("token", "ci").out().lines().toList();
        String token = lines.get(0);
        assertThat(token).matches("mpf_[A-Za-z0-9_-]{43}");
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        assertThat(lines.subList(3, lines.size()))
                .containsExactly("tokens:", "  - name: \"ci\"", "    sha256: " + hash, "    projects: [\"*\"]");
        assertThat(Cli.run("token", "ci").out()).doesNotContain(token);
    }

    @Test
    void aNameThatTheConfigurationWouldNotTakeIsRefused() {
        assertThat(Cli.run("token", "a b").code()).isEqualTo(2);
        assertThat(Cli.run("token", "a", "b").code()).isEqualTo(2);
        assertThat(Cli.run("token", "a", "--project", "x\"y").code()).isEqualTo(2);
        assertThat(Cli.run("token", "a".repeat(65)).code()).isEqualTo(2);
        assertThat(Cli.run("token", "--help").out()).contains("--project");
    }
}
