/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Plugins;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjCompressedEncryptedTest {
    private final CheckTester check = CheckTester.of(new ObjCompressedEncrypted());

    private static SnapshotFixture source(String options) {
        return SnapshotFixture.mysql("5.7.22").table("shop", "t", "BASE TABLE", "InnoDB", options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "partitioned",
                "row_format=DYNAMIC",
                "row_format=COMPACT partitioned",
                "row_format=REDUNDANT",
                "row_format=DEFAULT",
                "COMPRESSION=\"none\"",
                "ENCRYPTION='N'",
                "max_rows=10 avg_row_length=10 pack_keys=1 checksum=1 delay_key_write=1"
            })
    void passesWithOrdinaryOptions(String options) {
        check.on(source(options)).passes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "row_format=COMPRESSED",
                "row_format=COMPRESSED KEY_BLOCK_SIZE=8",
                "KEY_BLOCK_SIZE=4",
                "COMPRESSION=\"zlib\""
            })
    void mentionsCompressedTablesOnce(String options) {
        check.on(source(options)).finds(NOTICE, "1 table is compressed (shop.t)");
        check.on(source(options).table("shop", "a", "BASE TABLE", "InnoDB", options))
                .finds(NOTICE, "2 tables are compressed (shop.a, shop.t)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENCRYPTION='Y'", "ENCRYPTION=\"y\"", "row_format=DYNAMIC ENCRYPTION=\"Y\" partitioned"})
    void warnsOfEncryptedTables(String options) {
        check.on(source(options))
                .finds(WARNING, "shop.t is encrypted: the target can create it only with a keyring (error 3185)");
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.4").unavailable(Facts.PLUGINS, Fact.Cause.TIMEOUT, "slow")))
                .on(source(options))
                .finds(WARNING, "error 3185");
        check.with(Plans.onto(plugin("DISABLED"))).on(source(options)).finds(WARNING, "error 3185");
        check.with(Plans.onto(plugin("ACTIVE"))).on(source(options)).passes();
    }

    private static SnapshotFixture plugin(String status) {
        return SnapshotFixture.mysql("8.0.36")
                .fact(
                        Facts.PLUGINS,
                        new Plugins(List.of(new Plugins.Plugin("keyring_file", status, "KEYRING", "keyring_file.so"))));
    }

    @ParameterizedTest
    @CsvSource({
        "row_format=FIXED, InnoDB has no such row format, ROW_FORMAT=DYNAMIC",
        "row_format=DYNAMIC KEY_BLOCK_SIZE=8, it contradicts ROW_FORMAT=DYNAMIC, KEY_BLOCK_SIZE=0",
        "row_format=COMPACT KEY_BLOCK_SIZE=8, it contradicts ROW_FORMAT=COMPACT, KEY_BLOCK_SIZE=0",
        "KEY_BLOCK_SIZE=32, InnoDB compresses to 1, KEY_BLOCK_SIZE=0",
        "KEY_BLOCK_SIZE=3, InnoDB compresses to 1, KEY_BLOCK_SIZE=0",
        "row_format=COMPRESSED COMPRESSION=\"zlib\", it contradicts ROW_FORMAT=COMPRESSED, COMPRESSION='NONE'"
    })
    void blocksWhatStrictModeRefuses(String options, String because, String remedy) {
        assertThat(check.on(source(options))
                        .finds(BLOCKS_MIGRATION, "and the target refuses it (error 1031): " + because)
                        .remedySql())
                .containsExactly("ALTER TABLE `shop`.`t` " + remedy);
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.4").variable("innodb_strict_mode", "OFF")))
                .on(source(options))
                .finds(WARNING, "and the target creates it without: " + because);
    }

    @Test
    void blocksCompressedTablesWhereTheTargetHasNone() {
        SnapshotFixture source = source("row_format=COMPRESSED KEY_BLOCK_SIZE=8");

        check.with(Plans.onto(SnapshotFixture.mysql("8.4.4").variable("innodb_page_size", "32768")))
                .on(source)
                .finds(BLOCKS_MIGRATION, "its innodb_page_size is 32768");
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.4").variable("innodb_file_per_table", "OFF")))
                .on(source)
                .finds(BLOCKS_MIGRATION, "its innodb_file_per_table is OFF");
        check.with(Plans.onto(SnapshotFixture.mysql("8.0.39").variable("aurora_version", "3.08")))
                .on(source)
                .finds(BLOCKS_MIGRATION, "Amazon Aurora does not support them");
        check.with(Plans.onto(SnapshotFixture.mysql("8.4.4").variable("innodb_page_size", "4096")))
                .on(source)
                .finds(BLOCKS_MIGRATION, "not more than a page");
    }

    @Test
    void blocksWhatOnlyMariaDbHas() {
        assertThat(check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")
                                .table("shop", "t", "BASE TABLE", "InnoDB", "`PAGE_COMPRESSED`='1'"))
                        .finds(
                                BLOCKS_MIGRATION,
                                "shop.t has MariaDB's option PAGE_COMPRESSED, which is no SQL for MySQL (error 1064)")
                        .remedySql())
                .containsExactly("ALTER TABLE `shop`.`t` `PAGE_COMPRESSED`=DEFAULT");
    }

    @Test
    void leavesOutOtherEnginesAndWhatIsNotMigrated() {
        check.on(SnapshotFixture.mysql("5.7.22")
                        .table("shop", "my", "BASE TABLE", "MyISAM", "row_format=FIXED")
                        .table("mysql", "mine", "BASE TABLE", "InnoDB", "row_format=FIXED"))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    void isQuickWithAHundredThousandTables() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 100_000; i++) {
            fixture.table(
                    "shop", "t" + i, "BASE TABLE", "InnoDB", i % 2 == 0 ? "KEY_BLOCK_SIZE=8" : "row_format=FIXED");
        }
        var snapshot = fixture.build();

        Assertions.assertTimeout(
                Duration.ofSeconds(60),
                () -> assertThat(check.on(snapshot).findings()).hasSize(50_000));
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsTheErrorsOfALoadAndMendsARealServer() {
        TestServer source = Lab.server(Release.MYSQL_5_7);
        source.execute(
                "CREATE DATABASE co",
                "SET SESSION innodb_strict_mode = OFF",
                "CREATE TABLE co.fixed (a INT PRIMARY KEY) ROW_FORMAT=FIXED",
                "CREATE TABLE co.both (a INT PRIMARY KEY) ROW_FORMAT=COMPACT KEY_BLOCK_SIZE=8",
                "CREATE TABLE co.large (a INT PRIMARY KEY) KEY_BLOCK_SIZE=32",
                "CREATE TABLE co.twice (a INT PRIMARY KEY) ROW_FORMAT=COMPRESSED COMPRESSION='zlib'",
                "CREATE TABLE co.page (a INT PRIMARY KEY) COMPRESSION='zlib'",
                "CREATE TABLE co.packed (a INT PRIMARY KEY) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8",
                "CREATE TABLE co.plain (a INT PRIMARY KEY) MAX_ROWS=10 CHECKSUM=1");
        String uri = source.uri("root", "");

        check.on(uri).finds(4, BLOCKS_MIGRATION, "co.both");
        assertThat(Lab.load(source, "co", Lab.server(Release.MYSQL_8_0))).isEqualTo(Set.of(1031));
        source.execute(check.on(uri).remedySql());

        check.on(uri).finds(NOTICE, "3 tables are compressed (co.packed, co.page, co.twice)");
        assertThat(Lab.load(source, "co", Lab.server(Release.MYSQL_8_0))).isEmpty();
        assertThat(Lab.load(source, "co", Lab.server(Release.MYSQL_9_7))).isEmpty();
        source.execute("DROP DATABASE co");
    }

    @Test
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatOtherTargetsRefuse() {
        TestServer source = Lab.server(Release.MYSQL_5_7);
        source.execute(
                "CREATE DATABASE ct",
                "CREATE TABLE ct.packed (a INT PRIMARY KEY) ROW_FORMAT=COMPRESSED",
                "CREATE TABLE ct.plain (a INT PRIMARY KEY)");
        String uri = source.uri("root", "");
        for (String[] setting : new String[][] {{"innodb_page_size", "32K"}, {"innodb_file_per_table", "OFF"}}) {
            TestServer target = TestServer.of(Release.MYSQL_9_7)
                    .with(setting[0], setting[1])
                    .shared();
            check.on(uri).onto(target.uri("root", "")).finds(BLOCKS_MIGRATION, "its " + setting[0]);
            assertThat(Lab.load(source, "ct", target)).isEqualTo(Set.of(1031));
        }
        TestServer target =
                TestServer.of(Release.MYSQL_9_7).with("innodb_page_size", "32K").shared();
        source.execute(check.on(uri).onto(target.uri("root", "")).remedySql());
        check.on(uri).onto(target.uri("root", "")).passes();
        assertThat(Lab.load(source, "ct", target)).isEmpty();
        source.execute("DROP DATABASE ct");
    }

    @Test
    @NeedsServer({Release.MARIADB_10_11, Release.MYSQL_8_0})
    void foretellsWhatMySqlRefusesOfMariaDb() {
        TestServer source = Lab.server(Release.MARIADB_10_11);
        source.execute(
                "CREATE DATABASE cm",
                "CREATE TABLE cm.p (a INT PRIMARY KEY) PAGE_COMPRESSED=1",
                "CREATE TABLE cm.e (a INT PRIMARY KEY) ENCRYPTED=NO",
                "CREATE TABLE cm.c (a INT PRIMARY KEY, t TEXT COMPRESSED)");
        String uri = source.uri("root", "");
        TestServer target = Lab.server(Release.MYSQL_8_0);

        check.on(uri).finds(2, BLOCKS_MIGRATION, "cm.e");
        assertThat(Lab.load(source, "cm", target)).isEqualTo(Set.of(1064));
        source.execute(check.on(uri).remedySql());

        check.on(uri).passes();
        assertThat(Lab.load(source, "cm", target)).isEmpty();
        source.execute("DROP DATABASE cm");
    }

    /** No source in the testkit has a keyring, but every target can be asked. */
    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void aTargetWithoutAKeyringRefusesEncryptedTables() {
        for (Release release : List.of(Release.MYSQL_8_0, Release.MYSQL_9_7)) {
            TestServer target = Lab.server(release);
            target.execute("CREATE DATABASE cnt");
            assertThat(Lab.fails(target, "CREATE TABLE cnt.t (a INT) ENCRYPTION='Y'", 3185))
                    .isTrue();
            target.execute("DROP DATABASE cnt");
            check.on(source("ENCRYPTION=\"Y\"")).onto(target.uri("root", "")).finds(WARNING, "error 3185");
        }
    }
}
