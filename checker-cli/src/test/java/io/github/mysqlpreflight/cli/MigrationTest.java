/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
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
            assertThat(result.out()).contains("does not see the triggers of shop");

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
            assertThat(migration.ioErrorText()).containsAnyOf("Access denied", "REPLICATION SLAVE");
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
            assertThat(migration.ioErrorText()).contains("GTID_MODE");
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
            assertThat(migration.ioErrorText()).containsPattern("Misconfigured master - (master )?server_id");
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
            assertThat(migration.ioErrorText()).contains("more GTIDs than the master has");
        }
    }
}
