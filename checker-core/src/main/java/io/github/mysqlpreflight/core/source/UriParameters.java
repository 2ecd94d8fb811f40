/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import org.jspecify.annotations.Nullable;

/** What to say about a URI parameter that is not ours: which of ours does the same, or why none is needed. */
final class UriParameters {
    private static final String ONLY = "Only ssl-mode allowed as uri parameter (and ssl-ca, ssl-cert, ssl-key): ";
    private static final String KNOWN = "Known are ssl-mode, ssl-ca, ssl-cert and ssl-key, in lower case.";
    private static final int LONGEST_NAME_SHOWN = 40;

    private UriParameters() {}

    /**
     * @param name the decoded name, or null if it could not be decoded
     * @param hasValue whether an equals sign followed; a bare word that nobody knows is not shown, it could be the end of a password
     */
    static UnusableSourceException unknown(@Nullable String name, boolean hasValue) {
        String instead = name == null ? null : instead(name);
        if (name == null || !isHarmless(name) || (instead == null && !hasValue)) {
            return new UnusableSourceException(
                    Code.PARAMETER,
                    ONLY + "there is a parameter with an unusual name",
                    KNOWN + " If the ? belongs to the password, write it as %3F.");
        }
        if (instead == null) {
            return new UnusableSourceException(Code.PARAMETER, ONLY + name + " is not known", KNOWN);
        }
        return new UnusableSourceException(Code.PARAMETER, ONLY + name + " is not known, " + instead, KNOWN);
    }

    private static boolean isHarmless(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Text.isLetter(c) && !Text.isDigit(c) && "-_.".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LONGEST_NAME_SHOWN;
    }

    private static @Nullable String instead(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (Text.isLetter(name.charAt(i))) {
                letters.append(name.charAt(i));
            }
        }
        return switch (Text.lowerCase(letters.toString())) {
            case "sslmode" -> "write ssl-mode";
            case "sslca",
                    "sslrootcert",
                    "sslcapath",
                    "cacert",
                    "cafile",
                    "trustcertificatekeystoreurl",
                    "serversslcert" -> "write ssl-ca=FILE (PEM)";
            case "sslcert", "clientcertificatekeystoreurl", "sslcertificate" -> "write ssl-cert=FILE (PEM)";
            case "sslkey", "sslprivatekey" -> "write ssl-key=FILE (PEM)";
            case "usessl", "ssl", "requiressl", "tls", "useencryption", "sslaccept", "encrypt" ->
                "write ssl-mode=REQUIRED or ssl-mode=DISABLED";
            case "verifyservercertificate", "sslverifyservercert", "sslverifycert", "trustservercertificate" ->
                "write ssl-mode=VERIFY_CA to verify the certificate, ssl-mode=REQUIRED not to";
            case "sslverifyidentity" -> "write ssl-mode=VERIFY_IDENTITY";
            case "connecttimeout",
                    "connectiontimeout",
                    "sockettimeout",
                    "timeout",
                    "readtimeout",
                    "writetimeout",
                    "netreadtimeout" -> "use the option --timeout";
            case "user", "username", "password" -> "the account stands before the @";
            case "host", "hostname", "port" -> "host and port stand behind the @";
            case "db", "dbname", "database", "schema" ->
                "the whole server is checked, use --ignore-dbs to leave databases out";
            case "allowpublickeyretrieval",
                    "servertimezone",
                    "connectiontimezone",
                    "timezone",
                    "loc",
                    "parsetime",
                    "characterencoding",
                    "useunicode",
                    "charset",
                    "collation",
                    "usecompression",
                    "compress",
                    "autoreconnect",
                    "rewritebatchedstatements",
                    "zerodatetimebehavior",
                    "uselegacydatetimecode",
                    "defaultauth",
                    "connectionlimit",
                    "poolsize" -> "leave it out, this tool needs no such setting";
            default -> null;
        };
    }
}
