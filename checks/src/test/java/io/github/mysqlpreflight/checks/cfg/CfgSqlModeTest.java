/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import org.junit.jupiter.api.Test;

class CfgSqlModeTest {
    private static final String OF_57 = "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            + "ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION";
    private static final String OF_80 = OF_57.replace("NO_AUTO_CREATE_USER,", "");

    private final CheckTester check = CheckTester.of(new CfgSqlMode());

    private static SnapshotFixture server(String version, String modes) {
        return SnapshotFixture.mysql(version).variable("sql_mode", modes);
    }

    private static SnapshotFixture withObjects(String modes) {
        return server("5.7.44", OF_57)
                .routine(new Routines.Routine(
                        "shop", "p", "PROCEDURE", "root@%", "DEFINER", "NO SQL", false, modes, null, null, ""))
                .routine(new Routines.Routine(
                        "mysql", "q", "PROCEDURE", "root@%", "DEFINER", "NO SQL", false, modes, null, null, ""))
                .trigger(new Triggers.Trigger("shop", "t", "customer", "BEFORE", "INSERT", "root@%", modes, ""))
                .event(new Events.Event("shop", "e", "root@%", "ENABLED", "SYSTEM", modes, true, ""));
    }

    @Test
    void theDefaultsOf57And80AreAlike() {
        check.on(server("5.7.44", OF_57)).passes();
        check.with(Plans.onto(server("8.4.3", OF_80)))
                .on(server("5.7.44", OF_57))
                .passes();
        check.with(Plans.onto(server("8.4.3", OF_80)))
                .on(server("8.0.36", OF_80))
                .passes();
    }

    @Test
    void warnsOfModesThatAreGone() {
        check.on(server("5.7.44", "PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ORACLE,NO_KEY_OPTIONS,NO_AUTO_CREATE_USER"))
                .finds(
                        WARNING,
                        "sql_mode of the source has ORACLE, NO_KEY_OPTIONS, which the target 8.4 does not take");
        check.with(Plans.toVersion(5, 7, 0)).on(server("5.7.44", "ORACLE")).passes();
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").variable("sql_mode", "EMPTY_STRING_IS_NULL"))
                .finds(WARNING, "EMPTY_STRING_IS_NULL");
    }

    @Test
    void warnsOfADifferenceToTheTarget() {
        CheckTester judged = check.with(Plans.onto(server("8.4.3", OF_80)))
                .on(server("5.7.44", "REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ONLY_FULL_GROUP_BY,ANSI"));

        judged.finds(
                WARNING,
                "sql_mode of the target lacks REAL_AS_FLOAT, PIPES_AS_CONCAT, ANSI_QUOTES, IGNORE_SPACE and adds"
                        + " STRICT_TRANS_TABLES, NO_ZERO_IN_DATE, NO_ZERO_DATE");
        assertThat(judged.remedySql())
                .containsExactly("SET PERSIST sql_mode ="
                        + " 'REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ONLY_FULL_GROUP_BY'");
        check.with(Plans.onto(server("8.4.3", OF_80)))
                .on(server("8.0.36", OF_80 + ",ANSI_QUOTES"))
                .finds(WARNING, "sql_mode of the target lacks ANSI_QUOTES: the same statement");
        check.with(Plans.onto(server("8.4.3", OF_80)))
                .on(server("8.0.36", ""))
                .finds(WARNING, "sql_mode of the target adds ONLY_FULL_GROUP_BY");
    }

    @Test
    void warnsOfWhatWasCreatedUnderAModeThatIsGone() {
        check.on(withObjects(OF_57))
                .finds(
                        WARNING,
                        "3 routines, triggers and events were created under NO_AUTO_CREATE_USER, which the target 8.4 does"
                                + " not take: loading a dump of them stops with error 1231 (shop.e, shop.p, shop.t)");
        check.on(withObjects(OF_80)).passes();
        check.with(Plans.toVersion(5, 7, 0)).on(withObjects(OF_57)).passes();
        check.with(Plans.dumpedBy(DumpTool.MYSQL_SHELL)).on(withObjects(OF_57)).passes();
        check.with(Plans.ignoring("shop")).on(withObjects(OF_57)).passes();
    }

    @Test
    void isUnknownWhereTheyCannotBeSeen() {
        check.on(server("5.7.44", OF_57).unavailable(Facts.ROUTINES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
        check.on(server("8.0.36", OF_80).unavailable(Facts.ROUTINES, Fact.Cause.TIMEOUT, "slow"))
                .passes();
        check.on(withObjects(OF_57).unavailable(Facts.EVENTS, Fact.Cause.PRIVILEGE, "denied"))
                .finds(WARNING, "2 routines, triggers and events");
        check.on(server("8.0.36", "").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
    }

    @Test
    void theRemedyMendsARealTarget() {
        try (TestServer target = TestServer.of(Release.MYSQL_8_0).borrow()) {
            String uri = target.uri("root", "");
            CheckTester judged = check.on(server("8.0.36", OF_80 + ",ANSI_QUOTES"));

            target.execute(judged.onto(uri).finds(WARNING, "lacks ANSI_QUOTES").remedySql());
            judged.onto(uri).passes();
        }
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatALoadMeets() {
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        TestServer source = TestServer.of(Release.MYSQL_5_7).shared();
        source.execute("CREATE DATABASE modes", "CREATE PROCEDURE modes.p() SELECT 1");
        try (TestServer target = TestServer.of(Release.MYSQL_8_0).borrow()) {
            check.on(source.uri("root", ""))
                    .onto(target.uri("root", ""))
                    .finds(WARNING, "created under NO_AUTO_CREATE_USER");
            DumpClient.Dump dump =
                    client.dump(source, "root", "", "--set-gtid-purged=OFF", "--routines", "--databases", "modes");
            assertThat(client.load(dump, target).errors()).contains("ERROR 1231", "NO_AUTO_CREATE_USER");

            target.execute("SET SESSION sql_mode = '" + OF_57.replace("NO_AUTO_CREATE_USER,", "") + "'");
        } finally {
            source.execute("DROP DATABASE modes");
        }
    }
}
