/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the checker and a server: counts the client's turns a connection, and can stop passing answers on. */
final class Proxy implements AutoCloseable {
    private final Peer peer;
    private final List<AtomicInteger> turns = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile int stallAfterBytes = Integer.MAX_VALUE;
    private volatile String stallAt = "";

    Proxy(TestServer server) {
        this(server.host(), server.port());
    }

    Proxy(String host, int port) {
        peer = new Peer(client -> forward(client, host, port));
    }

    /** Each connection's answers end after so many bytes, without a word. */
    Proxy stallingAfter(int bytes) {
        stallAfterBytes = bytes;
        return this;
    }

    /** A statement with those words is not passed on. */
    Proxy stallingAt(String words) {
        stallAt = words;
        return this;
    }

    private void forward(Socket client, String host, int port) throws IOException {
        AtomicInteger count = new AtomicInteger();
        turns.add(count);
        try (Socket upstream = new Socket(host, port)) {
            open.add(client);
            mostOpen.accumulateAndGet(open.size(), Math::max);
            boolean[] answered = {true};
            Peer.daemon(() -> answers(upstream, client, answered), "proxy-answers");
            byte[] buffer = new byte[65_536];
            InputStream in = client.getInputStream();
            OutputStream out = upstream.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                synchronized (answered) {
                    if (answered[0]) {
                        count.incrementAndGet();
                    }
                    answered[0] = false;
                }
                if (!stallAt.isEmpty()
                        && new String(buffer, 0, read, java.nio.charset.StandardCharsets.ISO_8859_1)
                                .contains(stallAt)) {
                    continue;
                }
                out.write(buffer, 0, read);
            }
        } finally {
            open.remove(client);
        }
    }

    private void answers(Socket upstream, Socket client, boolean[] answered) {
        byte[] buffer = new byte[65_536];
        long passed = 0;
        try {
            InputStream in = upstream.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                synchronized (answered) {
                    answered[0] = true;
                }
                passed += read;
                if (passed > stallAfterBytes) {
                    Thread.sleep(60_000);
                }
                client.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has gone; so does the other.
            open.remove(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String uri(String user, String password, String mode) {
        return "mysql://" + user + ":" + password + "@127.0.0.1:" + peer.port() + "/?ssl-mode=" + mode;
    }

    /** How often the client spoke and waited, on each connection in order. */
    List<Integer> turns() {
        return turns.stream().map(AtomicInteger::get).toList();
    }

    int nowOpen() {
        return open.size();
    }

    int mostOpen() {
        return mostOpen.get();
    }

    @Override
    public void close() {
        peer.close();
    }
}
