/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.core.source.PemFiles;
import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.config.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The server's certificate, as Jetty wants it. */
final class TlsCertificate {
    /** Of a store that is never written anywhere. */
    private static final String NO_PASSWORD = "";

    private TlsCertificate() {}

    /**
     * Reads the files into memory.
     *
     * @throws ServerFailedException where they cannot be used
     */
    static SslContextFactory.Server load(TlsSettings settings) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        try {
            Certificate[] chain = PemFiles.certificates(settings.certificate()).toArray(new Certificate[0]);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server", PemFiles.privateKey(settings.privateKey(), chain[0]), NO_PASSWORD.toCharArray(), chain);
            factory.setKeyStore(store);
        } catch (IOException e) {
            throw failed("cannot be read: " + e.getMessage());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw failed("are not usable: " + e.getMessage());
        }
        factory.setKeyStorePassword(NO_PASSWORD);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return factory;
    }

    private static ServerFailedException failed(String why) {
        return new ServerFailedException(
                "The files of the server's certificate " + why,
                "They are a PEM certificate, with those between it and the authority behind it, and a PEM key without a passphrase"
                        + " (openssl pkcs8 -topk8 -nocrypt -in KEY converts it).");
    }
}
