/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.access;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.source.AddressRefusedException;
import io.github.mysqlpreflight.core.source.AddressRule;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.config.SourceRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The allow-list of sources. Immutable, safe for use by several threads.
 *
 * <p>A rule that names a host lets it be reached wherever its name leads, one that names a network lets be reached what is in it, under any name.
 * Link-local, metadata and multicast addresses are never reached. This machine itself is reached only where a rule says so: {@code self}, {@code
 * localhost}, a loopback network, or its very address.
 */
public final class SourceGate {
    private static final String ADVICE =
            "Whoever runs this server lists the sources it may reach under sources in its configuration.";

    private final Map<String, List<SourceRule>> services;

    private SourceGate(Map<String, List<SourceRule>> services) {
        this.services = services;
    }

    /**
     * The gate of a server.
     *
     * @param wholeServer what may be reached where a service does not say otherwise
     * @param services the services by their names
     */
    public static SourceGate of(AllowedSources wholeServer, Map<String, Profile> services) {
        Map<String, List<SourceRule>> rules = new LinkedHashMap<>();
        for (Map.Entry<String, Profile> service : services.entrySet()) {
            AllowedSources own = service.getValue().sources();
            rules.put(service.getKey(), parsed(own == null ? wholeServer : own));
        }
        return new SourceGate(Map.copyOf(rules));
    }

    private static List<SourceRule> parsed(AllowedSources sources) {
        List<SourceRule> rules = new ArrayList<>();
        for (String rule : sources.rules()) {
            rules.add(SourceRule.parse(rule));
        }
        return List.copyOf(rules);
    }

    /**
     * Refuses what certainly may not be reached, without asking a name server; {@link #rule} decides the rest when it is connected to. Refuses too a
     * source that names files, which would be this server's.
     *
     * @param service the service that the source is to be checked for; it exists
     * @throws AddressRefusedException where the source may not be reached
     */
    public void admit(String service, SourceUri source) throws AddressRefusedException {
        if (source.sslCa() != null || source.sslCert() != null) {
            throw new AddressRefusedException(
                    "ssl-ca, ssl-cert and ssl-key name files, which a source that is checked by this server cannot have",
                    "Leave them out; ssl-mode=REQUIRED encrypts without them.");
        }
        List<SourceRule> rules = rules(service);
        String host = withoutDot(source.host());
        InetAddress literal = literal(host);
        if (literal != null) {
            decide(rules, host, literal, source.port());
        } else if (!mayLeadSomewhere(rules, host, source.port())) {
            throw refused(source.address());
        }
    }

    /**
     * What is asked for each address that a run is about to connect to.
     *
     * @param service the service that the source is checked for; where it is no longer configured, nothing may be reached
     * @param source the source of the run
     */
    public AddressRule rule(String service, SourceUri source) {
        List<SourceRule> rules = rules(service);
        return (host, address, port) -> {
            if (!host.equals(source.host()) || port != source.port()) {
                throw refused(source.address());
            }
            decide(rules, withoutDot(host), address, port);
        };
    }

    private List<SourceRule> rules(String service) {
        List<SourceRule> rules = services.get(service);
        return rules == null ? List.of() : rules;
    }

    private static void decide(List<SourceRule> rules, String host, InetAddress address, int port)
            throws AddressRefusedException {
        if (Addresses.isForbidden(address)) {
            throw new AddressRefusedException(
                    at(host, port)
                            + " is not among the sources that may be checked: link-local, metadata and multicast"
                            + " addresses never are",
                    "Give the address of the MySQL server itself.");
        }
        boolean loopback = Addresses.isLoopback(address);
        boolean self = loopback || Addresses.isSelf(address);
        boolean otherwise = false;
        for (SourceRule rule : rules) {
            if (rule.ports().hold(port)) {
                if (self ? admitsSelf(rule, host, address, loopback) : admits(rule, host, address)) {
                    return;
                }
                otherwise |= self && admits(rule, host, address);
            }
        }
        if (otherwise) {
            throw new AddressRefusedException(
                    at(host, port)
                            + " is not among the sources that may be checked: it is the machine of this server itself",
                    "Whoever runs this server can add self, or the very address, to sources in its configuration.");
        }
        throw refused(at(host, port));
    }

    /** Whether the rule holds for an address of another machine. */
    private static boolean admits(SourceRule rule, String host, InetAddress address) {
        if (rule instanceof SourceRule.Name name) {
            return host.equals(name.name());
        }
        if (rule instanceof SourceRule.Below below) {
            return host.endsWith("." + below.name());
        }
        if (rule instanceof SourceRule.Network network) {
            return network.holds(address);
        }
        return rule instanceof SourceRule.Anything;
    }

    /** Whether the rule holds for an address of this machine: only where it means just that. */
    private static boolean admitsSelf(SourceRule rule, String host, InetAddress address, boolean loopback) {
        if (rule instanceof SourceRule.Name name) {
            return loopback && host.equals(name.name()) && isLocalhost(host);
        }
        if (rule instanceof SourceRule.Network network) {
            return network.holds(address) && (network.isSingle() || Addresses.isWithinLoopback(network));
        }
        return rule instanceof SourceRule.Self;
    }

    /** Whether there is any address that the name could lead to and that some rule lets be reached. */
    private static boolean mayLeadSomewhere(List<SourceRule> rules, String host, int port) {
        for (SourceRule rule : rules) {
            if (!rule.ports().hold(port)) {
                continue;
            }
            if (rule instanceof SourceRule.Network network) {
                if (!isLocalhost(host) || Addresses.isWithinLoopback(network)) {
                    return true;
                }
            } else if (rule instanceof SourceRule.Self) {
                return true;
            } else if (rule instanceof SourceRule.Anything) {
                if (!isLocalhost(host)) {
                    return true;
                }
            } else if (rule instanceof SourceRule.Name name) {
                if (host.equals(name.name())) {
                    return true;
                }
            } else if (rule instanceof SourceRule.Below below && host.endsWith("." + below.name())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLocalhost(String host) {
        return host.equals("localhost") || host.endsWith(".localhost");
    }

    /** The address where the host is one; null where it is a name. */
    private static @Nullable InetAddress literal(String host) throws AddressRefusedException {
        if (host.indexOf('%') >= 0) {
            throw new AddressRefusedException(
                    "a source with a zone in its address is not among those that may be checked: only link-local"
                            + " addresses have one",
                    "Give the address of the MySQL server itself.");
        }
        boolean numeric = host.indexOf(':') < 0;
        if (numeric) {
            String last = host.substring(host.lastIndexOf('.') + 1);
            if (!isNumber(last)) {
                return null;
            }
            if (!isPlainIpv4(host)) {
                throw new AddressRefusedException(
                        "the host of the source is neither a name nor an IPv4 address as it is commonly written",
                        "An IPv4 address is four numbers from 0 to 255, without zeros before them.");
            }
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is its own name", e);
        }
    }

    /** Whether a name server would not be asked for a name with that end: digits, or a hexadecimal number. */
    private static boolean isNumber(String label) {
        boolean hexadecimal = label.startsWith("0x");
        for (int i = hexadecimal ? 2 : 0; i < label.length(); i++) {
            char character = label.charAt(i);
            boolean digit = character >= '0' && character <= '9';
            if (!digit && !(hexadecimal && character >= 'a' && character <= 'f')) {
                return false;
            }
        }
        return !label.isEmpty();
    }

    private static boolean isPlainIpv4(String host) {
        int parts = 0;
        int start = 0;
        while (start <= host.length()) {
            int dot = host.indexOf('.', start);
            int end = dot < 0 ? host.length() : dot;
            int number = 0;
            if (end == start || end - start > 3 || (host.charAt(start) == '0' && end - start > 1)) {
                return false;
            }
            for (int i = start; i < end; i++) {
                char digit = host.charAt(i);
                if (digit < '0' || digit > '9') {
                    return false;
                }
                number = number * 10 + (digit - '0');
            }
            if (number > 255) {
                return false;
            }
            parts++;
            start = end + 1;
        }
        return parts == 4;
    }

    private static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** The address as it was given; where a name led to an address, that is not shown, since it may tell of a network that nobody outside knows. */
    private static String at(String host, int port) {
        return ConnectionFacts.addressOf(host, port);
    }

    private static AddressRefusedException refused(String source) {
        return new AddressRefusedException(source + " is not among the sources that may be checked", ADVICE);
    }
}
