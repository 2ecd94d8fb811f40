/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjPkTypeTest {
    private final CheckTester check = CheckTester.of(new ObjPkType());

    private static Plan to(String version) {
        return new Plan(ServerVersion.parse(version), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    private static SnapshotFixture source(String type, String extra) {
        return SnapshotFixture.mysql("8.0.36")
                .table("shop", "log", "InnoDB")
                .column("shop", "log", new Column("n", type, false, null, extra, null, null));
    }

    @ParameterizedTest
    @CsvSource({"8.0, WARNING", "8.3, WARNING", "8.4, BLOCKS_MIGRATION", "9.7.4, BLOCKS_MIGRATION"})
    void judgesInexactCountersByTheTarget(String version, String effect) {
        Finding finding = check.with(to(version))
                .on(source("double unsigned", "auto_increment").index("shop", "log", "k", false, "n"))
                .findings()
                .get(0);

        assertThat(finding.effect().name()).isEqualTo(effect);
        assertThat(finding.message()).startsWith("the AUTO_INCREMENT column shop.log.n is a double unsigned");
        assertThat(finding.object()).isEqualTo(new ObjectRef(Side.SOURCE, ObjectRef.Type.COLUMN, "shop", "log", "n"));
        assertThat(finding.remedies().get(0).sql().get(0).sql())
                .isEqualTo("ALTER TABLE `shop`.`log` MODIFY `n` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT");
    }

    @Test
    void warnsOfInexactPrimaryKeys() {
        check.on(source("float", "").primaryKey("shop", "log", "a", "n"))
                .finds(
                        WARNING,
                        "the primary key of shop.log holds n, a float: a dump rounds it to six digits, so that rows collide"
                                + " (error 1062) or are not found by a replica (error 1032)");
        check.on(source("double", "").primaryKey("shop", "log", "n"))
                .finds(WARNING, "rows are found by the equality of inexact numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"point", "geometry", "multilinestring"})
    void blocksPrefixesOfGeometries(String type) {
        SnapshotFixture fixture = source(type, "")
                .index(
                        "shop",
                        "log",
                        new Index("g", false, "BTREE", true, List.of(new Index.Part("n", 25, false, null))));

        check.on(fixture).finds(BLOCKS_MIGRATION, "the key g of shop.log is over the " + type + " n");
        check.on(source(type, "")
                        .index(
                                "shop",
                                "log",
                                new Index("g", false, "SPATIAL", true, List.of(new Index.Part("n", 32, false, null)))))
                .passes();
    }

    @Test
    void passesWithOrdinaryKeys() {
        check.on(source("bigint", "auto_increment").primaryKey("shop", "log", "n"))
                .passes();
        check.on(source("double", "").index("shop", "log", "k", false, "n")).passes();
        check.on(source("decimal(10,2)", "").primaryKey("shop", "log", "n")).passes();
    }

    @Test
    void isUnknownWhereColumnsAreHidden() {
        SnapshotFixture fixture =
                SnapshotFixture.mysql("8.0.36").table("shop", "a", "InnoDB").table("shop", "b", "InnoDB");

        check.on(fixture).passes();
        check.on(fixture.grants("GRANT TRIGGER ON *.* TO `mig`@`%`"))
                .isUnknown("the account does not see the columns of shop.a, shop.b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "columns", "indexes", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(source("float", "").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    void isQuickWithAMillionColumns() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 100_000; i++) {
            fixture.table("shop", "t" + i, "InnoDB").primaryKey("shop", "t" + i, "c0");
            for (int j = 0; j < 10; j++) {
                fixture.column("shop", "t" + i, "c" + j, j == 5 ? "point" : "double", true);
            }
        }
        var snapshot = fixture.build();

        List<Finding> findings = Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.on(snapshot).findings());

        assertThat(findings).hasSize(100_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsTheErrorsAndMendsARealServer(Release release) {
        TestServer source = Lab.server(release);
        TestServer target = Lab.server(Release.MYSQL_9_7);
        source.execute(
                "CREATE DATABASE ty",
                "CREATE TABLE ty.f (id FLOAT NOT NULL AUTO_INCREMENT PRIMARY KEY)",
                "CREATE TABLE ty.d (a INT PRIMARY KEY, n DOUBLE UNSIGNED NOT NULL AUTO_INCREMENT, UNIQUE (n))",
                "INSERT INTO ty.f VALUES (NULL), (NULL)",
                "CREATE TABLE ty.fine (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, p POINT NOT NULL, SPATIAL KEY (p))");
        if (release == Release.MYSQL_5_7) {
            source.execute("CREATE TABLE ty.g (id INT PRIMARY KEY, p POINT NOT NULL, KEY (p))");
        }
        String uri = source.uri("root", "");
        int expected = release == Release.MYSQL_5_7 ? 3 : 2;

        check.on(uri).onto(target.uri("root", "")).finds(expected, BLOCKS_MIGRATION, "(error 10");
        assertThat(Lab.load(source, "ty", target))
                .isEqualTo(release == Release.MYSQL_5_7 ? java.util.Set.of(1063, 1089) : java.util.Set.of(1063));
        source.execute(check.on(uri).remedySql());

        check.on(uri).onto(target.uri("root", "")).passes();
        assertThat(Lab.load(source, "ty", target)).isEmpty();
        source.execute("DROP DATABASE ty");
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void aReplicaStopsAtAnInexactCounterToo() {
        assertThat(Lab.replicate(
                        "CREATE DATABASE tyr", "CREATE TABLE tyr.f (id FLOAT NOT NULL AUTO_INCREMENT PRIMARY KEY)"))
                .isEqualTo(1063);
        Lab.replicated().execute("DROP DATABASE tyr");
        Lab.replica().execute("DROP DATABASE tyr");
    }

    @Test
    @NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0, Release.MYSQL_9_7})
    void aDumpRoundsAFloat() {
        TestServer source = Lab.server(Release.MYSQL_5_7);
        source.execute(
                "CREATE DATABASE fl",
                "CREATE TABLE fl.t (a FLOAT NOT NULL PRIMARY KEY)",
                "INSERT INTO fl.t VALUES (0.123456789), (0.1234567)");
        check.on(source.uri("root", "")).finds(WARNING, "error 1062");
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        DumpClient.Dump dump = client.dump(source, "root", "", "--set-gtid-purged=OFF", "--databases", "fl");

        TestServer target = Lab.server(Release.MYSQL_8_0);
        assertThat(client.load(dump, target).errors()).contains("ERROR 1062");
        target.execute("DROP DATABASE fl");
        source.execute("DROP DATABASE fl");
    }
}
