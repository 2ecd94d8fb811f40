/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.Kind;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjDataZeroDatesTest {
    private final CheckTester check = CheckTester.of(new ObjDataZeroDates());

    private static SnapshotFixture source(String type, String value) {
        return column(SnapshotFixture.mysql("5.7.22").table("shop", "t", "InnoDB"), "d", type, value, true);
    }

    private static SnapshotFixture column(
            SnapshotFixture fixture, String name, String type, String value, boolean nullable) {
        return fixture.column("shop", "t", new Column(name, type, nullable, value, "", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "date, 0000-00-00",
        "datetime(2), 0000-00-00 00:00:00.00",
        "timestamp, 0000-00-00 00:00:00",
        "date, 2000-00-10",
        "datetime, 2000-10-00 00:00:00",
        "date, 0000-00-01",
        "date, '''0000-00-00'''"
    })
    void warnsOfZeroDates(String type, String value) {
        check.on(source(type, value))
                .finds(
                        WARNING,
                        "shop.t has defaults that are no dates (d " + value
                                + "): the target refuses to alter it, and to insert the default (errors 1067, 1292)");
    }

    @ParameterizedTest
    @CsvSource({"date, 2001-02-29", "date, 1900-02-29", "datetime, 2001-04-31 00:00:00"})
    void blocksADumpWithDaysThatAMonthDoesNotHave(String type, String value) {
        check.on(source(type, value)).finds(BLOCKS_DUMP, "(d " + value + "): a load stops at it (error 1067)");
    }

    @ParameterizedTest
    @CsvSource({
        "date, 2000-02-29",
        "date, 0000-01-01",
        "date, 9999-12-31",
        "datetime, CURRENT_TIMESTAMP",
        "timestamp, current_timestamp()",
        "date, (curdate())",
        "date, NULL",
        "year, 0000",
        "time, 00:00:00",
        "varchar(10), 0000-00-00"
    })
    void passesWithOtherDefaults(String type, String value) {
        check.on(source(type, value)).passes();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0000-00-00, false",
        "NO_ZERO_DATE, 0000-00-00, false",
        "'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE', 0000-00-00, false",
        "'STRICT_ALL_TABLES,NO_ZERO_DATE', 0000-00-00, true",
        "'STRICT_TRANS_TABLES,NO_ZERO_DATE', 2000-00-00, false",
        "'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE', 2000-00-00, true",
        "ALLOW_INVALID_DATES, 2001-02-30, true"
    })
    void judgesByTheTargetsMode(String mode, String value, boolean found) {
        CheckTester tester = check.with(
                        Plans.onto(SnapshotFixture.mysql("8.4.4").variable("sql_mode", mode)))
                .on(source("date", value));

        if (found) {
            assertThat(tester.findings()).hasSize(1);
        } else {
            tester.passes();
        }
    }

    @Test
    void mendsAllDefaultsOfATableAtOnce() {
        SnapshotFixture fixture = source("date", "0000-00-00");
        column(fixture, "e", "date", "2001-02-30", false);
        column(fixture, "fine", "date", "2001-02-03", false);
        column(fixture, "g`h", "timestamp(3)", "0000-00-00 00:00:00.000", false);

        assertThat(check.on(fixture).finds(BLOCKS_DUMP, "shop.t").remedySql())
                .containsExactly(
                        "ALTER TABLE `shop`.`t` ALTER COLUMN `d` SET DEFAULT NULL, ALTER COLUMN `e` SET DEFAULT"
                                + " '1970-01-02', ALTER COLUMN `g``h` SET DEFAULT '1970-01-02 00:00:00'");
    }

    private static SnapshotFixture rows(DataScan.State state, boolean nullable, DataScan.Hit... hits) {
        return column(SnapshotFixture.mysql("5.7.22").table("shop", "t", "InnoDB"), "d", "date", null, nullable)
                .fact(
                        Facts.DATA_SCAN,
                        new DataScan(List.of(new DataScan.Table("shop", "t", state, 5_000, null, List.of(hits)))));
    }

    private static DataScan.Hit hit(DataScan.Kind kind, long number) {
        return new DataScan.Hit("d", kind, number);
    }

    @Test
    void warnsOfRows() {
        Finding finding = check.on(
                        rows(DataScan.State.WHOLE, true, hit(Kind.ZERO_DATE, 1_200), hit(Kind.ZERO_IN_DATE, 34)))
                .finds(
                        WARNING,
                        "shop.t.d holds dates that are none in 1,234 rows: the target refuses to write them again (error"
                                + " 1292)")
                .findings()
                .get(0);
        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(finding.remedies())
                .extracting(remedy ->
                        remedy.sql().isEmpty() ? "" : remedy.sql().get(0).sql())
                .containsExactly(
                        "",
                        "SELECT * FROM `shop`.`t` WHERE MONTH(`d`) = 0 OR DAYOFMONTH(`d`) = 0 LIMIT 100",
                        "UPDATE `shop`.`t` SET `d` = NULL WHERE MONTH(`d`) = 0 OR DAYOFMONTH(`d`) = 0");
        check.on(rows(DataScan.State.ROWS, false, hit(Kind.INVALID_DATE, 1)))
                .finds(
                        WARNING,
                        "in 1 row of the 5000 that were read: a load makes days that a month does not have 0000-00-00");
        assertThat(check.on(rows(DataScan.State.ROWS, false, hit(Kind.INVALID_DATE, 1)))
                        .findings()
                        .get(0)
                        .remedies())
                .hasSize(2);
        check.on(rows(DataScan.State.WHOLE, true, hit(Kind.ENUM_ERROR, 1), hit(Kind.LONGEST, 1 << 20)))
                .passes();
    }

    @Test
    void findsRowsNextToDefaults() {
        assertThat(check.on(source("date", "0000-00-00")
                                .fact(
                                        Facts.DATA_SCAN,
                                        new DataScan(List.of(new DataScan.Table(
                                                "shop",
                                                "t",
                                                DataScan.State.WHOLE,
                                                1,
                                                null,
                                                List.of(hit(Kind.ZERO_DATE, 1)))))))
                        .findings())
                .extracting(finding -> finding.object().label())
                .containsExactly("shop.t", "shop.t.d");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ZERO_DATE, false",
        "'STRICT_TRANS_TABLES,NO_ZERO_DATE', ZERO_DATE, true",
        "'STRICT_TRANS_TABLES,NO_ZERO_DATE', ZERO_IN_DATE, false",
        "'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE', ZERO_IN_DATE, true",
        "'', INVALID_DATE, true"
    })
    void judgesRowsByTheTargetsModeToo(String mode, Kind kind, boolean found) {
        CheckTester tester = check.with(
                        Plans.onto(SnapshotFixture.mysql("8.4.4").variable("sql_mode", mode)))
                .on(rows(DataScan.State.WHOLE, true, hit(kind, 1)));

        if (found) {
            tester.finds(WARNING, "shop.t.d");
        } else {
            tester.passes();
        }
    }

    @Test
    void isUnknownWhereRowsCouldNotBeLookedInto() {
        check.on(rows(DataScan.State.NOT_REACHED, true)).isUnknown("the rows of 1 table could not be looked into");
        check.on(rows(DataScan.State.WHOLE, true).unavailable(Facts.DATA_SCAN, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("the rows of the tables of the source: too slow");
        check.on(source("date", "0000-00-00").unavailable(Facts.DATA_SCAN, Fact.Cause.TIMEOUT, "too slow"))
                .finds(WARNING, "has defaults that are no dates")
                .doesNotSee("the rows of the tables of the source: too slow");
    }

    /** What a real dump makes of them, without an error, and a replica does not. */
    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsWhatADumpMakesOfRows() {
        TestServer source = Lab.server(Release.MYSQL_8_0);
        source.execute(
                "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
                "CREATE DATABASE zrows",
                "CREATE TABLE zrows.t (id INT PRIMARY KEY, d DATE, z DATE) ENGINE=InnoDB",
                "INSERT INTO zrows.t VALUES (1, '2001-02-30', '2000-00-10'), (2, NULL, '0000-00-00'), (3, '2000-02-29', NULL)");
        TestServer target = Lab.server(Release.MYSQL_9_7);
        String uri = source.uri("root", "");
        check.on(uri).passes();
        List<Finding> findings = check.onRowsOf(uri)
                .finds(2, WARNING, "zrows.t.d holds dates that are none in 1 row:")
                .findings();

        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        DumpClient.Dump dump = client.dump(
                source, "root", "", "--single-transaction", "--set-gtid-purged=OFF", "--databases", "zrows");
        assertThat(dump.succeeded()).as(dump.errors()).isTrue();
        assertThat(client.load(dump, target).succeeded()).isTrue();
        assertThat(target.query("SELECT CAST(d AS CHAR), CAST(z AS CHAR) FROM zrows.t ORDER BY id"))
                .containsExactly(
                        List.of("0000-00-00", "2000-00-10"),
                        Arrays.asList(null, "0000-00-00"),
                        Arrays.asList("2000-02-29", null));
        assertThatThrownBy(() -> target.execute("UPDATE zrows.t SET z = z + INTERVAL 0 DAY, d = CAST(d AS CHAR)"))
                .hasMessageContaining("Incorrect date");

        for (Finding finding : findings) {
            assertThat(source.query(finding.remedies().get(1).sql().get(0).sql()))
                    .isNotEmpty();
            source.execute(finding.remedies().get(2).sql().get(0).sql());
        }
        check.onRowsOf(uri).passes();
        source.execute("DROP DATABASE zrows");
        target.execute("DROP DATABASE zrows");
    }

    @Test
    void isUnknownWhereColumnsAreHidden() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .table("shop", "a", "InnoDB")
                        .grants("GRANT TRIGGER ON *.* TO `mig`@`%`"))
                .isUnknown("the account does not see the columns of shop.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "columns", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    void isQuickWithAMillionColumns() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        Column column = new Column("c", "datetime", true, "0000-00-00 00:00:00", "", null, null);
        for (int i = 0; i < 100_000; i++) {
            fixture.table("shop", "t" + i, "InnoDB");
            for (int j = 0; j < 10; j++) {
                fixture.column("shop", "t" + i, column);
            }
        }
        var snapshot = fixture.build();

        Assertions.assertTimeout(
                Duration.ofSeconds(60),
                () -> assertThat(check.on(snapshot).findings()).hasSize(100_000));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MARIADB_10_11"})
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsTheErrorsAndMendsARealServer(Release release) {
        TestServer source = Lab.server(release);
        source.execute(
                "CREATE DATABASE zd",
                "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
                "CREATE TABLE zd.zero (id INT PRIMARY KEY, d DATE NOT NULL DEFAULT '0000-00-00', t TIMESTAMP NOT NULL DEFAULT"
                        + " '0000-00-00 00:00:00', n DATETIME DEFAULT '2000-00-01 00:00:00')",
                "CREATE TABLE zd.fine (id INT PRIMARY KEY, d DATE DEFAULT '2000-02-29')");
        String uri = source.uri("root", "");
        TestServer target = Lab.server(Release.MYSQL_9_7);

        check.on(uri).onto(target.uri("root", "")).finds(WARNING, "zd.zero");
        assertThat(Lab.load(source, "zd", target)).isEmpty();
        target.execute(
                "CREATE DATABASE zd",
                "SET SESSION sql_mode = ''",
                "CREATE TABLE zd.zero (d DATE NOT NULL DEFAULT '0000-00-00')");
        assertThatThrownBy(() -> target.execute("ALTER TABLE zd.zero ADD COLUMN a INT"))
                .hasMessageContaining("Invalid default value for 'd'");
        target.execute("DROP DATABASE zd");

        source.execute(
                "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
                "CREATE TABLE zd.invalid (id INT PRIMARY KEY, d DATE NOT NULL DEFAULT '2001-02-30')");
        assertThat(check.on(uri).onto(target.uri("root", "")).findings())
                .extracting(finding -> finding.effect() + " " + finding.object().label())
                .containsExactly("BLOCKS_DUMP zd.invalid", "WARNING zd.zero");
        assertThat(Lab.load(source, "zd", target)).isEqualTo(Set.of(1067));
        source.execute(check.on(uri).remedySql());

        check.on(uri).onto(target.uri("root", "")).passes();
        assertThat(Lab.load(source, "zd", target)).isEmpty();
        source.execute("DROP DATABASE zd");
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void aReplicaTakesOverTheMode() {
        assertThat(Lab.replicate(
                        "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
                        "CREATE DATABASE zr",
                        "CREATE TABLE zr.t (id INT PRIMARY KEY, d DATE DEFAULT '2001-02-30', z DATE DEFAULT '0000-00-00')",
                        "INSERT INTO zr.t (id) VALUES (1)"))
                .isZero();
        assertThat(Lab.replica().query("SELECT CAST(d AS CHAR), CAST(z AS CHAR) FROM zr.t"))
                .containsExactly(List.of("2001-02-30", "0000-00-00"));
        Lab.replicated().execute("DROP DATABASE zr");
        Lab.replica().execute("DROP DATABASE zr");
    }
}
