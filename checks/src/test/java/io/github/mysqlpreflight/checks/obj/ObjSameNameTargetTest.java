/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
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
import org.junit.jupiter.params.provider.ValueSource;

class ObjSameNameTargetTest {
    private final CheckTester check = CheckTester.of(new ObjSameNameTarget());

    private static SnapshotFixture source() {
        return SnapshotFixture.mysql("8.0.36").table("shop", "orders", "InnoDB");
    }

    private static SnapshotFixture target() {
        return SnapshotFixture.mysql("8.4.4").withoutSchema("shop");
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(source()).doesNotApply("no target was given (--target-uri)");
    }

    @Test
    void passesOntoAnEmptyServerOrDatabase() {
        check.with(Plans.onto(target())).on(source()).passes();
        check.with(Plans.onto(target().schema("shop"))).on(source()).passes();
        check.with(Plans.onto(target().schema("other").table("other", "orders", "InnoDB")))
                .on(source())
                .passes();
    }

    @Test
    void blocksTablesOfTheSameName() {
        Finding finding = check.with(Plans.onto(target().schema("shop")
                        .table("shop", "orders", "InnoDB")
                        .table("shop", "more", "InnoDB")
                        .view("shop", "customer", "select 1")))
                .on(source())
                .finds(
                        BLOCKS_MIGRATION,
                        "the target already has 2 tables of shop that would be migrated (customer, orders): a dump replaces"
                                + " them, or stops at them (error 1050)")
                .findings()
                .get(0);

        assertThat(finding.object()).isEqualTo(new ObjectRef(Side.TARGET, ObjectRef.Type.SCHEMA, "shop", null, null));
    }

    @Test
    void warnsOfOtherTables() {
        check.with(Plans.onto(target().schema("shop").table("shop", "more", "InnoDB")))
                .on(source())
                .finds(
                        WARNING,
                        "the target already has 1 table in shop (more), which stay there among the migrated ones");
    }

    @Test
    void comparesNamesAsTheTargetDoes() {
        SnapshotFixture other = target().schema("SHOP").table("SHOP", "Orders", "InnoDB");

        check.with(Plans.onto(other)).on(source()).passes();
        check.with(Plans.onto(other.variable("lower_case_table_names", "1")))
                .on(source())
                .finds(BLOCKS_MIGRATION, "1 table of SHOP that would be migrated (Orders)");
    }

    @Test
    void leavesOutWhatIsNotMigrated() {
        check.with(new Plan(
                        null,
                        SnapshotFixture.mysql("8.4.4").build(),
                        null,
                        List.of("shop"),
                        Plan.DumpTool.MYSQLDUMP,
                        null,
                        false))
                .on(source())
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.with(Plans.onto(target()))
                .on(source().unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
        check.with(Plans.onto(target().unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "too slow")))
                .on(source())
                .isUnknown("too slow");
    }

    @Test
    void isQuickWithAHundredThousandTables() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 100_000; i++) {
            fixture.table("shop", "t" + i, "InnoDB");
        }
        var snapshot = fixture.build();

        Assertions.assertTimeout(
                Duration.ofSeconds(60),
                () -> check.with(Plans.onto(snapshot)).on(snapshot).finds(BLOCKS_MIGRATION, "100001 tables of shop"));
    }

    @Test
    @NeedsServer({Release.MYSQL_5_7, Release.MYSQL_8_0, Release.MYSQL_9_7})
    void foretellsWhatARealDumpDoes() {
        TestServer source = Lab.server(Release.MYSQL_5_7);
        TestServer target = Lab.server(Release.MYSQL_8_0);
        source.execute("CREATE DATABASE sn", "CREATE TABLE sn.t (id INT PRIMARY KEY)");
        target.execute("CREATE DATABASE sn");
        check.on(source.uri("root", "")).onto(target.uri("root", "")).passes();
        target.execute("CREATE TABLE sn.t (id INT PRIMARY KEY)", "INSERT INTO sn.t VALUES (7)");

        check.on(source.uri("root", ""))
                .onto(target.uri("root", ""))
                .finds(BLOCKS_MIGRATION, "the target already has 1 table of sn that would be migrated (t)");
        DumpClient client = DumpClient.of(Release.MYSQL_9_7);
        assertThat(client.load(
                                client.dump(
                                        source,
                                        "root",
                                        "",
                                        "--skip-add-drop-table",
                                        "--set-gtid-purged=OFF",
                                        "--databases",
                                        "sn"),
                                target)
                        .errors())
                .contains("ERROR 1050");
        assertThat(client.load(client.dump(source, "root", "", "--set-gtid-purged=OFF", "--databases", "sn"), target)
                        .succeeded())
                .isTrue();
        assertThat(target.query("SELECT * FROM sn.t")).isEmpty();
        target.execute("DROP DATABASE sn");
        source.execute("DROP DATABASE sn");
    }
}
