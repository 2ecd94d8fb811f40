/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.access.Tokens;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.task.Tasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The tasks over HTTP. */
public final class HttpServer implements AutoCloseable {
    private static final int MOST_THREADS = 48;
    private static final int LEAST_THREADS = 4;
    private static final int HEADER_BYTES = 8 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Server server;
    private final ServerConnector connector;
    private final Health health;
    private final String host;

    private HttpServer(Server server, ServerConnector connector, Health health, String host) {
        this.server = server;
        this.connector = connector;
        this.health = health;
        this.host = host;
    }

    /**
     * Listens, and answers from then on.
     *
     * @param tasks is not closed with the server
     * @throws ServerFailedException where it cannot listen there
     */
    public static HttpServer start(ServerSettings settings, Tasks tasks, Tokens tokens, SourceGate gate) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("http");
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setHttpCompliance(HttpCompliance.RFC9110);
        configuration.setUriCompliance(UriCompliance.DEFAULT);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
        Health health = new Health(tasks);
        Api api = new Api(settings, tasks, tokens, gate);
        server.setHandler(
                new Front(api, tokens, health, isLoopback(settings.host()) ? ownNames(settings.host()) : null));
        server.setErrorHandler(new JettyErrors());
        HttpServer started = new HttpServer(server, connector, health, settings.host());
        started.listen(settings);
        return started;
    }

    private void listen(ServerSettings settings) {
        try {
            connector.open();
        } catch (IOException e) {
            throw new ServerFailedException(
                    "The server cannot listen on " + address(settings.host(), settings.port()) + ": " + cause(e),
                    "Name another address or port with --listen, or end what listens there.");
        }
        try {
            server.start();
        } catch (Exception e) {
            connector.close();
            throw new IllegalStateException("the HTTP server does not start", e);
        }
    }

    /** Where it listens, with the port that it got. */
    public URI address() {
        return URI.create("http://" + address(host, connector.getLocalPort()) + "/");
    }

    /** Lets the requests end that are being answered, and stops listening. */
    @Override
    public void close() {
        health.closing();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server does not stop", e);
        }
    }

    /** Whether only this machine can reach that address. */
    public static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            throw new ServerFailedException(
                    "The server cannot listen on " + host + ": it is no name of this machine",
                    "Name an address of this machine, such as 127.0.0.1 or 0.0.0.0.");
        }
    }

    private static Set<String> ownNames(String host) {
        String configured = bracketed(host).toLowerCase(Locale.ROOT);
        return Set.copyOf(java.util.List.of("localhost", "127.0.0.1", "[::1]", configured));
    }

    private static String address(String host, int port) {
        return bracketed(host) + ":" + port;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
