/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is kept at rest: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits put before the ciphertext, bound to the
 * place it is kept at, so that it cannot be moved to another. Safe for use by several threads.
 */
final class SecretBox {
    /** Length of a key, in bytes. */
    static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    SecretBox(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Nonce, ciphertext and tag. */
    static final class Sealed {
        private final byte[] bytes;

        Sealed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    /** What was encrypted with another key, or for another place, or was changed, cannot be opened. */
    static final class WrongKeyException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongKeyException(Throwable cause) {
            super("encrypted with another key", cause);
        }
    }

    Sealed seal(String place, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, place, nonce, 0);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return new Sealed(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM does not work", e);
        }
    }

    byte[] open(String place, Sealed secret) throws WrongKeyException {
        byte[] sealed = secret.bytes;
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, place, sealed, 0);
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new WrongKeyException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM does not work", e);
        }
    }

    private Cipher cipher(int mode, String place, byte[] nonce, int offset) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
