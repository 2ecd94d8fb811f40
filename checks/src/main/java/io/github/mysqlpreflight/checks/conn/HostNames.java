/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a host's name or address tells of from where it can be reached, without asking anybody. */
final class HostNames {
    private static final Set<String> LOOPBACK_NAMES =
            Set.of("localhost", "localhost.localdomain", "localhost4", "localhost6", "ip6-localhost", "ip6-loopback");

    /** Endings of names that only the resolvers of one's own network know. */
    private static final List<String> PRIVATE_ENDINGS =
            List.of(".local", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".corp", ".private");

    private HostNames() {}

    /** Whether the name means the machine that asks. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return LOOPBACK_NAMES.contains(name)
                || name.endsWith(".localhost")
                || name.equals("::1")
                || (isIpv4(name) && (name.startsWith("127.") || name.equals("0.0.0.0")));
    }

    /** Whether the name or address is one that only its own network knows; names of one word are. */
    static boolean isPrivate(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (isIpv4(name)) {
            int first = part(name, 0);
            int second = part(name, 1);
            return first == 10
                    || (first == 172 && second >= 16 && second <= 31)
                    || (first == 192 && second == 168)
                    || (first == 169 && second == 254)
                    || (first == 100 && second >= 64 && second <= 127);
        }
        if (name.indexOf(':') >= 0) {
            return name.startsWith("fc") || name.startsWith("fd") || name.startsWith("fe8");
        }
        if (name.indexOf('.') < 0) {
            return true;
        }
        for (String ending : PRIVATE_ENDINGS) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is an address that can be reached from everywhere, as far as firewalls let it. */
    static boolean isPublicAddress(String host) {
        boolean address = isIpv4(host) || host.indexOf(':') >= 0;
        return address && !isLoopback(host) && !isPrivate(host);
    }

    private static boolean isIpv4(String host) {
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char character = host.charAt(i);
            if (character == '.') {
                dots++;
            } else if (character < '0' || character > '9') {
                return false;
            }
        }
        return dots == 3;
    }

    private static int part(String address, int index) {
        int start = 0;
        for (int i = 0; i < index; i++) {
            start = address.indexOf('.', start) + 1;
        }
        long number = ServerVariables.parse(address.substring(start, address.indexOf('.', start)), -1);
        return number > 255 ? -1 : (int) number;
    }
}
