/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.testkit.CheckTester;
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

class ObjPrimaryKeyTest {
    private static final Index NULLABLE =
            new Index("u", true, "BTREE", true, List.of(new Index.Part("a", null, true, null)));

    private final CheckTester check = CheckTester.of(new ObjPrimaryKey());

    private static SnapshotFixture source() {
        return SnapshotFixture.mysql("5.7.22")
                .table("shop", "log", "InnoDB")
                .column("shop", "log", "a", "int(11)", true);
    }

    private static SnapshotFixture requiring(String version) {
        return SnapshotFixture.mysql(version).variable("sql_require_primary_key", "ON");
    }

    private static SnapshotFixture generating(String version) {
        return requiring(version).variable("sql_generate_invisible_primary_key", "ON");
    }

    @Test
    void warnsOfATableWithoutAKey() {
        Finding finding = check.on(source().index("shop", "log", "a", false, "a")
                        .tableSize("shop", "log", 1_200_000, 3_650_722_201L))
                .finds(
                        WARNING,
                        "shop.log (3.4 GB, about 1200000 rows) has no primary key and no unique one: a replica searches the"
                                + " whole table for each row that changes")
                .findings()
                .get(0);

        assertThat(finding.object()).isEqualTo(ObjectRef.table("shop", "log"));
        assertThat(finding.found()).isEqualTo("no key, 3.4 GB, about 1200000 rows");
        check.with(Plans.dump()).on(source()).finds(WARNING, "shop.log has no primary key");
    }

    @Test
    void passesWithAPrimaryKeyOrOneThatServesAsSuch() {
        check.on(source().primaryKey("shop", "log", "a")).passes();
        check.on(source().index("shop", "log", "u", true, "a")).passes();
    }

    @Test
    void leavesUniqueKeysWithNullToAnotherCheck() {
        check.on(source().index("shop", "log", NULLABLE)).passes();
    }

    @Test
    void leavesOutViewsWhatIsIgnoredAndWhatCannotBeOpened() {
        Plan plan = new Plan(null, null, null, List.of("hr"), Plan.DumpTool.MYSQLDUMP, null, false);

        check.with(plan)
                .on(SnapshotFixture.mysql("5.7.22")
                        .view("shop", "v", "select 1")
                        .table("shop", "broken", null)
                        .table("mysql", "mine", "InnoDB")
                        .schema("hr")
                        .table("hr", "pay", "InnoDB"))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0.15", "8.4.4", "9.7.4"})
    void blocksWhereTheTargetRefusesIt(String version) {
        Finding finding = check.with(Plans.onto(requiring(version)))
                .on(source())
                .finds(BLOCKS_MIGRATION, "the target refuses such tables: sql_require_primary_key is ON (error 3750)")
                .findings()
                .get(0);

        assertThat(finding.remedies()).extracting(Remedy::text).anyMatch(text -> text.startsWith("On the target. "));
        check.with(Plans.onto(SnapshotFixture.mysql(version).variable("sql_require_primary_key", "OFF")))
                .on(source())
                .finds(WARNING, "shop.log has no primary key");
    }

    @ParameterizedTest
    @CsvSource({"8.0.15, true", "8.4.4, true", "9.6.0, true", "9.7.4, false"})
    void aUniqueKeyIsNotEnoughForEveryTarget(String version, boolean refused) {
        CheckTester tester =
                check.with(Plans.onto(requiring(version))).on(source().index("shop", "log", "u", true, "a"));

        if (refused) {
            tester.finds(BLOCKS_MIGRATION, "shop.log has no primary key, and the target refuses such tables");
        } else {
            tester.passes();
        }
    }

    @Test
    void aPrefixOrANullIsNotEnoughForAnyTarget() {
        CheckTester onto = check.with(Plans.onto(requiring("9.7.4")));

        onto.on(source().index(
                                "shop",
                                "log",
                                new Index("u", true, "BTREE", true, List.of(new Index.Part("a", 5, false, null)))))
                .finds(BLOCKS_MIGRATION, "error 3750");
        onto.on(source().index("shop", "log", NULLABLE)).finds(BLOCKS_MIGRATION, "error 3750");
    }

    @Test
    void aTargetMayGenerateTheKey() {
        CheckTester onto = check.with(Plans.onto(generating("8.4.4")));

        onto.on(source()).finds(WARNING, "shop.log has no primary key");
        onto.on(source().index("shop", "log", "u", true, "a")).passes();
    }

    @ParameterizedTest
    @CsvSource({
        "n, auto_increment, '', it has an AUTO_INCREMENT column, 4109",
        "MY_ROW_ID, '', '', it has a column my_row_id, 4108",
        "n, '', partitioned, it is partitioned, 1235"
    })
    void aTargetCannotGenerateEveryKey(String column, String extra, String options, String because, int error) {
        check.with(Plans.onto(generating("8.4.4")))
                .on(SnapshotFixture.mysql("8.0.36")
                        .table("shop", "log", "BASE TABLE", "InnoDB", options)
                        .column("shop", "log", new Column(column, "int", false, null, extra, null, null)))
                .finds(
                        BLOCKS_MIGRATION,
                        "the target cannot generate one: " + because + " (error " + error
                                + ", sql_generate_invisible_primary_key is ON)");
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.22, ALTER TABLE `shop`.`log` ADD COLUMN `my_row_id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY",
        "8.0.22, ALTER TABLE `shop`.`log` ADD COLUMN `my_row_id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY",
        "8.0.23, ALTER TABLE `shop`.`log` ADD COLUMN `my_row_id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT INVISIBLE PRIMARY KEY"
    })
    void numbersTheRowsOutOfSightWhereTheServerCan(String version, String sql) {
        SnapshotFixture fixture =
                SnapshotFixture.mysql(version).table("shop", "log", "InnoDB").column("shop", "log", "a", "int", true);

        assertThat(check.on(fixture).remedySql()).containsExactly(sql);
    }

    @Test
    void takesWhatTheTableHas() {
        assertThat(sql(source().column("shop", "log", "My_Row_Id", "int", true)))
                .isEqualTo("ALTER TABLE `shop`.`log` ADD COLUMN `my_row_id_2` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT"
                        + " PRIMARY KEY");
        assertThat(sql(source().column(
                                "shop", "log", new Column("n`o", "int", false, null, "auto_increment", null, null))))
                .isEqualTo("ALTER TABLE `shop`.`log` ADD PRIMARY KEY (`n``o`)");
        assertThat(check.on(SnapshotFixture.mysql("5.7.22")
                                .table("shop", "p", "BASE TABLE", "InnoDB", "partitioned")
                                .column("shop", "p", "a", "int", true))
                        .findings()
                        .get(0)
                        .remedies())
                .containsExactly(
                        Remedy.of("Give it a primary key that holds all columns of its partitioning expression,"
                                + " without which a partitioned table takes none (error 1503)"));
        assertThat(check.on(SnapshotFixture.mysql("5.7.22").table("shop", "c", "CSV"))
                        .findings()
                        .get(0)
                        .remedies()
                        .get(0)
                        .text())
                .startsWith("Convert it to InnoDB");
    }

    private String sql(SnapshotFixture fixture) {
        return check.on(fixture).remedySql()[0];
    }

    @Test
    void makesAUniqueKeyThePrimaryOneWhereTheTargetWantsThat() {
        assertThat(check.with(Plans.onto(requiring("8.0.36")))
                        .on(source().index(
                                        "shop",
                                        "log",
                                        new Index(
                                                "u",
                                                true,
                                                "BTREE",
                                                true,
                                                List.of(
                                                        new Index.Part("a", null, false, null),
                                                        new Index.Part("b", 10, false, null)))))
                        .remedySql())
                .containsExactly("ALTER TABLE `shop`.`log` ADD PRIMARY KEY (`a`, `b`(10))");
    }

    @Test
    void isQuickWithAHundredThousandTables() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 100_000; i++) {
            fixture.table("shop", "t" + i, "InnoDB").tableSize("shop", "t" + i, i, i);
            for (int j = 0; j < 10; j++) {
                fixture.column("shop", "t" + i, "c" + j, "int", true);
            }
        }
        var snapshot = fixture.build();

        List<Finding> findings = Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.on(snapshot).findings());

        assertThat(findings).hasSize(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "indexes", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(source().unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    void isUnknownWithoutTheTargetsVariables() {
        check.with(Plans.onto(
                        SnapshotFixture.mysql("8.4.4").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow")))
                .on(source())
                .isUnknown("too slow");
    }

    @Test
    void doesWithoutColumnsAndSizes() {
        check.on(source().unavailable(Facts.COLUMNS, Fact.Cause.TIMEOUT, "too slow")
                        .unavailable(Facts.TABLE_SIZES, Fact.Cause.TIMEOUT, "too slow"))
                .finds(WARNING, "shop.log has no primary key and no unique one");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_6", "MYSQL_5_7", "MYSQL_8_0", "MYSQL_9_7", "MARIADB_10_11"})
    void theRemedyMendsARealServer(Release release) {
        TestServer server = Lab.server(release);
        server.execute(
                "CREATE DATABASE pk",
                "CREATE TABLE pk.fine (id INT PRIMARY KEY)",
                "CREATE TABLE pk.unique_one (id INT NOT NULL UNIQUE)",
                "CREATE TABLE pk.nothing (a INT, b INT)",
                "INSERT INTO pk.nothing VALUES (1, 1), (1, 1)",
                "CREATE TABLE pk.`co``unter` (n INT NOT NULL AUTO_INCREMENT, a INT, KEY (n))",
                "CREATE TABLE pk.taken (my_row_id INT, a INT, KEY (a)) ENGINE=MyISAM",
                "CREATE VIEW pk.v AS SELECT 1 AS one");
        server.createAccount("pk_blind", "pw", "TRIGGER");
        String uri = server.uri("root", "");

        assertThat(check.on(uri).findings())
                .extracting(finding -> finding.object().label())
                .containsExactly("pk.co`unter", "pk.nothing", "pk.taken");
        assertThat(check.on(server.uri("pk_blind", "pw")).findings()).hasSize(3);
        server.execute(check.on(uri).remedySql());

        check.on(uri).passes();
        server.execute("DROP DATABASE pk", "DROP USER pk_blind");
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_8_0, OFF", "MYSQL_9_7, OFF", "MYSQL_9_7, ON"})
    @NeedsServer(Release.MYSQL_9_7)
    void foretellsWhatARealTargetRefuses(Release release, String generates) {
        TestServer source = Lab.server(Release.MYSQL_5_7);
        TestServer.Builder builder = TestServer.of(release).with("sql_require_primary_key", "ON");
        TestServer target =
                (generates.equals("ON") ? builder.with("sql_generate_invisible_primary_key", "ON") : builder).shared();
        for (String definition : List.of(
                "(a INT PRIMARY KEY)",
                "(a INT)",
                "(a INT UNIQUE)",
                "(a INT NOT NULL UNIQUE)",
                "(a CHAR(9) NOT NULL, UNIQUE (a(3)))",
                "(a INT NOT NULL AUTO_INCREMENT UNIQUE)",
                "(a INT NOT NULL AUTO_INCREMENT, KEY (a))",
                "(My_Row_Id INT)",
                "(a INT) PARTITION BY HASH (a) PARTITIONS 2")) {
            source.execute("CREATE DATABASE nopk", "CREATE TABLE nopk.t " + definition);
            var foretold = check.on(source.uri("root", "")).onto(target.uri("root", ""));

            for (int error : Lab.load(source, "nopk", target)) {
                foretold.finds(BLOCKS_MIGRATION, "(error " + error);
            }
            if (Lab.load(source, "nopk", target).isEmpty()) {
                assertThat(foretold.outcome().toString()).as(definition).doesNotContain("BLOCKS_MIGRATION");
            }
            source.execute("DROP DATABASE nopk");
        }
    }
}
