/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to log in: bounds it as a whole, since a time limit on each answer does not stop a peer that trickles, and
 * keeps what the peer said first and which limits hold, for the words of a failure.
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

    private final Duration answer;
    private final Duration whole;
    private final long deadline;
    private final Route route;
    private final int attempt;
    private final byte[] greeting = new byte[64];
    private int greetingLength;
    /** When something was sent that has not been answered, as {@link System#nanoTime()} counts; 0 if there is nothing. */
    private long sentAt;

    private long roundTripNanos = Long.MAX_VALUE;
    private volatile boolean connected;
    private volatile boolean ended;

    /**
     * @param answer most time for the network connection and for each answer
     * @param whole most time for this login, with the attempts before it
     * @param deadline when that time is over, as {@link System#nanoTime()} counts
     * @param route where its sockets may go
     */
    Login(Duration answer, Duration whole, long deadline, Route route) {
        this(answer, whole, deadline, route, 1);
    }

    private Login(Duration answer, Duration whole, long deadline, Route route, int attempt) {
        this.answer = answer;
        this.whole = whole;
        this.deadline = deadline;
        this.route = route;
        this.attempt = attempt;
    }

    /** Another login with different properties, which counts as the same attempt. */
    Login withOtherProperties() {
        return new Login(answer, whole, deadline, route, attempt);
    }

    /** Another attempt, within the same time as a whole. */
    Login anotherAttempt() {
        return new Login(answer, whole, deadline, route, attempt + 1);
    }

    /** Whether at least half the time of an answer is left. */
    boolean hasTimeForAnotherAttempt() {
        return deadline - System.nanoTime() >= answer.toNanos() / 2;
    }

    /** Whether the time for the login as a whole is over. */
    boolean isOverdue() {
        return System.nanoTime() - deadline >= 0;
    }

    /** Most time for each answer. */
    Duration answerLimit() {
        return answer;
    }

    /** Most time for the login as a whole. */
    Duration wholeLimit() {
        return whole;
    }

    /** Which attempt it is, from 1. */
    int attempt() {
        return attempt;
    }

    /** Whether there was a network connection. */
    boolean connected() {
        return connected;
    }

    /** The login is over; from now on only the limits of statements hold. */
    void ended() {
        ended = true;
    }

    /** Whether the login is over, so that only the session had still to be prepared. */
    boolean hasEnded() {
        return ended;
    }

    /** The shortest time that an answer took; {@link Long#MAX_VALUE} if there was none. */
    long roundTripNanos() {
        return roundTripNanos;
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

    /** That many milliseconds, or as many as are left; rounded up, so that a wait that long ends when the time is over. */
    private int within(int millis) {
        long left = Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) + 1;
        return millis > 0 && millis < left ? millis : (int) Math.min(Integer.MAX_VALUE, left);
    }

    private void sent() {
        if (!ended && sentAt == 0) {
            sentAt = System.nanoTime();
        }
    }

    private void arrived(byte[] bytes, int offset, int length, InputStream rest) throws IOException {
        if (ended) {
            return;
        }
        if (sentAt != 0) {
            roundTripNanos = Math.min(roundTripNanos, System.nanoTime() - sentAt);
            sentAt = 0;
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
        if (isOverdue()) {
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
            super.connect(endpoint, login.within(timeout));
            login.route.reached(endpoint);
            login.connected = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream in = super.getInputStream();
            return login.ended ? in : new WatchedStream(in, this);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return login.ended ? out : new WatchedOutput(out, login);
        }

        /** No read waits longer than the login may still take. */
        @Override
        public synchronized void setSoTimeout(int timeout) throws java.net.SocketException {
            super.setSoTimeout(login.ended ? timeout : login.within(timeout));
        }
    }

    /** Passes on what is written. */
    private static final class WatchedOutput extends FilterOutputStream {
        private final Login login;

        WatchedOutput(OutputStream out, Login login) {
            super(out);
            this.login = login;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            login.sent();
        }
    }

    /** Passes on what it reads. */
    private static final class WatchedStream extends InputStream {
        private final InputStream in;
        private final WatchedSocket socket;
        private final Login login;

        WatchedStream(InputStream in, WatchedSocket socket) {
            this.in = in;
            this.socket = socket;
            this.login = socket.login;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (!login.ended) {
                // Shortened to what is left of the login.
                socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, login.answer.toMillis()));
            }
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
