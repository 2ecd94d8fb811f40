/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.TablePlaces;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjTablespacesTest {
    private final CheckTester check = CheckTester.of(new ObjTablespaces());

    @TempDir
    private Path directory;

    private static SnapshotFixture placed(@Nullable String tablespace, @Nullable String directory) {
        return SnapshotFixture.mysql("8.0.36")
                .fact(
                        Facts.TABLE_PLACES,
                        new TablePlaces(
                                List.of("fast"),
                                List.of(new TablePlaces.Place("shop", "customer", tablespace, directory, 0, 0))));
    }

    @Test
    void blocksATablespaceThatTheTargetLacks() {
        check.on(placed("fast", null)).finds(BLOCKS_MIGRATION, "shop.customer lies in the general tablespace fast");
        assertThat(check.on(placed("fa`s't", null)).remedySql())
                .containsExactly("ALTER TABLE `shop`.`customer` TABLESPACE = innodb_file_per_table");
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.3")
                        .fact(Facts.TABLE_PLACES, new TablePlaces(List.of("fast"), List.of()))))
                .on(placed("fast", null))
                .passes();
    }

    @Test
    void blocksADirectoryWhereTheTargetDoesNotKnowIt() {
        check.on(placed(null, "/mnt/x/")).finds(BLOCKS_MIGRATION, "has files in /mnt/x/");
        check.with(Plans.toVersion(8, 0, 20)).on(placed(null, "/mnt/x/")).finds(WARNING, "has to be writable");
        check.with(Plans.toVersion(8, 0, 21)).on(placed(null, "/mnt/x/")).finds(BLOCKS_MIGRATION, "error 3121");
        SnapshotFixture target = SnapshotFixture.mysql("8.4.3").variable("innodb_directories", "/var/a;/mnt");
        check.with(Plans.onto(target)).on(placed(null, "/mnt/x/")).passes();
        check.with(Plans.onto(target)).on(placed(null, "/mntx/")).finds(BLOCKS_MIGRATION, "/mntx/");
    }

    @Test
    void looksAtWhatIsMigratedAndSaysWhatItCannotSee() {
        check.on(SnapshotFixture.mysql("8.0.36")).passes();
        check.with(Plans.ignoring("shop")).on(placed("fast", "/mnt/")).passes();
        check.on(SnapshotFixture.mysql("8.0.36").unavailable(Facts.TABLE_PLACES, Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    /** What it says of a real source is what the load into a 9.7 says, and the remedies mend it. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsTheLoad(Release release) {
        TestServer target = TestServer.of(Release.MYSQL_9_7).shared();
        try (TestServer source = TestServer.of(release).borrow()) {
            source.execute(
                    "CREATE DATABASE `sho-p`",
                    "CREATE TABLESPACE `fa-st` ADD DATAFILE 'fast.ibd'",
                    "CREATE TABLE `sho-p`.`in/side` (id INT PRIMARY KEY) TABLESPACE `fa-st`",
                    "CREATE TABLE `sho-p`.named (id INT PRIMARY KEY) TABLESPACE innodb_system",
                    "CREATE TABLE `sho-p`.plain (id INT PRIMARY KEY)");
            source.createAccount("blind", "pw-Blind-1", "SELECT");
            String uri = source.uri("root", "");

            check.on(source.uri("blind", "pw-Blind-1")).isUnknown("denied");
            assertThat(load(source, target)).contains("3510");
            Finding finding = check.on(uri)
                    .finds(BLOCKS_MIGRATION, "sho-p.in/side lies in the general tablespace fa-st")
                    .findings()
                    .get(0);
            target.execute(finding.remedies().get(1).sql().get(0).sql());
            check.onto(target.uri("root", "")).on(uri).passes();
            assertThat(load(source, target)).isEmpty();
            source.execute(check.on(uri).remedySql());
            check.on(uri).passes();
            target.execute("DROP DATABASE `sho-p`", "DROP TABLESPACE `fa-st`");
            assertThat(load(source, target)).isEmpty();

            source.execute("CREATE TABLE `sho-p`.`out-side` (id INT PRIMARY KEY) DATA DIRECTORY = '" + directory + "'");
            source.execute("CREATE TABLE `sho-p`.parts (id INT PRIMARY KEY) PARTITION BY HASH (id) (PARTITION a DATA"
                    + " DIRECTORY = '" + directory + "', PARTITION b)");
            assertThat(check.onto(target.uri("root", "")).on(uri).findings())
                    .extracting(Finding::message)
                    .containsExactly(
                            "sho-p.out-side has files in " + directory
                                    + "/: its load stops where the target does not know that directory (error 3121)",
                            "sho-p.parts has files in " + directory
                                    + "/: its load stops where the target does not know that directory (error 3121)");
            assertThat(load(source, target)).contains("3121");
            target.execute("DROP DATABASE `sho-p`");
        }
    }

    private static String load(TestServer source, TestServer target) {
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        DumpClient.Dump dump = client.dump(
                source, "root", "", "--column-statistics=0", "--set-gtid-purged=OFF", "--databases", "sho-p");
        assertThat(dump.succeeded()).as(dump.errors()).isTrue();
        return client.load(dump, target).errors();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MARIADB_10_11"})
    @NeedsServer({Release.MYSQL_5_6, Release.MARIADB_10_11})
    void seesDirectoriesOfOtherServers(Release release) {
        try (TestServer source =
                TestServer.of(release).with("innodb_file_per_table", "ON").borrow()) {
            source.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.plain (id INT PRIMARY KEY) ENGINE=InnoDB",
                    "CREATE TABLE shop.`out-side` (id INT PRIMARY KEY) ENGINE=InnoDB DATA DIRECTORY = '" + directory
                            + "'");
            check.on(source.uri("root", ""))
                    .finds(BLOCKS_MIGRATION, "shop.out-side has files in " + directory + "/: its load stops");
        }
    }
}
