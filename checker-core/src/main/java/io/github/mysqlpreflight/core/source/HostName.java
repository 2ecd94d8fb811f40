/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.net.IDN;

/** What may stand for a host: a name, an IPv4 address, an IPv6 address (with a zone). */
final class HostName {
    private static final String ADVICE =
            "A host is a name (letters, digits, - _ .), an IPv4 address, or an IPv6 address, in a URI in brackets: [2001:db8::1].";

    private HostName() {}

    /**
     * The host in lower case, without brackets, a name with other than ASCII letters in its ASCII form.
     *
     * @param host the host as given; not empty
     * @param failure how the message of a failure starts
     */
    static String normalise(String host, String failure) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return ipv6(host.substring(1, host.length() - 1), failure);
        }
        if (host.indexOf(',') >= 0) {
            throw new UnusableSourceException(
                    Code.HOST,
                    failure + "several hosts are given",
                    "Name one server. Each source is checked by a run of its own.");
        }
        if (host.indexOf(':') >= 0) {
            return ipv6(host, failure);
        }
        String name = Text.lowerCase(Text.isAscii(host) ? host : ascii(host, failure));
        String labels = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (labels.length() > 253 || labels.startsWith("-")) {
            throw invalid(failure);
        }
        boolean numeric = true;
        int start = 0;
        while (start <= labels.length()) {
            int end = Text.indexOfAny(labels, ".", start);
            if (end == start || end - start > 63) {
                throw invalid(failure);
            }
            for (int i = start; i < end; i++) {
                char c = labels.charAt(i);
                if (!Text.isLetter(c) && !Text.isDigit(c) && c != '-' && c != '_') {
                    throw invalid(failure);
                }
                numeric &= Text.isDigit(c);
            }
            start = end + 1;
        }
        if (numeric && !isIpv4(name)) {
            throw new UnusableSourceException(
                    Code.HOST,
                    failure + "the host is neither a name nor an IPv4 address",
                    "An IPv4 address is four numbers from 0 to 255.");
        }
        return name;
    }

    private static String ascii(String host, String failure) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException notAName) {
            throw invalid(failure);
        }
    }

    private static String ipv6(String text, String failure) {
        int percent = text.indexOf('%');
        String address = Text.lowerCase(percent < 0 ? text : text.substring(0, percent));
        String zone = percent < 0 ? "" : text.substring(percent + 1);
        if (zone.startsWith("25") && zone.length() > 2) {
            zone = zone.substring(2);
        }
        if (!isIpv6(address) || (percent >= 0 && zone.isEmpty())) {
            throw new UnusableSourceException(Code.HOST, failure + "the host is not an IPv6 address", ADVICE);
        }
        for (int i = 0; i < zone.length(); i++) {
            char c = zone.charAt(i);
            if (!Text.isLetter(c) && !Text.isDigit(c) && "-_.~".indexOf(c) < 0) {
                throw new UnusableSourceException(
                        Code.HOST, failure + "the zone of the IPv6 address is not valid", ADVICE);
            }
        }
        return percent < 0 ? address : address + "%" + zone;
    }

    private static UnusableSourceException invalid(String failure) {
        return new UnusableSourceException(Code.HOST, failure + "the host is not a host name", ADVICE);
    }

    private static boolean isIpv4(String text) {
        int parts = 0;
        int start = 0;
        while (start <= text.length()) {
            int end = Text.indexOfAny(text, ".", start);
            int number = 0;
            if (end == start || end - start > 3) {
                return false;
            }
            for (int i = start; i < end; i++) {
                if (!Text.isDigit(text.charAt(i))) {
                    return false;
                }
                number = number * 10 + (text.charAt(i) - '0');
            }
            if (number > 255) {
                return false;
            }
            parts++;
            start = end + 1;
        }
        return parts == 4;
    }

    private static boolean isIpv6(String text) {
        int groups = 0;
        boolean gap = text.startsWith("::");
        int start = gap ? 2 : 0;
        while (start < text.length()) {
            int end = Text.indexOfAny(text, ":", start);
            if (end == text.length() && text.indexOf('.', start) >= 0) {
                if (!isIpv4(text.substring(start))) {
                    return false;
                }
                groups += 2;
                break;
            }
            if (end == start || end - start > 4) {
                return false;
            }
            for (int i = start; i < end; i++) {
                if (!Text.isHexadecimal(text.charAt(i))) {
                    return false;
                }
            }
            groups++;
            if (end == text.length()) {
                break;
            }
            if (text.startsWith("::", end)) {
                if (gap) {
                    return false;
                }
                gap = true;
                start = end + 2;
            } else {
                start = end + 1;
                if (start == text.length()) {
                    return false;
                }
            }
        }
        return gap ? groups <= 7 : groups == 8;
    }
}
