/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.TablePlaces;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjPartitionsTest {
    private final CheckTester check = CheckTester.of(new ObjPartitions());

    private static Plan to(String version) {
        return new Plan(ServerVersion.parse(version), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    private static SnapshotFixture partitioned(String engine) {
        return SnapshotFixture.mysql("5.7.22").table("shop", "log", "BASE TABLE", engine, "partitioned");
    }

    private static SnapshotFixture shared(SnapshotFixture fixture, long partitions, long general) {
        return fixture.fact(
                Facts.TABLE_PLACES,
                new TablePlaces(
                        List.of(), List.of(new TablePlaces.Place("shop", "log", null, null, partitions, general))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"InnoDB", "ndbcluster"})
    void passesWithNativePartitions(String engine) {
        check.on(partitioned(engine).primaryKey("shop", "log", "id")).passes();
    }

    @Test
    void passesWithoutPartitions() {
        check.on(SnapshotFixture.mysql("5.7.22")
                        .table("shop", "my", "MyISAM")
                        .unavailable(Facts.TABLE_PLACES, Fact.Cause.PRIVILEGE, "denied"))
                .passes();
    }

    @Test
    void blocksOtherEngines() {
        assertThat(check.on(partitioned("MyISAM"))
                        .finds(
                                BLOCKS_MIGRATION,
                                "shop.log is a partitioned table of MyISAM: the target partitions InnoDB tables alone (error"
                                        + " 1178)")
                        .remedySql())
                .containsExactly("ALTER TABLE `shop`.`log` ENGINE=InnoDB");
        check.with(to("5.7")).on(partitioned("MyISAM")).doesNotApply("older than 8.0");
    }

    @Test
    void judgesSharedTablespacesByWhetherTheyAreNamed() {
        check.on(shared(partitioned("InnoDB"), 3, 2))
                .finds(
                        BLOCKS_MIGRATION,
                        "3 partitions of shop.log in a general tablespace, which the target refuses (errors 3510, 1478)");
        check.on(shared(partitioned("InnoDB"), 1, 0))
                .finds(WARNING, "1 partition of shop.log in the system tablespace, which the target refuses where");
        check.with(new Plan(null, null, null, List.of("shop"), Plan.DumpTool.MYSQLDUMP, null, false))
                .on(shared(partitioned("InnoDB"), 3, 3))
                .passes();
    }

    @ParameterizedTest
    @CsvSource({"8.0.36, false", "8.3, false", "8.4, true", "9.7.4, true"})
    void warnsOfPrefixesThatMayBeInAPartitionKey(String version, boolean refused) {
        CheckTester tester = check.with(to(version))
                .on(partitioned("InnoDB")
                        .index(
                                "shop",
                                "log",
                                new Index("k", false, "BTREE", true, List.of(new Index.Part("v", 5, false, null)))));

        if (refused) {
            tester.finds(
                    WARNING,
                    "shop.log is partitioned, and its index k holds a prefix of v: the target refuses PARTITION BY KEY over"
                            + " that column (error 6123)");
        } else {
            tester.passes();
        }
    }

    @Test
    void saysWhereTablespacesOfPartitionsCannotBeSeen() {
        SnapshotFixture fixture = partitioned("InnoDB").unavailable(Facts.TABLE_PLACES, Fact.Cause.PRIVILEGE, "denied");

        check.on(fixture).isUnknown("denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsTheErrorsOfALoadAndMendsARealServer() {
        try (TestServer source = TestServer.of(Release.MYSQL_5_7).borrow()) {
            source.execute(
                    "CREATE DATABASE pt",
                    "CREATE TABLESPACE pt_space ADD DATAFILE 'pt_space.ibd' ENGINE=InnoDB",
                    "CREATE TABLE pt.fine (a INT PRIMARY KEY) PARTITION BY HASH (a) PARTITIONS 2",
                    "CREATE TABLE pt.my (a INT) ENGINE=MyISAM PARTITION BY HASH (a) PARTITIONS 2",
                    "CREATE TABLE pt.named (a INT PRIMARY KEY) TABLESPACE=pt_space PARTITION BY HASH (a) PARTITIONS 2",
                    "CREATE TABLE pt.system_named (a INT PRIMARY KEY) TABLESPACE=innodb_system PARTITION BY HASH (a)"
                            + " PARTITIONS 2",
                    "SET GLOBAL innodb_file_per_table = OFF",
                    "CREATE TABLE pt.system_implied (a INT PRIMARY KEY) PARTITION BY HASH (a) PARTITIONS 2",
                    "SET GLOBAL innodb_file_per_table = ON");
            source.createAccount("blind", "pw", "SELECT");
            String uri = source.uri("root", "");
            TestServer target = Lab.server(Release.MYSQL_8_0);

            assertThat(check.on(uri).findings())
                    .extracting(
                            finding -> finding.effect() + " " + finding.object().label())
                    .containsExactly(
                            "BLOCKS_MIGRATION pt.my",
                            "BLOCKS_MIGRATION pt.named",
                            "WARNING pt.system_implied",
                            "WARNING pt.system_named");
            assertThat(Lab.load(source, "pt", target)).isEqualTo(Set.of(1178, 1478, 3510));
            source.execute(check.on(uri).remedySql());

            check.on(uri).passes();
            assertThat(Lab.load(source, "pt", target)).isEmpty();
            assertThat(Lab.load(source, "pt", Lab.server(Release.MYSQL_9_7))).isEmpty();
            check.on(source.uri("blind", "pw")).isUnknown("Access denied");
        }
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsPrefixesInAPartitionKey() {
        TestServer source = Lab.server(Release.MYSQL_8_0);
        source.execute(
                "CREATE DATABASE pp",
                "CREATE TABLE pp.bad (v VARCHAR(20), KEY k (v(5))) PARTITION BY KEY (v) PARTITIONS 2",
                "CREATE TABLE pp.good (v VARCHAR(20), KEY k (v)) PARTITION BY KEY (v) PARTITIONS 2");
        TestServer target = Lab.server(Release.MYSQL_9_7);

        check.on(source.uri("root", ""))
                .onto(target.uri("root", ""))
                .finds(WARNING, "pp.bad is partitioned, and its index k holds a prefix of v");
        assertThat(Lab.load(source, "pp", target)).isEqualTo(Set.of(6123));
        source.execute("DROP DATABASE pp");
    }
}
