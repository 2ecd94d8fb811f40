/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_DUMP;
import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjForeignKeysTest {
    private final CheckTester check = CheckTester.of(new ObjForeignKeys());

    private static Plan plan(@Nullable String version, @Nullable Method method, String... ignored) {
        return new Plan(
                version == null ? null : ServerVersion.parse(version),
                null,
                method,
                List.of(ignored),
                Plan.DumpTool.MYSQLDUMP,
                null,
                false);
    }

    private static ForeignKey to(String schema, String table, String... columns) {
        return new ForeignKey("f", List.of(columns), schema, table, List.of(columns), "NO ACTION", "NO ACTION");
    }

    /** A child whose columns have those types, and its foreign key. */
    private static SnapshotFixture child(ForeignKey key, String type) {
        SnapshotFixture fixture =
                SnapshotFixture.mysql("8.0.36").table("shop", "child", "InnoDB").foreignKey("shop", "child", key);
        for (String column : key.columns()) {
            fixture.column("shop", "child", column, type, true);
        }
        return fixture;
    }

    private static SnapshotFixture withParent(ForeignKey key, String childType, String parentType) {
        SnapshotFixture fixture = child(key, childType).table("shop", "parent", "InnoDB");
        for (String column : key.referencedColumns()) {
            fixture.column("shop", "parent", column, parentType, false);
        }
        return fixture;
    }

    @Test
    void blocksReplicationWhereTheParentIsLeftOut() {
        SnapshotFixture fixture =
                child(to("hr", "emp", "a"), "int").schema("hr").table("hr", "emp", "InnoDB");

        Finding finding = check.with(plan(null, null, "hr"))
                .on(fixture)
                .finds(
                        BLOCKS_REPLICATION,
                        "the foreign key f of shop.child refers to hr.emp, which is not migrated: a replica stops at the first"
                                + " row that refers to it (error 1452)")
                .findings()
                .get(0);

        assertThat(finding.object())
                .isEqualTo(new ObjectRef(Side.SOURCE, ObjectRef.Type.FOREIGN_KEY, "shop", "child", "f"));
        check.with(plan(null, Method.DUMP, "hr"))
                .on(fixture)
                .finds(WARNING, "the target refuses rows that refer to it");
        check.with(plan(null, null, "hr")
                        .withTarget(SnapshotFixture.mysql("8.4.4")
                                .schema("hr")
                                .table("hr", "emp", "InnoDB")
                                .build()))
                .on(fixture)
                .finds(WARNING, "which is not migrated");
        check.with(plan(null, null, "shop")).on(fixture).passes();
    }

    @Test
    void blocksReplicationWhereTheParentIsInASystemDatabase() {
        check.on(child(to("mysql", "mine", "a"), "int").table("mysql", "mine", "InnoDB"))
                .finds(BLOCKS_REPLICATION, "refers to mysql.mine, which is not migrated");
    }

    @Test
    void warnsOfAParentThatIsMissing() {
        check.on(child(to("shop", "nowhere", "a"), "int"))
                .finds(WARNING, "refers to shop.nowhere, which does not exist, or is not visible");
        check.on(child(to("nodb", "nowhere", "a"), "int"))
                .finds(WARNING, "refers to nodb.nowhere, which does not exist, or is not visible");
    }

    @Test
    void findsTheParentAsTheServerComparesNames() {
        ForeignKey key = to("SHOP", "PARENT", "a");

        check.on(withParent(key, "int", "int").primaryKey("shop", "parent", "A"))
                .finds(WARNING, "does not exist");
        check.on(withParent(key, "int", "int")
                        .primaryKey("shop", "parent", "A")
                        .variable("lower_case_table_names", "1"))
                .passes();
    }

    @Test
    void wantsAUniqueKeyOverExactlyTheColumnsFrom84On() {
        ForeignKey key = to("shop", "parent", "a", "b");
        SnapshotFixture fixture = withParent(key, "int", "int")
                .index("shop", "parent", "k", false, "a", "b")
                .index("shop", "parent", "u", true, "b", "a")
                .index("shop", "parent", "v", true, "a", "b", "c");

        Finding finding = check.on(fixture)
                .finds(
                        BLOCKS_DUMP,
                        "the foreign key f of shop.child refers to shop.parent by columns that no unique key of it is over: a"
                                + " load stops at it (error 6125)")
                .findings()
                .get(0);
        assertThat(finding.remedies().get(0).sql().get(0).sql())
                .isEqualTo("ALTER TABLE `shop`.`parent` ADD UNIQUE KEY `referenced_a_b` (`a`, `b`)");
        check.with(plan("8.3", null)).on(fixture).passes();
        check.on(fixture.index("shop", "parent", "w", true, "A", "B")).passes();
    }

    @Test
    void aTargetMayTakeOtherKeys() {
        SnapshotFixture fixture =
                withParent(to("shop", "parent", "a"), "int", "int").index("shop", "parent", "k", false, "a");

        check.with(plan(null, null)
                        .withTarget(SnapshotFixture.mysql("8.4.4")
                                .variable("restrict_fk_on_non_standard_key", "OFF")
                                .build()))
                .on(fixture)
                .passes();
        assertThat(check.with(plan(null, null)
                                .withTarget(SnapshotFixture.mysql("8.4.4")
                                        .variable("restrict_fk_on_non_standard_key", "ON")
                                        .build()))
                        .on(fixture)
                        .finds(BLOCKS_DUMP, "error 6125")
                        .findings()
                        .get(0)
                        .remedies())
                .extracting(Remedy::text)
                .anyMatch(text -> text.startsWith("On the target. "));
    }

    @ParameterizedTest
    @CsvSource({"8.0, 1822, KEY", "8.4, 6125, UNIQUE KEY"})
    void wantsAKeyAtAll(String version, int error, String kind) {
        SnapshotFixture fixture = withParent(to("shop", "parent", "a"), "int", "int")
                .index("shop", "parent", "k", false, "b", "a")
                .index(
                        "shop",
                        "parent",
                        new Index("p", true, "BTREE", true, List.of(new Index.Part("a", 5, false, null))))
                .index(
                        "shop",
                        "parent",
                        new Index("t", false, "FULLTEXT", true, List.of(new Index.Part("a", null, false, null))));

        assertThat(check.with(plan(version, null))
                        .on(fixture)
                        .finds(
                                BLOCKS_DUMP,
                                "by columns that no key of it is over: a load stops at it (error " + error + ")")
                        .remedySql())
                .containsExactly("ALTER TABLE `shop`.`parent` ADD " + kind + " `referenced_a` (`a`)");
    }

    @Test
    void asksForAKeyOnce() {
        ForeignKey key = to("shop", "parent", "a");
        SnapshotFixture fixture = withParent(key, "int", "int")
                .table("shop", "brother", "InnoDB")
                .column("shop", "brother", "a", "int", true)
                .foreignKey("shop", "brother", key);

        List<Finding> findings =
                check.on(fixture).finds(2, BLOCKS_DUMP, "shop.brother").findings();

        assertThat(findings.get(0).remedies().get(0).sql()).hasSize(1);
        assertThat(findings.get(1).remedies().get(0))
                .isEqualTo(Remedy.of("The key that f of shop.brother needs will do"));
    }

    @ParameterizedTest
    @CsvSource({
        "int(11), int, true",
        "int, bigint, false",
        "int, int unsigned, false",
        "int(10) unsigned zerofill, int(8) unsigned, true",
        "char(10), varchar(20), true",
        "'decimal(10,2)', 'decimal(12,4)', true"
    })
    void comparesTypes(String type, String parentType, boolean same) {
        CheckTester tester =
                check.on(withParent(to("shop", "parent", "a"), type, parentType).primaryKey("shop", "parent", "a"));

        if (same) {
            tester.passes();
        } else {
            tester.finds(BLOCKS_DUMP, "by columns of different types (" + type + " and " + parentType + ")");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "utf8_general_ci, utf8mb4_bin, child, utf8mb4 COLLATE utf8mb4_bin",
        "utf8mb4_bin, utf8_general_ci, parent, utf8mb4 COLLATE utf8mb4_bin",
        "utf8_bin, utf8_general_ci, child, utf8 COLLATE utf8_general_ci"
    })
    void comparesCollations(String collation, String parentCollation, String converted, String to) {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22")
                .table("shop", "child", "InnoDB")
                .foreignKey("shop", "child", to("shop", "parent", "a"))
                .column("shop", "child", new Column("a", "char(9)", true, null, "", collation, null))
                .table("shop", "parent", "InnoDB")
                .primaryKey("shop", "parent", "a")
                .column("shop", "parent", new Column("a", "char(9)", false, null, "", parentCollation, null));

        assertThat(check.on(fixture)
                        .finds(
                                BLOCKS_DUMP,
                                "(" + collation + " and " + parentCollation + "): a load stops at it (error 3780)")
                        .remedySql())
                .containsExactly(
                        "SET SESSION foreign_key_checks = 0 /* `shop`.`" + converted + "` */",
                        "ALTER TABLE `shop`.`" + converted + "` CONVERT TO CHARACTER SET " + to,
                        "SET SESSION foreign_key_checks = DEFAULT /* `shop`.`" + converted + "` */");
    }

    @Test
    void leavesParentsOfOtherEnginesToAnotherCheck() {
        check.on(child(to("shop", "parent", "a"), "int").table("shop", "parent", "MyISAM"))
                .passes();
    }

    @Test
    void isUnknownWhereColumnsAreHidden() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36")
                .table("shop", "parent", "InnoDB")
                .primaryKey("shop", "parent", "a")
                .table("shop", "child", "InnoDB")
                .foreignKey("shop", "child", to("shop", "parent", "a"))
                .grants("GRANT TRIGGER ON *.* TO `mig`@`%`");

        check.on(fixture).isUnknown("the account does not see the columns of shop.child, shop.parent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreignKeys", "tables", "columns", "indexes", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    void isQuickWithAHundredThousandForeignKeys() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.36").schema("hr").table("hr", "emp", "InnoDB");
        for (int i = 0; i < 100_000; i++) {
            String table = "t" + i;
            fixture.table("shop", table, "InnoDB")
                    .primaryKey("shop", table, "a")
                    .foreignKey("shop", table, to(i % 2 == 0 ? "hr" : "shop", i % 2 == 0 ? "emp" : "t" + i / 2, "b"));
            for (int j = 0; j < 10; j++) {
                fixture.column("shop", table, String.valueOf((char) ('a' + j)), "int", true);
            }
        }
        var snapshot = fixture.build();

        List<Finding> findings = Assertions.assertTimeout(
                Duration.ofSeconds(60),
                () -> check.with(plan(null, null, "hr")).on(snapshot).findings());

        assertThat(findings).hasSize(100_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0"})
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsTheErrorsOfALoadAndMendsARealServer(Release release) {
        TestServer source = Lab.server(release);
        source.execute(
                "CREATE DATABASE fk",
                "CREATE TABLE fk.parent (id INT PRIMARY KEY, a INT, v VARCHAR(20), w VARCHAR(20), KEY (a), UNIQUE (v),"
                        + " UNIQUE (w), UNIQUE (a, id)) DEFAULT CHARSET utf8",
                "CREATE TABLE fk.fine (id INT, CONSTRAINT fine FOREIGN KEY (id) REFERENCES fk.parent (id))",
                "CREATE TABLE fk.child (w VARCHAR(20) CHARACTER SET utf8, CONSTRAINT text FOREIGN KEY (w)"
                        + " REFERENCES fk.parent (w))",
                "CREATE TABLE fk.loose (a INT, CONSTRAINT loose FOREIGN KEY (a) REFERENCES fk.parent (a))",
                "INSERT INTO fk.parent VALUES (1, 1, 'x', 'y'), (2, 2, 'y', 'x')",
                "INSERT INTO fk.child VALUES ('y')",
                "INSERT INTO fk.loose VALUES (2)");
        String uri = source.uri("root", "");
        TestServer eight = Lab.server(Release.MYSQL_8_0);
        TestServer nine = Lab.server(Release.MYSQL_9_7);
        check.on(uri).with(plan("8.0.15", null)).passes();
        check.on(uri).finds(BLOCKS_DUMP, "the foreign key loose of fk.loose");
        if (release != Release.MYSQL_8_0) {
            assertThat(Lab.load(source, "fk", eight)).isEmpty();
        }
        assertThat(Lab.load(source, "fk", nine)).containsExactly(6125);

        source.execute("SET foreign_key_checks = 0", "ALTER TABLE fk.loose ADD b INT");
        source.execute("ALTER TABLE fk.loose DROP b");
        convertParent(source);
        check.on(uri)
                .with(plan("8.0.15", null))
                .finds(BLOCKS_DUMP, "of fk.child refers to fk.parent by columns of different");
        if (release != Release.MYSQL_8_0) {
            assertThat(Lab.load(source, "fk", eight)).containsExactly(3780);
        }
        check.on(uri).finds(2, BLOCKS_DUMP, "fk.child");
        source.execute(check.on(uri).remedySql());

        check.on(uri).passes();
        assertThat(Lab.load(source, "fk", nine)).isEmpty();
        source.execute("DROP DATABASE fk");
    }

    /** What takes the same session. */
    private static void convertParent(TestServer source) {
        source.execute(
                "SET foreign_key_checks = 0",
                "ALTER TABLE fk.parent CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    }

    @Test
    @NeedsServer({Release.MYSQL_5_6, Release.MYSQL_8_0})
    void foretellsTheErrorWhereAKeyIsGone() {
        TestServer source = Lab.server(Release.MYSQL_5_6);
        source.execute(
                "CREATE DATABASE fg",
                "CREATE TABLE fg.parent (id INT PRIMARY KEY, a INT, KEY (a))",
                "CREATE TABLE fg.child (a INT, CONSTRAINT gone FOREIGN KEY (a) REFERENCES fg.parent (a))",
                "SET foreign_key_checks = 0",
                "ALTER TABLE fg.parent DROP KEY a");
        String uri = source.uri("root", "");

        check.on(uri).with(plan("8.0.15", null)).finds(BLOCKS_DUMP, "error 1822");
        assertThat(Lab.load(source, "fg", Lab.server(Release.MYSQL_8_0))).isEqualTo(Set.of(1822));
        source.execute(check.on(uri).remedySql());

        check.on(uri).passes();
        source.execute("DROP DATABASE fg");
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void aReplicaStopsWhereTheParentIsLeftOutAndNotAtAnotherKey() {
        assertThat(Lab.replicate(
                        "CREATE DATABASE IF NOT EXISTS fr",
                        "CREATE TABLE fr.parent (id INT PRIMARY KEY, a INT, KEY (a))",
                        "CREATE TABLE fr.child (a INT, FOREIGN KEY (a) REFERENCES fr.parent (a))",
                        "INSERT INTO fr.parent VALUES (1, 1)",
                        "INSERT INTO fr.child VALUES (1)"))
                .isZero();
        assertThat(Lab.replicate(
                        "CREATE DATABASE hr",
                        "CREATE TABLE hr.emp (id INT PRIMARY KEY)",
                        "CREATE TABLE fr.pay (id INT PRIMARY KEY, emp INT, CONSTRAINT emp FOREIGN KEY (emp) REFERENCES hr.emp"
                                + " (id))"))
                .isEqualTo(1824);
        Lab.replica()
                .execute(
                        "SET SESSION foreign_key_checks = 0",
                        "CREATE TABLE fr.pay (id INT PRIMARY KEY, emp INT, FOREIGN KEY (emp) REFERENCES hr.emp (id))");
        assertThat(Lab.replicate("INSERT INTO hr.emp VALUES (1)", "INSERT INTO fr.pay VALUES (1, 1)"))
                .isEqualTo(1452);
        check.on(Lab.replicated().uri("root", ""))
                .with(plan("8.0.15", null, "hr"))
                .finds(BLOCKS_REPLICATION, "the foreign key emp of fr.pay refers to hr.emp");

        Lab.replicated().execute("DROP DATABASE fr", "DROP DATABASE hr");
        Lab.replica().execute("DROP DATABASE fr");
    }
}
