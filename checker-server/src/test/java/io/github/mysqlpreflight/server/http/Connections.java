/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the operating system and the JVM say of a server in this process. */
final class Connections {
    private static final String ESTABLISHED = "01";
    private static final String CLOSE_WAIT = "08";

    private Connections() {}

    /** How many connections of clients the server at that port holds; -1 where the system does not tell. */
    static int open(int port) throws IOException {
        int count = -1;
        for (String name : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
            Path table = Path.of(name);
            if (Files.isReadable(table)) {
                count = Math.max(0, count) + open(table, port);
            }
        }
        return count;
    }

    private static int open(Path table, int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        int count = 0;
        for (String line : Files.readAllLines(table)) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields[1].endsWith(local) && (fields[3].equals(ESTABLISHED) || fields[3].equals(CLOSE_WAIT))) {
                count++;
            }
        }
        return count;
    }

    /** How many are left when clients have had that long to be let go. */
    static int left(int port, long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        int open = open(port);
        while (open > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
            open = open(port);
        }
        return open;
    }

    /** How many threads there are whose name begins so. */
    static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    /** How many of them are left when they have had that long to end. */
    static long threadsLeft(String prefix, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long threads = threads(prefix);
        while (threads > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
            threads = threads(prefix);
        }
        return threads;
    }
}
