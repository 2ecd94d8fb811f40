/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A connection on which anything can be sent, be it HTTP or not. */
final class RawHttp implements AutoCloseable {
    private final Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean closed;
    private boolean ended;

    RawHttp(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
        socket.setTcpNoDelay(true);
    }

    /** Latin-1, so that every byte can be written as a character. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends; what the other side no longer takes is lost, as it would be for a client. */
    RawHttp send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            closed = true;
        }
        return this;
    }

    RawHttp send(String text) throws IOException {
        return send(bytes(text));
    }

    RawHttp endOutput() throws IOException {
        try {
            socket.shutdownOutput();
        } catch (SocketException e) {
            closed = true;
        }
        return this;
    }

    /** Reads until there are that many whole answers, the other side closes, or the time is over. */
    List<Answer> answers(int atLeast, long millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000;
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        List<Answer> answers = parse();
        while (answers.size() < atLeast && !ended) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            socket.setSoTimeout((int) Math.max(1, left));
            try {
                int count = in.read(buffer);
                if (count < 0) {
                    ended = true;
                    closed = true;
                } else {
                    received.write(buffer, 0, count);
                    answers = parse();
                }
            } catch (SocketTimeoutException e) {
                break;
            } catch (SocketException e) {
                ended = true;
                closed = true;
            }
        }
        return ended ? parse() : answers;
    }

    /** The next answer, or null where the connection was closed or stays silent. */
    Answer answer(long millis) throws IOException {
        List<Answer> answers = answers(1, millis);
        return answers.isEmpty() ? null : answers.get(0);
    }

    /** Everything until the other side closes. */
    List<Answer> untilClosed(long millis) throws IOException {
        return answers(Integer.MAX_VALUE, millis);
    }

    /** Whether the other side has closed the connection, as far as has been read. */
    boolean closed() {
        return closed;
    }

    /** What came, as it came. */
    String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    private List<Answer> parse() {
        byte[] bytes = received.toByteArray();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        while (text.startsWith("HTTP/1.", at)) {
            int headEnd = text.indexOf("\r\n\r\n", at);
            if (headEnd < 0) {
                break;
            }
            String[] lines = text.substring(at, headEnd).split("\r\n", -1);
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
            int status = Integer.parseInt(lines[0].substring(9, 12));
            int body = headEnd + 4;
            int end;
            String content;
            if (status < 200 || status == 204 || status == 304) {
                end = body;
                content = "";
            } else if (headers.containsKey("content-length")) {
                end = body + Integer.parseInt(headers.get("content-length"));
                content = end <= bytes.length ? utf8(bytes, body, end) : "";
            } else if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                end = chunks(text, bytes, body, whole);
                content = whole.toString(StandardCharsets.UTF_8);
            } else {
                end = ended ? bytes.length : Integer.MAX_VALUE;
                content = ended ? utf8(bytes, body, end) : "";
            }
            if (end > bytes.length) {
                break;
            }
            if (status >= 200) {
                answers.add(new Answer(status, headers, content));
            }
            at = end;
        }
        return answers;
    }

    private static int chunks(String text, byte[] bytes, int start, ByteArrayOutputStream whole) {
        int at = start;
        while (true) {
            int lineEnd = text.indexOf("\r\n", at);
            if (lineEnd < 0) {
                return Integer.MAX_VALUE;
            }
            int size = Integer.parseInt(text.substring(at, lineEnd).strip(), 16);
            at = lineEnd + 2;
            if (at + size + 2 > bytes.length) {
                return Integer.MAX_VALUE;
            }
            whole.write(bytes, at, size);
            at += size + 2;
            if (size == 0) {
                return at;
            }
        }
    }

    private static String utf8(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** One request on a connection of its own; null where no answer came. */
    static Answer exchange(int port, String request) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            return connection.send(request).answer(5_000);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * An answer.
     *
     * @param headers by their names in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.get(name);
        }
    }
}
