/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.snapshot.ConnectionFacts.Failure;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Turns the PEM files that MySQL clients use into the key stores that the driver reads.
 *
 * <p>The driver takes key stores by address only, so they are written into a directory that only the user may read, under
 * a password made for this run, and removed by {@link #close}.
 */
final class TlsFiles implements AutoCloseable {
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

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
                for (Certificate trusted : certificates(authority)) {
                    store.setCertificateEntry("ca" + number++, trusted);
                }
                save(store, created.resolve("trust.p12"), password, "trustCertificateKeyStore");
            }
            if (certificate != null && key != null) {
                KeyStore store = emptyStore();
                Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
                store.setKeyEntry("client", privateKey(key, chain[0]), password.toCharArray(), chain);
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

    private static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> list = new ArrayList<>();
        for (byte[] der : blocks(file, "CERTIFICATE")) {
            list.add(factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        if (list.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no PEM certificate");
        }
        return list;
    }

    private static PrivateKey privateKey(Path file, Certificate certificate)
            throws IOException, GeneralSecurityException {
        List<byte[]> keys = blocks(file, "PRIVATE KEY");
        if (keys.isEmpty()) {
            for (byte[] pkcs1 : blocks(file, "RSA PRIVATE KEY")) {
                keys.add(wrapRsa(pkcs1));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no PEM key that can be read without a passphrase");
        }
        return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
    }

    /** The decoded blocks of one type, in order. */
    private static List<byte[]> blocks(Path file, String type) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String begin = "-----BEGIN " + type + "-----";
        String end = "-----END " + type + "-----";
        List<byte[]> blocks = new ArrayList<>();
        int from = text.indexOf(begin);
        while (from >= 0) {
            int to = text.indexOf(end, from);
            if (to < 0) {
                throw new IllegalArgumentException(file + " ends within a block");
            }
            blocks.add(Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to)));
            from = text.indexOf(begin, to);
        }
        return blocks;
    }

    /** Puts the older form of an RSA key (PKCS#1), which MySQL generates, into the one that Java reads (PKCS#8). */
    private static byte[] wrapRsa(byte[] pkcs1) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(new byte[] {2, 1, 0});
        content.write(RSA_ALGORITHM);
        writeTagged(content, 4, pkcs1);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        writeTagged(whole, 0x30, content.toByteArray());
        return whole.toByteArray();
    }

    private static void writeTagged(ByteArrayOutputStream out, int tag, byte[] content) throws IOException {
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else if (content.length < 256) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.write(content);
    }
}
