/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CfgLowerCaseTest {
    private final CheckTester check = CheckTester.of(new CfgLowerCase());

    private static SnapshotFixture server(int value) {
        return SnapshotFixture.mysql("8.0.36").variable("lower_case_table_names", Integer.toString(value));
    }

    private static SnapshotFixture mixedCase(int value) {
        return server(value)
                .schema("Crm")
                .schema("left_out")
                .table("Crm", "Person", "InnoDB")
                .table("shop", "Orders", "InnoDB")
                .table("left_out", "Scratch", "InnoDB")
                .table("mysql", "Own", "InnoDB");
    }

    private CheckTester judge(SnapshotFixture source, SnapshotFixture target) {
        return check.with(Plans.onto(target)).on(source);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void blocksReplicationWhereTheTargetTellsCasesApart(int value) {
        Finding finding = judge(server(value), server(0))
                .finds(
                        BLOCKS_REPLICATION,
                        "lower_case_table_names is " + value
                                + " on the source and 0 on the target: a statement that spells a name in another case"
                                + " stops the replica")
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).settings()).containsExactly("lower_case_table_names = " + value);
    }

    @Test
    void aDumpLoadsAndWhatUsesItMayFail() {
        Plan dump = new Plan(
                null, server(0).build(), Method.DUMP, List.of(), Plan.defaults().dumpTool(), null, false);
        check.with(dump).on(server(1)).finds(WARNING, "views, routines and applications");
    }

    @Test
    void warnsOfNamesThatChange() {
        Plan plan = new Plan(
                null,
                server(1).build(),
                null,
                List.of("left_out"),
                Plan.defaults().dumpTool(),
                null,
                false);

        check.with(plan)
                .on(mixedCase(0))
                .finds(
                        WARNING,
                        "3 names with upper-case letters will be in lower case there (Crm, Crm.Person, shop.Orders)");
        check.with(plan).on(mixedCase(2)).finds(WARNING, "3 names");
    }

    @Test
    void namesThreeOfMany() {
        SnapshotFixture source = server(0);
        for (int i = 0; i < 1_000; i++) {
            source.table("shop", "T" + i, "InnoDB");
        }

        judge(source, server(1)).finds(WARNING, "(shop.T0, shop.T1, shop.T10 and 997 more)");
    }

    @Test
    void passesWhereNothingChanges() {
        judge(mixedCase(0), server(0)).passes();
        judge(mixedCase(0), server(2)).passes();
        judge(server(0), server(1)).passes();
        judge(server(1), server(1)).passes();
        judge(server(1), server(2)).passes();
    }

    @Test
    void doesNotApplyWithoutATarget() {
        check.on(mixedCase(0)).doesNotApply("no target was given (--target-uri)");
    }

    @Test
    void isUnknownWithoutTheNamesWhereTheyMatter() {
        judge(server(0).unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "slow"), server(1))
                .isUnknown("slow");
        judge(server(1).unavailable(Facts.TABLES, Fact.Cause.TIMEOUT, "slow"), server(0))
                .finds(BLOCKS_REPLICATION, "stops the replica");
        judge(server(0), server(1).unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("of the target: slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void comparesRealServers(Release release) {
        String folding = TestServer.of(release)
                .with("lower_case_table_names", "1")
                .shared()
                .uri("root", "");
        String exact = TestServer.of(release).shared().uri("root", "");

        check.on(folding).onto(exact).finds(BLOCKS_REPLICATION, "1 on the source and 0 on the target");
        check.on(exact).onto(exact).passes();
        check.on(mixedCase(0)).onto(folding).finds(WARNING, "in lower case there");
    }
}
