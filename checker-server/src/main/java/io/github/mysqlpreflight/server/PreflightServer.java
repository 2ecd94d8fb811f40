/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server;

import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.access.Tokens;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.http.HttpServer;
import io.github.mysqlpreflight.server.http.ServerMetrics;
import io.github.mysqlpreflight.server.task.TaskEngine;
import java.net.URI;

/** The server: tasks that are asked for over HTTP, kept in a store and run. Safe for use by several threads. */
public final class PreflightServer implements AutoCloseable {
    private final TaskEngine tasks;
    private final HttpServer http;

    private PreflightServer(TaskEngine tasks, HttpServer http) {
        this.tasks = tasks;
        this.http = http;
    }

    /**
     * Opens the store, runs what waits in it, and listens.
     *
     * @throws ServerFailedException where that is not possible, or would let in whoever comes
     */
    public static PreflightServer start(ServerSettings settings, Preflight preflight) {
        checkExposure(settings);
        Tokens tokens = Tokens.of(settings.tokens());
        SourceGate gate = SourceGate.of(settings.sources(), settings.services());
        ServerMetrics metrics = new ServerMetrics();
        TaskEngine tasks =
                TaskEngine.start(settings.store(), settings.limits(), settings.services(), gate, preflight, metrics);
        try {
            HttpServer http = HttpServer.start(settings, tasks, tokens, gate, metrics);
            return new PreflightServer(tasks, http);
        } catch (RuntimeException | Error e) {
            tasks.close();
            throw e;
        }
    }

    /** Where it listens, with the port that it got. */
    public URI address() {
        return http.address();
    }

    /** Lets the requests end that are being answered, then puts back what it runs for another instance or the next start. */
    @Override
    public void close() {
        try {
            http.close();
        } finally {
            tasks.close();
        }
    }

    /** Whatever the configuration was read from: beyond this machine nobody comes in without a token, and no token goes in the clear unasked. */
    private static void checkExposure(ServerSettings settings) {
        if (HttpServer.isLoopback(settings.host())) {
            return;
        }
        if (settings.tokens().isEmpty()) {
            throw new ServerFailedException(
                    "The server would listen on " + settings.host() + " and let everybody in: there are no tokens",
                    "Add tokens to the configuration (mysql-preflight token makes one), or listen on 127.0.0.1.");
        }
        if (settings.tls() == null && !settings.insecureHttp()) {
            throw new ServerFailedException(
                    "The server would listen on " + settings.host()
                            + " without TLS: tokens and passwords would go over the network in the clear",
                    "Name a certificate in the configuration, or say --insecure-http where something in front of it does TLS.");
        }
    }
}
