/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real server for a test, on a free port of this machine, with root without a password from anywhere and no anonymous account.
 *
 * <pre>{@code
 * try (TestServer source = TestServer.of(Release.MYSQL_8_0).with("gtid_mode", "ON")
 *         .with("enforce_gtid_consistency", "ON").start()) {
 *     source.execute("CREATE DATABASE shop");
 *     source.createAccount("mig", "secret", "REPLICATION SLAVE", "SELECT");
 *     String uri = source.uri("mig", "secret");
 * }
 * }</pre>
 *
 * <p>Thread-safe, except that {@link #restart()} needs the server for itself.
 */
public final class TestServer implements AutoCloseable {
    private static final List<String> MIGRATION = List.of(
            "SELECT",
            "RELOAD",
            "PROCESS",
            "LOCK TABLES",
            "SHOW VIEW",
            "TRIGGER",
            "EVENT",
            "REPLICATION SLAVE",
            "REPLICATION CLIENT");

    private final Release release;
    private final Settings settings;
    private final RunningServer server;
    private final boolean shared;
    private final BorrowedServers.@Nullable Loan loan;

    private TestServer(
            Release release,
            Settings settings,
            RunningServer server,
            boolean shared,
            BorrowedServers.@Nullable Loan loan) {
        this.release = release;
        this.settings = settings;
        this.server = server;
        this.shared = shared;
        this.loan = loan;
    }

    /** A server of this release with the testkit's defaults: small, quick, binary log on, a random server id. */
    public static Builder of(Release release) {
        return new Builder(requireNonNull(release, "release is null"), Settings.NONE);
    }

    static TestServer launch(Release release, Settings settings, boolean shared) {
        return new TestServer(release, settings, Lane.current().launch(release, settings), shared, null);
    }

    static TestServer lend(Release release, Settings settings, RunningServer server, BorrowedServers.Loan loan) {
        return new TestServer(release, settings, server, false, loan);
    }

    /** What a server shall be like. Immutable: each method gives a new one. */
    public static final class Builder {
        private final Release release;
        private final Settings settings;

        private Builder(Release release, Settings settings) {
            this.release = release;
            this.settings = settings;
        }

        /** Sets an option of the server ({@code gtid_mode} or {@code gtid-mode}); an empty value gives the bare option. */
        public Builder with(String name, String value) {
            return new Builder(release, settings.with(name, value));
        }

        /** Takes away an option, so that the server's own default holds, even where the testkit has another. */
        public Builder without(String name) {
            return new Builder(release, settings.without(name));
        }

        /** Switches the binary log off, in the way of the release. */
        public Builder withoutBinaryLog() {
            Settings less = settings.without("log_bin");
            return new Builder(release, release.isMysql8OrNewer() ? less.with("skip_log_bin", "") : less);
        }

        /**
         * Starts a server of one's own and waits until it answers.
         *
         * @throws ServerStartException if it does not start, with the tail of its error log
         */
        public TestServer start() {
            Requirements.require(release);
            return launch(release, settings, false);
        }

        /**
         * A running server for this test alone, as {@link #start()} gives it, but much faster: other tests had it before, and
         * closing it restores everything for the next one. Settings that the server takes at run time are set at run time. Not
         * for tests that write into the data directory, that need a short uptime or change {@code performance_schema}.
         *
         * @throws ServerStartException if it does not start or does not take a setting
         */
        public TestServer borrow() {
            return BorrowedServers.borrow(release, settings);
        }

        /** The server with these settings that all tests of this JVM share; closing it does nothing. */
        public TestServer shared() {
            return SharedServers.get(release, settings);
        }
    }

    /** The release asked for. */
    public Release release() {
        return release;
    }

    /** Where clients connect to, an address without a name service. */
    public String host() {
        return server.host();
    }

    /** The TCP port. Stays the same over a restart. */
    public int port() {
        return server.port();
    }

    /**
     * The server's data directory, readable while it runs. In the Docker lane there is none on this machine: the test that asks
     * for it is skipped with this reason.
     */
    public Path dataDirectory() {
        return server.dataDirectory();
    }

    /** The certificate authority the server has made for itself, for VERIFY_CA; empty where the release makes none. */
    public Optional<Path> certificateAuthority() {
        return server.certificateAuthority();
    }

    /**
     * A URI for the checker, percent-encoded. Without TLS ({@code ssl-mode=DISABLED}) where {@link Release#offersModernTls} is not,
     * else with the checker's default.
     */
    public String uri(String user, String password) {
        String plain = plainUri(user, password);
        return release.offersModernTls() ? plain : plain + "?ssl-mode=DISABLED";
    }

    /** A URI for the checker with this {@code ssl-mode}. */
    public String uri(String user, String password, String sslMode) {
        return plainUri(user, password) + "?ssl-mode=" + encoded(sslMode);
    }

    private String plainUri(String user, String password) {
        return "mysql://" + encoded(user) + ":" + encoded(password) + "@" + host() + ":" + port() + "/";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A new connection as root, without TLS unless the server demands it, without a schema. */
    public Connection connect() throws SQLException {
        return connect("root", "");
    }

    /** A new connection as somebody else. */
    public Connection connect(String user, String password) throws SQLException {
        return Readiness.connect(server, release, settings, user, password);
    }

    /** Runs statements as root, one after the other over one connection, each given apart. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                execute(statement, text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("no connection to " + this + ": " + e.getMessage(), e);
        }
    }

    private void execute(Statement statement, String text) {
        try {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(release + " refused: " + text + ": " + e.getMessage(), e);
        }
    }

    /** Runs a query as root; the rows as text, null for NULL. */
    public List<List<@Nullable String>> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                rows.add(Collections.unmodifiableList(row));
            }
            return Collections.unmodifiableList(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(release + " refused: " + sql + ": " + e.getMessage(), e);
        }
    }

    /** The global value of a system variable as text. */
    public String variable(String name) {
        List<List<@Nullable String>> rows = query("SELECT @@GLOBAL." + name);
        return String.valueOf(rows.get(0).get(0));
    }

    /**
     * Creates {@code user@'%'} with the release's default authentication and grants privileges on {@code *.*}, none if none are
     * given. Not written to the binary log, so {@code gtid_executed} stays as it is; for other grants use {@link #execute}.
     */
    public void createAccount(String user, String password, String... privileges) {
        execute(user, List.of("CREATE USER " + account(user) + " IDENTIFIED BY " + literal(password)), privileges);
    }

    /** The same with what the README asks for an account that is judged completely and carries the migration out. */
    public void createMigrationAccount(String user, String password) {
        List<String> privileges = new ArrayList<>(MIGRATION);
        if (release.isMysql8OrNewer()) {
            privileges.add("XA_RECOVER_ADMIN");
        }
        createAccount(user, password, privileges.toArray(new String[0]));
    }

    /** The same with an authentication plugin, such as {@code mysql_native_password}. */
    public void createAccountWithPlugin(String user, String password, String plugin, String... privileges) {
        execute(user, creation(user, password, plugin), privileges);
    }

    private List<String> creation(String user, String password, String plugin) {
        String account = account(user);
        return switch (release) {
            case MYSQL_5_6 ->
                List.of(
                        "CREATE USER " + account + " IDENTIFIED WITH " + literal(plugin),
                        "SET SESSION old_passwords = " + (plugin.equals("sha256_password") ? 2 : 0),
                        "SET PASSWORD FOR " + account + " = PASSWORD(" + literal(password) + ")");
            case MYSQL_5_7, MYSQL_8_0, MYSQL_8_4, MYSQL_9_7 ->
                List.of("CREATE USER " + account + " IDENTIFIED WITH " + literal(plugin) + " BY " + literal(password));
            case MARIADB_10_11 ->
                List.of("CREATE USER " + account + " IDENTIFIED VIA " + plugin + " USING PASSWORD(" + literal(password)
                        + ")");
        };
    }

    private void execute(String user, List<String> creation, String... privileges) {
        List<String> statements = new ArrayList<>();
        statements.add("SET SESSION sql_log_bin = 0");
        statements.addAll(creation);
        if (privileges.length > 0) {
            statements.add("GRANT " + String.join(", ", privileges) + " ON *.* TO " + account(user));
        }
        execute(statements.toArray(new String[0]));
    }

    private static String account(String user) {
        return literal(user) + "@'%'";
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Shuts the server down cleanly, starts it again with its data, settings and port, and waits until it answers. */
    public void restart() {
        if (shared) {
            throw new IllegalStateException("others use this server too");
        }
        if (loan != null) {
            loan.restarted();
        }
        server.restart();
        Readiness.await(server, release, settings);
    }

    /** Kills the server and removes its data; a shared one stays, a borrowed one is restored and given back. */
    @Override
    public void close() {
        if (loan != null) {
            loan.end(this);
        } else if (!shared) {
            server.stop();
        }
    }

    @Override
    public String toString() {
        return release + " at " + host() + ":" + port();
    }
}
