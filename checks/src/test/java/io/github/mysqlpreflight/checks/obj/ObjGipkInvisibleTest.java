/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.NOTICE;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.DumpClient;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjGipkInvisibleTest {
    private static final String SHOWN = "show_gipk_in_create_table_and_information_schema";

    private final CheckTester check = CheckTester.of(new ObjGipkInvisible());

    private static Plan to(String version) {
        return new Plan(ServerVersion.parse(version), null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
    }

    private static SnapshotFixture invisible(SnapshotFixture fixture, String name, String extra) {
        return fixture.table("shop", "t", "InnoDB")
                .column("shop", "t", "id", "int", false)
                .column("shop", "t", new Column(name, "bigint unsigned", false, null, extra, null, null));
    }

    private static SnapshotFixture mysql() {
        return invisible(SnapshotFixture.mysql("8.0.36"), "b`c", "INVISIBLE");
    }

    @Test
    void passesWithoutInvisibleColumns() {
        check.on(SnapshotFixture.mysql("8.0.36").variable(SHOWN, "OFF")).passes();
        check.on(invisible(SnapshotFixture.mysql("8.0.36"), "b", "DEFAULT_GENERATED"))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0.23", "8.0", "8.4", "9.7.4"})
    void onlyMentionsThemWhereTheTargetKnowsThem(String version) {
        check.with(to(version))
                .on(mysql())
                .finds(NOTICE, "1 table has invisible columns (shop.t): a dump by a program older than 8.0.23");
        check.with(to(version))
                .on(invisible(SnapshotFixture.mariaDb("10.11.18-MariaDB"), "b", "INVISIBLE"))
                .finds(NOTICE, "1 table has invisible columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0.22", "5.7"})
    void warnsWhereTheTargetMakesThemVisible(String version) {
        Finding finding = check.with(to(version))
                .on(mysql())
                .finds(
                        WARNING,
                        "shop.t has invisible columns (b`c), which " + version
                                + " does not know: it makes them visible")
                .findings()
                .get(0);

        assertThat(finding.remedies().get(1).sql().get(0).sql())
                .isEqualTo("ALTER TABLE `shop`.`t` ALTER COLUMN `b``c` SET VISIBLE");
        check.with(to(version))
                .on(invisible(SnapshotFixture.mariaDb("10.11.18-MariaDB"), "b", "INVISIBLE"))
                .finds(BLOCKS_MIGRATION, "it refuses the statement that creates the table (error 1064)");
    }

    @Test
    void warnsWhereGeneratedKeysAreHidden() {
        SnapshotFixture fixture = invisible(SnapshotFixture.mysql("8.0.36"), "my_row_id", "auto_increment INVISIBLE")
                .variable(SHOWN, "OFF");

        List<Finding> findings = check.on(fixture).findings();

        assertThat(findings).extracting(Finding::effect).containsExactly(Effect.NOTICE, Effect.WARNING);
        assertThat(findings.get(1).object()).isEqualTo(ObjectRef.setting(Side.SOURCE, SHOWN));
        assertThat(findings.get(1).message())
                .isEqualTo(
                        "the server hides the primary keys that it generated for 1 table: a dump creates them without a"
                                + " primary key");
        check.on(fixture.variable(SHOWN, "ON")).finds(NOTICE, "1 table has invisible columns");
    }

    @Test
    void isUnknownWhereColumnsAreHidden() {
        check.on(SnapshotFixture.mysql("8.0.36")
                        .table("shop", "a", "InnoDB")
                        .grants("GRANT TRIGGER ON *.* TO `mig`@`%`"))
                .isUnknown("the account does not see the columns of shop.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "columns", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.on(SnapshotFixture.mysql("8.0.15").unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7})
    void seesWhatARealServerHidesAndMendsIt() {
        try (TestServer source =
                TestServer.of(Release.MYSQL_9_7).with(SHOWN, "OFF").borrow()) {
            source.execute(
                    "CREATE DATABASE gi",
                    "SET SESSION sql_generate_invisible_primary_key = ON",
                    "CREATE TABLE gi.t (a INT)",
                    "INSERT INTO gi.t VALUES (1)");
            String uri = source.uri("root", "");
            DumpClient client = DumpClient.of(Release.MYSQL_9_7);
            assertThat(client.dump(source, "root", "", "--databases", "gi").text())
                    .doesNotContain("PRIMARY KEY");

            CheckTester.of(new ObjPrimaryKey()).on(uri).passes();
            Finding finding = check.on(uri).findings().get(1);
            assertThat(finding.effect()).isEqualTo(WARNING);
            source.execute(finding.remedies().get(0).sql().get(0).sql());

            check.on(uri).finds(NOTICE, "1 table has invisible columns (gi.t)");
            assertThat(client.dump(source, "root", "", "--databases", "gi").text())
                    .contains("PRIMARY KEY (`my_row_id`)", "(`my_row_id`, `a`) VALUES (1,1)");
        }
    }

    @Test
    @NeedsServer({Release.MYSQL_8_0, Release.MYSQL_9_7, Release.MARIADB_10_11})
    void foretellsWhatAnOlderTargetMakesOfThem() {
        TestServer target = Lab.server(Release.MYSQL_8_0);
        for (Release release : List.of(Release.MYSQL_9_7, Release.MARIADB_10_11)) {
            TestServer source = Lab.server(release);
            source.execute("CREATE DATABASE iv", "CREATE TABLE iv.t (a INT PRIMARY KEY, b INT INVISIBLE)");
            String uri = source.uri("root", "");
            boolean mysql = release == Release.MYSQL_9_7;

            check.on(uri).onto(target.uri("root", "")).finds(mysql ? WARNING : BLOCKS_MIGRATION, "iv.t");
            assertThat(Lab.load(source, "iv", target)).isEqualTo(mysql ? Set.of() : Set.of(1064));
            if (mysql) {
                source.execute("ALTER TABLE `iv`.`t` ALTER COLUMN `b` SET VISIBLE");
                check.on(uri).onto(target.uri("root", "")).passes();
            }
            source.execute("DROP DATABASE iv");
        }
    }
}
