/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.console;

import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;

/** A source from which only a dump is possible. */
final class MessySource {
    /** A name that somebody chose to do harm. */
    static final String HOSTILE = "<img src=x onerror=document.title='hit'>";

    private MessySource() {}

    static TestServer start(String password) {
        TestServer source = TestServer.of(Release.MYSQL_8_0)
                .with("gtid_mode", "ON")
                .with("enforce_gtid_consistency", "ON")
                .with("binlog_format", "STATEMENT")
                .start();
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.customer (id INT AUTO_INCREMENT PRIMARY KEY)",
                "CREATE TABLE shop.log (id INT PRIMARY KEY, line VARCHAR(500)) ENGINE=MyISAM",
                "CREATE TABLE shop.sessions (id CHAR(32) PRIMARY KEY) ENGINE=MEMORY",
                "CREATE DATABASE legacy",
                "CREATE TABLE legacy.notes (id INT PRIMARY KEY)");
        source.createMigrationAccount("mig", password);
        return source;
    }

    /** Adds names that a page must not take for its own. */
    static void addHostileNames(TestServer source) {
        source.execute(
                "CREATE DATABASE `" + HOSTILE + "`",
                "CREATE TABLE `" + HOSTILE + "`.`<script>alert(2)</script>` (id INT) ENGINE=MyISAM",
                "CREATE TABLE `" + HOSTILE + "`.`left\u202eright` (id INT) ENGINE=MyISAM");
    }

    static void removeHostileNames(TestServer source) {
        source.execute("DROP DATABASE `" + HOSTILE + "`");
    }

    /** Adds as many tables that have to be converted. */
    static void addTables(TestServer source, int number) {
        List<String> statements = new ArrayList<>(List.of("CREATE DATABASE archive"));
        for (int i = 0; i < number; i++) {
            statements.add("CREATE TABLE archive.day" + i + " (id INT PRIMARY KEY) ENGINE=MyISAM");
        }
        source.execute(statements.toArray(new String[0]));
    }

    static void removeTables(TestServer source) {
        source.execute("DROP DATABASE archive");
    }
}
