/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivLockTablesTest {
    private static final String SELECT = "GRANT SELECT ON *.* TO `mig`@`%`";
    private static final String USAGE = "GRANT USAGE ON *.* TO `mig`@`%`";

    private final CheckTester check = CheckTester.of(new PrivLockTables());
    private final CheckTester byMydumper = check.with(Plans.dumpedBy(DumpTool.MYDUMPER));

    @Test
    void isNoMatterOfAnOrdinaryServer() {
        check.on(SnapshotFixture.mysql("8.0.36").grants(SELECT))
                .doesNotApply("mysqldump --single-transaction locks no table");
        byMydumper
                .on(SnapshotFixture.mysql("8.0.36").grants(SELECT, "GRANT RELOAD ON *.* TO `mig`@`%`"))
                .doesNotApply("the account may lock the whole server");
        byMydumper
                .on(SnapshotFixture.mysql("8.0.36").grants(SELECT, "GRANT FLUSH_TABLES ON *.* TO `mig`@`%`"))
                .doesNotApply("the account may lock the whole server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT LOCK TABLES ON *.* TO `mig`@`%`",
                "GRANT ALL PRIVILEGES ON `shop`.* TO `mig`@`%`",
                "GRANT LOCK TABLES ON `s%`.* TO `mig`@`%`"
            })
    void passesWithThePrivilege(String grant) {
        byMydumper.on(SnapshotFixture.mysql("8.0.36").grants(USAGE, grant)).passes();
        check.on(rds().grants(USAGE, grant)).passes();
    }

    @Test
    void aProgramThatFallsBackNeedsItOnEachDatabaseWithTables() {
        Outcome outcome = byMydumper
                .on(SnapshotFixture.mysql("8.0.36")
                        .schema("empty")
                        .schema("hr")
                        .table("hr", "pay", "InnoDB")
                        .grants(USAGE, "GRANT SELECT, LOCK TABLES ON `hr`.* TO `mig`@`%`"))
                .outcome();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Found.class, found -> {
            assertThat(found.findings())
                    .extracting(Finding::message)
                    .containsExactly(
                            "'mig'@'%' lacks LOCK TABLES on the database shop, and cannot lock the whole server"
                                    + " either: a dump has no consistent position");
            assertThat(found.findings().get(0).effect()).isEqualTo(BLOCKS_REPLICATION);
            assertThat(found.findings().get(0).remedies().stream()
                            .flatMap(remedy -> remedy.sql().stream())
                            .map(statement -> statement.sql()))
                    .containsExactly(
                            "GRANT LOCK TABLES ON `shop`.* TO 'mig'@'%'",
                            "GRANT LOCK TABLES ON *.* TO 'mig'@'%'", "GRANT FLUSH_TABLES ON *.* TO 'mig'@'%'");
        });
    }

    @Test
    void aManagedServerIsLockedTableByTable() {
        String reload = "GRANT SELECT, RELOAD ON *.* TO `mig`@`%`";

        var finding = check.on(rds().grants(reload))
                .finds(BLOCKS_REPLICATION, "lacks LOCK TABLES on the database shop")
                .findings()
                .get(0);
        assertThat(finding.remedies()).hasSize(1);
        check.with(Plans.dump()).on(rds().grants(reload)).doesNotApply("locks no table");
        check.with(plan(Method.DUMP, DumpTool.MYSQL_SHELL))
                .on(rds().grants(reload))
                .finds(WARNING, "lacks LOCK TABLES on the database shop");
    }

    @Test
    void warnsOfADumpAlone() {
        check.with(plan(Method.DUMP, DumpTool.MYSQL_SHELL))
                .on(SnapshotFixture.mysql("8.0.36").grants(SELECT))
                .finds(WARNING, "lacks LOCK TABLES on the database shop");
    }

    @Test
    void leavesOutWhatIsIgnored() {
        Plan plan = new Plan(null, null, null, List.of("shop"), DumpTool.MYDUMPER, null, false);

        check.with(plan).on(SnapshotFixture.mysql("8.0.36").grants(SELECT)).passes();
    }

    @Test
    void isUnknownWhereALineWasNotUnderstood() {
        byMydumper
                .on(SnapshotFixture.mysql("8.0.36").grants(SELECT, "GRANT SOMETHING NEW"))
                .isUnknown("LOCK TABLES on shop may be missing");
    }

    @Test
    void isUnknownWithoutTheTables() {
        byMydumper
                .on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void foretellsWhatARealServerRefuses(Release release) throws SQLException {
        TestServer server = Accounts.server(release);
        String user = Accounts.create(
                server, "GRANT SELECT ON `sh%`.* TO ACCOUNT", "GRANT SELECT, LOCK TABLES ON shxp.* TO ACCOUNT");
        String uri = server.uri(user, Accounts.PASSWORD);

        var found = byMydumper.on(uri);
        assertThat(found.findings())
                .extracting(finding -> finding.object().schema())
                .containsExactly("sh_p", "shop");
        for (String lock : new String[] {"LOCK TABLES shop.item READ", "LOCK TABLES sh_p.t READ"}) {
            assertThatThrownBy(() -> execute(server, user, lock))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1044));
        }
        assertThatThrownBy(() -> execute(server, user, "FLUSH TABLES WITH READ LOCK"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1227));

        server.execute(found.remedySql());
        byMydumper.on(uri).passes();
        execute(server, user, "LOCK TABLES shop.item READ, sh_p.t READ, shxp.t READ");
    }

    private static void execute(TestServer server, String user, String sql) throws SQLException {
        try (Connection connection = server.connect(user, Accounts.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Plan plan(Method method, DumpTool tool) {
        return new Plan(null, null, method, List.of(), tool, null, false);
    }

    private static SnapshotFixture rds() {
        return SnapshotFixture.mysql("8.0.36").host("db.abc.eu-west-1.rds.amazonaws.com");
    }
}
