/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.console;

import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.server.PreflightServer;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.server.config.TokenEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The whole server on a free port, and a way to ask it without a browser. */
final class ConsoleServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final PreflightServer server;

    private ConsoleServer(PreflightServer server) {
        this.server = server;
    }

    static ConsoleServer start(Path store) {
        return start(store, 0, List.of(), Limits.defaults());
    }

    static ConsoleServer start(Path store, int port, List<TokenEntry> tokens, Limits limits) {
        ServerSettings settings = new ServerSettings(
                "127.0.0.1",
                port,
                null,
                false,
                new StoreSettings(store, null, null, null, null, null),
                Map.of("mysql", Profile.standard()),
                AllowedSources.any(),
                tokens,
                limits);
        return new ConsoleServer(PreflightServer.start(settings, new Preflight(CheckRegistry.installed(), "test")));
    }

    int port() {
        return server.address().getPort();
    }

    /** Its address without a slash at the end. */
    String address() {
        return "http://127.0.0.1:" + port();
    }

    /** The console's view of a project. */
    String page(String project) {
        return address() + "/#/" + project + "/mysql";
    }

    /** Creates a check of this source; gives its id. */
    String create(String project, String uri) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(
                Map.of("task_type", "migration_check", "migration_check", Map.of("source_service_uri", uri)));
        return json(HttpRequest.newBuilder(tasks(project))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .path("task")
                .path("task_id")
                .asString();
    }

    JsonNode task(String project, String id) throws IOException, InterruptedException {
        return json(HttpRequest.newBuilder(URI.create(tasks(project) + "/" + id)))
                .path("task");
    }

    /** Waits until the check is in this state. */
    JsonNode await(String project, String id, String state) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            JsonNode task = task(project, id);
            if (task.path("state").asString().equals(state)) {
                return task;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not " + state + ": " + task(project, id));
    }

    private URI tasks(String project) {
        return URI.create(address() + "/v1/project/" + project + "/service/mysql/task");
    }

    private JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
