/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What nobody sends by accident. Each is answered by one 4xx in the form of all errors, or by hanging up where there is no request to answer; soon;
 * nothing is created; nothing of it is in the log; and the server goes on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttackTest {
    /** In whatever an attack sends that might be logged or repeated. */
    private static final String MARK = "s3cretMark";

    private static final String TASKS = ApiServer.TASKS;
    private static final String BODY = "{\"task_type\":\"migration_check\",\"migration_check\":"
            + "{\"source_service_uri\":\"mysql://mig:" + MARK + "@db1.example/\"}}";
    private static final String HIDDEN = post("Content-Length: " + BODY.length(), BODY);
    /** Milliseconds in which an attack gets an answer before it ends, or gets none. */
    private static final long SOON = 2_000;
    /** Milliseconds that a busy machine takes at most. */
    private static final long ENOUGH = 60_000;

    private final ApiServer server = ApiServer.start();
    private final LogCapture log = LogCapture.begin();
    private final OpenApi api = OpenApi.read();

    /**
     * Something to send.
     *
     * @param name what it is
     * @param text what is sent, a character a byte
     * @param silent whether hanging up without a word is good enough
     */
    private record Attack(String name, String text, boolean silent) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String request(String line, String headers, String body) {
        return line + "\r\nHost: localhost\r\n" + (headers.isEmpty() ? "" : headers + "\r\n") + "\r\n" + body;
    }

    private static String post(String headers, String body) {
        return request("POST " + TASKS + " HTTP/1.1", "Content-Type: application/json\r\n" + headers, body);
    }

    private static String get(String target) {
        return request("GET " + target + " HTTP/1.1", "X-Mark: " + MARK, "");
    }

    private static String chunked(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    private static final class Attacks {
        private final List<Attack> all = new ArrayList<>();

        void add(String name, String text) {
            all.add(new Attack(name, text, false));
        }

        void addSilent(String name, String text) {
            all.add(new Attack(name, text, true));
        }

        void addBody(String name, byte[] body) {
            add(name, post("Content-Length: " + body.length, new String(body, StandardCharsets.ISO_8859_1)));
        }

        void addBody(String name, String body) {
            addBody(name, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<Attack> smuggling() {
        Attacks attacks = new Attacks();
        String length = "Content-Length: " + BODY.length();
        String chunks = "Transfer-Encoding: chunked";
        attacks.add("a length and chunks", post(length + "\r\n" + chunks, chunked(BODY) + HIDDEN));
        attacks.add("chunks and a length", post(chunks + "\r\n" + length, chunked(BODY) + HIDDEN));
        attacks.add("chunks and length 0", post("Content-Length: 0\r\n" + chunks, chunked(BODY) + HIDDEN));
        attacks.add("two lengths", post("Content-Length: 0\r\n" + length, BODY + HIDDEN));
        attacks.add("two lengths, the other way", post(length + "\r\nContent-Length: 0", BODY + HIDDEN));
        attacks.add("two lengths in one", post(length + ", 0", BODY + HIDDEN));
        for (String value : List.of(
                "+" + BODY.length(),
                "-1",
                "-0",
                "",
                "0x" + Integer.toHexString(BODY.length()),
                "1e2",
                "1 0",
                "1_0",
                "99999999999999999999",
                "9223372036854775808",
                "18446744073709551617",
                "1.0",
                "NaN",
                "\u00b2")) {
            attacks.add("length " + value, post("Content-Length: " + value, BODY + HIDDEN));
        }
        for (String value : List.of(
                "chunked, identity",
                "identity, chunked",
                "xchunked",
                "chunkedx",
                "chunked, chunked",
                "gzip, chunked",
                "chunked, gzip",
                "gzip",
                "identity",
                "\"chunked\"",
                "chunked;q=1",
                "\u000bchunked",
                "chun\u00a0ked",
                "")) {
            attacks.add("coding " + value, post("Transfer-Encoding: " + value, chunked(BODY) + HIDDEN));
            attacks.add(
                    "coding " + value + " with a length",
                    post("Transfer-Encoding: " + value + "\r\n" + length, BODY + HIDDEN));
        }
        attacks.add("two codings", post(chunks + "\r\nTransfer-Encoding: identity", chunked(BODY) + HIDDEN));
        attacks.add("folded coding", post("Transfer-Encoding:\r\n chunked", chunked(BODY) + HIDDEN));
        attacks.add("folded length", post("Content-Length:\r\n 5", BODY + HIDDEN));
        attacks.add("folded header", post("X-A: b\r\n c\r\n" + length, BODY + HIDDEN));
        attacks.add("fold before all headers", request("GET / HTTP/1.1\r\n X: y", "", HIDDEN));
        attacks.add("blank before the colon", post("Transfer-Encoding : chunked", chunked(BODY) + HIDDEN));
        attacks.add("blank before the colon of the length", post("Content-Length : 5", BODY + HIDDEN));
        attacks.add("blank in a name", post("Content Length: 5\r\n" + length, BODY + HIDDEN));
        attacks.add("a name without a colon", post("Content-Length\r\n" + length, BODY + HIDDEN));
        attacks.add("an empty name", post(": x\r\n" + length, BODY + HIDDEN));
        attacks.add("NUL in a name", post("X\0: y\r\n" + length, BODY + HIDDEN));
        attacks.add("NUL in a value", post("X: y\0z\r\n" + length, BODY + HIDDEN));
        attacks.add("a control character in a value", post("X: y\u0001z\r\n" + length, BODY + HIDDEN));
        attacks.add("DEL in a value", post("X: y\u007fz\r\n" + length, BODY + HIDDEN));
        attacks.add("a byte over 127 in a name", post("X\u00e9: y\r\n" + length, BODY + HIDDEN));
        attacks.add("CR alone in a value", post("X: y\rContent-Length: 0\r\n" + length, BODY + HIDDEN));
        attacks.add("LF alone ends a header", post("X: y\nContent-Length: 0\r\n" + length, BODY + HIDDEN));
        attacks.add("LF alone everywhere", post(length, BODY).replace("\r\n", "\n"));
        attacks.add("LF alone ends the first line", "GET /v1/project HTTP/1.1\nHost: localhost\r\n\r\n");
        attacks.add("CR alone ends the first line", "GET /v1/project HTTP/1.1\rHost: localhost\r\n\r\n");
        attacks.add("chunks in HTTP/1.0", post(chunks, chunked(BODY) + HIDDEN).replaceFirst("HTTP/1.1", "HTTP/1.0"));
        for (String size : List.of(
                "-1",
                "+5",
                "0x5",
                "g",
                "",
                " 5",
                "5 5",
                "1_0",
                "FFFFFFFF",
                "7FFFFFFFFFFFFFFF",
                "FFFFFFFFFFFFFFFF",
                "10000000000000005",
                "00000000000000000000000000000000000000005")) {
            attacks.add("chunk size " + size, post(chunks, size + "\r\n" + BODY + "\r\n0\r\n\r\n" + HIDDEN));
        }
        attacks.add("chunk longer than its size", post(chunks, "5\r\n" + BODY + "\r\n0\r\n\r\n" + HIDDEN));
        attacks.add("LF alone after a chunk size", post(chunks, "5\nabcde\r\n0\r\n\r\n" + HIDDEN));
        attacks.add("LF alone after a chunk", post(chunks, "5\r\nabcde\n0\r\n\r\n" + HIDDEN));
        attacks.add("CR alone after a chunk size", post(chunks, "5\rabcde\r\n0\r\n\r\n" + HIDDEN));
        attacks.add("NUL in a chunk extension", post(chunks, "5;a=\0\r\nabcde\r\n0\r\n\r\n" + HIDDEN));
        attacks.add("LF in a chunk extension", post(chunks, "5;a\nbc\r\nabcde\r\n0\r\n\r\n" + HIDDEN));
        attacks.add(
                "an endless chunk extension",
                post(chunks, "5;" + "a".repeat(300_000) + "\r\nabcde\r\n0\r\n\r\n" + HIDDEN));
        attacks.add(
                "endless trailers", post(chunks, "5\r\nabcde\r\n0\r\n" + "X: y\r\n".repeat(50_000) + "\r\n" + HIDDEN));
        attacks.add("another host in the address", request("GET http://evil.example/v1/project HTTP/1.1", "", ""));
        attacks.add("another port in the address", request("GET http://localhost:1/v1/project HTTP/1.1", "", ""));
        attacks.add("a user in the address", request("GET http://" + MARK + "@localhost/v1/project HTTP/1.1", "", ""));
        attacks.add("another scheme", request("GET ftp://localhost/v1/project HTTP/1.1", "", ""));
        attacks.add("a file", request("GET file:///etc/passwd HTTP/1.1", "", ""));
        attacks.add("two hosts", request("GET /v1/project HTTP/1.1", "Host: evil.example", ""));
        attacks.add("the same host twice", request("GET /v1/project HTTP/1.1", "Host: localhost", ""));
        attacks.add("no host", "GET /v1/project HTTP/1.1\r\n\r\n");
        attacks.add("an empty host", "GET /v1/project HTTP/1.1\r\nHost:\r\n\r\n");
        for (String host : List.of(
                "evil.example",
                "localhost.evil.example",
                "a b",
                "localhost, evil.example",
                "localhost/x",
                "localhost?x",
                "localhost#x",
                "x@localhost",
                "localhost:99999",
                "localhost:-1",
                "localhost:x",
                "[::1",
                "127.0.0.1.",
                "%6cocalhost",
                "local\thost",
                "\u00e9")) {
            attacks.add("host " + host, "GET /v1/project HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        }
        for (String header :
                List.of("Authorization: aivenv1 x", "Content-Type: application/json", "Origin: http://localhost")) {
            attacks.add("twice " + header, post(header + "\r\n" + header + "\r\n" + length, BODY));
        }
        attacks.add("a hidden request behind an unknown path", hiddenIn("/nothing"));
        attacks.add("a hidden request behind an unknown service", hiddenIn(TASKS.replace("mysql", "nosuch")));
        attacks.add("a hidden request behind a path that takes no POST", hiddenIn("/health"));
        attacks.add(
                "a hidden request behind another type of body",
                hiddenIn(TASKS).replaceFirst("application/json", "text/plain"));
        return attacks.all;
    }

    private static String hiddenIn(String path) {
        return post("Content-Length: " + HIDDEN.length(), HIDDEN).replaceFirst(TASKS, path);
    }

    private static List<Attack> oversized() {
        Attacks attacks = new Attacks();
        attacks.add("a long path", get("/" + "a".repeat(100_000)));
        attacks.add("a long path of a task", get(TASKS + "/" + "a".repeat(9_000)));
        attacks.add("a long query", get(TASKS + "?after=" + "a".repeat(100_000)));
        attacks.add("a long header", request("GET /v1/project HTTP/1.1", "X: " + "a".repeat(100_000), ""));
        attacks.add("a long name of a header", request("GET /v1/project HTTP/1.1", "a".repeat(100_000) + ": x", ""));
        attacks.add("many headers", request("GET /v1/project HTTP/1.1", "X: y\r\n".repeat(5_000) + "X: z", ""));
        attacks.add("many short headers", request("GET /v1/project HTTP/1.1", "a:\r\n".repeat(20_000) + "b:", ""));
        attacks.add("a long method", request("A".repeat(100_000) + " / HTTP/1.1", "", ""));
        attacks.add("a long version", request("GET / HTTP/1." + "1".repeat(100_000), "", ""));
        attacks.add("blanks for ever", "GET" + " ".repeat(100_000) + "/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
        attacks.add("a long body", post("Content-Length: 100000", "x".repeat(100_000)));
        attacks.add("a long body that never comes", post("Content-Length: 1000000000000", "{"));
        attacks.add("the longest body", post("Content-Length: " + Long.MAX_VALUE, BODY));
        attacks.add("a long chunk", post("Transfer-Encoding: chunked", chunked("x".repeat(100_000))));
        attacks.add("many chunks", post("Transfer-Encoding: chunked", "1\r\nx\r\n".repeat(100_000) + "0\r\n\r\n"));
        attacks.add("a thousand projects", get("/v1/project/" + "a/".repeat(1_000)));
        return attacks.all;
    }

    private static List<Attack> bodies() throws IOException {
        Attacks attacks = new Attacks();
        String start = "{\"task_type\":\"migration_check\",\"migration_check\":{\"source_service_uri\":\"" + MARK;
        attacks.addBody("nothing", "");
        attacks.addBody("a blank", " ");
        attacks.addBody("a list", "[" + BODY + "]");
        attacks.addBody("a text", "\"" + MARK + "\"");
        attacks.addBody("a number", "1");
        attacks.addBody("null", "null");
        attacks.addBody("no JSON", MARK);
        attacks.addBody("a form", "task_type=migration_check&mark=" + MARK);
        attacks.addBody("half of it", BODY.substring(0, BODY.length() - 4));
        attacks.addBody("something behind", BODY + BODY);
        attacks.addBody("a letter behind", BODY + "x");
        attacks.addBody("NUL behind", BODY + "\0");
        attacks.addBody("a comment", "/* x */" + BODY);
        attacks.addBody("a last comma", BODY.substring(0, BODY.length() - 1) + ",}");
        attacks.addBody("single quotes", BODY.replace('"', '\''));
        attacks.addBody("no quotes", "{task_type:1}");
        attacks.addBody("NaN", "{\"task_type\":NaN}");
        attacks.addBody("nested lists", "{\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}");
        attacks.addBody("nested objects", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
        attacks.addBody("nested and not closed", "[".repeat(60_000));
        attacks.addBody(
                "nested where it is read", "{\"migration_check\":" + "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_001));
        attacks.addBody("a long number", "{\"task_type\":" + "9".repeat(60_000) + "}");
        attacks.addBody("a long number that is passed over", "{\"x\":" + "9".repeat(60_000) + "}");
        attacks.addBody("a number of a huge exponent", "{\"task_type\":1e999999999}");
        attacks.addBody("a long name", "{\"" + "a".repeat(60_000) + "\":1}");
        attacks.addBody("a name twice", "{\"task_type\":\"upgrade_check\"," + BODY.substring(1));
        attacks.addBody(
                "a name twice, escaped",
                "{\"task_type\":\"upgrade_check\",\"t\\u0061sk_type\":\"migration_check\","
                        + BODY.substring(BODY.indexOf("\"migration_check\":{")));
        attacks.addBody("half a character", start + "\\ud800\"}}");
        attacks.addBody("the other half", start + "\\udc00\"}}");
        attacks.addBody("halves the wrong way", start + "\\udc00\\ud800\"}}");
        attacks.addBody("an escaped NUL", start.replace(MARK, "mysql://u:" + MARK + "@h\\u0000.example/") + "\"}}");
        attacks.addBody("an escaped line end", start.replace(MARK, "mysql://u:" + MARK + "@h\\r\\nX: y/") + "\"}}");
        attacks.addBody("a control character", start + "\u0001\"}}");
        attacks.addBody("an unknown escape", start + "\\x41\"}}");
        attacks.addBody("a short escape", start + "\\u12\"}}");
        attacks.addBody("a byte order mark", "\ufeff" + BODY);
        attacks.addBody("UTF-16", BODY.getBytes(StandardCharsets.UTF_16));
        attacks.addBody("UTF-16LE without a mark", BODY.getBytes(StandardCharsets.UTF_16LE));
        attacks.addBody("UTF-32", BODY.getBytes(java.nio.charset.Charset.forName("UTF-32")));
        attacks.addBody("Latin-1", BODY.replace("mig", "m\u00ed").getBytes(StandardCharsets.ISO_8859_1));
        attacks.addBody("an overlong slash", bytesIn(start, 0xc0, 0xaf));
        attacks.addBody("a surrogate in UTF-8", bytesIn(start, 0xed, 0xa0, 0x80));
        attacks.addBody("behind the last character", bytesIn(start, 0xf4, 0x90, 0x80, 0x80));
        attacks.addBody("half a character of UTF-8", bytesIn(start, 0xe2, 0x82));
        attacks.addBody("bytes that are no text", bytesIn(start, 0xff, 0xfe));
        attacks.addBody("long URI", start + "x".repeat(600) + "\"}}");
        attacks.addBody(
                "a file of the server", start.replace(MARK, "mysql://u:" + MARK + "@h/?ssl-ca=/etc/passwd") + "\"}}");
        attacks.addBody(
                "a file of the server as a key",
                start.replace(MARK, "mysql://u:" + MARK + "@h/?ssl-key=/etc/passwd&ssl-cert=/etc/passwd") + "\"}}");
        for (String value :
                List.of("null", "true", "1", "[]", "{}", "\"\"", "\" \"", "\"MIGRATION_CHECK\"", "\"" + MARK + "\"")) {
            attacks.addBody("type " + value, BODY.replaceFirst("\"migration_check\"", value));
            attacks.addBody("check " + value, "{\"task_type\":\"migration_check\",\"migration_check\":" + value + "}");
            attacks.addBody(
                    "URI " + value,
                    "{\"task_type\":\"migration_check\",\"migration_check\":{\"source_service_uri\":" + value + "}}");
        }
        for (String encoding : List.of("gzip", "deflate", "br", "x-gzip", "gzip, identity", "identity, gzip", MARK)) {
            attacks.add(
                    "a body in " + encoding,
                    post("Content-Encoding: " + encoding + "\r\nContent-Length: " + BODY.length(), BODY));
        }
        byte[] zipped = gzip(BODY);
        attacks.add(
                "a body that is gzip",
                post(
                        "Content-Encoding: gzip\r\nContent-Length: " + zipped.length,
                        new String(zipped, StandardCharsets.ISO_8859_1)));
        attacks.addBody("a body that is gzip and does not say so", zipped);
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-16",
                "application/json; charset=latin1",
                "application/jsonx",
                "text/json, application/json",
                MARK,
                "")) {
            attacks.add(
                    "a body of type " + type,
                    post("Content-Length: " + BODY.length(), BODY)
                            .replaceFirst("Content-Type: application/json", "Content-Type: " + type));
        }
        attacks.add(
                "a body of no type",
                post("Content-Length: " + BODY.length(), BODY).replaceFirst("Content-Type: application/json\r\n", ""));
        attacks.add("no body", post("X: y", ""));
        return attacks.all;
    }

    private static byte[] bytesIn(String start, int... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(start.getBytes(StandardCharsets.UTF_8));
        for (int value : values) {
            bytes.write(value);
        }
        bytes.writeBytes("\"}}".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<Attack> methodsAndPaths() {
        Attacks attacks = new Attacks();
        for (String method : List.of(
                "TRACE",
                "TRACK",
                "OPTIONS",
                "PUT",
                "PATCH",
                "PROPFIND",
                "get",
                "Get",
                "post",
                "GETX",
                "G",
                "MARK",
                "GE\u00e9T",
                "GET\0",
                "\"GET\"",
                "GET\tX")) {
            attacks.add("method " + method, request(method + " " + TASKS + " HTTP/1.1", "X-Mark: " + MARK, ""));
        }
        attacks.add("CONNECT", request("CONNECT localhost:22 HTTP/1.1", "", ""));
        attacks.add("CONNECT to elsewhere", "CONNECT db1.example:3306 HTTP/1.1\r\nHost: db1.example:3306\r\n\r\n");
        attacks.add("OPTIONS of everything", request("OPTIONS * HTTP/1.1", "", ""));
        attacks.add("GET of everything", request("GET * HTTP/1.1", "", ""));
        attacks.add("HTTP/2 as if it were known", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        attacks.add("HTTP/2.0", "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n");
        attacks.add("HTTP/3", "GET / HTTP/3\r\nHost: localhost\r\n\r\n");
        attacks.add("HTTP/1.2", "GET / HTTP/1.2\r\nHost: localhost\r\n\r\n");
        attacks.add("HTTP/1.", "GET / HTTP/1.\r\nHost: localhost\r\n\r\n");
        attacks.add("HTTP/11", "GET / HTTP/11\r\nHost: localhost\r\n\r\n");
        attacks.add("ICY", "GET / ICY/1.0\r\nHost: localhost\r\n\r\n");
        attacks.add("HTTP/0.9", "GET /v1/project\r\n");
        attacks.add("a tab", "GET\t/v1/project HTTP/1.1\r\nHost: localhost\r\n\r\n");
        attacks.add("a blank at the end of the line", "GET /v1/project HTTP/1.1 \r\nHost: localhost\r\n\r\n");
        attacks.add("a blank in the path", get("/v1/pro ject"));
        for (String path : List.of(
                "/v1/project/../../etc/passwd",
                "/../etc/passwd",
                "/..",
                "/./v1/project",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/v1/%2e%2e/health",
                "/v1/project/%2e%2e/me",
                "/v1/project/local/service/mysql/task/..%2f..%2ftask",
                "/v1/project/..%2f..%2fetc/service",
                "/v1/project/%2fetc/service",
                "/v1%2fproject",
                "/v1/project/local%5c..%5c/service",
                "/v1\\project",
                "/v1/project;jsessionid=1",
                "/v1/project/..;/me",
                "/v1;/project",
                "//v1/project",
                "/v1//project",
                "/v1/project/",
                "/health/",
                "//",
                "///etc/passwd",
                "//evil.example/v1/project",
                "/v1/project%00",
                "/health%00.html",
                "/%00",
                "/v1/project/%c0%ae%c0%ae/service",
                "/v1/project/%e0%80%ae/service",
                "/v1/project/%ff/service",
                "/v1/project/%u002e/service",
                "/v1/project/%/service",
                "/v1/project/%4/service",
                "/v1/project/%zz/service",
                "/v1/project/%252e%252e/service",
                "/v1/project/a%0d%0aX:y/service",
                "/v1/project/a%20b/service",
                "/v1/project/\u00e9/service",
                "/v1/project/" + MARK + "%21/service",
                "/v1/project//service",
                "/v1/project/./service",
                "/V1/project",
                "/v1/PROJECT",
                "/v1/project#x",
                "/v1/project/" + "a".repeat(64) + "/service",
                TASKS + "/00000000-0000-0000-0000-000000000000",
                TASKS + "/0-0-0-0-0",
                TASKS + "/%30",
                TASKS + "/" + MARK,
                TASKS + "?limit=%00",
                TASKS + "?limit=-1",
                TASKS + "?limit=0",
                TASKS + "?limit=101",
                TASKS + "?limit=99999999999",
                TASKS + "?limit=1;drop",
                TASKS + "?after=' or 1=1",
                TASKS + "?after=%ff",
                TASKS + "?after=" + MARK,
                "/.git/config",
                "/.env",
                "/META-INF/MANIFEST.MF",
                "/server/openapi.json",
                "/index.html/..",
                "/web/index.html",
                "/favicon.ico;",
                "v1/project",
                "?",
                "")) {
            attacks.add("path " + path, get(path));
        }
        return attacks.all;
    }

    private static List<Attack> otherProtocols() {
        Attacks attacks = new Attacks();
        attacks.addSilent(
                "TLS",
                "\u0016\u0003\u0001\0\u00a5\u0001\0\0\u00a1\u0003\u0003" + "\u00aa".repeat(32)
                        + "\0\0\u0002\u0013\u0001\u0001\0\0v" + "\0".repeat(118));
        attacks.addSilent("TLS, ended by a line", "\u0016\u0003\u0001\0\u0005\u0001\0\0\u0001\u0003\r\n\r\n");
        attacks.addSilent(
                "the greeting of a MySQL server",
                "J\0\0\0\n8.0.36\0\u0008\0\0\0abcdefgh\0\u00ff\u00f7\u0008\u0002\0\u000f\u0080\u0015" + "\0".repeat(10)
                        + "abcdefghijkl\0mysql_native_password\0");
        attacks.addSilent("SSH", "SSH-2.0-OpenSSH_9.2\r\n");
        attacks.addSilent("SMTP", "EHLO " + MARK + "\r\nMAIL FROM:<x@example.com>\r\n");
        attacks.addSilent("Redis", "*1\r\n$4\r\nINFO\r\n");
        attacks.addSilent("SOCKS", "\u0005\u0001\0");
        attacks.addSilent("the PROXY protocol", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n" + get("/v1/project"));
        attacks.addSilent("NULs", "\0".repeat(1_000));
        attacks.addSilent("line ends", "\r\n".repeat(100_000));
        attacks.addSilent("line feeds", "\n".repeat(100_000));
        attacks.addSilent("bytes of all kinds", allBytes());
        return attacks.all;
    }

    private static String allBytes() {
        StringBuilder text = new StringBuilder();
        for (int i = 255; i >= 0; i--) {
            text.append((char) i);
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smuggling")
    void noRequestIsSmuggled(Attack attack) throws IOException {
        refused(attack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oversized")
    void nothingTooLongIsTaken(Attack attack) throws IOException {
        refused(attack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aBodyThatIsNotAsItShouldBeIsRefused(Attack attack) throws IOException {
        refused(attack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methodsAndPaths")
    void noMethodOrPathLeadsElsewhere(Attack attack) throws IOException {
        refused(attack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherProtocols")
    void whatIsNoHttpIsHungUpOn(Attack attack) throws IOException {
        refused(attack);
    }

    private void refused(Attack attack) throws IOException {
        int before = server.tasks().requests().size();
        List<RawHttp.Answer> answers;
        boolean closed;
        String received;
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.send(attack.text());
            connection.answers(1, SOON);
            connection.endOutput();
            answers = connection.untilClosed(ENOUGH);
            closed = connection.closed();
            received = connection.received();
        }

        assertThat(received).as(attack.name()).doesNotContain(MARK);
        assertThat(server.tasks().requests()).as(attack.name() + ": created").hasSize(before);
        if (!attack.silent() || !answers.isEmpty()) {
            assertThat(answers).as(attack.name() + "\n" + received).hasSize(1);
            RawHttp.Answer answer = answers.get(0);
            assertThat(answer.status())
                    .as(attack.name() + "\n" + received)
                    .matches(status -> status >= 400 && status < 500);
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            api.assertValid(OpenApi.JSON.readTree("{\"$ref\":\"#/components/schemas/Error\"}"), answer.body());
            assertThat(OpenApi.JSON
                            .readTree(answer.body())
                            .at("/errors/0/status")
                            .asInt())
                    .isEqualTo(answer.status());
            if (answer.status() == 405) {
                assertThat(answer.header("allow")).isNotBlank();
            }
            assertThat(answer.header("server")).isNull();
        }
        assertThat(closed).as(attack.name() + ": hung up").isTrue();
    }

    @Test
    void aGoodRequestIsAnsweredEvenBehindOthersOnTheSameConnection() throws IOException {
        try (RawHttp connection = new RawHttp(server.port())) {
            connection.send(get("/v1/project") + get("/v1/me") + get("/v1/nothing") + get("/health"));
            assertThat(connection.answers(4, ENOUGH))
                    .extracting(RawHttp.Answer::status)
                    .containsExactly(200, 200, 404, 200);
        }
    }

    @AfterAll
    void theServerIsAsBefore() throws Exception {
        try (log;
                server) {
            assertThat(server.get("/v1/project").statusCode()).isEqualTo(200);
            assertThat(log.text()).contains("/v1/project").doesNotContain(MARK);
        }
    }
}
