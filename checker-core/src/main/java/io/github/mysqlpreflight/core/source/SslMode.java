/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

/** How much the connection to a server is protected, in the words of MySQL's own clients ({@code --ssl-mode}). */
public enum SslMode {
    /** No TLS. */
    DISABLED,
    /** TLS where the server offers it, else plain text. */
    PREFERRED,
    /** TLS or no connection; the certificate is not verified. The default. */
    REQUIRED,
    /** TLS, and the certificate was issued by a trusted authority. */
    VERIFY_CA,
    /** As {@link #VERIFY_CA}, and the certificate was issued for the host. */
    VERIFY_IDENTITY;

    /**
     * The mode of this name, in upper or lower case. {@code DISABLE} is the legacy spelling of {@link #DISABLED}; a blank text is the default, {@link
     * #REQUIRED}.
     *
     * @throws UnusableSourceException with {@link UnusableSourceException.Code#PARAMETER} if there is no such mode; the text is not repeated
     */
    public static SslMode parse(String text) {
        requireNonNull(text, "text is null");
        return switch (Text.lowerCase(Text.trim(text))) {
            case "disabled", "disable" -> DISABLED;
            case "preferred" -> PREFERRED;
            case "", "required" -> REQUIRED;
            case "verify_ca" -> VERIFY_CA;
            case "verify_identity" -> VERIFY_IDENTITY;
            default ->
                throw new UnusableSourceException(
                        UnusableSourceException.Code.PARAMETER,
                        MUST_BE,
                        "REQUIRED encrypts without verifying the certificate and is the default; DISABLED is plain text.");
        };
    }

    static final String MUST_BE =
            "ssl-mode must be either 'DISABLED' or 'REQUIRED' (or PREFERRED, VERIFY_CA, VERIFY_IDENTITY)";
}
