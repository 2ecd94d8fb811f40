/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.core.source.UnusableSourceException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** One entry of an allow-list of sources, as it is written. */
public sealed interface SourceRule {
    /** The ports it holds for. */
    Ports ports();

    /** {@code *}: any source but this machine itself. */
    record Anything(Ports ports) implements SourceRule {}

    /** {@code self}: this machine itself, by its loopback and its other addresses. */
    record Self(Ports ports) implements SourceRule {}

    /**
     * A host by its name.
     *
     * @param name in lower case, in its ASCII form, without a dot at the end
     */
    record Name(String name, Ports ports) implements SourceRule {
        public Name {
            requireNonNull(name, "name is null");
        }
    }

    /**
     * All hosts below a name.
     *
     * @param name that name, as in {@link Name}
     */
    record Below(String name, Ports ports) implements SourceRule {
        public Below {
            requireNonNull(name, "name is null");
        }
    }

    /**
     * The hosts of a network, or one host by its address.
     *
     * @param address its first address
     * @param bits how many bits of it count
     */
    record Network(InetAddress address, int bits, Ports ports) implements SourceRule {
        public Network {
            requireNonNull(address, "address is null");
        }

        /** Whether it is a single address. */
        public boolean isSingle() {
            return bits == address.getAddress().length * 8;
        }

        /** Whether the address is in it. */
        public boolean holds(InetAddress candidate) {
            byte[] own = address.getAddress();
            byte[] other = candidate.getAddress();
            if (own.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
                if (((own[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Ports from the first to the last.
     *
     * @param first from 1
     * @param last to 65535
     */
    record Ports(int first, int last) {
        /** Every port there is. */
        public static final Ports ANY = new Ports(1, 65_535);

        public Ports {
            if (first < 1 || last > 65_535 || first > last) {
                throw new IllegalArgumentException("ports are numbers from 1 to 65535, a range goes upwards");
            }
        }

        /** Whether the port is one of them. */
        public boolean hold(int port) {
            return port >= first && port <= last;
        }
    }

    /**
     * Reads {@code host}, {@code *.below.it}, {@code 10.1.2.3}, {@code 10.0.0.0/8}, {@code fd00::/8}, {@code [fd00::1]}, {@code [fd00::]/8},
     * {@code *} or {@code self}, each (an IPv6 address in brackets) with {@code :port} or {@code :first-last} behind it.
     *
     * @throws IllegalArgumentException where it is none of that, with words for a person
     */
    static SourceRule parse(String text) {
        String rule = text.strip();
        if (rule.startsWith("[")) {
            int close = rule.indexOf(']');
            if (close < 0) {
                throw new IllegalArgumentException("the bracket is not closed");
            }
            String rest = rule.substring(close + 1);
            int colon = rest.indexOf(':');
            String length = colon < 0 ? rest : rest.substring(0, colon);
            return network(rule.substring(1, close), length, ports(rest, colon));
        }
        if (rule.indexOf(':') != rule.lastIndexOf(':')) {
            int slash = rule.indexOf('/');
            return slash < 0
                    ? network(rule, "", Ports.ANY)
                    : network(rule.substring(0, slash), rule.substring(slash), Ports.ANY);
        }
        int colon = rule.indexOf(':');
        Ports ports = ports(rule, colon);
        String host = colon < 0 ? rule : rule.substring(0, colon);
        if (host.equals("*")) {
            return new Anything(ports);
        }
        if (host.toLowerCase(Locale.ROOT).equals("self")) {
            return new Self(ports);
        }
        if (host.startsWith("*.")) {
            return new Below(name(host.substring(2)), ports);
        }
        int slash = host.indexOf('/');
        if (slash >= 0) {
            return network(host.substring(0, slash), host.substring(slash), ports);
        }
        return isAddress(host) ? network(host, "", ports) : new Name(name(host), ports);
    }

    private static Ports ports(String text, int colon) {
        if (colon < 0) {
            return Ports.ANY;
        }
        String range = text.substring(colon + 1);
        int dash = range.indexOf('-');
        return dash < 0
                ? new Ports(number(range), number(range))
                : new Ports(number(range.substring(0, dash)), number(range.substring(dash + 1)));
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 5) {
            throw new IllegalArgumentException("ports are numbers from 1 to 65535");
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new IllegalArgumentException("ports are numbers from 1 to 65535");
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    private static SourceRule network(String host, String length, Ports ports) {
        InetAddress address = address(host);
        int most = address.getAddress().length * 8;
        int bits = most;
        if (!length.isEmpty()) {
            if (!length.startsWith("/")) {
                throw new IllegalArgumentException("what follows the bracket is neither /length nor :port");
            }
            bits = length.length() > 4 ? -1 : length(length.substring(1));
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("the length of a network is a number from 0 to " + most);
            }
        }
        Network network = new Network(address, bits, ports);
        byte[] beyond = address.getAddress();
        for (int bit = bits; bit < most; bit++) {
            if ((beyond[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                throw new IllegalArgumentException("the address has bits behind the network's length");
            }
        }
        return network;
    }

    private static int length(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
        }
        return digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }

    private static boolean isAddress(String host) {
        for (int i = 0; i < host.length(); i++) {
            char character = host.charAt(i);
            if (character != '.' && (character < '0' || character > '9')) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    /** The address that a literal means; no name server is asked. */
    private static InetAddress address(String literal) {
        String host = name(literal);
        if (host.indexOf('%') >= 0 || (host.indexOf(':') < 0 && !isAddress(host))) {
            throw new IllegalArgumentException("a network is an address with a length, such as 10.0.0.0/8");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("a network is an address with a length, such as 10.0.0.0/8", e);
        }
    }

    /** The host in the form that a source's has too. */
    private static String name(String host) {
        String normal;
        try {
            normal = SourceUri.builder().host(host).user("anybody").build().host();
        } catch (UnusableSourceException e) {
            throw new IllegalArgumentException(
                    "it is neither a host name, nor an address, nor a network such as 10.0.0.0/8", e);
        }
        return normal.endsWith(".") ? normal.substring(0, normal.length() - 1) : normal;
    }
}
