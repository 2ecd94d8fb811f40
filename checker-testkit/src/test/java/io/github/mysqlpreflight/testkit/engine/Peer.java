/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Something that listens and is not quite a MySQL server. */
final class Peer implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** What is done with a connection; it is closed afterwards. */
    interface Behaviour {
        void meet(Socket socket) throws IOException, InterruptedException;
    }

    Peer(Behaviour behaviour) {
        this(behaviour, "127.0.0.1");
    }

    Peer(Behaviour behaviour, String address) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon(() -> {
                    try (socket) {
                        behaviour.meet(socket);
                    }
                });
            }
        });
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void daemon(Work work) {
        daemon(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The other side, or the end of the test, has closed it.
                        return;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "peer");
    }

    static Peer saying(String text) {
        return new Peer(socket -> {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            Thread.sleep(60_000);
        });
    }

    /** A server that greets with an error. */
    static Peer refusing(int code, String message) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        packet.writeBytes(new byte[] {(byte) (text.length + 3), 0, 0, 0, (byte) 0xff, (byte) code, (byte) (code >> 8)});
        packet.writeBytes(text);
        return new Peer(socket -> {
            socket.getOutputStream().write(packet.toByteArray());
            socket.getOutputStream().flush();
            Thread.sleep(200);
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    String uri() {
        return "mysql://mig:secret-4711@127.0.0.1:" + port() + "/";
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
