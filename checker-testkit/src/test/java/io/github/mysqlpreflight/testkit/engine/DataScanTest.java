/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.probe.SnapshotReader;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.Hit;
import io.github.mysqlpreflight.core.snapshot.DataScan.Kind;
import io.github.mysqlpreflight.core.snapshot.DataScan.State;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.SnapshotFile;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ScanLimits;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows are looked into only where that is asked for, in bounds, and nothing of them but numbers is taken along. */
final class DataScanTest {
    private static final String ODD = "o`d\"d ü";
    private static final ScanLimits WIDE = new ScanLimits(1_000_000, Duration.ofSeconds(30), List.of());

    @TempDir
    private Path directory;

    private static TestServer server(Release release) {
        TestServer server =
                TestServer.of(release).with("event_scheduler", "OFF").shared();
        synchronized (DataScanTest.class) {
            if (server.query("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'scan'")
                    .isEmpty()) {
                String odd = "`" + ODD.replace("`", "``") + "`";
                List<String> statements = new ArrayList<>(
                        List.of(
                                "SET NAMES utf8mb4",
                                "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
                                "CREATE DATABASE scan CHARACTER SET utf8",
                                "CREATE DATABASE scan_other",
                                "CREATE TABLE scan." + odd + " (id INT PRIMARY KEY, " + odd
                                        + " DATE, dt DATETIME, ts TIMESTAMP NULL,"
                                        + " e ENUM('a', ''), f ENUM('x') NOT NULL, t LONGTEXT) ENGINE=InnoDB",
                                "INSERT INTO scan." + odd + " VALUES"
                                        + " (1, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00', '', 'secretvalue', 'short'),"
                                        + " (2, '2020-00-10', '2020-10-00 10:00:00', NULL, 'nothing', 'x', NULL),"
                                        + " (3, '2001-02-30', '1900-02-29 01:00:00', '2001-02-27 10:00:00', NULL, 'x',"
                                        + " REPEAT('secretvalue', 100000)),"
                                        + " (4, '2000-02-29', '2019-12-31 23:59:59', NULL, 'a', 'x', ''),"
                                        + " (5, NULL, NULL, NULL, 'a', 'x', NULL)",
                                "CREATE TABLE scan.fine (id INT PRIMARY KEY, d DATE) ENGINE=InnoDB",
                                "CREATE TABLE scan.myisam (id INT PRIMARY KEY, d DATE) ENGINE=MyISAM",
                                "CREATE TABLE scan.nodates (id INT PRIMARY KEY, n VARCHAR(10)) ENGINE=InnoDB",
                                "CREATE VIEW scan.v AS SELECT * FROM scan.fine",
                                "CREATE TABLE scan_other.t (id INT PRIMARY KEY AUTO_INCREMENT, d DATE NOT NULL) ENGINE=InnoDB",
                                "INSERT INTO scan_other.t (d) VALUES ('2020-01-01'), ('0000-00-00'), ('2020-01-01'), ('2020-01-01')"));
                for (int i = 0; i < 6; i++) {
                    statements.add(
                            "INSERT INTO scan_other.t (d) SELECT a.d FROM scan_other.t a, (SELECT 1 UNION SELECT 2"
                                    + " UNION SELECT 3 UNION SELECT 4) b");
                }
                server.execute(statements.toArray(new String[0]));
                server.createAccount("scan_all", "pw", "SELECT");
                server.createAccount("scan_few", "pw");
                server.execute("GRANT SELECT (id), INSERT ON scan.fine TO 'scan_few'@'%'");
            }
        }
        return server;
    }

    private static Snapshot read(String uri, ScanLimits limits) {
        return new SnapshotReader("test", ReadLimits.defaults().withScan(limits), ReadListener.SILENT)
                .read(SourceUri.parse(uri), List.of(Facts.TABLES, Facts.COLUMNS, Facts.DATA_SCAN));
    }

    private static DataScan.Table table(Snapshot snapshot, String schema, String name) {
        return snapshot.get(Facts.DATA_SCAN).tables().stream()
                .filter(one -> one.schema().equals(schema) && one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatIsThere(Release release) throws IOException {
        TestServer server = server(release);
        Snapshot snapshot = read(server.uri("scan_all", "pw"), WIDE);

        DataScan.Table odd = table(snapshot, "scan", ODD);
        assertThat(odd.state()).isEqualTo(State.WHOLE);
        assertThat(odd.rows()).isEqualTo(5);
        List<Hit> expected = new ArrayList<>(List.of(
                new Hit(ODD, Kind.ZERO_DATE, 1),
                new Hit(ODD, Kind.ZERO_IN_DATE, 1),
                new Hit(ODD, Kind.INVALID_DATE, 1),
                new Hit("dt", Kind.ZERO_DATE, 1),
                new Hit("dt", Kind.ZERO_IN_DATE, 1),
                new Hit("dt", Kind.INVALID_DATE, 1),
                new Hit("ts", Kind.ZERO_DATE, 1),
                new Hit("e", Kind.ENUM_ERROR, 1),
                new Hit("f", Kind.ENUM_ERROR, 1)));
        if (release != Release.MYSQL_5_6) {
            expected.add(new Hit("t", Kind.LONGEST, 1_100_000));
        }
        assertThat(odd.hits()).containsExactlyElementsOf(expected);
        assertThat(table(snapshot, "scan", "fine"))
                .isEqualTo(new DataScan.Table("scan", "fine", State.WHOLE, 0, null, List.of()));
        assertThat(table(snapshot, "scan", "myisam").state()).isEqualTo(State.OTHER_ENGINE);
        assertThat(snapshot.get(Facts.DATA_SCAN).tables())
                .filteredOn(one -> one.schema().startsWith("scan"))
                .extracting(DataScan.Table::name)
                .containsExactlyInAnyOrder(ODD, "fine", "myisam", "t")
                .doesNotContain("nodates", "v");
        assertThat(table(snapshot, "scan_other", "t").hits())
                .containsExactly(new Hit(
                        "d", Kind.ZERO_DATE, table(snapshot, "scan_other", "t").rows() / 4));

        Path file = directory.resolve("s.json");
        SnapshotFile.write(snapshot, file);
        assertThat(Files.readString(file)).doesNotContain("secretvalue", "2001-02-30", "0000-00-00");
        assertThat(SnapshotFile.read(file).get(Facts.DATA_SCAN)).isEqualTo(snapshot.get(Facts.DATA_SCAN));
    }

    @ParameterizedTest
    @EnumSource
    void endsAtSoManyRows(Release release) {
        long most = release == Release.MYSQL_5_6 ? 2_000 : 200;
        Snapshot snapshot = read(
                server(release).uri("scan_all", "pw"), new ScanLimits(most, Duration.ofSeconds(30), List.of("scan")));

        assertThat(table(snapshot, "scan_other", "t").state()).isEqualTo(State.ROWS);
        assertThat(table(snapshot, "scan_other", "t").rows()).isEqualTo(200);
        assertThat(snapshot.get(Facts.DATA_SCAN).tables())
                .extracting(DataScan.Table::schema)
                .doesNotContain("scan");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void endsAfterATimeAndSaysHowFarItCame(Release release) {
        Snapshot snapshot =
                read(server(release).uri("scan_all", "pw"), new ScanLimits(1_000_000, Duration.ofMillis(1), List.of()));

        // Nobody knows how many rows a machine reads in a millisecond, nor how late a busy one is told; that many it
        // does not.
        DataScan.Table table = table(snapshot, "scan_other", "t");
        assertThat(table.state()).isEqualTo(State.TIME);
        assertThat(table.rows()).isLessThan(62_500);
        assertThat(table.problem()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void saysWhatItMayNotRead(Release release) {
        DataScan.Table table = table(read(server(release).uri("scan_few", "pw"), WIDE), "scan", "fine");

        assertThat(table.state()).isEqualTo(State.FAILED);
        assertThat(table.problem()).contains("SELECT command denied");
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void waitsForNoLockForLong() throws SQLException {
        TestServer server = server(Release.MYSQL_8_0);
        try (Connection connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("LOCK TABLES scan.fine WRITE");
            long start = System.nanoTime();
            DataScan.Table table = table(read(server.uri("scan_all", "pw"), WIDE), "scan", "fine");
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(30_000);
            assertThat(table.state()).isIn(State.TIME, State.FAILED);
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void readsNoRowWithoutBeingAskedTo() {
        TestServer server = server(Release.MYSQL_8_0);
        long before = rowsRead(server);
        Snapshot snapshot = new SnapshotReader("test", ReadLimits.defaults(), ReadListener.SILENT)
                .read(
                        SourceUri.parse(server.uri("scan_all", "pw")),
                        List.of(Facts.TABLES, Facts.COLUMNS, Facts.DATA_SCAN));

        assertThat(snapshot.find(Facts.DATA_SCAN))
                .isInstanceOfSatisfying(
                        Fact.Unavailable.class, fact -> assertThat(fact.cause()).isEqualTo(Fact.Cause.NOT_READ));
        assertThat(rowsRead(server) - before).isLessThan(10_000);
    }

    private static long rowsRead(TestServer server) {
        return Long.parseLong(String.valueOf(server.query("SHOW GLOBAL STATUS LIKE 'Innodb_rows_read'")
                .get(0)
                .get(1)));
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void tellsItsProgressOverAllTables() {
        AtomicLong most = new AtomicLong();
        ReadListener listener = (what, rows) -> {
            if (what.equals("the rows of the tables")) {
                most.accumulateAndGet(rows, Math::max);
            }
        };
        new SnapshotReader("test", ReadLimits.defaults().withScan(WIDE), listener)
                .read(
                        SourceUri.parse(server(Release.MYSQL_8_0).uri("scan_all", "pw")),
                        List.of(Facts.TABLES, Facts.COLUMNS, Facts.DATA_SCAN));

        assertThat(most.get()).isGreaterThanOrEqualTo(12_000);
    }

    @Test
    @NeedsServer(Release.MYSQL_8_0)
    void saysWhatTheTimeOfTheRunDidNotReach() {
        ReadLimits short1 = ReadLimits.defaults()
                .withTotal(Duration.ofSeconds(1))
                .withSample(Duration.ofMillis(850))
                .withScan(WIDE);
        Snapshot snapshot = new SnapshotReader("test", short1, ReadListener.SILENT)
                .read(
                        SourceUri.parse(server(Release.MYSQL_8_0).uri("scan_all", "pw")),
                        List.of(Facts.TABLES, Facts.COLUMNS, Facts.STATUS, Facts.ACTIVITY, Facts.DATA_SCAN));

        if (snapshot.knows(Facts.DATA_SCAN)) {
            assertThat(table(snapshot, "scan", "fine").state()).isEqualTo(State.NOT_REACHED);
        } else {
            assertThat(snapshot.find(Facts.DATA_SCAN))
                    .isInstanceOfSatisfying(
                            Fact.Unavailable.class,
                            fact -> assertThat(fact.cause()).isEqualTo(Fact.Cause.TIMEOUT));
        }
    }
}
