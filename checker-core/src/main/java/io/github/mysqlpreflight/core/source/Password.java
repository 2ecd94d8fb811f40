/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A password, the only type that holds one. Its text form is masked, it is not serializable, and it leaves this type by {@link #reveal()} only.
 * Immutable and safe for use by several threads.
 */
public final class Password {
    private static final Password EMPTY = new Password("");

    private final String secret;

    private Password(String secret) {
        this.secret = secret;
    }

    /** A password of this text; the empty text is the empty password. */
    public static Password of(String secret) {
        requireNonNull(secret, "secret is null");
        return secret.isEmpty() ? EMPTY : new Password(secret);
    }

    /** The password of an account that has none. */
    public static Password empty() {
        return EMPTY;
    }

    /** Whether this is the password of an account that has none. */
    public boolean isEmpty() {
        return secret.isEmpty();
    }

    /** The password in the clear. Only the session calls this, to log in; never put the result into a message, a log or a file. */
    public String reveal() {
        return secret;
    }

    /** The length in bytes of UTF-8, which is what the limit of 32 for a replication user counts. */
    public int byteLength() {
        return secret.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Password that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    /** {@code ****}, or {@code (empty)}; never the password nor its length. */
    @Override
    public String toString() {
        return secret.isEmpty() ? "(empty)" : "****";
    }
}
