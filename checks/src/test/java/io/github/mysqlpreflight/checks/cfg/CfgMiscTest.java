/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CfgMiscTest {
    private final CheckTester check = CheckTester.of(new CfgMisc());

    private static SnapshotFixture server(String variable, String value) {
        return SnapshotFixture.mysql("8.0.36").variable(variable, value);
    }

    private CheckTester judge(SnapshotFixture source, SnapshotFixture target) {
        return check.with(Plans.onto(target)).on(source);
    }

    @ParameterizedTest
    @CsvSource({
        "block_encryption_mode, aes-256-cbc, aes-128-ecb",
        "explicit_defaults_for_timestamp, OFF, ON",
        "group_concat_max_len, 1048576, 1024",
        "innodb_autoinc_lock_mode, 1, 2",
        "log_bin_trust_function_creators, ON, OFF",
        "performance_schema, ON, OFF",
        "transaction_isolation, READ-COMMITTED, REPEATABLE-READ"
    })
    void mentionsWhatDiffers(String variable, String source, String target) {
        judge(server(variable, source), server(variable, target))
                .finds(NOTICE, variable + " is " + target + " on the target and " + source + " on the source: ");
        judge(server(variable, source), server(variable, source)).passes();
        judge(server(variable, source), SnapshotFixture.mysql("8.0.36")).passes();
    }

    @ParameterizedTest
    @CsvSource({
        "group_concat_max_len, 1024, 1048576",
        "log_bin_trust_function_creators, OFF, ON",
        "performance_schema, OFF, ON"
    })
    void passesWhereTheTargetHasMore(String variable, String source, String target) {
        judge(server(variable, source), server(variable, target)).passes();
    }

    @Test
    void knowsBothNamesOfAVariable() {
        judge(
                        SnapshotFixture.mysql("5.7.19").variable("tx_isolation", "READ-COMMITTED"),
                        server("transaction_isolation", "REPEATABLE-READ"))
                .finds(NOTICE, "transaction_isolation is REPEATABLE-READ on the target and READ-COMMITTED");
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(server("tx_isolation", "SERIALIZABLE")).doesNotApply("no target was given (--target-uri)");
    }

    @Test
    void isUnknownWithoutTheVariablesOfBoth() {
        judge(server("a", "b").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"), server("a", "b"))
                .isUnknown("slow");
        judge(server("a", "b"), server("a", "b").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("of the target: slow");
    }

    @Test
    void comparesTheDefaultsOf57And80() {
        CheckTester judged = check.on(TestServer.of(Release.MYSQL_5_7).shared().uri("root", ""))
                .onto(TestServer.of(Release.MYSQL_8_0).shared().uri("root", ""));

        assertThat(judged.findings())
                .extracting(finding -> finding.object().name())
                .containsExactly("explicit_defaults_for_timestamp", "innodb_autoinc_lock_mode");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemediesMendARealTarget(Release release) {
        try (TestServer target = TestServer.of(release).borrow()) {
            String uri = target.uri("root", "");
            CheckTester judged = check.on(SnapshotFixture.mysql("8.0.36")
                    .variable("block_encryption_mode", "aes-256-cbc")
                    .variable("group_concat_max_len", "1048576")
                    .variable("log_bin_trust_function_creators", "ON")
                    .variable("transaction_isolation", "READ-COMMITTED"));

            target.execute(
                    judged.onto(uri).finds(4, NOTICE, "block_encryption_mode").remedySql());
            judged.onto(uri).passes();
        }
    }
}
