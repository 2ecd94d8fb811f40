/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
final class HostileRequestTest {
    private static final Duration SILENCE = Duration.ofMillis(1_500);
    private static final String POST =
            "POST " + ApiServer.TASKS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private final ApiServer server = ApiServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "Content-Length: 3, 3\r\n\r\nabc",
                "Content-Length: +3\r\n\r\nabc",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 0x3\r\n\r\nabc",
                "Content-Length : 3\r\n\r\nabc",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "X-A: b\r\n folded\r\nContent-Length: 0\r\n\r\n",
                "X-A: b\nContent-Length: 0\r\n\r\n",
                "No colon\r\nContent-Length: 0\r\n\r\n",
                "X\u0000A: b\r\nContent-Length: 0\r\n\r\n",
                "X-A: b\u0000\r\nContent-Length: 0\r\n\r\n",
                "Host: evil.example\r\nContent-Length: 0\r\n\r\n"
            })
    void whatIsNotClearlyOneRequestIsRefusedAndNothingBehindItIsRead(String rest) throws Exception {
        String answer = server.raw(POST + rest + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", SILENCE);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"error_code\":\"invalid_request\"");
        assertThat(answer)
                .contains("Connection: close")
                .doesNotContain("\"store\"")
                .doesNotEndWith("(silence)");
        assertThat(server.tasks().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001 hello",
                "GET /health\r\n\r\n",
                "GET /health HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%c0%af HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /v1/project/a%2Fb/service HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /v1/project/a%00/service HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /v1/../health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /v1/%2e%2e/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /..%5c..%5cetc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: user@localhost\r\n\r\n"
            })
    void aMalformedRequestIsA4xxInTheFormOfAllErrors(String request) throws Exception {
        String answer = server.raw(request, SILENCE);

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|403|404) .*");
        assertThat(answer).contains("application/json", "\"errors\":[{\"message\"", "X-Content-Type-Options: nosniff");
        assertThat(answer).doesNotContain("jetty", "Jetty", "Server:", "org.eclipse", "\"store\"");
    }

    @Test
    void longHeadersAndAddressesAreRefused() throws Exception {
        assertThat(server.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", SILENCE))
                .startsWith("HTTP/1.1 414")
                .contains("\"errors\"");
        assertThat(server.raw(
                        "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: " + "a".repeat(20_000) + "\r\n\r\n", SILENCE))
                .startsWith("HTTP/1.1 431")
                .contains("\"errors\"");
    }

    @ParameterizedTest
    @CsvSource({"PUT, 405", "PATCH, 405", "OPTIONS, 405", "TRACE, 405", "FOO, 405", "get, 405"})
    void otherMethodsAreToldWhichThereAre(String method, int status) throws Exception {
        String answer = server.raw(
                method + " " + ApiServer.TASKS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", SILENCE);

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("Allow: GET, HEAD, POST", "method_not_allowed");
    }

    @Test
    void aHeadIsAGetWithoutItsBody() throws Exception {
        String answer = server.raw("HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", SILENCE);

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 28")
                .endsWith("\r\n\r\n");
    }

    @Test
    void avnsContentTypeOnAGetIsFine() throws Exception {
        assertThat(server.send(server.request(ApiServer.TASKS).header("content-type", "application/octet-stream"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonp",
                "application/json; charset=utf-16",
                "multipart/form-data"
            })
    void aBodyMustBeCalledJson(String type) throws Exception {
        HttpResponse<String> response = server.send(server.request(ApiServer.TASKS)
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(ApiServer.CHECK)));
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void aCompressedBodyIsNotUnpacked() throws Exception {
        assertThat(server.send(server.request(ApiServer.TASKS)
                                .header("content-type", "application/json")
                                .header("content-encoding", "gzip")
                                .POST(HttpRequest.BodyPublishers.ofString(ApiServer.CHECK)))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void deepWideAndForeignBodiesAreA400() throws Exception {
        List<byte[]> bodies = new ArrayList<>();
        bodies.add("[".repeat(60_000).getBytes(StandardCharsets.UTF_8));
        bodies.add(("{\"a\":" + "{\"a\":".repeat(5_000)).getBytes(StandardCharsets.UTF_8));
        bodies.add(("{\"x\":" + "[".repeat(25) + "]".repeat(25) + "}").getBytes(StandardCharsets.UTF_8));
        bodies.add(("{\"x\":" + "9".repeat(5_000) + "}").getBytes(StandardCharsets.UTF_8));
        bodies.add(ApiServer.CHECK.getBytes(StandardCharsets.UTF_16));
        bodies.add(("\uFEFF" + ApiServer.CHECK).getBytes(StandardCharsets.UTF_8));
        bodies.add(ApiServer.CHECK.replace("s3cret", "s\u00e9cret").getBytes(StandardCharsets.ISO_8859_1));
        bodies.add(ApiServer.CHECK.replace("s3cret", "\\ud800").getBytes(StandardCharsets.UTF_8));
        bodies.add(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'});
        bodies.add(new byte[0]);
        for (byte[] body : bodies) {
            HttpResponse<String> response = server.send(server.request(ApiServer.TASKS)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).doesNotContain("cret");
        }
        assertThat(server.tasks().requests()).isEmpty();
    }

    @Test
    void anOversizedBodyIsRefusedBeforeItIsSentAndWhileItIs() throws Exception {
        assertThat(server.raw(POST + "Content-Length: 65537\r\n\r\n", SILENCE))
                .startsWith("HTTP/1.1 413")
                .contains("request_too_large");
        String chunk = "1000\r\n" + "x".repeat(4_096) + "\r\n";
        assertThat(server.raw(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17) + "0\r\n\r\n", SILENCE))
                .startsWith("HTTP/1.1 413");
        assertThat(server.raw(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", SILENCE))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String length = "Content-Length: " + ApiServer.CHECK.length() + "\r\n\r\n" + ApiServer.CHECK;
        String answer = server.raw(
                POST + length + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" + POST + "Connection: close\r\n"
                        + length,
                SILENCE);

        assertThat(answer.split("HTTP/1.1 200", -1)).hasSize(4);
        assertThat(answer.indexOf("created")).isLessThan(answer.indexOf("\"store\""));
        assertThat(server.tasks().requests()).hasSize(2);
    }

    @Test
    void aChunkedBodyIsFine() throws Exception {
        String body = Integer.toHexString(ApiServer.CHECK.length()) + "\r\n" + ApiServer.CHECK + "\r\n0\r\n\r\n";
        assertThat(server.raw(POST + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + body, SILENCE))
                .startsWith("HTTP/1.1 200");
    }
}
