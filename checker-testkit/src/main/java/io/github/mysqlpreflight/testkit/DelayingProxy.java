/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A proxy that makes a server on this machine as far away as one in another region: everything arrives half a round-trip time after
 * it was sent, in both directions, and a new connection takes as long as the handshake of TCP would.
 *
 * <p>The bandwidth is not limited. As a program, for the benchmark: {@code DelayingProxy PORT MILLISECONDS} prints the port that it
 * listens on, and ends with its standard input.
 */
public final class DelayingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final long halfNanos;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Starts listening on a free port of the loopback interface.
     *
     * @param serverPort port of the server on this machine
     * @param roundTrip the round-trip time between client and server
     */
    public DelayingProxy(int serverPort, Duration roundTrip) {
        this.serverPort = serverPort;
        this.halfNanos = roundTrip.toNanos() / 2;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** The port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException, InterruptedException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            daemon(() -> connect(client));
        }
    }

    /** The server learns of the connection with the last packet of the handshake, one and a half round trips after the first. */
    private void connect(Socket client) throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(3 * halfNanos);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.add(server);
        daemon(() -> forward(client, server));
        forward(server, client);
    }

    /** Reads at once and writes each piece when it is due; the end of the stream travels like any other piece. */
    private void forward(Socket from, Socket to) throws IOException, InterruptedException {
        BlockingQueue<Piece> travelling = new LinkedBlockingQueue<>();
        daemon(() -> deliver(travelling, to));
        from.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[65_536];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                travelling.add(new Piece(System.nanoTime() + halfNanos, ByteBuffer.wrap(Arrays.copyOf(buffer, read))));
            }
        } finally {
            travelling.add(new Piece(System.nanoTime() + halfNanos, ByteBuffer.allocate(0)));
        }
    }

    private record Piece(long due, ByteBuffer bytes) {}

    private void deliver(BlockingQueue<Piece> travelling, Socket to) throws IOException, InterruptedException {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Piece piece = travelling.take(); piece.bytes().hasRemaining(); piece = travelling.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
                out.write(piece.bytes().array());
            }
        } finally {
            sockets.remove(to);
        }
    }

    /** Part of the work of a connection. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the three has closed the connection, which ends it for the others too.
                        return;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "delaying-proxy");
        thread.setDaemon(true);
        thread.start();
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

    /** Listens until the end of standard input. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Duration roundTrip = Duration.ofMillis(Long.parseLong(arguments[1]));
        try (DelayingProxy proxy = new DelayingProxy(Integer.parseInt(arguments[0]), roundTrip)) {
            out.println(proxy.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
