/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
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
import org.junit.jupiter.params.provider.ValueSource;

class ObjCaseCollisionTest {
    private final CheckTester check = CheckTester.of(new ObjCaseCollision());

    private static SnapshotFixture target(String setting) {
        return SnapshotFixture.mysql("8.4.4").variable("lower_case_table_names", setting);
    }

    private static SnapshotFixture source() {
        return SnapshotFixture.mysql("8.0.36")
                .table("shop", "orders", "InnoDB")
                .view("shop", "ORDERS", "select 1")
                .table("shop", "Orders", "InnoDB");
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(source()).doesNotApply("no target was given (--target-uri)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void blocksNamesThatAreTheSameToTheTarget(String setting) {
        List<Finding> findings = check.with(Plans.onto(target(setting)))
                .on(source())
                .finds(
                        2,
                        BLOCKS_MIGRATION,
                        "shop.ORDERS and shop.Orders have the same name to the target, whose lower_case_table_names is "
                                + setting)
                .findings();

        assertThat(findings)
                .extracting(Finding::object)
                .containsExactly(ObjectRef.table("shop", "Orders"), ObjectRef.table("shop", "orders"));
    }

    @Test
    void blocksDatabasesToo() {
        check.with(Plans.onto(target("1")))
                .on(SnapshotFixture.mysql("8.0.36").schema("Shop"))
                .finds(BLOCKS_MIGRATION, "the databases Shop and shop have the same name to the target");
    }

    @Test
    void passesWhereCaseIsKeptOrWasNeverTold() {
        check.with(Plans.onto(target("0"))).on(source()).passes();
        check.with(Plans.onto(target("1")))
                .on(SnapshotFixture.mysql("8.0.36").table("shop", "Orders", "InnoDB"))
                .passes();
        check.with(Plans.onto(target("1")))
                .on(SnapshotFixture.mysql("8.0.36").variable("lower_case_table_names", "2"))
                .passes();
    }

    @Test
    void leavesOutWhatIsNotMigrated() {
        check.with(new Plan(null, target("1").build(), null, List.of("shop"), Plan.DumpTool.MYSQLDUMP, null, false))
                .on(source())
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "schemas", "variables"})
    void isUnknownWithoutItsFacts(String name) {
        var key = Facts.all().stream().filter(fact -> fact.name().equals(name)).findFirst();

        check.with(Plans.onto(target("1")))
                .on(source().unavailable(key.orElseThrow(), Fact.Cause.PRIVILEGE, "denied"))
                .isUnknown("denied");
        check.with(Plans.onto(target("1").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "too slow")))
                .on(source())
                .isUnknown("too slow");
    }

    @Test
    void isQuickWithAHundredThousandTables() {
        SnapshotFixture fixture = SnapshotFixture.mysql("5.7.22");
        for (int i = 0; i < 50_000; i++) {
            fixture.table("shop", "t" + i, "InnoDB").table("shop", "T" + i, "InnoDB");
        }
        var snapshot = fixture.build();

        Assertions.assertTimeout(
                Duration.ofSeconds(60),
                () -> assertThat(
                                check.with(Plans.onto(target("1"))).on(snapshot).findings())
                        .hasSize(50_000));
    }

    @Test
    @NeedsServer({Release.MYSQL_5_7, Release.MYSQL_9_7})
    void foretellsTheErrorAndMendsARealServer() {
        TestServer source = Lab.server(Release.MYSQL_5_7);
        TestServer target = TestServer.of(Release.MYSQL_9_7)
                .with("lower_case_table_names", "1")
                .shared();
        source.execute(
                "CREATE DATABASE cc",
                "CREATE TABLE cc.Orders (id INT PRIMARY KEY)",
                "CREATE TABLE cc.orders (id INT PRIMARY KEY)");
        String uri = source.uri("root", "");

        Finding finding = check.on(uri)
                .onto(target.uri("root", ""))
                .finds(BLOCKS_MIGRATION, "cc.Orders and cc.orders have the same name to the target")
                .findings()
                .get(0);
        assertThat(Lab.load(source, "cc", target)).isEqualTo(Set.of(1050));
        String words = finding.remedies().get(0).text();
        source.execute(words.substring(words.indexOf("RENAME TABLE")));

        check.on(uri).onto(target.uri("root", "")).passes();
        assertThat(Lab.load(source, "cc", target)).isEmpty();
        source.execute("DROP DATABASE cc");
    }
}
