/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers of this package's own, with a few databases, and a new account for each question. */
final class Accounts {
    static final String PASSWORD = "Sesame-1";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Accounts() {}

    static TestServer server(Release release) {
        return prepared(TestServer.of(release).with("max_connections", "77").shared());
    }

    static TestServer serverWithPartialRevokes() {
        return prepared(
                TestServer.of(Release.MYSQL_9_7).with("partial_revokes", "ON").shared());
    }

    static TestServer serverWithGtids(Release release) {
        return prepared(TestServer.of(release)
                .with("gtid_mode", "ON")
                .with("enforce_gtid_consistency", "ON")
                .with("log_slave_updates", "ON")
                .shared());
    }

    private static TestServer prepared(TestServer server) {
        synchronized (Accounts.class) {
            if (server.query("SHOW DATABASES LIKE 'shop'").isEmpty()) {
                server.execute(
                        "SET SESSION sql_log_bin = 0",
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(20))",
                        "CREATE TABLE shop.note (id INT PRIMARY KEY)",
                        "CREATE VIEW shop.v AS SELECT 1 AS one",
                        "CREATE PROCEDURE shop.p() SELECT 1",
                        "CREATE FUNCTION shop.f() RETURNS INT DETERMINISTIC RETURN 1",
                        "CREATE TRIGGER shop.tr BEFORE INSERT ON shop.item FOR EACH ROW SET NEW.name = 'x'",
                        "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SELECT 1",
                        "CREATE DATABASE sh_p",
                        "CREATE TABLE sh_p.t (id INT PRIMARY KEY)",
                        "CREATE DATABASE shxp",
                        "CREATE TABLE shxp.t (id INT PRIMARY KEY)",
                        "CREATE DATABASE `a\\b%c``d`",
                        "CREATE TABLE `a\\b%c``d`.t (id INT PRIMARY KEY)");
            }
        }
        return server;
    }

    /** A new account's name; {@code ACCOUNT} in the statements stands for it. */
    static String create(TestServer server, String... statements) {
        String user = "o'" + NUMBER.incrementAndGet();
        String account = "'" + user.replace("'", "''") + "'@'%'";
        server.execute("CREATE USER " + account + " IDENTIFIED BY '" + PASSWORD + "'");
        for (String statement : statements) {
            server.execute(statement.replace("ACCOUNT", account));
        }
        return user;
    }

    /** The database shop, dumped by the mysqldump of 9.7 with all that is in it. */
    static DumpClient.Dump dump(TestServer server, String user, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--single-transaction", "--routines", "--triggers", "--events"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--databases", "shop"));
        return DumpClient.of(Release.MYSQL_9_7).dump(server, user, PASSWORD, arguments.toArray(new String[0]));
    }

    /** The same without the GTIDs that it holds. */
    static DumpClient.Dump plainDump(TestServer server, String user) {
        return dump(server, user, "--set-gtid-purged=OFF");
    }
}
