/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.Hit;
import io.github.mysqlpreflight.core.snapshot.DataScan.Kind;
import io.github.mysqlpreflight.core.snapshot.DataScan.State;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ObjDataOverlongTest {
    private static final long MB = 1L << 20;

    private final CheckTester check = CheckTester.of(new ObjDataOverlong());

    private static SnapshotFixture longest(long bytes) {
        return SnapshotFixture.mysql("8.0.36")
                .fact(
                        Facts.DATA_SCAN,
                        new DataScan(List.of(new DataScan.Table(
                                "shop", "doc", State.WHOLE, 9, null, List.of(new Hit("body", Kind.LONGEST, bytes))))));
    }

    private static SnapshotFixture target(long bytes) {
        return SnapshotFixture.mysql("8.4.3").variable("max_allowed_packet", Long.toString(bytes));
    }

    @Test
    void doesNotApplyWhereRowsWereNotRead() {
        check.on(SnapshotFixture.mysql("8.0.36")).doesNotApply("--scan-data");
    }

    @ParameterizedTest
    @CsvSource({"MYSQLDUMP, 24", "MYDUMPER, 32", "MYSQL_SHELL, 32"})
    void takesWhatProgramAndTargetTakeByDefault(DumpTool tool, long megabytes) {
        CheckTester with = check.with(Plans.dumpedBy(tool));

        with.on(longest(megabytes * MB)).passes();
        with.on(longest(megabytes * MB + 1))
                .finds(WARNING, "the longest value of shop.doc.body has " + megabytes + " MB");
    }

    @Test
    void saysWhatItIsTooLongFor() {
        check.on(longest(25 * MB))
                .finds(
                        WARNING,
                        "the longest value of shop.doc.body has 25 MB, and mysqldump takes 24 MB a row by default (error 2020)");
        Finding finding = check.on(longest(40 * MB))
                .finds(
                        WARNING,
                        "(error 2020); up to twice that in a statement, and the target takes 64 MB by default (error 1153)")
                .findings()
                .get(0);
        assertThat(finding.remedies())
                .extracting(Remedy::text)
                .containsExactly(
                        "Dump with mysqldump --max-allowed-packet=1G",
                        "Raise max_allowed_packet on the target to 1 GB while the dump is loaded");
        check.with(new Plan(new ServerVersion(5, 7, 0), null, null, List.of(), DumpTool.MYSQLDUMP, null, false))
                .on(longest(3 * MB))
                .finds(WARNING, "the target takes 4 MB by default");
    }

    @Test
    void asksTheTarget() {
        check.with(Plans.onto(target(16 * MB))).on(longest(8 * MB)).passes();
        Finding finding = check.with(Plans.onto(target(16 * MB)))
                .on(longest(8 * MB + 1))
                .finds(WARNING, "and the target takes 16 MB (error 1153)")
                .findings()
                .get(0);
        assertThat(finding.remedies().get(0).text()).contains("there: SET PERSIST max_allowed_packet = 1073741824");
        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(check.with(Plans.onto(target(16 * MB).host("x.rds.amazonaws.com")))
                        .on(longest(9 * MB))
                        .findings()
                        .get(0)
                        .remedies()
                        .get(0)
                        .settings())
                .containsExactly("max_allowed_packet = 1073741824");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealValueThatTheTargetRefuses(Release release) throws SQLException {
        TestServer source = TestServer.of(release).shared();
        source.createAccount("overlong", "pw", "SELECT");
        source.execute(
                "CREATE DATABASE overlong",
                "CREATE TABLE overlong.t (id INT PRIMARY KEY, body LONGTEXT) ENGINE=InnoDB",
                "INSERT INTO overlong.t VALUES (1, REPEAT('x', 1200000)), (2, NULL)");
        try (TestServer target =
                TestServer.of(release).with("max_allowed_packet", "1048576").borrow()) {
            CheckTester onto = check.onto(target.uri("root", ""));
            onto.onRowsOf(source.uri("overlong", "pw")).finds(WARNING, "has 1.1 MB, up to twice that in a statement");
            target.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY, body LONGTEXT)");
            String insert = "INSERT INTO shop.t VALUES (1, '" + "x".repeat(1_200_000) + "')";
            try (Connection connection = target.connect();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(insert))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("max_allowed_packet");
            }
            target.execute("SET GLOBAL max_allowed_packet = 1073741824");
            target.execute(insert);
            check.onto(target.uri("root", ""))
                    .onRowsOf(source.uri("overlong", "pw"))
                    .passes();
        } finally {
            source.execute("DROP DATABASE overlong", "DROP USER overlong");
        }
    }
}
