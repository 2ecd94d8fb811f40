/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings that keep a replica from getting what its source has: each is foretold, then tried. */
final class ReplicationSettingsTest {
    private static final String AFTER = "INSERT INTO shop.orders VALUES (2, 'after')";

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aReplicaThatDoesNotLogWhatItGetsLosesIt(Release release) throws Exception {
        try (TestServer upstream = Migration.numbered(release).borrow();
                Migration migration = new Migration(
                                Migration.numbered(release)
                                        .with("log_slave_updates", "OFF")
                                        .with("slave_preserve_commit_order", "OFF"),
                                Migration.numbered(Release.MYSQL_8_0))
                        .account()) {
            upstream.createAccount("up", "pw", "REPLICATION SLAVE");
            upstream.execute(
                    "SET SESSION sql_log_bin = 0",
                    "CREATE DATABASE shop CHARACTER SET utf8mb4",
                    "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(20))");
            migration.copy();
            migration.source.execute(
                    "CHANGE MASTER TO MASTER_HOST = '" + upstream.host() + "', MASTER_PORT = " + upstream.port()
                            + ", MASTER_USER = 'up', MASTER_PASSWORD = 'pw', MASTER_AUTO_POSITION = 1"
                            + (release == Release.MYSQL_5_7 ? "" : ", MASTER_SSL = 1"),
                    "START SLAVE");
            migration.assertBlocked("does not log what it gets from there: log_slave_updates is OFF, must be ON");

            migration.follow();
            // A channel that is not connected yet is refused later on: the source has GTIDs that are in no log of its
            // own.
            for (int i = 0; i < 1_200 && !migration.status("Slave_IO_Running").equals("Yes"); i++) {
                Thread.sleep(50);
            }
            upstream.execute("INSERT INTO shop.orders VALUES (3, 'upstream')");
            awaitRows(migration.source, 2);
            migration.source.execute("INSERT INTO shop.orders VALUES (4, 'own')");
            awaitRows(migration.target, 2);
            assertThat(migration.target.query("SELECT id FROM shop.orders ORDER BY id"))
                    .containsExactly(List.of("1"), List.of("4"));
        }
    }

    @Test
    void whatAFilterDropsIsMissingWithoutAnError() throws Exception {
        try (Migration migration = new Migration(
                        Migration.numbered(Release.MYSQL_8_0).with("binlog_ignore_db", "shop"),
                        Migration.numbered(Release.MYSQL_8_0))
                .account()) {
            migration.source.execute("CREATE DATABASE crm", "CREATE TABLE crm.people (id INT PRIMARY KEY)");
            migration.assertBlocked(
                    "Binlog_Ignore_DB of the source keeps changes of 1 database out of the binary log (shop)");

            migration.copy();
            migration.target.execute(
                    "SET SESSION sql_log_bin = 0",
                    "CREATE DATABASE crm",
                    "CREATE TABLE crm.people (id INT PRIMARY KEY)");
            migration.follow();
            migration.source.execute(AFTER, "INSERT INTO crm.people VALUES (1)");
            for (int i = 0;
                    i < 1_200
                            && migration
                                    .target
                                    .query("SELECT 1 FROM crm.people")
                                    .isEmpty();
                    i++) {
                Thread.sleep(50);
            }
            assertThat(migration.target.query("SELECT id FROM crm.people")).hasSize(1);
            assertThat(migration.target.query("SELECT id FROM shop.orders")).hasSize(1);
            assertThat(migration.status("Last_SQL_Errno") + migration.status("Last_IO_Errno"))
                    .isEqualTo("00");
        }
    }

    @Test
    void aStatementThatSpellsANameInAnotherCaseStopsAReplicaThatTellsThemApart() throws Exception {
        try (Migration migration = new Migration(
                        Migration.numbered(Release.MYSQL_8_0).with("lower_case_table_names", "1"),
                        Migration.numbered(Release.MYSQL_8_0))
                .account()) {
            migration.assertBlocked("lower_case_table_names is 1 on the source and 0 on the target");

            migration.copy();
            migration.follow();
            migration.assertArrives();
            migration.source.execute("USE shop", "ALTER TABLE Orders ADD more INT");
            assertThat(migration.sqlError()).isEqualTo(1146);
        }
    }

    @Test
    void aZoneThatTheTargetDoesNotKnowStopsItsReplica() throws Exception {
        try (Migration migration = new Migration(Release.MYSQL_8_0).account()) {
            migration.source.execute(
                    "SET SESSION sql_log_bin = 0",
                    "INSERT INTO mysql.time_zone (Time_zone_id, Use_leap_seconds) VALUES (900, 'N')",
                    "INSERT INTO mysql.time_zone_name VALUES ('Europe/Nowhere', 900)",
                    "INSERT INTO mysql.time_zone_transition_type VALUES (900, 0, 7200, 0, 'NT')",
                    "SET GLOBAL time_zone = 'Europe/Nowhere'");
            migration.assertBlocked("time_zone of the source is Europe/Nowhere, which the target does not know");

            migration.copy();
            migration.follow();
            migration.source.execute("INSERT INTO shop.orders VALUES (2, NOW())");
            assertThat(migration.sqlError()).isEqualTo(1298);
        }
    }

    @Test
    void aRowThatIsLargerThanTheChannelTakesStopsIt() throws Exception {
        try (Migration migration = new Migration(
                        Migration.numbered(Release.MYSQL_8_0),
                        Migration.numbered(Release.MYSQL_8_0).with("slave_max_allowed_packet", "1M"))
                .account()) {
            migration.source.execute("ALTER TABLE shop.orders MODIFY note LONGTEXT");
            assertThat(String.valueOf(migration.verdict()))
                    .contains("slave_max_allowed_packet of the target is 1048576");

            migration.copy();
            migration.target.execute("SET SESSION sql_log_bin = 0", "ALTER TABLE shop.orders MODIFY note LONGTEXT");
            migration.follow();
            migration.source.execute("INSERT INTO shop.orders VALUES (2, REPEAT('x', 3000000))");
            assertThat(migration.ioError()).isEqualTo(13125);
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void aCompressedTransactionStopsAnOldReplica() throws Exception {
        try (Migration migration = new Migration(
                        Migration.numbered(Release.MYSQL_9_7).with("binlog_transaction_compression", "ON"),
                        Migration.numbered(Release.MYSQL_8_0))
                .account()) {
            migration.assertBlocked("compressed transactions, which the target 8.0.15 cannot read (from 8.0.20 on)");

            migration.copy();
            migration.follow();
            migration.source.execute(AFTER);
            assertThat(migration.sqlError()).isEqualTo(13121);
        }
    }

    private static void awaitRows(TestServer server, int rows) throws InterruptedException {
        for (int i = 0; i < 1_200; i++) {
            if (server.query("SELECT id FROM shop.orders").size() == rows) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("nothing arrived at " + server);
    }
}
