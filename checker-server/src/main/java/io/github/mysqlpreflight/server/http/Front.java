/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.access.Caller;
import io.github.mysqlpreflight.server.access.Tokens;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.task.TaskDocument;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every request arrives: lets in who may, finds out where it goes, and writes the log. */
final class Front extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.mysqlpreflight.server.requests");

    /** Of two, what is in front could have looked at the other one. */
    private static final List<HttpHeader> ONCE =
            List.of(HttpHeader.AUTHORIZATION, HttpHeader.CONTENT_TYPE, HttpHeader.CONTENT_ENCODING, HttpHeader.ORIGIN);

    private final Api api;
    private final Tokens tokens;
    private final @Nullable Set<String> ownNames;
    private final Health health;
    private final Documents documents;
    private final TaskEvents events;
    private final PageFiles pages;
    private final ServerMetrics metrics;
    private final ConnectionWatch watch;
    private final AtomicInteger answering = new AtomicInteger();

    /** @param ownNames the names this server may be called by in the header Host, where only this machine can call it; null for any */
    Front(
            Api api,
            Tokens tokens,
            Health health,
            Documents documents,
            TaskEvents events,
            PageFiles pages,
            ServerMetrics metrics,
            ConnectionWatch watch,
            @Nullable Set<String> ownNames) {
        this.api = api;
        this.tokens = tokens;
        this.health = health;
        this.documents = documents;
        this.events = events;
        this.pages = pages;
        this.metrics = metrics;
        this.watch = watch;
        this.ownNames = ownNames == null ? null : Set.copyOf(ownNames);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback);
        long start = System.nanoTime();
        Connection connection = request.getConnectionMetaData().getConnection();
        watch.begun(connection);
        answering.incrementAndGet();
        Request.addCompletionListener(request, failure -> {
            answering.decrementAndGet();
            watch.ended(connection);
            completed(exchange, start);
        });
        SecurityHeaders.put(response.getHeaders());
        if (health.isClosing()) {
            response.getHeaders().put(ApiException.close());
        }
        try {
            dispatch(exchange);
        } catch (RuntimeException failure) {
            exchange.fail(failure);
        }
        return true;
    }

    /** How many requests are being answered. */
    int answering() {
        return answering.get();
    }

    private void dispatch(Exchange exchange) {
        Request request = exchange.request();
        String method = request.getMethod();
        checkFraming(exchange);
        checkHost(request);
        String path = request.getHttpURI().getPath();
        if (path == null) {
            throw ApiException.invalid("The request has no path");
        }
        List<String> segments = PathSegments.decode(path);
        Route.Match match = Route.find(segments);
        if (match != null) {
            exchange.matched(match);
        }
        checkOrigin(exchange);
        if (match == null ? segments.get(0).equals("v1") : match.route().needsCaller()) {
            authenticate(exchange);
        }
        if (match == null) {
            throw ApiException.notFound("not_found", "There is nothing at this address");
        }
        if (!match.route().allows(method)) {
            throw ApiException.of(
                    405,
                    "method_not_allowed",
                    "This address takes " + match.route().allow(),
                    new HttpField(HttpHeader.ALLOW, match.route().allow()));
        }
        if (!match.project().isEmpty() && !exchange.caller().mayUse(Names.project(match.project()))) {
            throw ApiException.of(403, "project_forbidden", "The token does not open this project");
        }
        route(exchange, match, method.equals("HEAD") ? "GET" : method);
    }

    private void route(Exchange exchange, Route.Match match, String method) {
        switch (match.route()) {
            case PAGE -> pages.page(exchange, "index.html");
            case PAGE_FILE -> pages.page(exchange, match.file());
            case OPENAPI -> pages.description(exchange);
            case METRICS -> {
                if (ownNames == null) {
                    authenticate(exchange);
                }
                exchange.send(200, metrics.contentType(), metrics.text());
            }
            case HEALTH -> health.send(exchange);
            case USER_AUTH -> api.logIn(exchange);
            case ME -> api.me(exchange);
            case PROJECTS -> api.projects(exchange);
            case SERVICES -> api.services(exchange);
            case TASKS -> {
                Profile service = api.service(match.service());
                if (method.equals("POST")) {
                    if (health.isClosing()) {
                        throw ApiException.unavailable("closing", "The server is about to end", 2);
                    }
                    api.create(exchange, service);
                } else {
                    api.list(exchange);
                }
            }
            case TASK -> {
                api.service(match.service());
                if (method.equals("DELETE")) {
                    api.delete(exchange);
                } else {
                    api.get(exchange);
                }
            }
            case ASSESSMENT -> {
                api.service(match.service());
                documents.send(exchange, api.task(exchange), TaskDocument.JSON);
            }
            case ASSESSMENT_HTML -> {
                api.service(match.service());
                documents.send(exchange, api.task(exchange), TaskDocument.HTML);
            }
            case EVENTS -> {
                api.service(match.service());
                events.open(exchange, api.task(exchange));
            }
        }
    }

    private void authenticate(Exchange exchange) {
        String authorization = exchange.header(HttpHeader.AUTHORIZATION);
        Caller caller = tokens.authenticate(authorization);
        if (caller == null) {
            if (authorization != null) {
                throw wrongToken();
            }
            throw ApiException.of(
                    401,
                    "authentication_required",
                    "A token is needed: authorization: aivenv1 TOKEN, or Bearer TOKEN",
                    new HttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"mysql-preflight\""));
        }
        exchange.calledBy(caller);
    }

    /** Aiven's words for it. */
    static ApiException wrongToken() {
        return ApiException.of(403, "authentication_failed", "Authentication failed");
    }

    /**
     * Against proxies that see the end of a request elsewhere: Jetty lets pass other codings before {@code chunked}, chunks in HTTP/1.0, addresses of
     * any scheme, and headers twice that can be there but once.
     */
    private static void checkFraming(Exchange exchange) {
        Request request = exchange.request();
        List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
        boolean known = codings.isEmpty()
                || (codings.size() == 1
                        && codings.get(0).equalsIgnoreCase("chunked")
                        && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1);
        if (!known) {
            throw ApiException.of(
                    400, "invalid_request", "A body is sent by its length or in chunks", ApiException.close());
        }
        for (HttpHeader single : ONCE) {
            if (request.getHeaders().getValuesList(single).size() > 1) {
                throw ApiException.of(
                        400,
                        "invalid_request",
                        "The header " + single.asString() + " is there twice",
                        ApiException.close());
            }
        }
        String scheme = request.getHttpURI().getScheme();
        if (scheme != null && !scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw ApiException.of(400, "invalid_request", "The address is not one of HTTP", ApiException.close());
        }
    }

    /** Against pages of others whose name was made to resolve to this machine: such a name is not one of ours. */
    private void checkHost(Request request) {
        if (ownNames == null) {
            return;
        }
        String host = request.getHttpURI().getHost();
        if (host == null || !ownNames.contains(host.toLowerCase(Locale.ROOT))) {
            throw ApiException.of(
                    403,
                    "host_not_allowed",
                    "This server is for this machine alone: call it by localhost or 127.0.0.1");
        }
    }

    /** Against pages of others that have the browser send requests here. */
    private static void checkOrigin(Exchange exchange) {
        String method = exchange.request().getMethod();
        boolean changes = !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
        String site = exchange.request().getHeaders().get("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        if (!changes) {
            // A link from elsewhere is fine; a request that a page elsewhere makes is not.
            String mode = exchange.request().getHeaders().get("Sec-Fetch-Mode");
            foreign &= mode == null || !mode.equals("navigate");
        } else if (!foreign) {
            String origin = exchange.request().getHeaders().get("Origin");
            String host = exchange.header(HttpHeader.HOST);
            foreign = origin != null
                    && (host == null
                            || !(origin.equalsIgnoreCase("http://" + host)
                                    || origin.equalsIgnoreCase("https://" + host)));
        }
        if (foreign) {
            throw ApiException.of(403, "foreign_origin", "Pages of other servers may not call this one");
        }
    }

    private void completed(Exchange exchange, long start) {
        Route route = exchange.route();
        long nanos = System.nanoTime() - start;
        String method = methodName(exchange.request().getMethod());
        int status = exchange.response().getStatus();
        metrics.answered(route, method, status, nanos / 1e9);
        LOG.info(
                "{} {} {} {} ms{}",
                method,
                route == null ? "-" : route.template(),
                status,
                nanos / 1_000_000,
                exchange.callerName().isEmpty() ? "" : " by " + exchange.callerName());
    }

    /** The method, where it is one of those that are used; so that there are not more than a few. */
    static String methodName(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "DELETE" -> method;
            default -> "other";
        };
    }
}
