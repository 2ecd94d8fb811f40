/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("docker")
class PrivVisibilityTest {
    private final CheckTester check = CheckTester.of(new PrivVisibility());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT ON *.* TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON *.* TO `mig`@`%`",
                "GRANT INSERT ON *.* TO `mig`@`%`"
            })
    void passesWhereEverythingIsSeen(String grant) {
        check.on(SnapshotFixture.mysql("8.0.15").grants(grant)).passes();
    }

    @Test
    void passesWhereEveryDatabaseIsSeenAndTheChosenOnesAreRead() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.15")
                .schema("hr")
                .grants("GRANT SHOW DATABASES ON *.* TO `mig`@`%`", "GRANT SELECT ON `shop`.* TO `mig`@`%`");

        check.with(ignoring("hr")).on(fixture).passes();
        check.on(fixture).isUnknown("the account sees every database, but in 1 of 2 perhaps not every table");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT ON `shop`.* TO `mig`@`%`",
                "GRANT REPLICATION SLAVE, REPLICATION CLIENT, PROCESS ON *.* TO `mig`@`%`"
            })
    void cannotTellWithoutAGlobalPrivilege(String grant) {
        Outcome outcome = check.on(SnapshotFixture.mysql("8.0.15").grants(grant))
                .isUnknown("the account sees 1 database; without SELECT on *.* there may be more")
                .outcome();

        assertThat(sql(outcome)).containsExactly("GRANT SELECT ON *.* TO 'mig'@'%'");
    }

    @Test
    void countsDatabasesWithoutThoseOfTheServer() {
        check.on(SnapshotFixture.mysql("8.0.15")
                        .schema("hr")
                        .schema("crm")
                        .grants("GRANT SELECT ON `shop`.* TO `mig`@`%`"))
                .isUnknown("the account sees 3 databases");
    }

    @Test
    void aPartialRevokeHidesADatabaseUnlessItIsOneOfTheServerOrIgnored() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.4.3")
                .variable("partial_revokes", "ON")
                .grants("GRANT SELECT ON *.* TO `mig`@`%`", "REVOKE SELECT ON `mysql`.* FROM `mig`@`%`");
        check.on(fixture).passes();

        fixture.grants(
                "GRANT SELECT ON *.* TO `mig`@`%`",
                "REVOKE SELECT ON `hr`.* FROM `mig`@`%`", "REVOKE SELECT ON `mysql`.* FROM `mig`@`%`");
        check.with(ignoring("hr")).on(fixture).passes();
        Outcome outcome =
                check.on(fixture).isUnknown("partial revokes may hide more").outcome();
        assertThat(sql(outcome)).containsExactly("GRANT SELECT ON `hr`.* TO 'mig'@'%'");
    }

    @Test
    void isUnknownWithoutTheDatabases() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.SCHEMAS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void theRemedyMendsARealServer(Release release) {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(server, "GRANT SELECT ON shop.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        Outcome outcome = check.on(uri).isUnknown("the account sees 1 database").outcome();
        server.execute(sql(outcome).toArray(new String[0]));

        check.on(uri).passes();
    }

    @Test
    void theRemedyLiftsAPartialRevoke() {
        TestServer server = Accounts.serverWithPartialRevokes();
        String user = Accounts.create(server, "GRANT SELECT ON *.* TO ACCOUNT", "REVOKE SELECT ON sh_p.* FROM ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        Outcome outcome =
                check.on(uri).isUnknown("the account sees 3 databases").outcome();
        server.execute(sql(outcome).toArray(new String[0]));

        check.on(uri).passes();
    }

    private static Plan ignoring(String database) {
        return new Plan(null, null, null, List.of(database), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    private static List<String> sql(Outcome outcome) {
        List<String> statements = new ArrayList<>();
        for (Remedy remedy : ((Outcome.Unknown) outcome).remedies()) {
            remedy.sql().forEach(statement -> statements.add(statement.sql()));
        }
        return statements;
    }
}
