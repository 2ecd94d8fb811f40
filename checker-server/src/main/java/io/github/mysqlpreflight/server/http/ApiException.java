/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/** A request that is not answered as asked. The message is for the client and holds no credential. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<HttpField> headers;

    private ApiException(int status, String code, String message, List<HttpField> headers) {
        super(requireNonNull(message, "message is null"), null, false, false);
        this.status = status;
        this.code = requireNonNull(code, "code is null");
        this.headers = List.copyOf(headers);
    }

    /** The status of HTTP. */
    int status() {
        return status;
    }

    /** Which failure it is, for a program. */
    String code() {
        return code;
    }

    /** What is to be said besides. */
    List<HttpField> headers() {
        return headers;
    }

    String message() {
        return requireNonNull(getMessage(), "message is null");
    }

    static ApiException of(int status, String code, String message, HttpField... headers) {
        return new ApiException(status, code, message, List.of(headers));
    }

    /** The body or a parameter cannot be used. */
    static ApiException invalid(String message) {
        return of(400, "invalid_request", message);
    }

    static ApiException notFound(String code, String message) {
        return of(404, code, message);
    }

    static ApiException unavailable(String code, String message, long retryAfterSeconds) {
        return of(503, code, message, retryAfter(retryAfterSeconds));
    }

    /** Nothing more is read from a connection whose request was not read to its end. */
    static HttpField close() {
        return new HttpField(HttpHeader.CONNECTION, "close");
    }

    static HttpField retryAfter(long seconds) {
        return new HttpField(HttpHeader.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
    }
}
