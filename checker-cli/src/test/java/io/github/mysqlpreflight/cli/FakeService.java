/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server that answers as it is told, one answer after the other, and remembers what it was asked. */
final class FakeService implements AutoCloseable {
    static final String ID = "79803598-d09a-44bf-ae2b-34aad942f4e8";

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    /** What arrived. */
    record Request(
            String line,
            @Nullable String authorization,
            @Nullable String type,
            @Nullable String agent,
            String body) {}

    private record Answer(
            int status, String type, String body, @Nullable String retryAfter) {}

    FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A task that has not ended. */
    FakeService running() {
        return task("null", "");
    }

    /** A task as it is then. */
    FakeService task(String success, String result) {
        return answers(
                200,
                "{\"task\":{\"create_time\":\"2021-08-13T08:00:45Z\",\"result\":"
                        + PythonText.json(new Json.Text(result))
                        + ",\"result_codes\":[],\"success\":" + success + ",\"task_id\":\"" + ID
                        + "\",\"task_type\":\"mysql_migration_check\"},\"message\":\"created\"}");
    }

    /** An error as Aiven's API words it. */
    FakeService error(int status, String message) {
        String text = PythonText.json(new Json.Text(message));
        return answers(
                status, "{\"errors\":[{\"message\":" + text + ",\"status\":" + status + "}],\"message\":" + text + "}");
    }

    FakeService answers(int status, String body) {
        answers.add(new Answer(status, "application/json", body, null));
        return this;
    }

    FakeService answers(int status, String type, String body, String retryAfter) {
        answers.add(new Answer(status, type, body, retryAfter));
        return this;
    }

    /** Closes the connection without an answer. */
    FakeService breaks() {
        answers.add(new Answer(0, "", "", null));
        return this;
    }

    List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (requests) {
            requests.add(new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("User-Agent"),
                    body));
        }
        Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
        if (answer.status() > 0) {
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            if (answer.retryAfter() != null) {
                exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
