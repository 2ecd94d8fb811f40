/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogRowImageTest {
    private final CheckTester check = CheckTester.of(new BinlogRowImage());

    private static SnapshotFixture image(String value) {
        return SnapshotFixture.mysql("8.0.36").variable("binlog_row_image", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MINIMAL", "NOBLOB"})
    void warnsWhereColumnsAreLeftOut(String value) {
        check.on(image(value)).finds(WARNING, "binlog_row_image is " + value + ": the binary log leaves columns out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL", "FULL_NODUP"})
    void passesWithWholeRows(String value) {
        check.on(image(value)).passes();
    }

    @Test
    void passesOnAServerThatKnowsNothingElse() {
        check.on(SnapshotFixture.mysql("5.5.62")).passes();
    }

    @Test
    void tellsTheCustomerOfAVendorWhere() {
        Finding finding = check.on(image("MINIMAL").host("x.mysql.database.azure.com"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).text()).contains("server parameters of the Azure database");
        assertThat(finding.remedies().get(0).settings()).containsExactly("binlog_row_image = FULL");
    }

    @Test
    void doesNotApplyToADump() {
        check.with(Plans.dump()).on(image("MINIMAL")).doesNotApply("a dump was asked for");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(image("FULL").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealServer(Release release) {
        remedyMends(release);
    }

    @Test
    @NeedsServer(Release.MYSQL_5_6)
    void theRemedyMendsA56() {
        remedyMends(Release.MYSQL_5_6);
    }

    @Test
    @NeedsServer(Release.MARIADB_10_11)
    void theRemedyMendsAMariaDb() {
        remedyMends(Release.MARIADB_10_11);
    }

    private void remedyMends(Release release) {
        try (TestServer server =
                TestServer.of(release).with("binlog_row_image", "MINIMAL").borrow()) {
            String uri = server.uri("root", "");
            server.execute(
                    check.on(uri).finds(WARNING, "binlog_row_image is MINIMAL").remedySql());
            check.on(uri).passes();
        }
    }
}
