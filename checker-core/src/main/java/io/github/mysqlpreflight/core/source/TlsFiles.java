/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Turns the PEM files that MySQL clients use into the key stores that the driver reads.
 *
 * <p>The driver takes key stores by address only, so they are written into a directory that only the user may read, under
 * a password made for this run, and removed by {@link #close}.
 */
final class TlsFiles implements AutoCloseable {
    private final @Nullable Path directory;
    private final Properties properties = new Properties();

    private TlsFiles(SourceUri uri) throws IOException, GeneralSecurityException {
        Path authority = uri.sslCa();
        Path certificate = uri.sslCert();
        Path key = uri.sslKey();
        if (authority == null && (certificate == null || key == null)) {
            directory = null;
            return;
        }
        Path created = Files.createTempDirectory("mysql-preflight-tls");
        directory = created;
        try {
            String password = randomPassword();
            if (authority != null) {
                KeyStore store = emptyStore();
                int number = 0;
                for (Certificate trusted : PemFiles.certificates(authority)) {
                    store.setCertificateEntry("ca" + number++, trusted);
                }
                save(store, created.resolve("trust.p12"), password, "trustCertificateKeyStore");
            }
            if (certificate != null && key != null) {
                KeyStore store = emptyStore();
                Certificate[] chain = PemFiles.certificates(certificate).toArray(new Certificate[0]);
                store.setKeyEntry("client", PemFiles.privateKey(key, chain[0]), password.toCharArray(), chain);
                save(store, created.resolve("client.p12"), password, "clientCertificateKeyStore");
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Reads the files a URI names; none is fine. */
    static TlsFiles of(SourceUri uri) throws ConnectFailedException {
        try {
            return new TlsFiles(uri);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            String message = e instanceof IOException
                    ? "a TLS file cannot be read: " + e.getMessage()
                    : "a TLS file is not usable: " + e.getMessage();
            throw new ConnectFailedException(
                    new Failure(
                            ConnectionProblem.TLS_FILE,
                            Diagnosis.oneLine(message),
                            "ssl-ca and ssl-cert are PEM certificates, ssl-key a PEM key without a passphrase (openssl pkcs8"
                                    + " -topk8 -nocrypt -in KEY converts it)",
                            0,
                            null),
                    e);
        }
    }

    /** What to tell the driver. */
    Properties properties() {
        return properties;
    }

    @Override
    public void close() throws IOException {
        if (directory == null) {
            return;
        }
        Files.deleteIfExists(directory.resolve("trust.p12"));
        Files.deleteIfExists(directory.resolve("client.p12"));
        Files.deleteIfExists(directory);
    }

    private void save(KeyStore store, Path file, String password, String property)
            throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        properties.setProperty(property + "Url", file.toUri().toString());
        properties.setProperty(property + "Type", "PKCS12");
        properties.setProperty(property + "Password", password);
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
