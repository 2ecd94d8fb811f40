/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Tables;
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
import org.junit.jupiter.params.provider.ValueSource;

class ObjCharsetTest {
    private final CheckTester check = CheckTester.of(new ObjCharset());

    private static Plan to(String version) {
        return new Plan(ServerVersion.parse(version), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    private static SnapshotFixture source(String database, @Nullable String table, String... columns) {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.4.4")
                .withoutSchema("shop")
                .fact(Facts.SCHEMAS, new Schemas(List.of(new Schemas.Schema("shop", null, database))))
                .fact(
                        Facts.TABLES,
                        new Tables(
                                List.of(new Tables.Table("shop", "t", "BASE TABLE", "InnoDB", null, "", table, null))));
        fixture.column("shop", "t", "id", "int", false);
        for (String collation : columns) {
            fixture.column("shop", "t", new Column("c", "text", true, null, "", collation, null));
        }
        return fixture;
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_0900_ai_ci, 8.0.15, true",
        "utf8mb4_0900_bin, 8.0.16, false",
        "utf8mb4_0900_bin, 8.0.17, true",
        "utf8mb4_0900_bin, 8.0, true",
        "utf8mb4_nb_0900_ai_ci, 8.0.29, false",
        "utf8mb4_nb_0900_ai_ci, 8.0.30, true",
        "utf8mb3_general_ci, 8.0.15, true",
        "utf8_general_ci, 9.7.4, true",
        "gb18030_bin, 8.4, true",
        "utf8mb4_uca1400_ai_ci, 9.7, false",
        "utf8mb4_nopad_bin, 9.7, false"
    })
    void comparesWithTheTarget(String collation, String version, boolean known) {
        for (SnapshotFixture fixture : List.of(
                source(collation, "binary"),
                source("binary", collation),
                source("binary", null, "binary", collation))) {
            CheckTester tester = check.with(to(version)).on(fixture);
            if (known) {
                tester.passes();
            } else {
                tester.finds(BLOCKS_MIGRATION, collation + ", which MySQL " + version + " does not know (error 1273)");
            }
        }
    }

    @Test
    void namesEachCollationOfATableOnce() {
        Finding finding = check.on(source(
                        "utf8mb4_bin",
                        "utf8mb4_uca1400_ai_ci",
                        "utf8mb4_uca1400_ai_ci",
                        "latin1_swedish_nopad_ci",
                        "latin1_bin",
                        "utf8mb4_uca1400_ai_ci"))
                .finds(
                        BLOCKS_MIGRATION,
                        "shop.t has the collations latin1_swedish_nopad_ci, utf8mb4_uca1400_ai_ci, which MySQL 8.4 does not"
                                + " know")
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).sql().get(0).sql())
                .isEqualTo("ALTER TABLE `shop`.`t` CONVERT TO CHARACTER SET latin1 COLLATE latin1_swedish_ci");
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_uca1400_as_cs, utf8mb4 COLLATE utf8mb4_unicode_520_ci",
        "utf8mb4_general_nopad_ci, utf8mb4 COLLATE utf8mb4_general_ci",
        "utf8mb3_uca1400_ai_ci, utf8mb3 COLLATE utf8mb3_unicode_520_ci",
        "utf8mb4_thai_520_w2, utf8mb4 COLLATE utf8mb4_unicode_520_ci",
        "utf8mb4_0900_bin, utf8mb4 COLLATE utf8mb4_bin",
        "sjis_nopad_bin, sjis COLLATE sjis_bin"
    })
    void proposesTheNearestThatBothHave(String collation, String replacement) {
        assertThat(check.with(to("8.0.15")).on(source(collation, "binary")).remedySql())
                .containsExactly("ALTER DATABASE `shop` CHARACTER SET " + replacement);
    }

    @Test
    void leavesOutWhatIsNotMigrated() {
        check.with(new Plan(null, null, null, List.of("shop"), Plan.DumpTool.MYSQLDUMP, null, false))
                .on(source("utf8mb4_nopad_bin", "utf8mb4_nopad_bin"))
                .passes();
    }

    @Test
    void doesNotApplyToAnotherProduct() {
        check.with(Plans.onto(SnapshotFixture.mariaDb("10.11.18-MariaDB")))
                .on(source("binary", "binary"))
                .doesNotApply("the target is MariaDB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "columns", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    void isQuickWithAMillionColumns() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 100_000; i++) {
            fixture.table("shop", "t" + i, "InnoDB");
            for (int j = 0; j < 10; j++) {
                fixture.column("shop", "t" + i, "c" + j, "text", true);
            }
        }
        var snapshot = fixture.build();

        Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.on(snapshot).passes());
    }

    @Test
    @NeedsServer({Release.MARIADB_10_11, Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsTheErrorsOfALoadFromMariaDbAndMendsIt() {
        TestServer source = Lab.server(Release.MARIADB_10_11);
        source.execute(
                "CREATE DATABASE ch COLLATE utf8mb4_uca1400_ai_ci",
                "CREATE TABLE ch.a (v VARCHAR(10)) COLLATE utf8mb4_nopad_bin",
                "CREATE TABLE ch.b (v VARCHAR(10) COLLATE latin1_swedish_nopad_ci) COLLATE utf8mb4_bin",
                "CREATE TABLE ch.c (v VARCHAR(10)) COLLATE utf8mb3_general_ci",
                "INSERT INTO ch.b VALUES ('x')");
        String uri = source.uri("root", "");
        TestServer target = Lab.server(Release.MYSQL_9_7);

        assertThat(check.on(uri).onto(target.uri("root", "")).findings())
                .extracting(finding -> finding.object().label())
                .containsExactly("ch", "ch.a", "ch.b");
        assertThat(Lab.load(source, "ch", target)).contains(1273);
        source.execute(check.on(uri).remedySql());

        check.on(uri).passes();
        assertThat(Lab.load(source, "ch", target)).isEmpty();
        assertThat(Lab.load(source, "ch", Lab.server(Release.MYSQL_8_0))).isEmpty();
        source.execute("DROP DATABASE ch");
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsTheErrorsOfAnOlderTarget() {
        TestServer source = Lab.server(Release.MYSQL_9_7);
        source.execute(
                "CREATE DATABASE cn",
                "CREATE TABLE cn.t (v VARCHAR(10) COLLATE utf8mb4_0900_bin)",
                "CREATE TABLE cn.u (v VARCHAR(10) COLLATE utf8mb3_unicode_ci)");
        String uri = source.uri("root", "");
        TestServer target = Lab.server(Release.MYSQL_8_0);

        check.on(uri).onto(target.uri("root", "")).finds(BLOCKS_MIGRATION, "cn.t has the collation utf8mb4_0900_bin");
        assertThat(Lab.load(source, "cn", target)).isEqualTo(Set.of(1273));
        source.execute(check.on(uri).onto(target.uri("root", "")).remedySql());
        assertThat(Lab.load(source, "cn", target)).isEmpty();
        source.execute("DROP DATABASE cn");
    }
}
