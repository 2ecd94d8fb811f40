/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.server.config.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients that take their time do not take the server's: each ends soon, none holds up another, nothing of them is left. */
@Isolated("counts the threads and connections of the whole process")
final class PatienceTest {
    private static final String POST =
            "POST " + ApiServer.TASKS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String GET = "GET /v1/project HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final long ENOUGH = 60_000;
    private static final int MOST_CONNECTIONS = 60;

    private final ApiServer server = ApiServer.start(
            ApiServer.settings("127.0.0.1", List.of(), null, limits()),
            new Patience(
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(1_000),
                    Duration.ofMillis(2_000),
                    Duration.ofMillis(1_000),
                    Duration.ofMillis(300),
                    Duration.ofMillis(2_000)));
    private final ExecutorService clients = Executors.newCachedThreadPool();

    private static Limits limits() {
        Limits usual = Limits.defaults();
        return new Limits(
                usual.tasksAtOnce(),
                usual.tasksPerSource(),
                usual.queue(),
                usual.bodyBytes(),
                MOST_CONNECTIONS,
                usual.taskTime(),
                usual.keep());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        clients.shutdownNow();
        assertThat(Connections.left(server.port(), ENOUGH)).isLessThanOrEqualTo(0);
        assertThat(RawHttp.exchange(server.port(), GET).status()).isEqualTo(200);
        assertThat(server.tasks().requests()).hasSizeLessThanOrEqualTo(1);
        server.close();
        assertThat(Connections.threadsLeft("http", ENOUGH)).isZero();
    }

    /** What came of a client that sends the beginning at once, and then that piece again and again. */
    private Future<Ending> trickle(String beginning, String piece) {
        return clients.submit(() -> {
            long start = System.nanoTime();
            try (RawHttp connection = new RawHttp(server.port())) {
                connection.send(beginning);
                while (!connection.closed() && System.nanoTime() - start < ENOUGH * 1_000_000) {
                    if (!piece.isEmpty()) {
                        connection.send(piece);
                    }
                    connection.untilClosed(100);
                }
                List<RawHttp.Answer> answers = connection.answers(0, 0);
                return new Ending(
                        connection.closed(),
                        answers.isEmpty() ? 0 : answers.get(0).status(),
                        answers.size());
            }
        });
    }

    private long nanosOfAnAnswer() throws IOException {
        long start = System.nanoTime();
        assertThat(RawHttp.exchange(server.port(), GET).status()).isEqualTo(200);
        return System.nanoTime() - start;
    }

    private record Ending(boolean closed, int status, int answers) {}

    @Test
    void whoIsSlowIsSentAway() throws Exception {
        long alone = nanosOfAnAnswer();
        Future<Ending> silent = trickle("", "");
        Future<Ending> oneByte = trickle("G", "");
        Future<Ending> lines = trickle("", "\r\n");
        Future<Ending> method = trickle("", "A");
        Future<Ending> address = trickle("GET /", "a");
        Future<Ending> headers = trickle("GET / HTTP/1.1\r\nHost: localhost\r\n", "X: y\r\n");
        Future<Ending> second = trickle(GET + "GET / HTTP/1.1\r\n", "X: y\r\n");
        Future<Ending> noBody = trickle(POST + "Content-Length: 100\r\n\r\n", "");
        Future<Ending> body = trickle(POST + "Content-Length: 1000\r\n\r\n{", " ");
        Future<Ending> chunks = trickle(POST + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n");
        Future<Ending> size = trickle(POST + "Transfer-Encoding: chunked\r\n\r\n", "0");
        Future<Ending> extension = trickle(POST + "Transfer-Encoding: chunked\r\n\r\n1;", "a");
        Future<Ending> expecting = trickle(POST + "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n", "");
        Future<Ending> keptAlive = trickle(GET, "");
        List<Future<Ending>> more = new ArrayList<>();
        // With those above, more than there are threads.
        for (int i = 0; i < 36; i++) {
            more.add(trickle(POST + "Content-Length: 100\r\n\r\n{", ""));
        }

        // Without waiting until one of them is sent away, however slow the machine is.
        assertThat(nanosOfAnAnswer()).isLessThan(1_000_000_000L + 20 * alone);
        assertThat(Connections.threads("http")).isLessThanOrEqualTo(50);

        for (Future<Ending> client : List.of(silent, oneByte, lines, method, address, headers)) {
            assertThat(client.get().closed()).isTrue();
            assertThat(client.get().status()).isIn(0, 400, 408);
        }
        for (Future<Ending> client : List.of(noBody, body, chunks, size, extension, expecting)) {
            assertThat(client.get().closed()).isTrue();
            assertThat(client.get().status()).isIn(400, 408);
            assertThat(client.get().answers()).isEqualTo(1);
        }
        for (Future<Ending> client : more) {
            assertThat(client.get().closed()).isTrue();
        }
        assertThat(body.get().status()).isEqualTo(408);
        assertThat(chunks.get().status()).isEqualTo(408);
        assertThat(second.get())
                .matches(Ending::closed)
                .extracting(Ending::answers)
                .isEqualTo(1);
        assertThat(keptAlive.get())
                .matches(Ending::closed)
                .extracting(Ending::status)
                .isEqualTo(200);
    }

    @Test
    void whoHangsUpInTheMiddleIsForgotten() throws Exception {
        List<String> beginnings = List.of(
                "",
                "GET /v1/pro",
                "GET / HTTP/1.1\r\nHost: loc",
                POST + "Content-Length: 1000\r\n\r\n{\"task",
                POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nab");
        for (String beginning : beginnings) {
            try (RawHttp connection = new RawHttp(server.port())) {
                connection.send(beginning);
            }
            try (RawHttp connection = new RawHttp(server.port())) {
                connection.send(beginning).endOutput();
                List<RawHttp.Answer> answers = connection.untilClosed(ENOUGH);
                assertThat(connection.closed()).as(beginning).isTrue();
                assertThat(answers).hasSizeLessThanOrEqualTo(1);
                for (RawHttp.Answer answer : answers) {
                    assertThat(answer.status()).as(beginning).isBetween(400, 499);
                }
            }
        }
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.send(GET).endOutput();
            assertThat(connection.answer(ENOUGH).status()).isEqualTo(200);
        }
    }

    @Test
    void whoDoesNotReadIsSentAway() throws Exception {
        String created = RawHttp.exchange(
                        server.port(),
                        POST + "Content-Length: " + ApiServer.CHECK.length() + "\r\n\r\n" + ApiServer.CHECK)
                .body();
        String id = OpenApi.JSON.readTree(created).at("/task/task_id").asString();
        List<RawHttp> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                RawHttp connection = new RawHttp(server.port());
                connections.add(connection);
                var sending = clients.submit(
                        () -> connection.send("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500)));
                assertThat(sending).isNotNull();
            }
            RawHttp events = new RawHttp(server.port());
            connections.add(events);
            events.send("GET " + ApiServer.TASKS + "/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(RawHttp.exchange(server.port(), GET).status()).isEqualTo(200);
            Thread.sleep(2_500);
            // A stream of events goes on as long as it is read, or fits into what lies between.
            assertThat(Connections.open(server.port())).isLessThanOrEqualTo(1);
        } finally {
            for (RawHttp connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void manyWhoAreSlowDoNotKeepOthersOutForLong() throws Exception {
        List<RawHttp> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * MOST_CONNECTIONS; i++) {
                RawHttp connection = new RawHttp(server.port());
                connections.add(connection);
                connection.send(i % 2 == 0 ? "GET / HTTP/1.1\r\n" : POST + "Content-Length: 9\r\n\r\n");
            }
            Thread.sleep(200);
            assertThat(Connections.threads("http")).isLessThanOrEqualTo(50);
            long start = System.nanoTime();
            RawHttp.Answer answer = null;
            while (answer == null && System.nanoTime() - start < ENOUGH * 1_000_000) {
                answer = RawHttp.exchange(server.port(), GET);
            }
            assertThat(answer).isNotNull();
            assertThat(answer.status()).isEqualTo(200);
        } finally {
            for (RawHttp connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void aBodyThatNeverEndsIsCutOff() throws IOException {
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
            int sent = 0;
            while (!connection.closed() && sent < 2_000) {
                connection.send(chunk);
                connection.answers(1, 1);
                sent++;
            }
            assertThat(connection.closed()).isTrue();
            assertThat(sent).isLessThan(2_000);
        }
    }

    @Test
    void whoWaitsToBeAskedForTheBodyIsAskedOnlyIfItWillBeRead() throws IOException {
        String body = ApiServer.CHECK;
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.send(POST + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n");
            connection.answers(1, 300);
            assertThat(connection.received()).startsWith("HTTP/1.1 100");
            connection.send(body);
            assertThat(connection.answer(ENOUGH).status()).isEqualTo(200);
        }
        for (String refused : List.of(
                POST + "Content-Length: 1000000\r\n",
                POST.replace("application/json", "text/plain") + "Content-Length: 10\r\n",
                POST.replace("/mysql/", "/nosuch/") + "Content-Length: 10\r\n",
                POST + "Origin: http://evil.example\r\nContent-Length: 10\r\n")) {
            try (RawHttp connection = new RawHttp(server.port())) {
                connection.send(refused + "Expect: 100-continue\r\n\r\n");
                RawHttp.Answer answer = connection.answer(ENOUGH);
                assertThat(answer.status()).as(refused).isBetween(400, 499);
                assertThat(connection.received()).doesNotContain("HTTP/1.1 100");
            }
        }
        assertThat(RawHttp.exchange(
                                server.port(),
                                POST + "Expect: a-miracle\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .status())
                .isEqualTo(417);
    }
}
