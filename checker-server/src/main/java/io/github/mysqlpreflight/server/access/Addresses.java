/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.access;

import io.github.mysqlpreflight.server.config.SourceRule;
import io.github.mysqlpreflight.server.config.SourceRule.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an address is, in whatever form it hides: never to be reached, or this machine itself. */
final class Addresses {
    /**
     * Never connected to, whatever the rules say: no MySQL of a customer lives there, and much that answers to nobody but this
     * machine does.
     */
    private static final List<Network> FORBIDDEN = networks(
            "0.0.0.0/8", // this network, and any address of this machine
            "169.254.0.0/16", // link-local, and the metadata of most clouds
            "100.100.100.200", // metadata of Alibaba Cloud
            "168.63.129.16", // wire server of Azure
            "192.0.0.192", // metadata of Oracle Cloud Classic
            "224.0.0.0/4", // multicast
            "255.255.255.255", // broadcast
            "::", // unspecified
            "fe80::/10", // link-local
            "ff00::/8", // multicast
            "fd00:ec2::/32", // metadata and other services of AWS
            "fd20:ce::254", // metadata of Google Cloud
            "fd00:42::42"); // metadata of Scaleway

    private static final List<Network> LOOPBACK = networks("127.0.0.0/8", "::1");

    private Addresses() {}

    /** Whether nothing may ever be connected to there. */
    static boolean isForbidden(InetAddress address) {
        for (InetAddress form : forms(address)) {
            if (isIn(FORBIDDEN, form) || form.isLinkLocalAddress() || form.isMulticastAddress()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a loopback address. */
    static boolean isLoopback(InetAddress address) {
        for (InetAddress form : forms(address)) {
            if (isIn(LOOPBACK, form)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is this machine: a loopback address or one of its interfaces'. */
    static boolean isSelf(InetAddress address) {
        if (isLoopback(address)) {
            return true;
        }
        for (InetAddress form : forms(address)) {
            try {
                if (NetworkInterface.getByInetAddress(form) != null) {
                    return true;
                }
            } catch (SocketException e) {
                // The machine does not say which its own are: then it may be one.
                return true;
            }
        }
        return false;
    }

    /** Whether the network holds loopback addresses only. */
    static boolean isWithinLoopback(Network network) {
        for (Network loopback : LOOPBACK) {
            if (loopback.holds(network.address()) && network.bits() >= loopback.bits()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(List<Network> networks, InetAddress address) {
        for (Network network : networks) {
            if (network.holds(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address itself, and the IPv4 addresses that an IPv6 address stands for: mapped (RFC 4291), compatible (RFC 4291), translated (RFC 2765),
     * NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380) and ISATAP (RFC 5214).
     */
    static List<InetAddress> forms(InetAddress address) {
        if (address instanceof Inet4Address) {
            return List.of(address);
        }
        byte[] bytes = address.getAddress();
        List<InetAddress> forms = new ArrayList<>();
        forms.add(address);
        boolean zeros = isZero(bytes, 0, 8);
        boolean low = zeros && isZero(bytes, 8, 12) && !isZero(bytes, 12, 15);
        boolean mapped = zeros && isZero(bytes, 8, 10) && bytes[10] == -1 && bytes[11] == -1;
        boolean translated = zeros && bytes[8] == -1 && bytes[9] == -1 && isZero(bytes, 10, 12);
        boolean nat64 = starts(bytes, 0x00, 0x64, 0xff, 0x9b);
        boolean isatap = (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
        if (low || mapped || translated || nat64 || isatap) {
            forms.add(v4(bytes[12], bytes[13], bytes[14], bytes[15]));
        }
        if (nat64 && !isZero(bytes, 4, 12)) {
            // A network's own prefix, after which the address may begin in three places; byte 8 is always left out.
            addUnlessZero(forms, bytes[6], bytes[7], bytes[9], bytes[10]);
            addUnlessZero(forms, bytes[7], bytes[9], bytes[10], bytes[11]);
            addUnlessZero(forms, bytes[9], bytes[10], bytes[11], bytes[12]);
        }
        if (starts(bytes, 0x20, 0x02)) {
            forms.add(v4(bytes[2], bytes[3], bytes[4], bytes[5]));
        }
        if (starts(bytes, 0x20, 0x01, 0x00, 0x00)) {
            forms.add(v4(bytes[4], bytes[5], bytes[6], bytes[7]));
            forms.add(v4((byte) ~bytes[12], (byte) ~bytes[13], (byte) ~bytes[14], (byte) ~bytes[15]));
        }
        return forms;
    }

    private static void addUnlessZero(List<InetAddress> forms, byte first, byte second, byte third, byte fourth) {
        if (first != 0) {
            forms.add(v4(first, second, third, fourth));
        }
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, to, new byte[to - from], 0, to - from);
    }

    private static boolean starts(byte[] bytes, int... first) {
        for (int i = 0; i < first.length; i++) {
            if ((bytes[i] & 0xff) != first[i]) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress v4(byte first, byte second, byte third, byte fourth) {
        try {
            return InetAddress.getByAddress(new byte[] {first, second, third, fourth});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<Network> networks(String... texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            if (SourceRule.parse(text) instanceof Network network) {
                networks.add(network);
            } else {
                throw new IllegalStateException(text + " is no network");
            }
        }
        return List.copyOf(networks);
    }
}
