/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, validated.
 *
 * @param host the address or name to listen on
 * @param port the TCP port; 0 for any that is free
 * @param tls the certificate; null for plain HTTP
 * @param insecureHttp whether plain HTTP beyond this machine is wanted all the same
 * @param store where tasks are kept
 * @param services the profiles by their names, at least one, in the order of the file
 * @param sources the sources that may be reached, where a profile does not say otherwise
 * @param tokens who may ask; empty only where nothing but this machine can
 * @param limits how much the server takes upon itself
 */
public record ServerSettings(
        String host,
        int port,
        @Nullable TlsSettings tls,
        boolean insecureHttp,
        StoreSettings store,
        Map<String, Profile> services,
        AllowedSources sources,
        List<TokenEntry> tokens,
        Limits limits) {
    public ServerSettings {
        requireNonNull(host, "host is null");
        requireNonNull(store, "store is null");
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        requireNonNull(sources, "sources is null");
        tokens = List.copyOf(tokens);
        requireNonNull(limits, "limits is null");
    }
}
