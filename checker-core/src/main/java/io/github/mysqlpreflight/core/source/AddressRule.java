/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import java.net.InetAddress;

/**
 * Says which addresses may be connected to. Asked with the very address that is connected to next, so that no name server can put another in its place.
 *
 * <p>Used by several threads.
 */
@FunctionalInterface
public interface AddressRule {
    /** Any address: for whoever runs the tool with rights of his own. */
    AddressRule ANY = (host, address, port) -> {};

    /**
     * Returns where the address may be connected to.
     *
     * @param host the host as {@link SourceUri#host} has it: a name or an address
     * @param address what it resolved to
     * @param port the TCP port
     * @throws AddressRefusedException where it may not
     */
    void check(String host, InetAddress address, int port) throws AddressRefusedException;
}
