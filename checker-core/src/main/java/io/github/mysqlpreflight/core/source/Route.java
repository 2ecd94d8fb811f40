/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The way to one server: asks the rule about each address, and keeps to the first that answered, so that all connections of
 * a run go to the same server whatever its name resolves to later. Safe for use by several threads.
 */
final class Route {
    private final String host;
    private final AddressRule rule;
    private volatile @Nullable InetAddress found;

    /** @param host the host as {@link SourceUri#host} has it */
    Route(String host, AddressRule rule) {
        this.host = requireNonNull(host, "host is null");
        this.rule = requireNonNull(rule, "rule is null");
    }

    /** What to resolve: the name for the first connection, afterwards the address that it led to. */
    String target() {
        InetAddress address = found;
        return address == null ? host : address.getHostAddress();
    }

    /**
     * Returns where the socket may be connected to that address.
     *
     * @throws SocketException where it may not, caused by the refusal; of this type, so that the driver tries the name's other addresses
     */
    void check(SocketAddress endpoint) throws SocketException {
        try {
            if (!(endpoint instanceof InetSocketAddress peer) || peer.isUnresolved()) {
                throw new AddressRefusedException(host + " has no address that could be checked", "");
            }
            rule.check(host, peer.getAddress(), peer.getPort());
        } catch (AddressRefusedException e) {
            SocketException refused = new SocketException(e.message());
            refused.initCause(e);
            throw refused;
        }
    }

    /** The address answered. */
    void reached(SocketAddress endpoint) {
        if (found == null && endpoint instanceof InetSocketAddress peer) {
            found = peer.getAddress();
        }
    }
}
