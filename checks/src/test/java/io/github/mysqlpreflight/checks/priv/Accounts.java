/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
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
}
