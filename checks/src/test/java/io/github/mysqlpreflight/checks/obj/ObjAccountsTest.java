/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjAccountsTest {
    private final CheckTester check = CheckTester.of(new ObjAccounts());

    private static Plan onto(int major, int minor) {
        return new Plan(
                new ServerVersion(major, minor, 0), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    @Test
    void passesWithOrdinaryAccounts() {
        check.on(SnapshotFixture.mysql("8.0.36").account("app", "10.%", "caching_sha2_password"))
                .passes();
    }

    @Test
    void goesByWhatTheTargetHas() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.44").account("app", "%", "mysql_native_password");
        check.with(onto(8, 0)).on(fixture).passes();
        check.with(onto(8, 4)).on(fixture).finds(NOTICE, "which 8.4 has switched off");
        check.with(onto(9, 0)).on(fixture).finds(NOTICE, "which 9.0 does not have");
    }

    @Test
    void mentionsAccountsWithoutNameOrPassword() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36")
                .account("", "%", "caching_sha2_password")
                .account(new Accounts.Entry(
                        new Account("open", "%"), "caching_sha2_password", "", false, false, false, false));
        assertThat(check.on(fixture).findings())
                .extracting(finding -> finding.message())
                .containsExactly(
                        "account ''@'%' has no name and lets anybody in", "account 'open'@'%' has no password");
    }

    @Test
    void saysNothingOfRolesAndOfTheServersOwnAccounts() {
        check.with(onto(9, 0))
                .on(SnapshotFixture.mysql("5.7.44")
                        .account("mysql.sys", "localhost", "mysql_native_password")
                        .account("root", "localhost", "mysql_native_password")
                        .account("rdsadmin", "localhost", "mysql_native_password")
                        .account(new Accounts.Entry(
                                new Account("role", "%"), "mysql_native_password", "", true, true, false, false)))
                .passes();
    }

    @Test
    void isUnknownWithoutTheAccounts() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void readsARealServer(Release release) {
        TestServer server = TestServer.of(release).with("max_connections", "83").shared();
        server.createAccountWithPlugin("old_style", "pw-Old-1", "mysql_native_password", "INSERT");
        String few = server.uri("old_style", "pw-Old-1");

        assertThat(check.with(onto(9, 0)).on(server.uri("root", "")).findings())
                .anySatisfy(finding -> assertThat(finding.message())
                        .isEqualTo("account 'old_style'@'%' uses mysql_native_password, which 9.0 does not have;"
                                + " caching_sha2_password takes its place"));
        check.on(few).isUnknown("denied");
        server.execute("DROP USER old_style");
    }
}
