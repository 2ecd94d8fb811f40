/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;

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
import org.junit.jupiter.params.provider.ValueSource;

class PrivOverPrivilegedTest {
    private static final String BACKUP = "GRANT BACKUP_ADMIN ON *.* TO `mig`@`%`";

    private final CheckTester check = CheckTester.of(new PrivOverPrivileged());

    @Test
    void warnsOfTheBackupLockOnGoogleCloud() {
        check.on(google("8.0.36").grants(BACKUP)).finds(WARNING, "'mig'@'%' holds BACKUP_ADMIN");
        check.with(Plans.dump()).on(google("8.0.36").grants(BACKUP)).finds(WARNING, "BACKUP_ADMIN");
        check.with(Plans.replication()).on(google("8.0.36").grants(BACKUP)).finds(NOTICE, "BACKUP_ADMIN");
    }

    @Test
    void passesWithoutIt() {
        check.on(google("8.0.36")).passes();
    }

    @Test
    void looksAtTheTargetToo() {
        check.with(Plans.onto(google("8.4.3")))
                .on(SnapshotFixture.mysql("8.0.36").grants(BACKUP))
                .finds(WARNING, "BACKUP_ADMIN");
        check.with(Plans.onto(google("8.4.3")))
                .on(SnapshotFixture.mysql("8.0.36"))
                .passes();
        check.with(Plans.onto(google("8.0.36")))
                .on(SnapshotFixture.mysql("8.0.36").grants(BACKUP))
                .doesNotApply("not from 8.0 to 8.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.44", "8.4.3"})
    void concerns80Only(String version) {
        check.on(google(version).grants(BACKUP)).doesNotApply("it concerns migrations from 8.0 to 8.4");
    }

    @Test
    void isNoMatterElsewhere() {
        check.on(SnapshotFixture.mysql("8.0.36").grants(BACKUP)).doesNotApply("neither source nor target");
        check.on(SnapshotFixture.mysql("8.0.36")
                        .host("db.abc.eu-west-1.rds.amazonaws.com")
                        .grants(BACKUP))
                .doesNotApply("neither source nor target");
    }

    @Test
    void isUnknownWhereALineWasNotUnderstood() {
        check.on(google("8.0.36").grants("GRANT SELECT ON *.* TO `mig`@`%`", "GRANT SOMETHING NEW"))
                .isUnknown("BACKUP_ADMIN may be held");
    }

    @Test
    void isUnknownWithoutTheGrants() {
        check.on(google("8.0.36").unavailable(Facts.GRANTS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    /** Google's own servers cannot be had here; that the statement takes the privilege away can be tried anywhere. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0", "MYSQL_9_7"})
    void theRemedyTakesThePrivilegeAway(Release release) {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(server, "GRANT SELECT ON *.* TO ACCOUNT", "GRANT BACKUP_ADMIN ON *.* TO ACCOUNT");
        var snapshot = CheckTester.read(
                server.uri(user, Accounts.PASSWORD),
                new PrivOverPrivileged().info().facts());
        var google = google("8.0.36").build();

        server.execute(check.on(snapshot.toBuilder()
                        .put(Facts.VARIABLES, google.get(Facts.VARIABLES))
                        .build())
                .finds(WARNING, "BACKUP_ADMIN")
                .remedySql());

        var again = CheckTester.read(
                server.uri(user, Accounts.PASSWORD),
                new PrivOverPrivileged().info().facts());
        check.on(again.toBuilder()
                        .put(Facts.VARIABLES, google.get(Facts.VARIABLES))
                        .build())
                .passes();
    }

    private static SnapshotFixture google(String version) {
        return SnapshotFixture.mysql(version + "-google").variable("version", version + "-google");
    }
}
