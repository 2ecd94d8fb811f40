/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.report.AssessmentJson;
import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.task.ResultCode;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** What the server really answers is what its description promises: path, method, status, type, headers and body. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConformityTest {
    private static final String TASK = "/v1/project/{project}/service/{service}/task/{task_id}";
    private static final String TOKEN = "the-token-of-the-test";
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final OpenApi api = OpenApi.read();
    private final ApiServer server = ApiServer.start();
    private final ApiServer guarded = ApiServer.start(
            ApiServer.settings("0.0.0.0", List.of(ApiServer.token("deploy", TOKEN, "local")), null, Limits.defaults()));

    /** Operations and statuses that have been seen. */
    private final Set<String> seen = new TreeSet<>();

    @AfterAll
    void close() {
        server.close();
        guarded.close();
    }

    private static String request(String method, String path, String headers, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                + (body.isEmpty()
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: "
                                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n")
                + "\r\n" + body;
    }

    /** Asks, and holds the answer against the description. */
    private RawHttp.Answer ask(ApiServer asked, int status, String operation, String path, String headers, String body)
            throws IOException {
        String method = operation.substring(0, operation.indexOf(' '));
        RawHttp.Answer answer = RawHttp.exchange(asked.port(), request(method, path, headers, body));
        assertThat(answer).isNotNull();
        assertThat(answer.status()).as(operation + " " + answer.body()).isEqualTo(status);
        api.assertDescribed(operation, answer);
        if (status >= 400) {
            JsonNode error = OpenApi.JSON.readTree(answer.body());
            assertThat(error.at("/errors/0/status").asInt()).isEqualTo(status);
            assertThat(error.at("/errors/0/message")).isEqualTo(error.get("message"));
        }
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        seen.add(operation + " " + status);
        return answer;
    }

    private RawHttp.Answer get(int status, String template, String path) throws IOException {
        return ask(server, status, "GET " + template, path, "", "");
    }

    private RawHttp.Answer post(int status, String body) throws IOException {
        return ask(server, status, "POST " + TASK.replace("/{task_id}", ""), ApiServer.TASKS, "", body);
    }

    private static String path(String operation) {
        return operation
                .substring(operation.indexOf(' ') + 1)
                .replace("{project}", "local")
                .replace("{service}", "mysql")
                .replace("{task_id}", NOBODY);
    }

    private UUID create() throws IOException {
        return UUID.fromString(OpenApi.JSON
                .readTree(post(200, ApiServer.CHECK).body())
                .at("/task/task_id")
                .asString());
    }

    private static String assessment() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Preflight preflight = new Preflight(CheckRegistry.installed(), "1.0");
        AssessmentJson.write(
                preflight.judge(
                        SnapshotFixture.mysql("8.0.36")
                                .variable("gtid_mode", "OFF")
                                .table("shop", "log", "MyISAM")
                                .build(),
                        Plan.defaults(),
                        preflight.registry().all()),
                out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Order(1)
    void theLifeOfATask() throws Exception {
        UUID id = create();
        String path = ApiServer.TASKS + "/" + id;
        get(200, TASK, path);
        get(409, TASK + "/assessment", path + "/assessment");
        get(409, TASK + "/assessment.html", path + "/assessment.html");
        try (RawHttp events = new RawHttp(server.port())) {
            events.send(request("GET", path + "/events", "", ""));
            server.tasks().progress(id, "reading tables");
            get(200, TASK, path);
            Thread.sleep(800);
            server.tasks()
                    .end(
                            id,
                            true,
                            "dump",
                            "Not all pre-checks passed successfully, preferred migration method will be [Dump]: x",
                            List.of(new ResultCode("obj.engine", "shop"), new ResultCode("gtid.mode", null)),
                            assessment(),
                            "<!DOCTYPE html><title>x</title>");
            RawHttp.Answer stream = events.answer(5_000);
            assertThat(stream).isNotNull();
            assertThat(stream.status()).isEqualTo(200);
            api.assertDescribed("GET " + TASK + "/events", stream);
            seen.add("GET " + TASK + "/events 200");
            assertEvents(stream.body());
        }
        get(200, TASK, path);
        get(200, TASK + "/assessment", path + "/assessment");
        get(200, TASK + "/assessment.html", path + "/assessment.html");
        ask(server, 200, "DELETE " + TASK, path, "", "");
        ask(server, 404, "DELETE " + TASK, path, "", "");
        get(404, TASK, path);
        get(404, TASK + "/assessment", path + "/assessment");
        get(404, TASK + "/assessment.html", path + "/assessment.html");
        get(404, TASK + "/events", path + "/events");

        UUID failed = create();
        server.tasks().fail(failed, "The task took longer than 600 s");
        get(200, TASK, ApiServer.TASKS + "/" + failed);
        get(404, TASK + "/assessment", ApiServer.TASKS + "/" + failed + "/assessment");
        ask(server, 200, "DELETE " + TASK, ApiServer.TASKS + "/" + create(), "", "");
    }

    private void assertEvents(String body) {
        assertThat(body).endsWith("\n\n");
        JsonNode task = OpenApi.JSON.readTree("{\"$ref\":\"#/components/schemas/Task\"}");
        String state = "";
        int count = 0;
        for (String event : body.split("\n\n", -1)) {
            if (event.startsWith(":") || event.isEmpty()) {
                continue;
            }
            assertThat(event).startsWith("event: task\ndata: {");
            String data = event.substring(event.indexOf("data: ") + 6);
            api.assertValid(task, data);
            state = OpenApi.JSON.readTree(data).get("state").asString();
            count++;
        }
        assertThat(state).isEqualTo("ended");
        assertThat(count).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Order(2)
    void requestsThatAreNotAsDescribed() throws Exception {
        String operation = "POST " + TASK.replace("/{task_id}", "");
        String list = "GET " + TASK.replace("/{task_id}", "");
        post(400, "{}");
        post(400, "{\"task_type\":\"dataset_import\"}");
        post(413, "{\"x\":\"" + "x".repeat(70_000) + "\"}");
        ask(server, 415, operation, ApiServer.TASKS, "Content-Type: text/plain\r\nContent-Length: 0\r\n", "");
        ask(server, 404, operation, "/v1/project/local/service/nosuch/task", "", ApiServer.CHECK);
        ask(server, 400, operation, "/v1/project/lo%20cal/service/mysql/task", "", ApiServer.CHECK);
        ask(server, 403, operation, ApiServer.TASKS, "Origin: https://evil.example\r\n", ApiServer.CHECK);
        ask(server, 403, operation, ApiServer.TASKS, "", ApiServer.CHECK.replace("db1.example", "169.254.169.254"));
        ask(server, 400, list, ApiServer.TASKS + "?limit=0", "", "");
        ask(server, 404, list, "/v1/project/local/service/nosuch/task", "", "");
        for (String each : api.operations()) {
            if (each.contains("{project}") && !each.startsWith("POST")) {
                ask(server, 400, each, path(each).replace("/local/", "/lo%20cal/"), "", "");
            }
        }
        for (String path : List.of(
                "/v1/me", "/v1/project", "/health", "/metrics", "/openapi.json", ApiServer.TASKS + "/" + NOBODY)) {
            RawHttp.Answer answer = RawHttp.exchange(server.port(), request("PUT", path, "", ""));
            assertThat(answer.status()).isEqualTo(405);
            api.assertDescribed("GET /v1/me", answer);
        }
    }

    @Test
    @Order(3)
    void everythingElse() throws Exception {
        get(200, "/v1/project", "/v1/project");
        get(200, "/v1/me", "/v1/me");
        get(200, "/v1/project/{project}/service", "/v1/project/local/service");
        get(200, "/health", "/health");
        get(200, "/metrics", "/metrics");
        RawHttp.Answer document = get(200, "/openapi.json", "/openapi.json");
        assertThat(OpenApi.JSON.readTree(document.body())).isEqualTo(api.root());
        RawHttp.Answer known = RawHttp.exchange(
                server.port(),
                request("GET", "/openapi.json", "If-None-Match: " + document.header("etag") + "\r\n", ""));
        assertThat(known.status()).isEqualTo(304);
        for (int i = 0; i < 3; i++) {
            create();
        }
        String list = TASK.replace("/{task_id}", "");
        String next = OpenApi.JSON
                .readTree(get(200, list, ApiServer.TASKS + "?limit=2").body())
                .get("next")
                .asString();
        get(200, list, ApiServer.TASKS + "?limit=100&after=" + next);
        ask(
                server,
                200,
                "POST " + list,
                "/v1/project/local/service/orders/task",
                "",
                "{\"task_type\":\"upgrade_check\",\"target_version\":\"8.4\"}");
    }

    @Test
    @Order(4)
    void tokens() throws Exception {
        String wrong = "Authorization: aivenv1 wrong\r\n";
        String right = "Authorization: Bearer " + TOKEN + "\r\n";
        for (String operation : api.operations()) {
            String path = operation
                    .substring(operation.indexOf(' ') + 1)
                    .replace("{project}", "local")
                    .replace("{service}", "mysql")
                    .replace("{task_id}", NOBODY);
            if (api.operation(operation).get("responses").has("401")) {
                ask(guarded, 401, operation, path, "", "");
                ask(guarded, 403, operation, path, wrong, "");
                if (path.startsWith("/v1/project/")) {
                    ask(guarded, 403, operation, path.replace("local", "other"), right, "");
                }
            }
        }
        ask(guarded, 200, "GET /v1/me", "/v1/me", right, "");
        ask(guarded, 200, "GET /v1/project", "/v1/project", right, "");
        String login = "{\"email\":\"a@example.com\",\"password\":\"";
        ask(guarded, 200, "POST /v1/userauth", "/v1/userauth", "", login + TOKEN + "\"}");
        ask(guarded, 403, "POST /v1/userauth", "/v1/userauth", "", login + "wrong\"}");
        ask(guarded, 400, "POST /v1/userauth", "/v1/userauth", "", "{}");
        ask(guarded, 413, "POST /v1/userauth", "/v1/userauth", "", login + "x".repeat(70_000) + "\"}");
        ask(guarded, 415, "POST /v1/userauth", "/v1/userauth", "Content-Length: 0\r\n", "");
    }

    @Test
    @Order(5)
    void aFullQueueAndAStoreThatIsAway() throws Exception {
        UUID id = create();
        server.tasks().queue(0);
        post(429, ApiServer.CHECK);
        server.tasks().broken(true);
        post(503, ApiServer.CHECK);
        for (String operation : api.operations()) {
            if (operation.contains("/task") && !operation.startsWith("POST")) {
                String path = operation
                        .substring(operation.indexOf(' ') + 1)
                        .replace("{project}", "local")
                        .replace("{service}", "mysql")
                        .replace("{task_id}", id.toString());
                ask(server, 503, operation, path, "", "");
            }
        }
        Thread.sleep(1_100);
        get(503, "/health", "/health");
        get(200, "/metrics", "/metrics");
        server.tasks().broken(false);
    }

    /** Slow ones are sent elsewhere. */
    @Test
    @Order(6)
    void everyStatusThatIsDescribedHasBeenSeen() {
        Set<String> described = new TreeSet<>();
        for (String operation : api.operations()) {
            for (String status : api.operation(operation).get("responses").propertyNames()) {
                if (!status.equals("default") && !status.equals("408") && !status.equals("304")) {
                    described.add(operation + " " + status);
                }
            }
        }
        described.removeAll(seen);
        assertThat(described).isEmpty();
    }
}
