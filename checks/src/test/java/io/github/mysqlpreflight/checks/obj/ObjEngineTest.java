/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.Advisor;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjEngineTest {
    private final CheckTester check = CheckTester.of(new ObjEngine());

    @ParameterizedTest
    @ValueSource(strings = {"InnoDB", "INNODB", "innodb"})
    void passesWithInnoDbInAnyCase(String engine) {
        check.on(SnapshotFixture.mysql("5.7.22").table("shop", "item", engine)).passes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MyISAM",
                "Aria",
                "MEMORY",
                "CSV",
                "ARCHIVE",
                "BLACKHOLE",
                "MRG_MYISAM",
                "ROCKSDB",
                "TokuDB",
                "partition"
            })
    void blocksReplicationWithAnotherEngine(String engine) {
        Finding finding = check.on(SnapshotFixture.mysql("5.7.22").table("shop", "lo`g", engine))
                .finds(BLOCKS_REPLICATION, "Only InnoDB engine is supported: shop.lo`g uses " + engine)
                .findings()
                .get(0);

        assertThat(finding.object()).isEqualTo(ObjectRef.table("shop", "lo`g"));
        assertThat(finding.found()).isEqualTo(engine);
        assertThat(finding.remedies().get(0).sql().get(0).sql()).isEqualTo("ALTER TABLE `shop`.`lo``g` ENGINE=InnoDB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndbcluster", "NDB", "FEDERATED", "CONNECT", "SPIDER"})
    void blocksEverythingWhereTheRowsAreElsewhere(String engine) {
        check.on(SnapshotFixture.mysql("8.0.15").table("shop", "far", engine))
                .finds(BLOCKS_MIGRATION, "shop.far uses " + engine);
    }

    @Test
    void blocksEverythingWhereTheServerCannotOpenATable() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB").table("shop", "broken", null))
                .finds(BLOCKS_MIGRATION, "the engine of shop.broken cannot be told");
    }

    @Test
    void looksAtTablesThatKeepTheirHistory() {
        check.on(SnapshotFixture.mariaDb("10.11.18-MariaDB")
                        .table("shop", "price", "SYSTEM VERSIONED", "MyISAM", "")
                        .table("shop", "tax", "SYSTEM VERSIONED", "InnoDB", ""))
                .finds(BLOCKS_REPLICATION, "shop.price");
    }

    @Test
    void leavesOutViewsTheServersTablesAndWhatIsIgnored() {
        Plan plan = new Plan(null, null, null, List.of("hr"), Plan.DumpTool.MYSQLDUMP, null, false);

        check.with(plan)
                .on(SnapshotFixture.mysql("5.7.22")
                        .table("shop", "v", "VIEW", null, "")
                        .table("mysql", "user", "MyISAM")
                        .schema("hr")
                        .table("hr", "pay", "MyISAM"))
                .passes();
    }

    @Test
    void saysWhatHappensToTheRows() {
        assertThat(advice("MEMORY")).contains("rows are lost at each restart");
        assertThat(advice("BLACKHOLE")).contains("it holds no rows");
        assertThat(advice("MRG_MyISAM")).contains("view with UNION ALL");
        assertThat(advice("FEDERATED")).contains("copy its rows into an InnoDB table");
    }

    private String advice(String engine) {
        Finding finding = check.on(SnapshotFixture.mysql("5.7.22").table("shop", "t", engine))
                .findings()
                .get(0);
        return finding.remedies().get(0).text();
    }

    @Test
    void isOneReasonHoweverManyTablesThereAre() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22").table("shop", "log", "MyISAM");
        assertThat(reason(fixture)).isEqualTo("Only InnoDB engine is supported: 1 table is not InnoDB (shop.log)");

        for (int i = 1; i < 5; i++) {
            fixture.table("shop", "log" + i, "MyISAM");
        }
        assertThat(reason(fixture))
                .isEqualTo(
                        "Only InnoDB engine is supported: 5 tables are not InnoDB (shop.log, shop.log1, shop.log2 and"
                                + " 2 more)");
    }

    private String reason(SnapshotFixture fixture) {
        CheckResult result =
                new CheckResult(new ObjEngine().info(), check.on(fixture).outcome(), 0);
        return Advisor.advise(List.of(result), Plan.defaults())
                .replicationReasons()
                .get(0);
    }

    @Test
    void isQuickWithAHundredThousandTables() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 100_000; i++) {
            fixture.table("shop", "t" + i, "MyISAM");
        }
        var snapshot = fixture.build();

        List<Finding> findings = Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.on(snapshot).findings());

        assertThat(findings).hasSize(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void theRemedyMendsARealServer(Release release) {
        TestServer server = TestServer.of(release).with("max_connections", "78").shared();
        server.execute(
                "CREATE DATABASE IF NOT EXISTS zoo",
                "CREATE TABLE zoo.fine (id INT) PARTITION BY HASH (id) PARTITIONS 2",
                "CREATE TABLE zoo.my (id INT) ENGINE=MyISAM",
                "CREATE TABLE zoo.`me``m` (id INT PRIMARY KEY) ENGINE=MEMORY",
                "CREATE TABLE zoo.csv (id INT NOT NULL) ENGINE=CSV",
                "CREATE TABLE zoo.merged (id INT) ENGINE=MERGE UNION=(zoo.my)",
                "CREATE VIEW zoo.v AS SELECT 1 AS one");
        String uri = server.uri("root", "");

        assertThat(check.on(uri).findings())
                .extracting(finding -> finding.object().label())
                .containsExactly("zoo.csv", "zoo.me`m", "zoo.merged", "zoo.my");
        // A MERGE table goes first: it cannot be opened once those below it are no longer MyISAM.
        String[] remedies = check.on(uri).remedySql();
        server.execute(remedies);

        check.on(uri).passes();
        server.execute("DROP DATABASE zoo");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void findsTheEnginesThatOnlySomeServersHave(Release release) {
        TestServer server = TestServer.of(release).with("federated", "").shared();
        server.execute(
                "CREATE DATABASE IF NOT EXISTS ark",
                "CREATE TABLE ark.a (id INT) ENGINE=ARCHIVE",
                "CREATE TABLE ark.b (id INT) ENGINE=BLACKHOLE",
                "CREATE TABLE ark.f (id INT) ENGINE=FEDERATED CONNECTION='mysql://u@127.0.0.1:1/x/y'");

        assertThat(check.on(server.uri("root", "")).findings())
                .extracting(finding -> finding.effect() + " " + finding.found())
                .containsExactly(
                        "BLOCKS_REPLICATION ARCHIVE", "BLOCKS_REPLICATION BLACKHOLE", "BLOCKS_MIGRATION FEDERATED");
        server.execute("DROP DATABASE ark");
    }

    /** MySQL 8.0 names the engine whatever happens to the table. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MARIADB_10_11"})
    void findsATableThatTheServerCannotOpen(Release release) throws IOException {
        try (TestServer server = TestServer.of(release).start()) {
            server.execute(
                    "CREATE DATABASE wreck",
                    "CREATE TABLE wreck.t (id INT)",
                    "CREATE TABLE wreck.u (id INT)",
                    "CREATE VIEW wreck.v AS SELECT 1 AS one",
                    "FLUSH TABLES");
            Files.writeString(server.dataDirectory().resolve("wreck").resolve("t.frm"), "garbage");

            check.on(server.uri("root", ""))
                    .finds(
                            BLOCKS_MIGRATION,
                            "Only InnoDB engine is supported: the engine of wreck.t cannot be told, the server cannot"
                                    + " open the table");
        }
    }
}
