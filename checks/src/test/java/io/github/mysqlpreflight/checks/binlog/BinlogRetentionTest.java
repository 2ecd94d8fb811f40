/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.checks.advice.Replica;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.RdsConfiguration;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogRetentionTest {
    private static final String SECONDS = "binlog_expire_logs_seconds";
    private static final String DAYS = "expire_logs_days";
    private static final long GB = 1L << 30;

    private final CheckTester check = CheckTester.of(new BinlogRetention());

    private static SnapshotFixture keeping(String version, String seconds, String days) {
        return SnapshotFixture.mysql(version)
                .without(SECONDS)
                .without(DAYS)
                .variable(SECONDS, seconds)
                .variable(DAYS, days);
    }

    @Test
    void passesWithTheDefaults() {
        check.on(SnapshotFixture.mysql("8.4.3")).passes();
        check.on(SnapshotFixture.mysql("5.7.22")).passes();
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")
                        .variable(SECONDS, "0")
                        .variable(DAYS, "0.000000"))
                .passes();
    }

    @Test
    void warnsOfAnHour() {
        Finding finding = check.on(keeping("8.0.36", "3600", "0").tableSize("shop", "customer", 9, 540 * GB))
                .findings()
                .get(0);

        assertThat(finding.effect()).isEqualTo(WARNING);
        assertThat(finding.message())
                .isEqualTo(
                        "the source keeps its binary logs for 1 h, and a replica needs them for 24 h at least (the dump of"
                                + " 540 GB takes about 3 h 4 min at 50 MB/s)");
        assertThat(finding.object().name()).isEqualTo(SECONDS);
        assertThat(finding.remedies().get(0).sql().get(0).sql())
                .isEqualTo("SET PERSIST binlog_expire_logs_seconds = 259200");
    }

    @Test
    void saysNothingOfADumpThatTakesNoTime() {
        check.on(keeping("8.0.36", "3600", "0")).finds(WARNING, "for 1 h, and a replica needs them for 24 h at least");
        assertThat(check.on(keeping("8.0.36", "3600", "0")).findings().get(0).message())
                .endsWith("at least");
    }

    @ParameterizedTest
    @CsvSource({"86399, true", "86400, false", "4294967295, false", "0, false"})
    void wantsADay(String seconds, boolean found) {
        SnapshotFixture source = keeping("8.0.36", seconds, "0");
        if (found) {
            check.on(source).finds(WARNING, "for 24 h, and a replica needs them for 24 h");
        } else {
            check.on(source).passes();
        }
    }

    @Test
    void wantsFourTimesTheDump() {
        // 50 MB/s for ten hours.
        long data = (50L * 36_000) << 20;
        SnapshotFixture source = keeping("8.0.36", "144000", "0").tableSize("shop", "customer", 9, data);

        check.on(source).passes();
        Finding finding = check.with(Plan.defaults().withDumpThroughput((50 << 20) - 1_500))
                .on(source)
                .findings()
                .get(0);
        assertThat(finding.message()).contains("for 40 h, and a replica needs them for 40 h (the dump of");
        assertThat(finding.remedies())
                .anySatisfy(remedy -> assertThat(remedy.text()).contains("Dump faster"));
        check.with(Plan.defaults().withDumpThroughput(200 << 20)).on(source).passes();
    }

    @Test
    void countsOnlyWhatIsMigrated() {
        long data = (50L * 360_000) << 20;
        SnapshotFixture source =
                keeping("8.0.36", "86400", "0").schema("archive").tableSize("archive", "log", 9, data);

        check.on(source).finds(WARNING, "needs them for 400 h");
        check.with(new Plan(null, null, null, List.of("archive"), Plan.DumpTool.MYSQLDUMP, null, false))
                .on(source)
                .passes();
    }

    @Test
    void readsTheDaysWhereTheyCount() {
        check.on(keeping("8.0.36", "0", "3")).passes();
        check.on(SnapshotFixture.mysql("5.7.22").variable(DAYS, "1")).passes();
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").without(SECONDS).variable(DAYS, "0.500000"))
                .finds(WARNING, "for 12 h");
        Finding finding = check.on(keeping("8.0.36", "0", "1").tableSize("shop", "customer", 9, 2_000 * GB))
                .findings()
                .get(0);
        assertThat(finding.object().name()).isEqualTo(DAYS);
        assertThat(finding.remedies().get(0).sql().get(0).sql()).isEqualTo("SET PERSIST expire_logs_days = 3");
    }

    @Test
    void passesWhereNothingIsEverPurged() {
        check.on(keeping("8.0.36", "60", "0").variable("binlog_expire_logs_auto_purge", "OFF"))
                .passes();
        check.on(keeping("8.0.36", "60", "0").variable("binlog_expire_logs_auto_purge", "ON"))
                .finds(WARNING, "for 1 min");
    }

    @Test
    void leavesAzuresZeroAndAmazonsVariablesOpen() {
        check.on(keeping("8.0.36", "0", "0").host("x.mysql.database.azure.com"))
                .isUnknown("binlog_expire_logs_seconds does not tell");
        check.on(keeping("8.0.36", "60", "0").host("x.rds.amazonaws.com")).doesNotApply("binlog.retention-rds");
    }

    @Test
    void asksOfAmazonsServersOnlyWhetherTheDumpFits() {
        // Fifty hours by 50 MB/s.
        long data = (50L * 180_000) << 20;
        check.on(rds(null)).doesNotApply("binlog.retention-rds");
        check.on(rds("23")).doesNotApply("binlog.retention-rds");
        check.on(rds("24")).passes();
        check.on(rds("48").tableSize("shop", "customer", 9, data))
                .finds(
                        WARNING,
                        "keeps its binary logs for 48 h, and a replica needs them for 200 h (the dump of 8.6 TB");
        check.on(rds("200").tableSize("shop", "customer", 9, data)).passes();
        assertThat(check.on(rds("48").tableSize("shop", "customer", 9, data)).remedySql())
                .containsExactly("CALL mysql.rds_set_configuration('binlog retention hours', 168)");
        assertThat(check.on(rds("48").variable("aurora_version", "3.08.0").tableSize("shop", "customer", 9, data))
                        .remedySql())
                .containsExactly("CALL mysql.rds_set_configuration('binlog retention hours', 216)");
    }

    private static SnapshotFixture rds(@Nullable String hours) {
        Map<String, @Nullable String> values = new HashMap<>();
        values.put("binlog retention hours", hours);
        return keeping("8.0.36", "60", "0")
                .host("db.abc.eu-west-1.rds.amazonaws.com")
                .fact(Facts.RDS_CONFIGURATION, new RdsConfiguration(values));
    }

    @Test
    void doesNotApplyWithoutALogOrToADump() {
        check.on(keeping("8.0.36", "60", "0").variable("log_bin", "OFF")).doesNotApply("binlog.enabled");
        check.with(Plans.dump()).on(keeping("8.0.36", "60", "0")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWhereTheSizeOfTheDataDecides() {
        SnapshotFixture twoDays =
                keeping("8.0.36", "172800", "0").unavailable(Facts.TABLE_SIZES, Fact.Cause.TIMEOUT, "too slow");
        check.on(twoDays).isUnknown("for 48 h; whether that is enough depends on the size of the data");
        check.on(keeping("8.0.36", "172800", "0").unavailable(Facts.SCHEMAS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("for 48 h; whether that is enough depends on the size of the data");

        check.on(twoDays.variable(SECONDS, "604800")).passes();
        check.on(twoDays.variable(SECONDS, "604799")).isUnknown("depends on the size of the data");
        check.on(twoDays.variable(SECONDS, "3600")).finds(WARNING, "for 1 h");
        check.on(twoDays.without(SECONDS).without(DAYS)).isUnknown("does not tell how long");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void passesOnARealServerWithDefaults(Release release) {
        check.on(TestServer.of(release).shared().uri("root", "")).passes();
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void readsMariaDb() {
        TestServer server = TestServer.of(Release.MARIADB_10_11)
                .with("expire_logs_days", "0.25")
                .shared();

        check.on(server.uri("root", "")).finds(WARNING, "for 6 h");
    }

    @Test
    void theRemedyMendsReal80sWhicheverSettingCounts() {
        try (TestServer server =
                TestServer.of(Release.MYSQL_8_0).with(SECONDS, "3600").borrow()) {
            String uri = server.uri("root", "");
            server.execute(check.on(uri).finds(WARNING, "for 1 h").remedySql());
            check.on(uri).passes();
            assertThat(server.variable(SECONDS)).isEqualTo("259200");
        }
    }

    /** The source removes what the replica would need, and the replica says 1236 (13114 since 8.0). */
    @Test
    void foretellsWhatTheReplicaMeets() throws InterruptedException {
        TestServer.Builder numbered =
                TestServer.of(Release.MYSQL_8_0).with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
        try (TestServer source = numbered.with(SECONDS, "1").borrow();
                TestServer target = numbered.borrow()) {
            source.createAccountWithPlugin("repl", "pw", "mysql_native_password", "REPLICATION SLAVE");
            source.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
            check.on(source.uri("root", "")).finds(WARNING, "for 1 s");

            String dumped = source.variable("gtid_executed").replace("\n", "");
            source.execute("INSERT INTO shop.t VALUES (1)", "FLUSH BINARY LOGS");
            Thread.sleep(2_100);
            source.execute("FLUSH BINARY LOGS");
            target.execute(
                    "SET GLOBAL gtid_purged = '" + dumped + "'",
                    "CHANGE MASTER TO MASTER_HOST = '" + source.host() + "', MASTER_PORT = " + source.port()
                            + ", MASTER_USER = 'repl', MASTER_PASSWORD = 'pw', MASTER_AUTO_POSITION = 1",
                    "START SLAVE");

            assertThat(Replica.ioError(target)).isIn(1236, 13114);
        }
    }
}
