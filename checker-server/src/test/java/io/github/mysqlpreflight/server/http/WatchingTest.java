/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.render.HtmlReport;
import io.github.mysqlpreflight.server.config.Limits;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class WatchingTest {
    private static final String PAGE = """
            <!doctype html>
            <html><head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src 'sha256-abc='">
            <title>x</title>""";

    private ApiServer server = ApiServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aStreamTellsEachChangeAndEndsWithTheTask() throws Exception {
        UUID id = create();
        HttpResponse<InputStream> stream = watch(id);
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("content-type")).hasValue("text/event-stream");
        try (BufferedReader in = reader(stream)) {
            assertThat(event(in)).contains("\"state\":\"queued\"");
            server.tasks().progress(id, "reading tables");
            assertThat(event(in)).contains("\"state\":\"running\"", "reading tables");
            server.tasks().end(id, true, "replication", "All fine", List.of(), "{}", PAGE);
            assertThat(event(in)).contains("\"state\":\"ended\"", "\"success\":true");
            assertThat(in.readLine()).isNull();
        }
    }

    @Test
    void aStreamOfAnEndedTaskIsOneEvent() throws Exception {
        UUID id = create();
        server.tasks().fail(id, "No");
        try (BufferedReader in = reader(watch(id))) {
            assertThat(event(in)).contains("\"state\":\"ended\"");
            assertThat(in.readLine()).isNull();
        }
    }

    @Test
    void aStreamOutlivesAnAbsenceOfTheStoreAndEndsWhenTheTaskIsForgotten() throws Exception {
        UUID id = create();
        try (BufferedReader in = reader(watch(id))) {
            assertThat(event(in)).contains("queued");
            server.tasks().broken(true);
            Thread.sleep(1_200);
            server.tasks().broken(false);
            server.tasks().progress(id, "again");
            assertThat(event(in)).contains("again");
            server.tasks().forget(id);
            assertThat(in.readLine()).isEqualTo("event: gone");
            assertThat(in.readLine()).isEqualTo("data: {}");
            assertThat(in.readLine()).isEmpty();
            assertThat(in.readLine()).isNull();
        }
    }

    @Test
    void aStreamOnWhichNothingHappensSaysThatItIsStillThere() throws Exception {
        server.close();
        Duration second = Duration.ofSeconds(1);
        server = ApiServer.start(
                ApiServer.settings(List.of(), null),
                new Patience(second.multipliedBy(2), second, second.multipliedBy(3), second, second, second));
        UUID id = create();
        try (BufferedReader in = reader(watch(id))) {
            assertThat(event(in)).contains("queued");
            for (int i = 0; i < 3; i++) {
                assertThat(in.readLine()).startsWith(":");
                assertThat(in.readLine()).isEmpty();
            }
            server.tasks().fail(id, "No");
            assertThat(event(in)).contains("ended");
        }
    }

    @Test
    void streamsAreBoundedAndGivenBack() throws Exception {
        server.close();
        Limits limits = Limits.defaults();
        server = ApiServer.start(ApiServer.settings(
                "127.0.0.1",
                List.of(),
                null,
                new Limits(
                        limits.tasksAtOnce(),
                        limits.tasksPerSource(),
                        limits.queue(),
                        limits.bodyBytes(),
                        6,
                        limits.taskTime(),
                        limits.keep())));
        UUID id = create();
        List<BufferedReader> watchers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            watchers.add(reader(watch(id)));
            assertThat(event(watchers.get(i))).contains("queued");
        }
        HttpResponse<InputStream> refused = watch(id);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("too_many_streams");
        server.tasks().fail(id, "No");
        for (BufferedReader watcher : watchers) {
            assertThat(event(watcher)).contains("ended");
            watcher.close();
        }
        assertThat(watch(id).statusCode()).isEqualTo(200);
    }

    @Test
    void closingEndsTheStreamsAtOnce() throws Exception {
        UUID id = create();
        try (BufferedReader in = reader(watch(id))) {
            assertThat(event(in)).contains("queued");
            long start = System.nanoTime();
            server.close();
            assertThat(in.readLine()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void anAssessmentIsThereWhenTheTaskHasEnded() throws Exception {
        UUID id = create();
        String path = ApiServer.TASKS + "/" + id + "/assessment";
        assertThat(server.get(path).statusCode()).isEqualTo(409);
        String json = "{\"format\":\"mysql-preflight-assessment/1\",\"x\":\"" + "é".repeat(20_000) + "\"}";
        server.tasks().end(id, true, "dump", "Fine", List.of(), json, PAGE);

        HttpResponse<String> plain = server.get(path);
        assertThat(plain.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
        assertThat(plain.headers().firstValue("vary")).hasValue("Accept-Encoding");
        assertThat(plain.body()).isEqualTo(json);

        HttpResponse<byte[]> packed = server.client()
                .send(
                        server.request(path)
                                .header("accept-encoding", "br, gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(json);
        }
        HttpResponse<String> refusesGzip = server.send(server.request(path).header("accept-encoding", "gzip;q=0"));
        assertThat(refusesGzip.body()).isEqualTo(json);
    }

    @Test
    void theReportIsHeldToItsOwnPolicy() throws Exception {
        UUID id = create();
        server.tasks().end(id, true, "dump", "Fine", List.of(), "{}", PAGE);
        HttpResponse<String> page = server.get(ApiServer.TASKS + "/" + id + "/assessment.html");

        assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValue("default-src 'none'; script-src 'sha256-abc='; frame-ancestors 'none'");
        assertThat(HtmlReport.contentSecurityPolicy()).contains("script-src 'sha256-");
    }

    @Test
    void aReportWhosePolicyIsNotWhereItBelongsMayRunNothing() throws Exception {
        UUID id = create();
        server.tasks().end(id, true, "dump", "Fine", List.of(), "{}", PAGE.replace("<html>", "<html><title>a</title>"));

        assertThat(server.get(ApiServer.TASKS + "/" + id + "/assessment.html")
                        .headers()
                        .firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).doesNotContain("script-src"));
    }

    @Test
    void aTaskWithoutAnAssessmentSaysWhy() throws Exception {
        UUID id = create();
        server.tasks().fail(id, "Connection refused");
        HttpResponse<String> response = server.get(ApiServer.TASKS + "/" + id + "/assessment.html");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("no_assessment", "Connection refused");
    }

    @Test
    void metricsCountRequestsAndTasksByNoName() throws Exception {
        UUID id = create();
        server.get(ApiServer.TASKS + "/" + id);
        server.get("/v1/project/very-own/service/nosuch/task");
        server.get("/nothing/here");
        String text = server.get("/metrics").body();

        assertThat(text)
                .contains("mysql_preflight_tasks{state=\"queued\"} 1.0")
                .contains("mysql_preflight_tasks_created_total{type=\"migration_check\"} 1.0")
                .contains(
                        "mysql_preflight_http_requests_total{method=\"GET\",route=\"/v1/project/{project}/service/{service}"
                                + "/task/{task_id}\",status=\"200\"} 1.0")
                .contains("mysql_preflight_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1.0")
                .contains("mysql_preflight_http_request_seconds_bucket")
                .contains("mysql_preflight_store_up 1.0")
                .contains("mysql_preflight_jvm_threads")
                .doesNotContain("very-own", "db1.example", "nothing");
        server.tasks().broken(true);
        Thread.sleep(1_100);
        assertThat(server.get("/metrics").body())
                .contains("mysql_preflight_store_up 0.0")
                .doesNotContain("state=\"queued\"");
    }

    private UUID create() throws Exception {
        return UUID.fromString(ApiServer.json(server.post(ApiServer.TASKS, ApiServer.CHECK))
                .get("task")
                .get("task_id")
                .asString());
    }

    private HttpResponse<InputStream> watch(UUID id) throws Exception {
        HttpRequest request =
                server.request(ApiServer.TASKS + "/" + id + "/events").build();
        return server.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static String event(BufferedReader in) throws Exception {
        assertThat(in.readLine()).isEqualTo("event: task");
        String data = in.readLine();
        assertThat(in.readLine()).isEmpty();
        return data;
    }
}
