/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.core.render.HtmlReport;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** What every answer says, so that a browser does no more with it than is meant. */
final class SecurityHeaders {
    /** For what is no page. */
    static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    /**
     * For the console, which has nothing but its own files and talks to nobody but this server. A report that it opens from memory is held to the
     * same policy, so style and script of reports are let in, too, by their hashes.
     */
    static final String CONSOLE = "default-src 'none'; script-src 'self'" + hashes("script-src") + "; style-src 'self'"
            + hashes("style-src")
            + "; connect-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; "
            + "base-uri 'none'";

    static final String POLICY = "Content-Security-Policy";

    private SecurityHeaders() {}

    /** What a report lets in under that name, with a blank before it. */
    private static String hashes(String directive) {
        String policy = HtmlReport.contentSecurityPolicy();
        int start = policy.indexOf(directive + " ");
        if (start < 0) {
            throw new IllegalStateException("a report's policy has no " + directive);
        }
        int end = policy.indexOf(';', start);
        return policy.substring(start + directive.length(), end < 0 ? policy.length() : end);
    }

    /** Puts those of an answer of the API; a page replaces policy and caching by its own. */
    static void put(HttpFields.Mutable headers) {
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(POLICY, NOTHING);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
    }
}
