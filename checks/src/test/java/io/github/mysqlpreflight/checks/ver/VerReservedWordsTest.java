/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerReservedWordsTest {
    private final CheckTester check = CheckTester.of(new VerReservedWords());

    @Test
    void namesTheWordsOfAProgramAndWhereTheyStand() {
        Finding finding = check.on(SnapshotFixture.mysql("5.7.22")
                        .procedure(
                                "shop",
                                "p",
                                "BEGIN\n DECLARE rank INT;\n SET Rank = 1; SELECT `rank`, a FROM system;\nEND"))
                .finds(WARNING, "procedure shop.p uses as a name what 8.4 reserves: rank (line 2), system (line 3)")
                .findings()
                .get(0);

        assertThat(finding.found()).isEqualTo("rank, system");
        assertThat(finding.remedies().get(0).text()).contains("rank, system into back-ticks");
    }

    @Test
    void looksAtTriggersAndEventsToo() {
        assertThat(check.on(SnapshotFixture.mysql("5.7.22")
                                .trigger(trigger("t1", "item", "SET NEW.id = (SELECT MAX(groups) FROM u)"))
                                .event(event("DELETE FROM lead")))
                        .findings())
                .extracting(Finding::message)
                .containsExactly(
                        "trigger shop.t1 uses as a name what 8.4 reserves: groups (line 1)",
                        "event shop.e uses as a name what 8.4 reserves: lead (line 1)");
    }

    @Test
    void saysThatATriggersOwnNamesMayBeBare() {
        check.on(SnapshotFixture.mysql("5.7.22").trigger(trigger("rank", "groups", "SET NEW.id = 1")))
                .finds(
                        WARNING,
                        "trigger shop.rank on table groups names what 8.4 reserves: rank, groups; it cannot be");
        check.on(SnapshotFixture.mysql("8.0.36").trigger(trigger("rank", "groups", "SET NEW.id = 1")))
                .passes();
    }

    @Test
    void readsNamesByTheModeOfTheProgram() {
        check.on(SnapshotFixture.mysql("5.7.22").routine(function("f", "ANSI_QUOTES", "RETURN \"rank\"")))
                .passes();
        check.on(SnapshotFixture.mysql("5.7.22").routine(function("f", "", "RETURN 'x\\' rank'")))
                .passes();
        check.on(SnapshotFixture.mysql("5.7.22")
                        .routine(function("f", "NO_BACKSLASH_ESCAPES", "RETURN CONCAT('x\\', rank)")))
                .finds(WARNING, "function shop.f uses as a name what 8.4 reserves: rank");
    }

    @Test
    void knowsFunctionsThatCannotBeCalledBareAnyMore() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22").procedure("shop", "p", "SELECT path(1)");
        check.on(fixture).passes();
        check.on(fixture.routine(function("path", "", "RETURN 1")))
                .finds(WARNING, "procedure shop.p uses as a name what 8.4 reserves: path (line 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0.36", "8.4.0", "9.7.4"})
    void passesWhereTheSourceReservesThemToo(String version) {
        check.on(SnapshotFixture.mysql(version).procedure("shop", "p", "SELECT RANK() OVER (ORDER BY a) FROM t"))
                .passes();
    }

    @Test
    void passesWithinOneSeriesWhateverCannotBeRead() {
        onto("9.7")
                .on(SnapshotFixture.mysql("9.7.4").procedure("shop", "q", null))
                .passes();
    }

    @Test
    void leavesOutWhatIsNotMigratedAndViews() {
        Plan plan = new Plan(null, null, null, List.of("hr"), Plan.DumpTool.MYSQLDUMP, null, false);
        check.with(plan)
                .on(SnapshotFixture.mysql("5.7.22")
                        .schema("hr")
                        .procedure("hr", "p", "SELECT rank")
                        .procedure("mysql", "rds_p", "SELECT rank")
                        .view("shop", "v", "select `shop`.`t`.`rank` AS `rank` from `shop`.`t`"))
                .passes();
    }

    @Test
    void isUnknownWhereATextCannotBeRead() {
        check.on(SnapshotFixture.mysql("5.7.22").procedure("shop", "p", null).procedure("shop", "q", null))
                .isUnknown("may not read the text of procedure shop.p and of 1 more");
        check.on(SnapshotFixture.mysql("5.7.22").unavailable(Facts.EVENTS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @Test
    void doesNotApplyToAnotherKindOfTarget() {
        check.with(Plan.defaults()
                        .withTarget(SnapshotFixture.mariaDb("10.11.18-MariaDB").build()))
                .on(SnapshotFixture.mysql("5.7.22"))
                .doesNotApply("MariaDB has versions of its own");
    }

    /** 1064, at CREATE: foretold, provoked, mended. */
    @Test
    void foretellsWhatA80Refuses() {
        foretells(Release.MYSQL_8_0, "rank", "system", "lead", "window", "recursive");
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatA97Refuses() {
        foretells(Release.MYSQL_9_7, "rank", "lateral", "intersect", "qualify", "library");
    }

    private void foretells(Release release, String... words) {
        TestServer source =
                TestServer.of(Release.MYSQL_5_7).with("max_connections", "79").shared();
        TestServer target = SharedServers.get(release);
        target.execute("DROP DATABASE IF EXISTS words", "CREATE DATABASE words");
        for (String word : words) {
            String procedure = "CREATE PROCEDURE words.p() SELECT a AS " + word + " FROM t";
            source.execute("DROP DATABASE IF EXISTS words", "CREATE DATABASE words", procedure);
            check.onto(target.uri("root", ""))
                    .on(source.uri("root", ""))
                    .finds(WARNING, "procedure words.p uses as a name what")
                    .finds(WARNING, word + " (line 1)");
            assertThatThrownBy(() -> target.execute(procedure)).hasMessageContaining("error in your SQL syntax");

            String quoted = "CREATE PROCEDURE words.p() SELECT a AS `" + word + "` FROM t";
            source.execute("DROP PROCEDURE words.p", quoted);
            check.onto(target.uri("root", "")).on(source.uri("root", "")).passes();
            target.execute(quoted, "DROP PROCEDURE words.p");
        }
        source.execute("DROP DATABASE words");
        target.execute("DROP DATABASE words");
    }

    @Test
    void aTriggerKeepsItsNamesAsTheyWereWritten() {
        TestServer source =
                TestServer.of(Release.MYSQL_5_7).with("max_connections", "79").shared();
        source.execute(
                "DROP DATABASE IF EXISTS trig",
                "CREATE DATABASE trig",
                "CREATE TABLE trig.`system` (id INT)",
                "CREATE TRIGGER trig.bare BEFORE INSERT ON trig.system FOR EACH ROW SET NEW.id = 1");
        check.onto(SharedServers.get(Release.MYSQL_8_0).uri("root", ""))
                .on(source.uri("root", ""))
                .finds(WARNING, "trigger trig.bare on table system names what 8.0.15 reserves: system");
        assertThat(source.query("SHOW CREATE TRIGGER trig.bare").get(0).get(2)).contains("ON trig.system FOR");
        source.execute("DROP DATABASE trig");
    }

    @Test
    void anAccountThatMayOnlyRunARoutineLeavesItUnknown() {
        TestServer source =
                TestServer.of(Release.MYSQL_5_7).with("max_connections", "79").shared();
        source.execute(
                "DROP DATABASE IF EXISTS hidden",
                "CREATE DATABASE hidden",
                "CREATE PROCEDURE hidden.p() SELECT 1 AS rank",
                "DROP USER IF EXISTS runner");
        source.createAccount("runner", "Sesame-1");
        source.execute("GRANT SELECT, EXECUTE ON hidden.* TO runner");
        check.on(source.uri("runner", "Sesame-1")).isUnknown("may not read the text of procedure hidden.p");
        source.execute("DROP DATABASE hidden", "DROP USER runner");
    }

    private CheckTester onto(String version) {
        return check.with(
                new Plan(ServerVersion.parse(version), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false));
    }

    private static Triggers.Trigger trigger(String name, String table, String body) {
        return new Triggers.Trigger("shop", name, table, "BEFORE", "INSERT", "root@localhost", "", body);
    }

    private static Events.Event event(String body) {
        return new Events.Event("shop", "e", "root@localhost", "ENABLED", "SYSTEM", "", true, body);
    }

    private static Routines.Routine function(String name, String mode, String body) {
        return new Routines.Routine(
                "shop", name, "FUNCTION", "root@localhost", "DEFINER", "NO SQL", true, mode, "int(11)", null, body);
    }
}
