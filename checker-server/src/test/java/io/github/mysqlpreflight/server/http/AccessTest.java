/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.server.config.Limits;
import io.github.mysqlpreflight.server.config.TokenEntry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
final class AccessTest {
    private static final List<TokenEntry> TOKENS = List.of(
            ApiServer.token("deploy", "t0ken-of-deploy", "shop", "blog"),
            ApiServer.token("root", "t0ken-of-root", "*"));
    private static final String SHOP = "/v1/project/shop/service/mysql/task";
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private ApiServer server = ApiServer.start(ApiServer.settings(TOKENS, null));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void withoutATokenNothingIsTold() throws Exception {
        for (String path : List.of("/v1/me", "/v1/project", SHOP, "/v1/project/a/service", "/v1/nothing")) {
            HttpResponse<String> response = server.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("www-authenticate")).isPresent();
            assertThat(ApiServer.json(response)
                            .get("errors")
                            .get(0)
                            .get("status")
                            .asInt())
                    .isEqualTo(401);
        }
        assertThat(server.post(SHOP, "not even JSON").statusCode()).isEqualTo(401);
        assertThat(server.delete(SHOP + "/x").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aivenv1 wrong", "Bearer t0ken-of-deployx", "Basic t0ken-of-deploy", "t0ken-of-deploy", "Bearer "
            })
    void aWrongTokenIsA403(String authorization) throws Exception {
        HttpResponse<String> response = server.send(server.request(SHOP).header("authorization", authorization));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("\"error_code\":\"authentication_failed\"", "Authentication failed");
    }

    @Test
    void aTokenOpensItsProjectsAlone() throws Exception {
        assertThat(with("aivenv1 t0ken-of-deploy", SHOP).statusCode()).isEqualTo(200);
        assertThat(with("bearer t0ken-of-deploy", SHOP).statusCode()).isEqualTo(200);
        HttpResponse<String> foreign = with("aivenv1 t0ken-of-deploy", "/v1/project/other/service/nosuch/task");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).contains("project_forbidden");
        assertThat(with("aivenv1 t0ken-of-root", "/v1/project/other/service/mysql/task")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theTokensNameIsKeptWithTheTask() throws Exception {
        HttpResponse<String> created = server.send(server.request(SHOP)
                .header("authorization", "aivenv1 t0ken-of-deploy")
                .header("content-type", "application/json; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(ApiServer.CHECK)));

        assertThat(ApiServer.json(created).get("task").get("created_by").asString())
                .isEqualTo("deploy");
    }

    @Test
    void whoIsBoundToNoProjectSeesThoseThatHaveTasks() throws Exception {
        try (ApiServer open = ApiServer.start()) {
            assertThat(open.get("/v1/project").body()).isEqualTo("{\"projects\":[{\"project_name\":\"local\"}]}");
            for (String project : List.of("shop", "blog", "shop")) {
                open.post(
                        "/v1/project/" + project + "/service/mysql/task",
                        "{\"task_type\":\"migration_check\",\"migration_check\":{\"source_service_uri\":\"mysql://u:p@h/\"}}");
            }
            assertThat(open.get("/v1/project").body())
                    .isEqualTo("{\"projects\":[{\"project_name\":\"blog\"},{\"project_name\":\"shop\"}]}");
        }
    }

    @Test
    void aLoginWithATokenWorksAsAvnNeedsIt() throws Exception {
        HttpResponse<String> login = server.post(
                "/v1/userauth", "{\"email\":\"a@b.example\",\"password\":\"t0ken-of-deploy\",\"otp\":null}");
        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(ApiServer.json(login).get("token").asString()).isEqualTo("t0ken-of-deploy");
        assertThat(ApiServer.json(login).get("user_email").asString()).isEqualTo("a@b.example");
        HttpResponse<String> wrong =
                server.post("/v1/userauth", "{\"email\":\"a@b.example\",\"password\":\"hunter2\"}");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("authentication_failed").doesNotContain("hunter2");

        assertThat(with("aivenv1 t0ken-of-deploy", "/v1/project").body())
                .isEqualTo("{\"projects\":[{\"project_name\":\"shop\"},{\"project_name\":\"blog\"}]}");
        assertThat(with("aivenv1 t0ken-of-deploy", "/v1/me").body()).contains("\"user\":\"deploy\"");
        assertThat(with("aivenv1 t0ken-of-deploy", "/v1/project/shop/service").body())
                .contains("\"service_name\":\"mysql\"", "\"target\":\"target.example:3306\"")
                .doesNotContain("targets-own");
    }

    @Test
    void healthAndPagesNeedNoToken() throws Exception {
        assertThat(server.get("/health").body()).isEqualTo("{\"status\":\"ok\",\"store\":\"ok\"}");
        assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(server.get("/nosuch.js").statusCode()).isEqualTo(404);
    }

    @Test
    void metricsNeedATokenBeyondThisMachine() throws Exception {
        server.close();
        server = ApiServer.start(ApiServer.settings("0.0.0.0", TOKENS, null, Limits.defaults()));
        assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(with("Bearer t0ken-of-deploy", "/metrics").statusCode()).isEqualTo(200);
        assertThat(server.raw("GET /health HTTP/1.1\r\nHost: any.name\r\nConnection: close\r\n\r\n", SILENCE))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:1, 200",
        "LOCALHOST, 200",
        "127.0.0.1:8765, 200",
        "[::1]:80, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "127.0.0.2, 403",
        "localhost., 403"
    })
    void onlyTheNamesOfThisMachineAreAnswered(String host, int status) throws Exception {
        assertThat(server.raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n", SILENCE))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void anotherNameInTheAddressDoesNotGetAround() throws Exception {
        assertThat(server.raw(
                        "GET http://evil.example/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                        SILENCE))
                .startsWith("HTTP/1.1 403");
        assertThat(server.raw(
                        "GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        SILENCE))
                .startsWith("HTTP/1.1 400");
        // No browser asks like this; simple probes of load balancers do.
        assertThat(server.raw("GET /health HTTP/1.0\r\n\r\n", SILENCE)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Origin: http://localhost:PORT | 200
            Origin: https://localhost:PORT | 200
            Origin: http://localhost:1 | 403
            Origin: http://evil.example | 403
            Origin: null | 403
            Sec-Fetch-Site: same-origin | 200
            Sec-Fetch-Site: none | 200
            Sec-Fetch-Site: cross-site | 403
            Sec-Fetch-Site: same-site | 403
            X-Any: thing | 200
            """)
    void pagesOfOthersCannotChangeAnything(String header, int status) throws Exception {
        server.close();
        server = ApiServer.start();
        String request = "POST " + ApiServer.TASKS + " HTTP/1.1\r\nHost: localhost:PORT\r\n" + header
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + ApiServer.CHECK.length() + "\r\n\r\n" + ApiServer.CHECK;

        assertThat(server.raw(request.replace("PORT", Integer.toString(server.port())), SILENCE))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aLinkFromElsewhereMayLeadHereButARequestOfAPageElsewhereMayNot() throws Exception {
        String cross = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nSec-Fetch-Site: cross-site\r\n";
        assertThat(server.raw(cross + "Sec-Fetch-Mode: navigate\r\n\r\n", SILENCE))
                .startsWith("HTTP/1.1 200");
        assertThat(server.raw(cross + "Sec-Fetch-Mode: no-cors\r\n\r\n", SILENCE))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void everyAnswerCarriesTheHeadersThatKeepABrowserInBounds() throws Exception {
        for (String path : List.of("/health", "/v1/me", "/nothing", "/v1/project/%2F/service")) {
            HttpResponse<String> response = server.get(path);
            assertThat(response.headers().map())
                    .as(path)
                    .containsKeys(
                            "x-content-type-options", "referrer-policy", "content-security-policy", "x-frame-options")
                    .doesNotContainKeys("server", "x-powered-by", "access-control-allow-origin", "set-cookie");
            assertThat(response.headers().firstValue("cache-control")).as(path).hasValue("no-store");
        }
    }

    private HttpResponse<String> with(String authorization, String path) throws Exception {
        return server.send(server.request(path).header("authorization", authorization));
    }
}
