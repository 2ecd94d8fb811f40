/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.access.Tokens;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.server.config.TlsSettings;
import io.github.mysqlpreflight.server.config.TokenEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server of tasks in memory, and the ways to talk to it. */
final class ApiServer implements AutoCloseable {
    /** The body of a request that is fine. */
    static final String CHECK =
            "{\"task_type\":\"migration_check\",\"migration_check\":{\"source_service_uri\":\"mysql://mig:s3cret@db1.example:3307/\"}}";

    /** Where the tasks of the standard service are. */
    static final String TASKS = "/v1/project/local/service/mysql/task";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MemoryTasks tasks = new MemoryTasks();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private ApiServer(ServerSettings settings, Patience patience) {
        server = HttpServer.start(
                settings,
                tasks,
                Tokens.of(settings.tokens()),
                SourceGate.of(settings.sources(), settings.services()),
                new ServerMetrics(),
                patience);
    }

    /** One for this machine alone, that needs no token. */
    static ApiServer start() {
        return start(settings(List.of(), null));
    }

    static ApiServer start(ServerSettings settings) {
        return start(settings, Patience.defaults());
    }

    static ApiServer start(ServerSettings settings, Patience patience) {
        return new ApiServer(settings, patience);
    }

    /** Settings for a free port of 127.0.0.1, with the services mysql and orders. */
    static ServerSettings settings(List<TokenEntry> tokens, @Nullable TlsSettings tls) {
        return settings("127.0.0.1", tokens, tls, Limits.defaults());
    }

    static ServerSettings settings(String host, List<TokenEntry> tokens, @Nullable TlsSettings tls, Limits limits) {
        Map<String, Profile> services = new LinkedHashMap<>();
        services.put("mysql", Profile.standard());
        services.put(
                "orders",
                new Profile(
                        "orders",
                        ServerVersion.parse("8.4"),
                        SourceUri.parse("mysql://u:targets-own@target.example/"),
                        Plan.DumpTool.MYSQLDUMP,
                        null,
                        false,
                        null));
        return new ServerSettings(
                host,
                0,
                tls,
                true,
                new StoreSettings(Path.of("unused"), null, null, null, null, null),
                services,
                AllowedSources.any(),
                tokens,
                limits);
    }

    static TokenEntry token(String name, String token, String... projects) {
        return new TokenEntry(name, sha256(token), List.of(projects));
    }

    MemoryTasks tasks() {
        return tasks;
    }

    HttpServer server() {
        return server;
    }

    int port() {
        return server.address().getPort();
    }

    URI at(String path) {
        return URI.create(server.address().toString().replaceAll("/$", "") + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    HttpClient client() {
        return client;
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** Sends the text as it is and gives all that comes back until the other side closes or is silent for that long. */
    String raw(String text, Duration silence) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout((int) silence.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return Sockets.readAll(socket);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
