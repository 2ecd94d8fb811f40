/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a verdict promises is tried: data is copied, a replica is started, and either a write arrives or the predicted error comes. */
final class MigrationTest {
    private static final String PASSWORD = MatrixCase.PASSWORD;
    private static final String[] PROGRAMS = {
        // 5.7 keeps a mode with each program that 8.0 does not know any more.
        "SET SESSION sql_mode = 'STRICT_TRANS_TABLES'",
        "CREATE VIEW shop.v AS SELECT id FROM shop.orders",
        "CREATE PROCEDURE shop.p() SELECT 1",
        "CREATE FUNCTION shop.f() RETURNS INT DETERMINISTIC RETURN 1",
        "CREATE TRIGGER shop.tr BEFORE UPDATE ON shop.orders FOR EACH ROW SET NEW.note = 'x'",
        "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1",
    };

    /** A source with a shop, and a target that is fresh. */
    private static final class Migration implements AutoCloseable {
        private final TestServer source;
        private final TestServer target;
        private String password = PASSWORD;

        Migration(TestServer.Builder source, TestServer.Builder target) {
            CompletableFuture<TestServer> second = CompletableFuture.supplyAsync(target::start);
            this.source = source.start();
            this.target = second.join();
            this.source.execute(
                    "CREATE DATABASE shop CHARACTER SET utf8mb4",
                    "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(20))",
                    "INSERT INTO shop.orders VALUES (1, 'before')");
        }

        Migration(Release release) {
            this(numbered(release), numbered(release));
        }

        static TestServer.Builder numbered(Release release) {
            return TestServer.of(release)
                    .with("gtid_mode", "ON")
                    .with("enforce_gtid_consistency", "ON")
                    .with("log_slave_updates", "ON");
        }

        Migration account(String secret, String... privileges) {
            password = secret;
            source.createAccount("mig", secret, privileges);
            return this;
        }

        Migration account() {
            return account(PASSWORD, MatrixCase.NEEDED);
        }

        Map<String, @Nullable Object> verdict() {
            Cli.Result result = Cli.run(
                    "check", source.uri("mig", password), "--target-uri", target.uri("root", ""), "--format", "json");
            assertThat(result.all()).doesNotContain(password);
            return Documents.read(result.out());
        }

        void assertReplication() {
            Map<String, @Nullable Object> verdict = verdict();
            assertThat(verdict.get("method"))
                    .as(String.valueOf(verdict.get("result")))
                    .isEqualTo("replication");
        }

        void assertBlocked(String words) {
            Map<String, @Nullable Object> verdict = verdict();
            assertThat(verdict.get("method")).isNotEqualTo("replication");
            assertThat(String.valueOf(verdict.get("result"))).contains(words);
        }

        /** As mysqldump does: the rows, and the GTIDs that they hold already. */
        void copy() {
            String executed = source.variable("gtid_executed").replace("\n", "");
            target.execute(
                    "SET SESSION sql_log_bin = 0",
                    "CREATE DATABASE shop CHARACTER SET utf8mb4",
                    "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(20))",
                    "INSERT INTO shop.orders VALUES (1, 'before')",
                    "SET GLOBAL gtid_purged = '" + executed + "'");
        }

        DumpClient.Dump dump() {
            return DumpClient.of(Release.MYSQL_9_7)
                    .dump(
                            source,
                            "mig",
                            password,
                            "--single-transaction",
                            "--source-data=2",
                            "--set-gtid-purged=ON",
                            "--routines",
                            "--triggers",
                            "--events",
                            "--databases",
                            "shop");
        }

        void load(DumpClient.Dump dump) {
            DumpClient.Result loaded = DumpClient.of(Release.MYSQL_9_7).load(dump, target);
            assertThat(loaded.succeeded()).as(loaded.errors()).isTrue();
        }

        /** What the target has of programs and views in the database, in one line. */
        String programs() {
            return String.valueOf(target.query(
                            "SELECT GROUP_CONCAT(what ORDER BY what SEPARATOR ', ') FROM (SELECT CONCAT(ROUTINE_TYPE, ' ',"
                                    + " ROUTINE_NAME) AS what FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA ="
                                    + " 'shop' UNION ALL SELECT CONCAT('TRIGGER ', TRIGGER_NAME) FROM"
                                    + " information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = 'shop' UNION ALL SELECT"
                                    + " CONCAT('EVENT ', EVENT_NAME) FROM information_schema.EVENTS WHERE EVENT_SCHEMA ="
                                    + " 'shop' UNION ALL SELECT CONCAT('VIEW ', TABLE_NAME) FROM information_schema.VIEWS"
                                    + " WHERE TABLE_SCHEMA = 'shop') programs")
                    .get(0)
                    .get(0));
        }

        boolean newWords() {
            return target.release() == Release.MYSQL_9_7;
        }

        void follow() {
            target.execute(channel(), newWords() ? "START REPLICA" : "START SLAVE");
        }

        String channel() {
            boolean caching = source.release() != Release.MYSQL_5_7;
            String text = "CHANGE MASTER TO MASTER_HOST = '" + source.host() + "', MASTER_PORT = " + source.port()
                    + ", MASTER_USER = 'mig', MASTER_PASSWORD = '" + password + "', MASTER_AUTO_POSITION = 1"
                    + ", MASTER_CONNECT_RETRY = 1, MASTER_RETRY_COUNT = 1" + (caching ? ", MASTER_SSL = 1" : "");
            return newWords()
                    ? text.replace("CHANGE MASTER", "CHANGE REPLICATION SOURCE").replace("MASTER_", "SOURCE_")
                    : text;
        }

        void assertArrives() throws SQLException, InterruptedException {
            source.execute("INSERT INTO shop.orders VALUES (2, 'after')");
            String last = "";
            for (int i = 0; i < 200; i++) {
                if (target.query("SELECT id FROM shop.orders").size() == 2) {
                    return;
                }
                last = status("Last_IO_Error") + status("Last_SQL_Error");
                Thread.sleep(50);
            }
            throw new AssertionError("nothing arrived: " + last);
        }

        int ioError() throws SQLException, InterruptedException {
            for (int i = 0; i < 200; i++) {
                String code = status("Last_IO_Errno");
                if (!code.equals("0")) {
                    return Integer.parseInt(code);
                }
                Thread.sleep(50);
            }
            throw new AssertionError("no error came");
        }

        String status(String column) throws SQLException {
            try (Connection connection = target.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(newWords() ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS")) {
                return row.next() ? row.getString(column) : "";
            }
        }

        @Override
        public void close() {
            source.close();
            target.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, MYSQL_8_0", "MYSQL_8_0, MYSQL_8_0", "MYSQL_9_7, MYSQL_9_7"})
    void aWriteArrivesWhereReplicationIsAdvised(Release from, Release to) throws Exception {
        try (Migration migration = new Migration(Migration.numbered(from), Migration.numbered(to)).account()) {
            migration.assertReplication();
            migration.copy();
            migration.follow();
            migration.assertArrives();
            migration.assertBlocked("the target is already a replica of 127.0.0.1");
        }
    }

    /** The very account of the verdict makes the dump that the replica starts from, with all that is in the database. */
    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, MYSQL_8_0", "MYSQL_8_0, MYSQL_8_0", "MYSQL_9_7, MYSQL_9_7"})
    @NeedsServer(Release.MYSQL_9_7)
    void whatIsAskedForIsEnoughForADumpAndAReplica(Release from, Release to) throws Exception {
        try (Migration migration = new Migration(Migration.numbered(from), Migration.numbered(to)).account()) {
            migration.source.execute(PROGRAMS);
            migration.assertReplication();

            DumpClient.Dump dump = migration.dump();
            assertThat(dump.succeeded()).as(dump.errors()).isTrue();
            migration.load(dump);
            assertThat(migration.programs()).isEqualTo("EVENT e, FUNCTION f, PROCEDURE p, TRIGGER tr, VIEW v");

            migration.follow();
            migration.assertArrives();
        }
    }

    /** Why a missing TRIGGER is a warning where replication is all that is asked for: the replica lacks what the dump lacks. */
    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void aReplicaLacksWhatItsDumpLacks() throws Exception {
        try (Migration migration =
                new Migration(Release.MYSQL_8_0).account(PASSWORD, MatrixCase.NEEDED.replace(" TRIGGER,", ""))) {
            migration.source.execute(PROGRAMS);
            Cli.Result result = Cli.run(
                    "check", migration.source.uri("mig", PASSWORD), "--method", "replication", "--format", "json");
            assertThat(result.out()).contains("cannot see triggers of shop");

            DumpClient.Dump dump = migration.dump();
            assertThat(dump.succeeded()).as(dump.errors()).isTrue();
            migration.load(dump);
            migration.follow();
            migration.assertArrives();
            assertThat(migration.programs()).isEqualTo("EVENT e, FUNCTION f, PROCEDURE p, VIEW v");
        }
    }

    @Test
    void theReplicationPrivilegeAloneIsWhatTheChannelNeedsAndADumpReadsWithSelect() throws Exception {
        try (Migration migration =
                new Migration(Release.MYSQL_8_0).account(PASSWORD, MatrixCase.FOR_A_DUMP, "REPLICATION CLIENT")) {
            migration.assertBlocked("lacks REPLICATION SLAVE");
            migration.copy();
            migration.follow();
            assertThat(migration.ioError()).isIn(Set.of(1597, 13120, 1236, 1227));
            assertThat(migration.status("Last_IO_Error")).containsAnyOf("Access denied", "REPLICATION SLAVE");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_9_7"})
    void twoServersWithOneNumberDoNotReplicate(Release release) throws Exception {
        try (Migration migration = new Migration(
                        Migration.numbered(release).with("server_id", "900"),
                        Migration.numbered(release == Release.MYSQL_5_7 ? Release.MYSQL_8_0 : release)
                                .with("server_id", "900"))
                .account()) {
            migration.assertBlocked("server_id overlapping,source and target have the same value - 900");
            migration.copy();
            migration.follow();
            assertThat(migration.ioError()).isIn(1593, 13117);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0", "MYSQL_9_7"})
    void aChannelTakesNoLongPassword(Release release) {
        try (Migration migration =
                new Migration(release).account("0123456789abcdef0123456789abcdefg", MatrixCase.NEEDED)) {
            migration.assertBlocked("must not exceed 32 characters");
            assertThatThrownBy(() -> {
                        try (Connection connection = migration.target.connect();
                                Statement statement = connection.createStatement()) {
                            statement.execute(migration.channel());
                        }
                    })
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(3056));
        }
    }

    @Test
    void aSourceWithoutGtidsIsRefusedByTheChannel() throws Exception {
        try (Migration migration =
                new Migration(TestServer.of(Release.MYSQL_8_0), Migration.numbered(Release.MYSQL_8_0)).account()) {
            migration.assertBlocked("GTID mode should be enabled on the source: gtid_mode is OFF");
            migration.follow();
            assertThat(migration.ioError()).isIn(1593, 13117);
            assertThat(migration.status("Last_IO_Error")).contains("GTID_MODE");
        }
    }

    @Test
    void aSourceWithoutANumberRefusesReplicas() throws Exception {
        try (Migration migration = new Migration(
                        Migration.numbered(Release.MYSQL_8_0).with("server_id", "0"),
                        Migration.numbered(Release.MYSQL_8_0))
                .account()) {
            migration.assertBlocked("server_id of the source is 0");
            migration.copy();
            migration.follow();
            migration.ioError();
            assertThat(migration.status("Last_IO_Error")).containsPattern("Misconfigured master - (master )?server_id");
        }
    }

    @Test
    void aTargetWithTransactionsUnderTheSourcesNameIsRefused() throws Exception {
        try (Migration migration = new Migration(Release.MYSQL_8_0).account()) {
            String uuid = migration.source.variable("server_uuid");
            migration.target.execute("SET GLOBAL gtid_purged = '" + uuid + ":1-1000'");
            migration.assertBlocked("the target has more GTIDs than the source");
            migration.follow();
            assertThat(migration.ioError()).isIn(1236, 13114);
            assertThat(migration.status("Last_IO_Error")).contains("more GTIDs than the master has");
        }
    }
}
