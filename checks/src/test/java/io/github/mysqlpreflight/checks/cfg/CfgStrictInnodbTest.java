/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CfgStrictInnodbTest {
    private final CheckTester check = CheckTester.of(new CfgStrictInnodb());

    private static SnapshotFixture server(String version) {
        return SnapshotFixture.mysql(version)
                .variable("innodb_strict_mode", "ON")
                .variable("innodb_file_per_table", "ON")
                .variable("innodb_default_row_format", "dynamic")
                .variable("innodb_page_size", "16384");
    }

    private CheckTester judge(SnapshotFixture source, SnapshotFixture target) {
        return check.with(Plans.onto(target)).on(source);
    }

    @Test
    void warnsOfATargetThatIsStricter() {
        judge(server("5.7.44").variable("innodb_strict_mode", "OFF"), server("8.4.3"))
                .finds(WARNING, "innodb_strict_mode is ON on the target and OFF on the source");
        judge(server("5.7.44"), server("8.4.3").variable("innodb_file_per_table", "OFF"))
                .finds(WARNING, "innodb_file_per_table is OFF on the target and ON on the source");
        judge(server("5.7.44"), server("8.4.3").variable("innodb_default_row_format", "compact"))
                .finds(WARNING, "innodb_default_row_format is compact on the target and dynamic on the source");
        judge(server("5.7.44"), server("8.4.3").variable("innodb_page_size", "8192"))
                .finds(WARNING, "innodb_page_size is 8192 on the target and 16384 on the source: long rows and keys");
        judge(server("5.7.44"), server("8.4.3").variable("innodb_page_size", "32768"))
                .finds(WARNING, "compressed tables are refused there");
    }

    @Test
    void passesForOneThatIsNot() {
        judge(server("5.7.44"), server("8.4.3")).passes();
        judge(server("5.7.44"), server("8.4.3").variable("innodb_strict_mode", "OFF"))
                .passes();
        judge(server("5.7.44").variable("innodb_file_per_table", "OFF"), server("8.4.3"))
                .passes();
        judge(server("5.7.44").variable("innodb_default_row_format", "compact"), server("8.4.3"))
                .passes();
        judge(server("5.6.14").without("innodb_default_row_format"), server("8.4.3"))
                .passes();
        judge(SnapshotFixture.mysql("8.0.36"), SnapshotFixture.mysql("8.4.3")).passes();
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(server("5.7.44")).doesNotApply("no target was given (--target-uri)");
    }

    @Test
    void isUnknownWithoutTheVariablesOfBoth() {
        judge(server("8.0.36").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"), server("8.4.3"))
                .isUnknown("slow");
        judge(server("8.0.36"), server("8.4.3").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("of the target: slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemediesMendARealTarget(Release release) {
        try (TestServer target = TestServer.of(release)
                .with("innodb_file_per_table", "OFF")
                .with("innodb_default_row_format", "compact")
                .borrow()) {
            String uri = target.uri("root", "");
            CheckTester lax = check.on(server("5.7.44").variable("innodb_strict_mode", "OFF"));
            target.execute("CREATE DATABASE d");
            refuses(target, "CREATE TABLE d.a (v VARCHAR(1000) PRIMARY KEY) CHARSET latin1");
            refuses(target, "CREATE TABLE d.b (id INT PRIMARY KEY) ROW_FORMAT=COMPRESSED");
            refuses(target, "CREATE TABLE d.c (id INT PRIMARY KEY) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=3");

            target.execute(
                    lax.onto(uri).finds(3, WARNING, "innodb_default_row_format").remedySql());
            lax.onto(uri).passes();
            target.execute(
                    "CREATE TABLE d.a (v VARCHAR(1000) PRIMARY KEY) CHARSET latin1",
                    "CREATE TABLE d.b (id INT PRIMARY KEY) ROW_FORMAT=COMPRESSED",
                    "CREATE TABLE d.c (id INT PRIMARY KEY) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=3");
        }
    }

    private static void refuses(TestServer server, String sql) {
        assertThatThrownBy(() -> server.execute(sql)).hasMessageContaining("refused");
    }
}
