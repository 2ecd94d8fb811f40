/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.access.Tokens;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.config.TlsSettings;
import io.github.mysqlpreflight.server.task.Tasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The tasks over HTTP. Safe for use by several threads. */
public final class HttpServer implements AutoCloseable {
    private static final int MOST_THREADS = 48;
    private static final int LEAST_THREADS = 4;
    private static final int HEADER_BYTES = 8 * 1024;
    private static final int MOST_STREAMS = 256;

    private final Server server;
    private final ServerConnector connector;
    private final Front front;
    private final Health health;
    private final TaskEvents events;
    private final String scheme;
    private final String host;
    private final Patience patience;

    private HttpServer(
            Server server,
            ServerConnector connector,
            Front front,
            Health health,
            TaskEvents events,
            String scheme,
            String host,
            Patience patience) {
        this.server = server;
        this.connector = connector;
        this.front = front;
        this.health = health;
        this.events = events;
        this.scheme = scheme;
        this.host = host;
        this.patience = patience;
    }

    /**
     * Listens, and answers from then on.
     *
     * @param tasks is not closed with the server
     * @param metrics what the server counts is added to it
     * @throws ServerFailedException where it cannot listen there, or not with that certificate
     */
    public static HttpServer start(
            ServerSettings settings, Tasks tasks, Tokens tokens, SourceGate gate, ServerMetrics metrics) {
        return start(settings, tasks, tokens, gate, metrics, Patience.defaults());
    }

    static HttpServer start(
            ServerSettings settings,
            Tasks tasks,
            Tokens tokens,
            SourceGate gate,
            ServerMetrics metrics,
            Patience patience) {
        Set<String> ownNames = isLoopback(settings.host()) ? ownNames(settings.host()) : null;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("http");
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, connectionFactories(settings.tls()));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(patience.idle().toMillis());
        server.addConnector(connector);
        int connections = settings.limits().connections();
        server.addBean(new NetworkConnectionLimit(connections, connector));
        ConnectionWatch watch = new ConnectionWatch(connector.getScheduler(), patience.headers(), patience.nothing());
        connector.addBean(watch);

        Health health = new Health(tasks);
        TaskEvents events =
                new TaskEvents(tasks, Math.max(1, Math.min(MOST_STREAMS, connections / 2)), patience.heartbeat());
        metrics.watch(tasks, health, events);
        Front front = new Front(
                new Api(settings, tasks, tokens, gate, metrics, patience.body()),
                tokens,
                health,
                new Documents(tasks),
                events,
                new PageFiles(SecurityHeaders.CONSOLE),
                metrics,
                watch,
                ownNames);
        server.setHandler(front);
        server.setErrorHandler(new JettyErrors());
        String scheme = settings.tls() == null ? "http" : "https";
        HttpServer started =
                new HttpServer(server, connector, front, health, events, scheme, settings.host(), patience);
        try {
            started.listen(settings);
        } catch (RuntimeException | Error e) {
            events.close();
            throw e;
        }
        watch.start();
        return started;
    }

    private static ConnectionFactory[] connectionFactories(@Nullable TlsSettings tls) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        // Nothing is let pass on which two servers could disagree where a request ends.
        configuration.setHttpCompliance(HttpCompliance.STRICT);
        configuration.setUriCompliance(UriCompliance.RFC3986);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        if (tls == null) {
            return new ConnectionFactory[] {http};
        }
        // Names are checked by clients; a server behind an address or another name would refuse them otherwise.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        return new ConnectionFactory[] {new SslConnectionFactory(TlsCertificate.load(tls), http.getProtocol()), http};
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
        return URI.create(scheme + "://" + address(host, connector.getLocalPort()) + "/");
    }

    /**
     * Ends the streams of events, lets the requests end that are being answered, for ten seconds at most, and stops listening. Meanwhile no task is
     * created any more, and health says that the server is about to end.
     */
    @Override
    public void close() {
        health.closing();
        events.close();
        long deadline = System.nanoTime() + patience.farewell().toNanos();
        boolean interrupted = false;
        while (front.answering() > 0 && System.nanoTime() < deadline && !interrupted) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server does not stop", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Whether only this machine can reach that address.
     *
     * @throws ServerFailedException where it is no address, and no name of one
     */
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
                    "The server cannot listen on " + host + ": there is no such address",
                    "Name an address of this machine, such as 127.0.0.1 or 0.0.0.0.");
        }
    }

    private static Set<String> ownNames(String host) {
        return Set.copyOf(
                List.of("localhost", "127.0.0.1", "[::1]", bracketed(host).toLowerCase(Locale.ROOT)));
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
