/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.snapshot.Views;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjViewsTest {
    private final CheckTester check = CheckTester.of(new ObjViews());

    private static SnapshotFixture broken(SnapshotFixture fixture) {
        return fixture.fact(
                Facts.TABLES,
                new Tables(List.of(new Tables.Table(
                        "shop",
                        "lost",
                        "VIEW",
                        null,
                        null,
                        "",
                        null,
                        "View 'shop.lost' references invalid table(s)"))));
    }

    private static Plan ignoring(String database) {
        return new Plan(null, null, null, List.of(database), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    @Test
    void blocksADumpAtAViewThatCannotBeUsed() {
        check.on(broken(SnapshotFixture.mysql("8.0.36")))
                .finds(BLOCKS_DUMP, "view shop.lost cannot be used: a dump stops at it (error 1356)");
    }

    @Test
    void passesWithViewsThatCanBeUsed() {
        check.on(SnapshotFixture.mysql("8.0.36").view("shop", "v", "select 1 AS `a`"))
                .passes();
    }

    @Test
    void looksAtNoViewOfADatabaseThatIsNotMigrated() {
        check.with(ignoring("shop")).on(broken(SnapshotFixture.mysql("8.0.36"))).passes();
    }

    @Test
    void findsWhatAViewReadsInADatabaseThatIsLeftOut() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.44")
                .schema("other")
                .view("shop", "v", "select `other`.`t`.`id` AS `id` from `other`.`t`");
        check.on(fixture).passes();
        check.with(ignoring("other")).on(fixture).finds(BLOCKS_DUMP, "view shop.v reads other, which is not migrated");
    }

    @Test
    void goesByWhatTheServerSaysThatAViewReads() {
        Views.View view = new Views.View(
                "shop", "v", "root@localhost", "DEFINER", null, List.of(new Views.Reference("other", "t")));
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36")
                .schema("other")
                .table("shop", "v", "VIEW", null, "")
                .view(view);
        check.with(ignoring("other")).on(fixture).finds(BLOCKS_DUMP, "view shop.v reads other.t");
    }

    @Test
    void isUnknownWhereTheTextOfAViewIsHidden() {
        SnapshotFixture fixture =
                SnapshotFixture.mysql("8.0.36").schema("other").view("shop", "v", null);
        check.on(fixture).passes();
        check.with(ignoring("other")).on(fixture).isUnknown("what shop.v read could not be seen");
    }

    @Test
    void isUnknownWithoutTheTables() {
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
    }

    /** The real mysqldump stops at it with 1356; the second remedy takes it away. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7"})
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsThatADumpStops(Release release) {
        TestServer server = TestServer.of(release).with("max_connections", "83").shared();
        server.execute(
                "DROP DATABASE IF EXISTS torn",
                "CREATE DATABASE torn",
                "CREATE TABLE torn.was (id INT PRIMARY KEY)",
                "CREATE VIEW torn.fine AS SELECT 1 AS one",
                "CREATE VIEW torn.lost AS SELECT id FROM torn.was",
                "DROP TABLE torn.was");
        String ssl = release == Release.MYSQL_5_7 ? "--ssl-mode=DISABLED" : "--ssl-mode=PREFERRED";
        DumpClient.Dump dump = DumpClient.of(Release.MYSQL_9_7)
                .dump(server, "root", "", ssl, "--column-statistics=0", "--databases", "torn");

        assertThat(dump.succeeded()).isFalse();
        assertThat(dump.errors()).contains("1356");
        var finding = check.on(server.uri("root", ""))
                .finds(BLOCKS_DUMP, "view torn.lost cannot be used")
                .findings()
                .get(0);
        server.execute(finding.remedies().get(1).sql().get(0).sql());
        check.on(server.uri("root", "")).passes();
        server.execute("DROP DATABASE torn");
    }
}
