/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnAccountHostTest {
    private static final String PASSWORD = "Sesame-1";

    private final CheckTester check = CheckTester.of(new ConnAccountHost());

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "10.1.2.%", "10.1.2._", "%.example.com", "10.1.2.0/24", "10.1.2.0/255.255.255.0", "fd00:%"})
    void passesWithAPatternOrANetwork(String host) {
        check.on(as("app", host)).passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "10.1.2.3", "fd00::7", "runner.example.com", "172.17.0.1"})
    void warnsOfASingleMachine(String host) {
        check.on(as("app", host))
                .finds(
                        WARNING,
                        "'app'@'" + host + "' may log in from " + host
                                + " alone: a replica, or a dump on another machine, is refused (error 1045 or 1130)");
    }

    @Test
    void passesWhereThatMachineIsTheTarget() {
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").host("10.1.2.3")))
                .on(as("app", "10.1.2.3"))
                .passes();
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").host("Target.example")))
                .on(as("app", "target.example"))
                .passes();
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").host("10.1.2.4")))
                .on(as("app", "10.1.2.3"))
                .finds(WARNING, "10.1.2.3 alone");
    }

    @Test
    void passesWhereAllIsOneMachine() {
        SnapshotFixture target = SnapshotFixture.mysql("8.4.3").host("127.0.0.1");

        check.with(Plans.onto(target))
                .on(as("app", "localhost").host("127.0.0.1"))
                .passes();
        check.with(Plans.onto(target)).on(as("app", "localhost")).finds(WARNING, "localhost alone");
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3").unavailable(Facts.CONNECTION, Fact.Cause.NOT_READ, "no")))
                .on(as("app", "localhost").host("127.0.0.1"))
                .finds(WARNING, "localhost alone");
    }

    @Test
    void anotherAccountOfThatNameMayLetTheTargetIn() {
        check.on(as("app", "localhost").account("app", "%", "caching_sha2_password"))
                .finds(NOTICE, "the target will not be let in as 'app'@'localhost' but perhaps as 'app'@'%'");
        check.on(as("app", "localhost").account("other", "%", "caching_sha2_password"))
                .finds(WARNING, "localhost alone");
        check.on(as("app", "localhost").account("app", "10.1.2.3", "caching_sha2_password"))
                .finds(WARNING, "localhost alone");
        check.on(as("app", "localhost")
                        .account(new Accounts.Entry(
                                new Account("app", "%"), "caching_sha2_password", "", true, false, false, true)))
                .finds(WARNING, "localhost alone");
        check.on(as("app", "localhost").unavailable(Facts.ACCOUNTS, Fact.Cause.PRIVILEGE, "denied"))
                .finds(WARNING, "localhost alone");
    }

    @Test
    void isUnknownWithoutTheSession() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.SESSION, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void anAccountForAnyHostMendsARealServer(Release release) {
        try (TestServer server = TestServer.of(release).borrow()) {
            server.execute("CREATE USER app@localhost IDENTIFIED BY '" + PASSWORD + "'");
            String uri = server.uri("app", PASSWORD);
            check.on(uri).finds(WARNING, "'app'@'localhost' may log in from localhost alone");

            server.execute(
                    "CREATE USER app@'%' IDENTIFIED BY '" + PASSWORD + "'", "GRANT SELECT ON *.* TO app@localhost");
            check.on(uri).finds(NOTICE, "but perhaps as 'app'@'%'");

            server.execute("DROP USER app@localhost");
            check.on(uri).passes();
        }
    }

    private static SnapshotFixture as(String user, String host) {
        return SnapshotFixture.mysql("8.0.36").loggedInAs(user, host).account(user, host, "caching_sha2_password");
    }
}
