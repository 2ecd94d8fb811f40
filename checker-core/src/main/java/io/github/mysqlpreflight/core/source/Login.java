/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to log in: bounds it as a whole, since a time limit on each answer does not stop a peer that trickles, and
 * keeps what the peer said first.
 *
 * <p>Used by the thread that logs in; {@link #ended} may be called by it alone.
 */
final class Login {
    /** Length (three bytes) and number of the first packet; behind them the version of the protocol. */
    private static final int HEADER = 4;
    /** The protocol that every server since 3.21 greets with. */
    private static final byte PROTOCOL_TEN = 10;
    /** An error in place of a greeting, such as too many connections. */
    private static final byte ERROR_PACKET = (byte) 0xff;

    private final long deadline;
    private final Route route;
    private final byte[] greeting = new byte[64];
    private int greetingLength;
    private volatile boolean ended;

    /**
     * @param deadline as {@link System#nanoTime()} counts
     * @param route where its sockets may go
     */
    Login(long deadline, Route route) {
        this.deadline = deadline;
        this.route = route;
    }

    /** The login is over; from now on only the limits of statements hold. */
    void ended() {
        ended = true;
    }

    /** How many bytes the peer sent, as far as they are kept. */
    int greetingLength() {
        return greetingLength;
    }

    /** Whether what the peer said first cannot be the beginning of MySQL's protocol. */
    boolean isNotMySql() {
        // A greeting is shorter than 64 kB, and it is packet number 0.
        boolean header = greetingLength < HEADER || (greeting[2] == 0 && greeting[3] == 0);
        boolean version = greetingLength <= HEADER || greeting[4] == PROTOCOL_TEN || greeting[4] == ERROR_PACKET;
        return !header || !version;
    }

    /** The first bytes in quotes, those that cannot be printed as dots. */
    String greetingText() {
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < Math.min(greetingLength, 24); i++) {
            text.append(greeting[i] >= 0x20 && greeting[i] < 0x7f ? (char) greeting[i] : '.');
        }
        return text.append('\'').toString();
    }

    /** A socket whose reads are watched. */
    Socket newSocket() {
        return new WatchedSocket(this);
    }

    private void arrived(byte[] bytes, int offset, int length, InputStream rest) throws IOException {
        if (ended) {
            return;
        }
        int kept = Math.min(length, greeting.length - greetingLength);
        if (kept > 0) {
            System.arraycopy(bytes, offset, greeting, greetingLength, kept);
            greetingLength += kept;
            if (isNotMySql()) {
                int more = Math.min(rest.available(), greeting.length - greetingLength);
                greetingLength += Math.max(0, rest.read(greeting, greetingLength, more));
                throw new IOException("the peer does not speak MySQL's protocol");
            }
        }
        if (System.nanoTime() - deadline >= 0) {
            throw new SocketTimeoutException("login timed out");
        }
    }

    /** A socket that shows the login what arrives. */
    private static final class WatchedSocket extends Socket {
        private final Login login;

        WatchedSocket(Login login) {
            this.login = login;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            login.route.check(endpoint);
            super.connect(endpoint, timeout);
            login.route.reached(endpoint);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream in = super.getInputStream();
            return login.ended ? in : new WatchedStream(in, login);
        }

        /** No read waits longer than the login may still take. */
        @Override
        public synchronized void setSoTimeout(int timeout) throws java.net.SocketException {
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(login.deadline - System.nanoTime()));
            super.setSoTimeout(login.ended || (timeout > 0 && timeout < left) ? timeout : (int) left);
        }
    }

    /** Passes on what it reads. */
    private static final class WatchedStream extends InputStream {
        private final InputStream in;
        private final Login login;

        WatchedStream(InputStream in, Login login) {
            this.in = in;
            this.login = login;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                login.arrived(bytes, offset, read, in);
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
