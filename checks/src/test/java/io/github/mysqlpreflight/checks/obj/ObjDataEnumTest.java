/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.Hit;
import io.github.mysqlpreflight.core.snapshot.DataScan.Kind;
import io.github.mysqlpreflight.core.snapshot.DataScan.State;
import io.github.mysqlpreflight.core.snapshot.DataScan.Table;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjDataEnumTest {
    private final CheckTester check = CheckTester.of(new ObjDataEnum());

    private static SnapshotFixture scanned(Table... tables) {
        return SnapshotFixture.mysql("8.0.36").fact(Facts.DATA_SCAN, new DataScan(List.of(tables)));
    }

    private static Table table(String schema, State state, Hit... hits) {
        return new Table(schema, "t", state, 1_000, null, List.of(hits));
    }

    private static Table failed(String name, String problem) {
        return new Table("shop", name, State.FAILED, 0, problem, List.of());
    }

    @Test
    void doesNotApplyWhereRowsWereNotRead() {
        check.on(SnapshotFixture.mysql("8.0.36")).doesNotApply("rows are only read with --scan-data");
    }

    @Test
    void passesWhereNothingWasFound() {
        check.on(scanned()).passes();
        check.on(scanned(table("shop", State.WHOLE, new Hit("d", Kind.ZERO_DATE, 3))))
                .passes();
        check.on(scanned(table("shop", State.ROWS), table("shop", State.TIME), table("shop", State.OTHER_ENGINE)))
                .passes();
    }

    @Test
    void warnsOfEachColumn() {
        Finding finding = check.on(scanned(table("shop", State.WHOLE, new Hit("e`", Kind.ENUM_ERROR, 1))))
                .finds(
                        WARNING,
                        "shop.t.e` holds the error value of an ENUM in 1 row: a load in strict mode stops there")
                .findings()
                .get(0);
        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(finding.remedies().get(1).sql().get(0).sql())
                .isEqualTo("SELECT * FROM `shop`.`t` WHERE `e``` = 0 LIMIT 100");

        check.on(scanned(table("shop", State.ROWS, new Hit("a", Kind.ENUM_ERROR, 7), new Hit("b", Kind.ENUM_ERROR, 1))))
                .finds(2, WARNING, "in 7 rows of the 1000 that were read");
    }

    @Test
    void looksOnlyAtWhatIsMigrated() {
        check.on(scanned(table("gone", State.WHOLE, new Hit("e", Kind.ENUM_ERROR, 1))))
                .passes();
        check.with(new Plan(null, null, null, List.of("shop"), Plan.DumpTool.MYSQLDUMP, null, false))
                .on(scanned(table("shop", State.WHOLE, new Hit("e", Kind.ENUM_ERROR, 1))))
                .passes();
    }

    @Test
    void isUnknownWhereTablesCouldNotBeLookedInto() {
        check.on(scanned(failed("z", "denied too"), failed("a", "denied"), table("shop", State.WHOLE)))
                .isUnknown("the rows of 2 tables could not be looked into, such as shop.a: denied");
        check.on(scanned(table("shop", State.NOT_REACHED)))
                .isUnknown("1 table could not be looked into, such as shop.t: the" + " run's time was over");
        check.on(scanned(failed("a", "denied"), table("shop", State.WHOLE, new Hit("e", Kind.ENUM_ERROR, 1))))
                .finds(WARNING, "shop.t.e");
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.DATA_SCAN, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("the rows of the tables of the source: too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealTable(Release release) throws SQLException {
        TestServer server = TestServer.of(release).shared();
        server.createAccount("dataenum", "pw", "SELECT");
        String uri = server.uri("dataenum", "pw");
        server.execute(
                "CREATE DATABASE dataenum",
                "CREATE TABLE dataenum.t (id INT PRIMARY KEY, e ENUM('a', 'b')) ENGINE=InnoDB",
                "SET SESSION sql_mode = ''",
                "INSERT INTO dataenum.t VALUES (1, 'a'), (2, 'c'), (3, NULL)");
        try {
            check.on(uri).doesNotApply("--scan-data");
            check.onRowsOf(uri).finds(WARNING, "dataenum.t.e holds the error value of an ENUM in 1 row:");
            // What is foretold: the row as a dump has it, in a session in strict mode.
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION sql_mode = 'STRICT_TRANS_TABLES'");
                assertThatThrownBy(() -> statement.execute("INSERT INTO dataenum.t VALUES (4, '')"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(1265));
            }
            server.execute("UPDATE dataenum.t SET e = 'b' WHERE e = 0");
            check.onRowsOf(uri).passes();
        } finally {
            server.execute("DROP DATABASE dataenum", "DROP USER dataenum");
        }
    }
}
