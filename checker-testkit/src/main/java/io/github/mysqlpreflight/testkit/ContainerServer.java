/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container. Images need a server program and a shell, no entry point: the testkit brings its own start procedure,
 * so that official and locally built images give the same server.
 */
final class ContainerServer implements RunningServer {
    private static final int PORT_ATTEMPTS = 5;
    private static final int SHUTDOWN_SECONDS = 60;
    private static final Duration PREPARATION_TIME = Duration.ofMinutes(5);
    private static final String DATA = "/var/lib/preflight/data";
    private static final String AUTHORITY = DATA + "/ca.pem";

    /** The name of the container, in the directory of its server. */
    private static final String NAME_FILE = "container";

    /** Image name of a release that is left out on purpose. */
    private static final String NONE = "none";

    /** Images of releases together with a data directory. */
    private static final String PREPARED = "mysql-preflight/prepared";

    /** Arguments: statements for the first start, options for making the data directory in one word. */
    private static final String PREPARE = """
            set -e
            statements=$1 initialisation=$2
            data=/var/lib/preflight/data
            mkdir -p $data
            printf '%s' "$statements" >$data/../init.sql
            INITIALISE
            rm -f $data/auto.cnf
            """;

    /** Arguments: options for each start. */
    private static final String START =
            "exec PROGRAM --no-defaults --user=root --datadir=" + DATA + " --socket=/tmp/s --pid-file=/tmp/pid \"$@\"";

    private static final String INITIALISE_MYSQL =
            "mysqld --no-defaults --initialize-insecure --user=root --datadir=$data"
                    + " --init-file=$data/../init.sql $initialisation";

    private static final String INITIALISE_5_6 = """
            share=/usr/share/mysql
            if [ -d /usr/local/mysql/share ]; then share=/usr/local/mysql/share; fi
            mkdir -p $data/mysql
            { echo 'USE mysql;'; cat $share/mysql_system_tables.sql; echo; cat $share/mysql_system_tables_data.sql; echo
                cat $data/../init.sql; } >$data/../bootstrap.sql
            mysqld --no-defaults --bootstrap --user=root --datadir=$data $initialisation <$data/../bootstrap.sql
            """;

    private static final String INITIALISE_MARIADB =
            "mariadb-install-db --no-defaults --user=root --datadir=$data --skip-test-db"
                    + " --auth-root-authentication-method=normal --extra-file=$data/../init.sql $initialisation";

    private static final Map<Release, Availability> ASKED = new ConcurrentHashMap<>();

    private final GenericContainer<?> container;
    private final int port;
    private final Path directory;
    private boolean stopped;

    private ContainerServer(GenericContainer<?> container, int port, Path directory) {
        this.container = container;
        this.port = port;
        this.directory = directory;
    }

    static Availability availability(Release release) {
        return ASKED.computeIfAbsent(release, ContainerServer::ask);
    }

    private static Availability ask(Release release) {
        String image = release.image();
        if (image.equals(NONE)) {
            return new Availability.LeftOut("-D" + release.imageProperty() + "=" + NONE);
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return new Availability.Missing("no Docker daemon answers; start it, or use -Dpreflight.lane=embedded");
        }
        try {
            DockerClientFactory.instance().client().inspectImageCmd(image).exec();
            return new Availability.Available();
        } catch (NotFoundException absent) {
            return pull(release, image, absent);
        }
    }

    private static Availability pull(Release release, String image, NotFoundException absent) {
        try {
            String pulled = new RemoteDockerImage(DockerImageName.parse(image)).get();
            return pulled.isEmpty()
                    ? new Availability.Missing("there is no image " + image + ": " + absent)
                    : new Availability.Available();
        } catch (RuntimeException e) {
            return new Availability.Missing(
                    "the image " + image + " is not here and cannot be pulled; name another with -D"
                            + release.imageProperty() + " (" + rootCause(e).getMessage() + ")");
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        for (Throwable next = cause.getCause(); next != null; next = cause.getCause()) {
            cause = next;
        }
        return cause;
    }

    static ContainerServer launch(Release release, Settings settings) {
        String image = prepared(release, settings);
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Path directory = RunDirectory.newServerDirectory();
            ContainerServer server =
                    new ContainerServer(container(image, release, settings, port, name(directory)), port, directory);
            RunDirectory.register(server);
            try {
                server.container.start();
                Readiness.await(server, release, settings);
                return server;
            } catch (ContainerLaunchException e) {
                server.stop();
                String reason = String.valueOf(rootCause(e).getMessage());
                boolean portTaken =
                        reason.contains("port is already allocated") || reason.contains("address already in use");
                if (!portTaken || attempt == PORT_ATTEMPTS) {
                    throw new ServerStartException("no container for " + release + ": " + reason, e);
                }
            } catch (RuntimeException e) {
                server.stop();
                throw e;
            }
        }
    }

    /** A new name for a container, noted before there is one, so that the next JVM finds it if this one is killed. */
    private static String name(Path directory) {
        String name = "preflight-testkit-" + UUID.randomUUID();
        try {
            Files.writeString(directory.resolve(NAME_FILE), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    /** Removes the container that a killed JVM has noted in this directory, if any. */
    static void removeLeftOver(Path directory) throws IOException {
        Path file = directory.resolve(NAME_FILE);
        if (Files.exists(file) && DockerClientFactory.instance().isDockerAvailable()) {
            try {
                DockerClientFactory.instance()
                        .client()
                        .removeContainerCmd(Files.readString(file))
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException e) {
                // Ryuk was quicker, or the JVM was killed before there was a container.
                return;
            }
        }
    }

    /**
     * The name of an image that has a data directory for these settings as well, so that a start does not make one. It is made at
     * first use, and Docker keeps it for later runs.
     */
    private static String prepared(Release release, Settings settings) {
        List<String> initialisation = new ArrayList<>(settings.initialisationOptions());
        initialisation.add(Settings.redoLog(release));
        String script = PREPARE.replace("INITIALISE", initialise(release));
        DockerClient client = DockerClientFactory.instance().client();
        String base = client.inspectImageCmd(release.image()).exec().getId();
        String content = String.join("\n", List.of(String.valueOf(base), script, statements(release))) + initialisation;
        String tag =
                UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
        String name = PREPARED + ":" + tag;
        synchronized (PREPARE) {
            try {
                client.inspectImageCmd(name).exec();
                return name;
            } catch (NotFoundException absent) {
                prepare(release, script, List.of(statements(release), String.join(" ", initialisation)), tag);
                return name;
            }
        }
    }

    private static void prepare(Release release, String script, List<String> arguments, String tag) {
        try (GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(release.image()))) {
            container.withCommand(arguments.toArray(new String[0]));
            container.withCreateContainerCmdModifier(
                    command -> command.withEntrypoint("/bin/sh", "-c", script, "preflight-testkit"));
            container.withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PREPARATION_TIME));
            container.start();
            container
                    .getDockerClient()
                    .commitCmd(container.getContainerId())
                    .withRepository(PREPARED)
                    .withTag(tag)
                    .exec();
        } catch (ContainerLaunchException e) {
            throw new ServerStartException(
                    "no data directory could be made in a container for " + release + ": " + rootCause(e), e);
        }
    }

    private static GenericContainer<?> container(
            String image, Release release, Settings settings, int port, String name) {
        List<String> arguments = new ArrayList<>();
        // The same port inside: @@port is then where clients connect to, as it is for any other server.
        arguments.add("--port=" + port);
        arguments.add("--skip-name-resolve");
        arguments.addAll(settings.startOptions(release));

        String host = DockerClientFactory.instance().dockerHostIpAddress();
        String address = host.equals("localhost") || host.equals("127.0.0.1") ? "127.0.0.1" : "0.0.0.0";
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image));
        container.withCommand(arguments.toArray(new String[0]));
        container.withCreateContainerCmdModifier(command -> command.withName(name)
                .withEntrypoint(
                        "/bin/sh",
                        "-c",
                        START.replace("PROGRAM", release.isMariaDb() ? "mariadbd" : "mysqld"),
                        "preflight-testkit")
                .withExposedPorts(ExposedPort.tcp(port))
                .withHostConfig(Optional.ofNullable(command.getHostConfig())
                        .orElseGet(HostConfig::newHostConfig)
                        .withPortBindings(
                                new PortBinding(Ports.Binding.bindIpAndPort(address, port), ExposedPort.tcp(port)))));
        container.waitingFor(new AnswerIsAwaitedElsewhere());
        return container;
    }

    /** The testkit itself waits until a client can connect. */
    private static final class AnswerIsAwaitedElsewhere extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }

    private static String initialise(Release release) {
        return switch (release) {
            case MYSQL_5_6 -> INITIALISE_5_6;
            case MYSQL_5_7, MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 -> INITIALISE_MYSQL;
            case MARIADB_10_11 -> INITIALISE_MARIADB;
        };
    }

    private static String statements(Release release) {
        return switch (release) {
            case MYSQL_5_6 -> InitialAccounts.BOOTSTRAP_5_6;
            case MYSQL_5_7, MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 -> InitialAccounts.STATEMENTS;
            case MARIADB_10_11 -> InitialAccounts.BOOTSTRAP_MARIADB;
        };
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String host() {
        String host = container.getHost();
        return host.equals("localhost") ? "127.0.0.1" : host;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isAlive() {
        return container.isRunning();
    }

    /** The port belongs to Docker, and Docker to this container. */
    @Override
    public boolean answers(Connection connection) {
        return true;
    }

    @Override
    public String logTail() {
        return FileTrees.tail(container.getLogs());
    }

    @Override
    public Path dataDirectory() {
        return Assumptions.abort("a container keeps its data directory to itself (-Dpreflight.lane=docker)");
    }

    @Override
    public Optional<Path> certificateAuthority() {
        Path file = directory.resolve("ca.pem");
        try {
            container.copyFileFromContainer(AUTHORITY, file.toString());
            return Optional.of(file).filter(Files::exists);
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void restart() {
        container
                .getDockerClient()
                .restartContainerCmd(container.getContainerId())
                .withTimeout(SHUTDOWN_SECONDS)
                .exec();
    }

    @Override
    public synchronized void stop() {
        if (!stopped) {
            stopped = true;
            container.stop();
            FileTrees.delete(directory);
            RunDirectory.unregister(this);
        }
    }
}
