/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Reads certificates and keys from PEM files. */
public final class PemFiles {
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private PemFiles() {}

    /**
     * The certificates of a file, in order, at least one.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
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

    /**
     * The key of a file, in the form PKCS#8 or, for RSA, PKCS#1, without a passphrase.
     *
     * @param certificate the certificate it belongs to
     * @throws IllegalArgumentException where there is none
     */
    public static PrivateKey privateKey(Path file, Certificate certificate)
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
