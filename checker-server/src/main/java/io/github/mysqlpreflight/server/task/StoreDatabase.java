/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.MariaDBJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.MySQL8JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.MySQLJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.server.ServerFailedException;
import io.github.mysqlpreflight.server.config.StoreSettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database that tasks are kept in: reached over a pool, its schema brought up to date. Safe for use by several threads. */
final class StoreDatabase implements AutoCloseable {
    /** Client and server give a statement up after so long, so that a database that keeps silent holds no thread for good. */
    private static final int SOCKET_TIMEOUT_SECONDS = 30;

    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    private static final int H2_ALREADY_OPEN = 90_020;
    private static final int MIGRATION_TRIES = 5;
    private static final long MIGRATION_PAUSE_NANOS = 200_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(StoreDatabase.class);

    private final Product product;
    private final HikariDataSource pool;
    private final @Nullable StoreDirectory directory;

    private StoreDatabase(Product product, HikariDataSource pool, @Nullable StoreDirectory directory) {
        this.product = product;
        this.pool = pool;
        this.directory = directory;
    }

    /** The products that can be told apart, as far as it matters. */
    private enum Product {
        H2("h2"),
        MYSQL_5("mysql"),
        MYSQL_8("mysql"),
        MARIADB("mysql"),
        POSTGRESQL("postgresql");

        private final String migrations;

        Product(String migrations) {
            this.migrations = migrations;
        }
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @param connections most connections to it at the same time
     * @throws ServerFailedException where that is not possible
     */
    static StoreDatabase open(StoreSettings settings, int connections) {
        Path path = settings.directory();
        StoreDirectory directory = path == null ? null : StoreDirectory.lock(path);
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(config(settings, connections));
            Product product = product(pool);
            migrate(pool, product);
            return new StoreDatabase(product, pool, directory);
        } catch (PoolInitializationException | SQLException | FlywayException e) {
            closeAll(pool, directory);
            throw failed(settings, e);
        } catch (RuntimeException | Error e) {
            closeAll(pool, directory);
            throw e;
        }
    }

    private static void closeAll(@Nullable HikariDataSource pool, @Nullable StoreDirectory directory) {
        if (pool != null) {
            pool.close();
        }
        if (directory != null) {
            directory.close();
        }
    }

    private static HikariConfig config(StoreSettings settings, int connections) {
        HikariConfig config = new HikariConfig();
        Path directory = settings.directory();
        String url = settings.jdbcUrl();
        if (directory != null) {
            config.setDriverClassName("org.h2.Driver");
            config.setJdbcUrl(embeddedUrl(directory));
            config.setUsername("preflight");
            config.setPassword("");
        } else if (url != null) {
            refuseAccount(url);
            configureDriver(config, url);
            config.setJdbcUrl(url);
            String user = settings.user();
            if (user != null) {
                config.setUsername(user);
            }
            Password password = settings.password();
            if (password != null) {
                config.setPassword(password.reveal());
            }
        }
        config.setPoolName("store");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(2, connections));
        config.setConnectionTimeout(CONNECT_TIMEOUT_SECONDS * 1_000L);
        config.setInitializationFailTimeout(1);
        // No locks on gaps between rows, which MySQL otherwise takes where the queue is polled.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return config;
    }

    private static String embeddedUrl(Path directory) {
        Path file = directory.toAbsolutePath().normalize().resolve("tasks");
        if (file.toString().indexOf(';') >= 0) {
            throw new ServerFailedException(
                    "The store's directory has a semicolon in its name, which its database does not take",
                    "Name another directory.");
        }
        // A commit is written before it returns. A thread that is interrupted while it writes closes the file; "retry"
        // opens it again.
        return "jdbc:h2:retry:" + file
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";
    }

    private static void configureDriver(HikariConfig config, String url) {
        if (url.startsWith("jdbc:mysql://")) {
            config.setDriverClassName("com.mysql.cj.jdbc.Driver");
            property(config, url, "connectionTimeZone", "UTC");
            property(config, url, "forceConnectionTimeZoneToSession", "true");
            property(config, url, "connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS * 1_000));
            property(config, url, "socketTimeout", Integer.toString(SOCKET_TIMEOUT_SECONDS * 1_000));
            property(config, url, "tcpKeepAlive", "true");
            property(config, url, "connectionAttributes", "program_name:mysql-preflight-server");
            property(config, url, "useLocalSessionState", "true");
            property(config, url, "cacheServerConfiguration", "true");
        } else if (url.startsWith("jdbc:postgresql:")) {
            config.setDriverClassName("org.postgresql.Driver");
            property(config, url, "connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
            property(config, url, "socketTimeout", Integer.toString(SOCKET_TIMEOUT_SECONDS));
            property(config, url, "tcpKeepAlive", "true");
            property(config, url, "ApplicationName", "mysql-preflight-server");
        } else {
            throw new ServerFailedException(
                    "The store's URL is for no database that can be one",
                    "Give jdbc:mysql://HOST:PORT/DATABASE or jdbc:postgresql://HOST:PORT/DATABASE, or a directory.");
        }
    }

    /** What the operator says in the URL goes before. */
    private static void property(HikariConfig config, String url, String name, String value) {
        if (!url.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "=")) {
            config.addDataSourceProperty(name, value);
        }
    }

    /** A URL goes into messages of drivers, and into the process list. */
    private static void refuseAccount(String url) {
        String text;
        try {
            text = URLDecoder.decode(url, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not percent-encoded: it is what it looks like.
            text = url;
        }
        text = text.toLowerCase(Locale.ROOT).replace(" ", "");
        boolean account = text.indexOf('@') >= 0;
        for (String name : new String[] {"user=", "password=", "password1=", "password2=", "password3=", "passfile="}) {
            int at = text.indexOf(name);
            account |= at > 0 && "?&(,;".indexOf(text.charAt(at - 1)) >= 0;
        }
        if (account) {
            throw new ServerFailedException(
                    "The store's URL holds a user or a password",
                    "Leave them out of the URL, and give them apart, in the configuration or the environment.");
        }
    }

    private static Product product(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            String name = connection.getMetaData().getDatabaseProductName();
            String version = connection.getMetaData().getDatabaseProductVersion();
            if (name.equals("H2")) {
                return Product.H2;
            } else if (name.equals("PostgreSQL")) {
                return Product.POSTGRESQL;
            } else if (version.contains("MariaDB")) {
                return Product.MARIADB;
            }
            return ServerVersion.ofServer(version).atLeast(8, 0, 1) ? Product.MYSQL_8 : Product.MYSQL_5;
        }
    }

    private static void migrate(DataSource pool, Product product) {
        for (int attempt = 1; ; attempt++) {
            try {
                migrateOnce(pool, product);
                return;
            } catch (FlywayException e) {
                // Of instances that start at the same moment one makes the table of the history; the others, who saw
                // none, fail.
                if (attempt == MIGRATION_TRIES) {
                    throw e;
                }
                LOG.debug("the store's tables could not be brought up to date, once more", e);
                LockSupport.parkNanos(MIGRATION_PAUSE_NANOS * attempt);
            }
        }
    }

    private static void migrateOnce(DataSource pool, Product product) {
        Flyway.configure(StoreDatabase.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(pool)
                .locations("classpath:db/migration/" + product.migrations)
                .table("preflight_schema_history")
                // The database may be shared with others.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .cleanDisabled(true)
                .load()
                .migrate();
    }

    private static ServerFailedException failed(StoreSettings settings, Throwable thrown) {
        SQLException sql = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                sql = found;
            }
        }
        if (sql != null && sql.getErrorCode() == H2_ALREADY_OPEN) {
            return StoreDirectory.inUse(String.valueOf(settings.directory()));
        }
        String said = sql != null && sql.getMessage() != null ? sql.getMessage() : thrown.getMessage();
        String line = said == null ? thrown.getClass().getSimpleName() : said.replace('\n', ' ');
        return thrown instanceof FlywayException
                ? new ServerFailedException(
                        "The store's tables could not be made or brought up to date: " + line,
                        "The account needs the privileges to create and alter tables in that database.")
                : new ServerFailedException(
                        "The store cannot be opened: " + line,
                        settings.directory() == null
                                ? "Check the URL, the account, and that the database is there and can be reached."
                                : "Check that the server may write to the directory, and that nothing else changes it.");
    }

    DataSource dataSource() {
        return pool;
    }

    /** Whether no other instance can be using it: then whatever seems to be running was cut off. */
    boolean isOurs() {
        return directory != null;
    }

    /** How the queue speaks to it. */
    JdbcCustomization customization() {
        return switch (product) {
            case H2 -> new DefaultJdbcCustomization(false);
            case MYSQL_5 -> new MySQLJdbcCustomization(true);
            case MYSQL_8 -> new MySQL8JdbcCustomization(true);
            case MARIADB -> new MariaDBJdbcCustomization(true);
            case POSTGRESQL -> new PostgreSqlJdbcCustomization(false, false);
        };
    }

    /** Whether a free place can lock what it takes from the queue in passing over what others have locked. */
    boolean canSkipLocked() {
        return product == Product.MYSQL_8 || product == Product.POSTGRESQL;
    }

    @Override
    public void close() {
        closeAll(pool, directory);
    }
}
