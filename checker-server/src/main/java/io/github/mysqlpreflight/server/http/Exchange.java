/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.server.access.Caller;
import io.github.mysqlpreflight.server.task.QueueFullException;
import io.github.mysqlpreflight.server.task.StoreUnavailableException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. */
final class Exchange {
    static final String JSON = "application/json";

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Request request;
    private final Response response;
    private final Callback callback;
    private Route.@Nullable Match match;
    private @Nullable Caller caller;

    Exchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    Request request() {
        return request;
    }

    Response response() {
        return response;
    }

    Callback callback() {
        return callback;
    }

    /** The value of a header; null where there is none. */
    @Nullable
    String header(HttpHeader header) {
        return request.getHeaders().get(header);
    }

    void matched(Route.Match newMatch) {
        match = newMatch;
    }

    /** Where the request goes; to be asked once that is known. */
    Route.Match match() {
        return requireNonNull(match, "match is null");
    }

    /** The route for logs and metrics; null where no path fits. */
    @Nullable
    Route route() {
        return match == null ? null : match.route();
    }

    void calledBy(Caller newCaller) {
        caller = newCaller;
    }

    /** Who asks; to be asked only on routes that need one. */
    Caller caller() {
        return requireNonNull(caller, "caller is null");
    }

    /** The name of the token; empty where there is none. */
    String callerName() {
        return caller == null ? "" : caller.name();
    }

    void sendJson(byte[] body) {
        send(200, JSON, body);
    }

    /** What the client has is still right. */
    void sendNotModified() {
        response.setStatus(304);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    void send(int status, String contentType, byte[] body) {
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, contentType);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Answers with what went wrong, where there is still an answer to give. */
    void fail(Throwable failure) {
        ApiException error = asError(failure);
        if (error == null) {
            LOG.error(
                    "{} {} failed",
                    request.getMethod(),
                    match == null ? "-" : match.route().template(),
                    failure);
            error = ApiException.of(500, "internal_error", "The server failed. Its log says why");
        }
        if (response.isCommitted()) {
            callback.failed(failure);
            return;
        }
        HttpFields.Mutable headers = response.getHeaders();
        headers.remove(HttpHeader.ETAG);
        headers.remove(HttpHeader.CONTENT_ENCODING);
        for (HttpField field : error.headers()) {
            headers.put(field);
        }
        send(error.status(), JSON, ApiJson.error(error.status(), error.code(), error.message()));
    }

    private static @Nullable ApiException asError(Throwable failure) {
        if (failure instanceof ApiException known) {
            return known;
        }
        if (failure instanceof QueueFullException full) {
            return ApiException.of(
                    429,
                    "queue_full",
                    "As many tasks wait as may. Ask again later",
                    ApiException.retryAfter(full.retryAfter().toSeconds()));
        }
        if (failure instanceof StoreUnavailableException) {
            return ApiException.unavailable("store_unavailable", "The store of tasks cannot be reached", 2);
        }
        return null;
    }
}
