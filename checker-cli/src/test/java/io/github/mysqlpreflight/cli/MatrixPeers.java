/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports at which nothing listens, or something that is not a MySQL server that lets anybody in. */
final class MatrixPeers implements AutoCloseable {
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Fills in {@code {closed}}, {@code {silent}}, {@code {http}}, {@code {blocked}} and {@code {foreign}}. */
    String fill(String text) {
        return switch (placeholder(text)) {
            case "{closed}" -> text.replace("{closed}", Integer.toString(closed()));
            case "{silent}" -> text.replace("{silent}", Integer.toString(saying(new byte[0])));
            case "{http}" ->
                text.replace(
                        "{http}",
                        Integer.toString(saying("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII))));
            case "{blocked}" ->
                text.replace(
                        "{blocked}",
                        Integer.toString(
                                saying(error(1129, "Host '10.0.0.7' is blocked because of many connection errors"))));
            case "{foreign}" ->
                text.replace(
                        "{foreign}",
                        Integer.toString(
                                saying(error(1130, "Host '10.0.0.7' is not allowed to connect to this MySQL server"))));
            default -> text;
        };
    }

    private static String placeholder(String text) {
        int start = text.indexOf('{');
        int end = text.indexOf('}');
        return start >= 0 && end > start ? text.substring(start, end + 1) : "";
    }

    private static int closed() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] error(int code, String message) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        byte[] text = message.getBytes(StandardCharsets.US_ASCII);
        packet.writeBytes(new byte[] {(byte) (text.length + 3), 0, 0, 0, (byte) 0xff, (byte) code, (byte) (code >> 8)});
        packet.writeBytes(text);
        return packet.toByteArray();
    }

    private int saying(byte[] greeting) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listeners.add(listener);
            Thread thread = new Thread(() -> greet(listener, greeting), "matrix peer");
            thread.setDaemon(true);
            thread.start();
            return listener.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void greet(ServerSocket listener, byte[] greeting) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                socket.getOutputStream().write(greeting);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // The test is over, or the client has gone; the loop's condition tells which.
                sockets.removeIf(Socket::isClosed);
            }
        }
    }

    @Override
    public void close() {
        try {
            for (ServerSocket listener : listeners) {
                listener.close();
            }
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
