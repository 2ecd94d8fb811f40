/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.nio.file.Path;

/** Servers that offer TLS, but none that a client of today accepts. */
final class OldTls {
    private OldTls() {}

    /** A server of that release with the certificates of the other one. */
    static TestServer server(Release release, TestServer withCertificates) {
        Path data = withCertificates.dataDirectory();
        return TestServer.of(release)
                .with("ssl_ca", data.resolve("ca.pem").toString())
                .with("ssl_cert", data.resolve("server-cert.pem").toString())
                .with("ssl_key", data.resolve("server-key.pem").toString())
                .shared();
    }
}
