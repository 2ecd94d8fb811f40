/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good requests with something changed in them, thousands of them: never a fault of the server's own, never a wait without end. */
@Isolated("counts the threads and connections of the whole process")
final class MutationTest {
    private static final String MARK = "s3cretMark";
    private static final String BODY = ApiServer.CHECK.replace("s3cret", MARK);
    private static final List<String> GOOD = List.of(
            "POST " + ApiServer.TASKS
                    + " HTTP/1.1\r\nHost: localhost\r\nuser-agent: aiven-client/4\r\nAccept-Encoding: gzip, deflate\r\n"
                    + "Accept: */*\r\nConnection: keep-alive\r\ncontent-type: application/json\r\n"
                    + "authorization: aivenv1 " + MARK + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY,
            "POST " + ApiServer.TASKS
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n",
            "GET " + ApiServer.TASKS + "?limit=5&after=00000000-0000-0000-0000-000000000000"
                    + " HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/octet-stream\r\n"
                    + "authorization: aivenv1 " + MARK + "\r\n\r\n",
            "DELETE " + ApiServer.TASKS + "/00000000-0000-0000-0000-000000000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\r\n\r\n",
            " ",
            "\t",
            ":",
            ";",
            "/",
            "//",
            "../",
            "%2e%2e%2f",
            "%00",
            "%",
            "?",
            "#",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "{",
            "}",
            "[",
            "]",
            ",",
            "{\"a\":".repeat(30),
            "9".repeat(200),
            "1e999",
            "-1",
            "null",
            "\u00ff",
            "\u00c0\u00af",
            "\u00ef\u00bb\u00bf",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
            "Upgrade: websocket\r\n",
            "Host: evil.example\r\n",
            "Range: bytes=0-1\r\n",
            "Accept-Encoding: *;q=0\r\n",
            "Accept-Encoding: gzip;q=x\r\n",
            "Content-Encoding: gzip\r\n",
            "If-None-Match: *\r\n",
            "X-HTTP-Method-Override: DELETE\r\n",
            "0\r\n\r\n",
            "ffffffff\r\n",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/9.9");

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122})
    void noChangeOfAGoodRequestBreaksTheServer(long seed) throws Exception {
        Random random = new Random(seed);
        Map<Integer, Integer> statuses = new HashMap<>();
        try (ApiServer server = ApiServer.start();
                LogCapture log = LogCapture.begin()) {
            for (int i = 0; i < 1_500; i++) {
                byte[] request = RawHttp.bytes(GOOD.get(random.nextInt(GOOD.size())));
                int changes = 1 + random.nextInt(3);
                for (int j = 0; j < changes; j++) {
                    request = changed(request, random);
                }
                String what = "seed " + seed + ", number " + i;
                try (RawHttp connection = new RawHttp(server.port())) {
                    connection.send(request).endOutput();
                    List<RawHttp.Answer> answers = connection.untilClosed(3_000);
                    assertThat(connection.closed()).as(what + ": hangs").isTrue();
                    assertThat(connection.received()).as(what).doesNotContain(MARK);
                    for (RawHttp.Answer answer : answers) {
                        assertThat(answer.status()).as(what).matches(status -> status < 500);
                        statuses.merge(answer.status(), 1, Integer::sum);
                    }
                    if (answers.isEmpty()) {
                        statuses.merge(0, 1, Integer::sum);
                    }
                }
            }
            assertThat(RawHttp.exchange(server.port(), GOOD.get(0)).status()).isEqualTo(200);
            assertThat(Connections.left(server.port(), 2_000)).isLessThanOrEqualTo(0);
            assertThat(Connections.threads("http")).isLessThanOrEqualTo(50);
            assertThat(log.text()).doesNotContain(MARK).doesNotContain("ERROR").doesNotContain("WARN");
        }
        // It is a good mixture only if some got through and others failed in different ways.
        assertThat(statuses).containsKeys(200, 400, 404).hasSizeGreaterThan(6);
    }

    private static byte[] changed(byte[] request, Random random) {
        int length = request.length;
        int at = random.nextInt(length + 1);
        int end = Math.min(length, at + 1 + random.nextInt(random.nextInt(8) == 0 ? 100 : 8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(request, 0, at);
        switch (random.nextInt(8)) {
            case 0 -> {
                // One bit is another.
                if (at < length) {
                    out.write(request[at] ^ (1 << random.nextInt(8)));
                    out.write(request, at + 1, length - at - 1);
                }
            }
            case 1 -> out.write(request, end, length - end);
            case 2 -> {
                out.write(request, at, length - at);
                out.write(request, at, length - at);
            }
            case 3 -> {
                out.write(request, at, end - at);
                out.write(request, at, length - at);
            }
            case 4 -> {
                byte[] bytes = new byte[1 + random.nextInt(6)];
                random.nextBytes(bytes);
                out.writeBytes(bytes);
                out.write(request, at, length - at);
            }
            case 5 -> {
                // The rest is cut off.
                if (at == 0) {
                    out.write('G');
                }
            }
            default -> {
                // A piece that means something, where it does most harm: often at the beginning of a line.
                out.reset();
                String text = new String(request, java.nio.charset.StandardCharsets.ISO_8859_1);
                int line = text.indexOf("\r\n", at);
                int where = line < 0 || random.nextBoolean() ? at : line + 2;
                out.write(request, 0, where);
                out.writeBytes(RawHttp.bytes(PIECES.get(random.nextInt(PIECES.size()))));
                out.write(request, where, length - where);
            }
        }
        return out.size() == 0 ? new byte[] {'G'} : out.toByteArray();
    }

    @Test
    void theRequestsAreGoodBeforeTheyAreChanged() throws Exception {
        try (ApiServer server = ApiServer.start()) {
            assertThat(RawHttp.exchange(server.port(), GOOD.get(0)).status()).isEqualTo(200);
            assertThat(RawHttp.exchange(server.port(), GOOD.get(1)).status()).isEqualTo(200);
            assertThat(RawHttp.exchange(server.port(), GOOD.get(2)).status()).isEqualTo(200);
            assertThat(RawHttp.exchange(server.port(), GOOD.get(3)).status()).isEqualTo(404);
        }
    }
}
