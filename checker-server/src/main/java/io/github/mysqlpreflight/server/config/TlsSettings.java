/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The server's own certificate.
 *
 * @param certificate PEM file with the certificate and those between it and the authority
 * @param privateKey PEM file with its key, unencrypted
 */
public record TlsSettings(Path certificate, Path privateKey) {
    public TlsSettings {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(privateKey, "privateKey is null");
    }
}
