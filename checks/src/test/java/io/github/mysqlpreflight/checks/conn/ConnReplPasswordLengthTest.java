/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.ConnectionProblem;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnReplPasswordLengthTest {
    private static final String WORDS = "The password for the replication user must not exceed 32 characters";

    private final CheckTester check = CheckTester.of(new ConnReplPasswordLength());

    @Test
    void passesWhenShortEnough() {
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
    }

    @Test
    void blocksReplicationWhenTooLong() {
        check.on(SnapshotFixture.mysql("8.0.15").passwordTooLong()).finds(BLOCKS_REPLICATION, WORDS);
    }

    @Test
    void isJudgedWithoutAConnectionToo() {
        Finding finding = check.on(SnapshotFixture.mysql("8.0.15")
                        .passwordTooLong()
                        .unreachable(ConnectionProblem.REFUSED, "no", "Try"))
                .findings()
                .get(0);

        assertThat(finding.message()).startsWith(WORDS);
        assertThat(finding.remedies().get(0).sql()).isEmpty();
    }

    @Test
    void doesNotMatterForADump() {
        check.with(new Plan(null, null, Method.DUMP, List.of(), Plan.DumpTool.MYSQLDUMP, null, false))
                .on(SnapshotFixture.mysql("8.0.15").passwordTooLong())
                .doesNotApply("a dump was asked for");
    }

    @ParameterizedTest
    @CsvSource({
        "5.6.51, SET PASSWORD FOR 'mig'@'%' = PASSWORD('at most 32 bytes')",
        "5.7.5-m15, SET PASSWORD FOR 'mig'@'%' = PASSWORD('at most 32 bytes')",
        "5.7.6-m16, ALTER USER 'mig'@'%' IDENTIFIED BY 'at most 32 bytes'",
        "9.7.0, ALTER USER 'mig'@'%' IDENTIFIED BY 'at most 32 bytes'"
    })
    void changesThePasswordInTheWordsOfTheRelease(String version, String sql) {
        assertThat(check.on(SnapshotFixture.mysql(version).passwordTooLong()).remedySql())
                .containsExactly(sql);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealAccountMayHave32BytesAndNot33(Release release) {
        TestServer server = SharedServers.get(release);
        server.createAccount("pw32", "x".repeat(32));
        server.createAccount("pw33", "x".repeat(33));
        server.createAccount("pw33utf8", "\u00e4".repeat(16) + "x");

        check.on(server.uri("pw32", "x".repeat(32))).passes();
        check.on(server.uri("pw33utf8", "\u00e4".repeat(16) + "x")).finds(BLOCKS_REPLICATION, WORDS);
        server.execute(check.on(server.uri("pw33", "x".repeat(33)))
                .finds(BLOCKS_REPLICATION, WORDS)
                .remedySql());
        check.on(server.uri("pw33", "at most 32 bytes")).passes();
    }
}
