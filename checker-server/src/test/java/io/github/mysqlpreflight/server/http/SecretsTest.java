/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.server.PreflightServer;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.config.StoreSettings;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Passwords and tokens go in, and never out: not into the log, an answer, a number, a thread's name, or the store's files. */
@NeedsServer(Release.MYSQL_8_0)
@Timeout(180)
final class SecretsTest {
    /** A part of every secret, whatever else is around it or encoded. */
    private static final String MARK = "S3cretMark";

    private static final String TOKEN = "token-" + MARK;
    private static final String PASSWORD = "pw-" + MARK;
    private static final String TASKS = "/v1/project/local/service/mysql/task";

    private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
    private int port;

    @TempDir
    private Path directory;

    private RawHttp.Answer send(String line, String headers, String body) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                    + (body.isEmpty()
                            ? ""
                            : "Content-Type: application/json\r\nContent-Length: "
                                    + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n")
                    + "\r\n" + body);
            RawHttp.Answer answer = connection.answer(20_000);
            answers.add(connection.received());
            assertThat(answer).as(line).isNotNull();
            return answer;
        }
    }

    private RawHttp.Answer authorized(String line, String body) throws IOException {
        return send(line, "Authorization: aivenv1 " + TOKEN + "\r\n", body);
    }

    private static String check(String uri) {
        return "{\"task_type\":\"migration_check\",\"migration_check\":{\"source_service_uri\":\"" + uri + "\"}}";
    }

    /** Asks for a check and gives the task as it ended, having watched it all the while. */
    private JsonNode run(String service, String body) throws Exception {
        String tasks = TASKS.replace("mysql", service);
        RawHttp.Answer created = authorized("POST " + tasks, body);
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        String task = tasks + "/"
                + OpenApi.JSON.readTree(created.body()).at("/task/task_id").asString();
        authorized("GET " + task + "/events", "");
        authorized("GET " + tasks, "");
        authorized("GET " + task + "/assessment", "");
        authorized("GET " + task + "/assessment.html", "");
        return OpenApi.JSON.readTree(authorized("GET " + task, "").body()).get("task");
    }

    private ServerSettings settings(String uri) {
        Map<String, Profile> services = new LinkedHashMap<>();
        services.put("mysql", Profile.standard());
        services.put("own", new Profile("own", null, SourceUri.parse(uri), Plan.DumpTool.MYSQLDUMP, null, false, null));
        return new ServerSettings(
                "0.0.0.0",
                0,
                null,
                true,
                new StoreSettings(directory.resolve("store"), null, null, null, null, null),
                services,
                new AllowedSources(List.of("127.0.0.1", "localhost")),
                List.of(ApiServer.token("deploy", TOKEN, "local")),
                Limits.defaults());
    }

    @Test
    void noSecretComesOut() throws Exception {
        var source = SharedServers.get(Release.MYSQL_8_0);
        source.execute("DROP USER IF EXISTS 'secrets'@'%'");
        source.createAccount("secrets", PASSWORD, "SELECT", "PROCESS", "REPLICATION CLIENT", "REPLICATION SLAVE");
        String good = source.uri("secrets", PASSWORD);
        String wrong = source.uri("nobody", "wrong-" + MARK);
        assertThat(good).contains(MARK);

        Set<String> threads = Collections.synchronizedSet(new TreeSet<>());
        AtomicBoolean over = new AtomicBoolean();
        Thread watcher = new Thread(() -> {
            while (!over.get()) {
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    threads.add(thread.getName());
                }
                LockSupport.parkNanos(2_000_000);
            }
        });
        watcher.setDaemon(true);
        watcher.start();
        try (LogCapture log = LogCapture.begin()) {
            try (PreflightServer server =
                    PreflightServer.start(settings(good), new Preflight(CheckRegistry.installed(), "test"))) {
                port = server.address().getPort();
                assertThat(run("mysql", check(good)).get("assessed").asBoolean())
                        .isTrue();
                assertThat(run("mysql", check(wrong)).get("result").asString()).contains("Access denied");
                run("mysql", check("mysql://u:" + MARK + "@127.0.0.1:1/"));
                run("mysql", check(good.replace(PASSWORD, MARK + "%2F%3Fx%C3%A9")));
                run("own", check(good));
                run("own", "{\"task_type\":\"upgrade_check\",\"upgrade_check\":{\"target_version\":\"8.4\"}}");
                cancelled(good);
                refused();
                strangers();
                authorized("GET /v1/project/local/service", "");
                authorized("GET /v1/project", "");
                authorized("GET /v1/me", "");
                authorized("GET /metrics", "");
                authorized("GET /health", "");
            }
            over.set(true);
            watcher.join();

            assertThat(log.text())
                    .contains("/v1/project/{project}/service/{service}/task", "DEBUG probe-")
                    .doesNotContain(MARK);
        }
        assertThat(answers).hasSizeGreaterThan(50).noneMatch(answer -> answer.contains(MARK));
        assertThat(threads).anyMatch(name -> name.startsWith("http")).noneMatch(name -> name.contains(MARK));
        int files = 0;
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files++;
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content.contains(MARK) || content.contains(utf16(MARK)))
                        .as(file.toString())
                        .isFalse();
            }
        }
        assertThat(files).isPositive();
    }

    private static String utf16(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1);
    }

    private void cancelled(String uri) throws IOException {
        RawHttp.Answer created = authorized("POST " + TASKS, check(uri));
        String id = OpenApi.JSON.readTree(created.body()).at("/task/task_id").asString();
        assertThat(authorized("DELETE " + TASKS + "/" + id, "").status()).isEqualTo(200);
        authorized("GET " + TASKS + "/" + id, "");
    }

    private void refused() throws IOException {
        List<String> bodies = new ArrayList<>();
        for (String uri : List.of(
                "mysql://u:" + MARK + "@10.1.2.3/",
                "mysql://u:" + MARK + "@169.254.169.254/",
                "mysql://u:" + MARK + "@h:99999/",
                "mysql://u:" + MARK + "@h:x" + MARK + "/",
                "mysql://u:" + MARK + "/x@h/",
                "mysql://u:" + MARK + "#@h/",
                "mysql://u:%zz" + MARK + "@h/",
                "mysql://" + MARK,
                "mysql://" + MARK + ":@h/",
                "mysql://:" + MARK + "@h/",
                "mysql://u:" + MARK + "@",
                "mysql://u:" + MARK + "@[::1/",
                "mysql://u:" + MARK + "@h\\u0000/",
                "u:" + MARK + "@h",
                MARK + "://u:p@h",
                "postgres://u:" + MARK + "@h/",
                "mysql://u:p@h/?ssl-mode=" + MARK,
                "mysql://u:p@h/?" + MARK + "=1",
                "mysql://u:p@h/?ssl-ca=/" + MARK,
                "mysql://u:" + MARK + "@h/?ssl-key=/x&ssl-cert=/x",
                MARK,
                "mysql://u:" + MARK + "x".repeat(600) + "@h/")) {
            bodies.add(check(uri));
        }
        String fine = check("mysql://u:" + MARK + "@127.0.0.1/");
        bodies.add(fine.substring(0, fine.length() - 3));
        bodies.add(fine + MARK);
        bodies.add(fine.replaceFirst("migration_check", MARK));
        bodies.add(fine.replace("source_service_uri", MARK));
        bodies.add(fine.replace("\"source_service_uri\"", "\"method\":\"" + MARK + "\",\"source_service_uri\""));
        bodies.add("{\"" + MARK + "\":1,\"" + MARK + "\":2}");
        bodies.add("{\"x\":" + MARK + "}");
        bodies.add("\"" + MARK + "\"");
        bodies.add(MARK);
        bodies.add("{\"task_type\":\"upgrade_check\",\"upgrade_check\":{\"target_version\":\"" + MARK + "\"}}");
        for (String body : bodies) {
            assertThat(authorized("POST " + TASKS, body).status()).as(body).isBetween(400, 499);
        }
    }

    private void strangers() throws IOException {
        for (String header : List.of(
                "Authorization: aivenv1 wrong-" + MARK,
                "Authorization: Bearer wrong-" + MARK,
                "Authorization: Basic " + MARK,
                "Authorization: " + MARK,
                "Authorization: aivenv1 " + TOKEN + " x",
                "Authorization: aivenv1 " + TOKEN + "\r\nAuthorization: Bearer wrong-" + MARK,
                "Cookie: token=" + MARK,
                "Authorization:aivenv1" + MARK)) {
            assertThat(send("GET /v1/project", header + "\r\n", "").status())
                    .as(header)
                    .isBetween(400, 403);
            assertThat(send("POST " + TASKS, header + "\r\n", check("mysql://u:" + MARK + "@127.0.0.1/"))
                            .status())
                    .as(header)
                    .isBetween(400, 403);
        }
        // A line end that was lost makes the token a part of the header before it.
        send("GET /v1/project", "Authorization : aivenv1 " + TOKEN + "\r\n", "");
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET /v1/project HTTP/1.1\r\nHost: localhostAuthorization: aivenv1 " + TOKEN + "\r\n\r\n");
            assertThat(connection.answer(5_000).status()).isEqualTo(400);
            answers.add(connection.received());
        }
        authorized("GET /v1/project/" + MARK + "/service", "");
        authorized("GET /v1/project/local/service/mysql/task/" + MARK, "");
        authorized("GET /" + MARK, "");
        authorized("GET " + TASKS + "?after=" + MARK, "");
        authorized("GET " + TASKS + "?token=" + MARK, "");
        send("POST /v1/userauth", "", "{\"email\":\"x@example.com\",\"password\":\"wrong-" + MARK + "\"}");
        send("POST /v1/userauth", "", "{\"email\":\"x@example.com\",\"password\":[\"" + MARK + "\"]}");
    }
}
