/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogAuroraSpecialsTest {
    private final CheckTester check = CheckTester.of(new BinlogAuroraSpecials());

    private static SnapshotFixture aurora(String enhanced) {
        return SnapshotFixture.mysql("8.0.32")
                .variable("aurora_version", "3.05.2")
                .variable("aurora_enable_repl_bin_log_filtering", "ON")
                .variable("aurora_enhanced_binlog", enhanced);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON", "1"})
    void warnsOfTheEnhancedBinaryLog(String value) {
        Finding finding = check.on(aurora(value))
                .finds(WARNING, "aurora_enhanced_binlog is ON")
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).text()).contains("DB cluster parameter group");
        assertThat(finding.remedies().get(0).settings()).contains("aurora_enhanced_binlog = 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFF", "0"})
    void passesWithoutIt(String value) {
        check.on(aurora(value)).passes();
        check.on(aurora(value).without("aurora_enhanced_binlog")).passes();
    }

    @Test
    void doesNotApplyElsewhere() {
        check.on(SnapshotFixture.mysql("8.0.32").host("x.rds.amazonaws.com")).doesNotApply("not Amazon Aurora");
        check.with(Plans.dump()).on(aurora("ON")).doesNotApply("a dump was asked for");
        check.on(TestServer.of(Release.MYSQL_5_7).shared().uri("root", "")).doesNotApply("the source is MySQL");
        check.on(TestServer.of(Release.MYSQL_8_0).shared().uri("root", "")).doesNotApply("the source is MySQL");
    }

    @Test
    void isUnknownWithoutTheVariables() {
        check.on(aurora("ON").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }
}
