/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what Jetty itself refuses, such as a malformed request, in the form of all other errors. */
final class JettyErrors implements Request.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(JettyErrors.class);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        boolean refused = cause instanceof HttpException;
        if (cause instanceof HttpException refusal) {
            // Another version of HTTP or an unknown coding is the client's fault, for all the number that Jetty gives
            // it.
            status = refusal.getCode() > 500 ? 400 : refusal.getCode();
        }
        if (status < 400) {
            status = 500;
        }
        if (status >= 500 && !refused && cause instanceof Throwable failure) {
            LOG.error("a request failed", failure);
        }
        Exchange exchange = new Exchange(request, response, callback);
        SecurityHeaders.put(response.getHeaders());
        if (!request.getConnectionMetaData().isPersistent()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        // Jetty's own words repeat what was sent.
        exchange.send(
                status,
                Exchange.JSON,
                ApiJson.error(status, refused || status < 500 ? "invalid_request" : "internal_error", words(status)));
        return true;
    }

    private static String words(int status) {
        return switch (status) {
            case 400 -> "The request is not valid HTTP, or its address is ambiguous";
            case 408 -> "The request did not arrive in time";
            case 414 -> "The address of the request is too long";
            case 431 -> "The headers of the request are too large";
            default -> HttpStatus.getMessage(status);
        };
    }
}
