/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.server.config.TokenEntry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class PreflightServerTest {
    private static final TokenEntry TOKEN = new TokenEntry("t", "0".repeat(64), List.of("*"));

    private final Preflight preflight = new Preflight(CheckRegistry.installed(), "test");
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void aTaskIsAskedForRunAndRead() throws Exception {
        try (PreflightServer server = PreflightServer.start(settings("127.0.0.1", List.of(), false), preflight)) {
            URI tasks = server.address().resolve("/v1/project/local/service/mysql/task");
            String created = send(HttpRequest.newBuilder(tasks)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"task_type\":\"migration_check\",\"migration_check\":"
                            + "{\"source_service_uri\":\"mysql://u:p4ssw0rd@127.0.0.1:1/\"}}")));
            assertThat(created).contains("\"success\":null", "\"result\":\"\"", "\"message\":\"created\"");
            int at = created.indexOf("\"task_id\":\"") + "\"task_id\":\"".length();
            String id = created.substring(at, at + 36);

            String task = "";
            while (!task.contains("\"ended\"")) {
                TimeUnit.MILLISECONDS.sleep(100);
                task = send(HttpRequest.newBuilder(URI.create(tasks + "/" + id)));
            }
            assertThat(task)
                    .contains("\"success\":false", "Migration pre-checks failed: ")
                    .doesNotContain("p4ssw0rd");
            assertThat(send(HttpRequest.newBuilder(server.address().resolve("/metrics"))))
                    .contains(
                            "mysql_preflight_tasks_ended_total{method=\"none\",success=\"false\",type=\"migration_check\"} 1.0")
                    .contains("mysql_preflight_task_seconds_count{type=\"migration_check\"} 1")
                    .contains("mysql_preflight_tasks{state=\"ended\"} 1.0");
        }
        try (PreflightServer again = PreflightServer.start(settings("127.0.0.1", List.of(), false), preflight)) {
            assertThat(send(HttpRequest.newBuilder(again.address().resolve("/v1/project/local/service/mysql/task"))))
                    .contains("\"state\":\"ended\"");
        }
    }

    @Test
    void nobodyIsLetInFromElsewhereWithoutAToken() {
        for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
            assertThatThrownBy(() -> PreflightServer.start(settings(host, List.of(), true), preflight))
                    .isInstanceOfSatisfying(ServerFailedException.class, failure -> {
                        assertThat(failure.message()).contains("no tokens");
                        assertThat(failure.advice()).contains("127.0.0.1");
                    });
        }
        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void tokensGoInTheClearOnlyWhenThatIsAskedFor() throws Exception {
        assertThatThrownBy(() -> PreflightServer.start(settings("0.0.0.0", List.of(TOKEN), false), preflight))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("without TLS");
        try (PreflightServer server = PreflightServer.start(settings("0.0.0.0", List.of(TOKEN), true), preflight)) {
            assertThat(client.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                                    + server.address().getPort() + "/v1/me"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aStoreIsClosedWhereThereIsNothingToListenOn() throws Exception {
        assertThatThrownBy(
                        () -> PreflightServer.start(settings("no-such-host.invalid", List.of(TOKEN), true), preflight))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("no-such-host.invalid");
        try (PreflightServer first = PreflightServer.start(settings("127.0.0.1", List.of(), false), preflight)) {
            ServerSettings settings = settings("127.0.0.1", List.of(), false);
            Path other = Files.createDirectory(directory.resolve("other"));
            ServerSettings taken = new ServerSettings(
                    settings.host(),
                    first.address().getPort(),
                    null,
                    false,
                    new StoreSettings(other, null, null, null, null, null),
                    settings.services(),
                    settings.sources(),
                    List.of(),
                    settings.limits());
            assertThatThrownBy(() -> PreflightServer.start(taken, preflight)).isInstanceOf(ServerFailedException.class);
            // It can be opened again at once: nobody holds it.
            ServerSettings free = new ServerSettings(
                    settings.host(),
                    0,
                    null,
                    false,
                    taken.store(),
                    settings.services(),
                    settings.sources(),
                    List.of(),
                    settings.limits());
            PreflightServer.start(free, preflight).close();
        }
    }

    private ServerSettings settings(String host, List<TokenEntry> tokens, boolean insecureHttp) {
        return new ServerSettings(
                host,
                0,
                null,
                insecureHttp,
                new StoreSettings(directory.resolve("store"), null, null, null, null, null),
                Map.of("mysql", Profile.standard()),
                AllowedSources.any(),
                tokens,
                Limits.defaults());
    }

    private String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
