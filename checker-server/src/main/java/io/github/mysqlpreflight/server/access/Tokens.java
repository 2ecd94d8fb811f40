/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.access;

import io.github.mysqlpreflight.server.config.TokenEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the header {@code Authorization} who asks. Of the tokens only their hashes are here. Immutable, safe for use by several threads.
 *
 * <p>How long an answer takes tells nothing of the tokens: what is presented is hashed and compared with every entry, whether one has matched or not.
 */
public final class Tokens {
    /** Most characters of the header that are looked at; ours have 47, Aiven's up to 1024. */
    private static final int LONGEST_HEADER = 2_048;

    private static final List<String> SCHEMES = List.of("aivenv1", "bearer");

    private final List<Entry> entries;

    private Tokens(List<Entry> entries) {
        this.entries = entries;
    }

    /** The tokens that let somebody in; where there are none, everybody is let in. */
    public static Tokens of(List<TokenEntry> tokens) {
        List<Entry> entries = new ArrayList<>(tokens.size());
        for (TokenEntry token : tokens) {
            entries.add(new Entry(HexFormat.of().parseHex(token.sha256()), new Caller(token.name(), token.projects())));
        }
        return new Tokens(List.copyOf(entries));
    }

    /**
     * Who asks; {@link Caller#LOCAL} for everybody where no token is needed.
     *
     * @param authorization the header's value, {@code aivenv1 TOKEN} or {@code Bearer TOKEN}; null where there is none
     * @return null where that is nobody
     */
    public @Nullable Caller authenticate(@Nullable String authorization) {
        if (entries.isEmpty()) {
            return Caller.LOCAL;
        }
        String token = authorization == null ? null : token(authorization);
        if (token == null) {
            return null;
        }
        byte[] presented = sha256(token);
        Caller caller = null;
        for (Entry entry : entries) {
            boolean same = MessageDigest.isEqual(entry.hash, presented);
            caller = same ? entry.caller : caller;
        }
        return caller;
    }

    /** The token behind a scheme that is known, or null: one word of printable ASCII. */
    private static @Nullable String token(String authorization) {
        if (authorization.length() > LONGEST_HEADER) {
            return null;
        }
        String header = authorization.strip();
        int space = header.indexOf(' ');
        if (space < 0 || !isScheme(header.substring(0, space))) {
            return null;
        }
        String token = header.substring(space).strip();
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= ' ' || token.charAt(i) > '~') {
                return null;
            }
        }
        return token.isEmpty() ? null : token;
    }

    private static boolean isScheme(String word) {
        for (String scheme : SCHEMES) {
            if (scheme.equalsIgnoreCase(word)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Entry {
        private final byte[] hash;
        private final Caller caller;

        Entry(byte[] hash, Caller caller) {
            this.hash = hash;
            this.caller = caller;
        }
    }
}
