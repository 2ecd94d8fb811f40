/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_MIGRATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("docker")
class ObjSelectionTest {
    private final CheckTester check = CheckTester.of(new ObjSelection());

    @Test
    void passesWithADatabase() {
        check.on(SnapshotFixture.mysql("8.0.15")).passes();
        check.with(ignoring("shop"))
                .on(SnapshotFixture.mysql("8.0.15").schema("hr"))
                .passes();
    }

    @Test
    void blocksWhereTheServerHasNone() {
        check.on(SnapshotFixture.mysql("8.0.15").withoutSchema("shop"))
                .finds(BLOCKS_MIGRATION, "No databases to migrate: the server has none besides its own");
    }

    @Test
    void blocksWhereTheAccountSeesNone() {
        var finding = check.on(SnapshotFixture.mysql("8.0.15")
                        .withoutSchema("shop")
                        .grants("GRANT REPLICATION SLAVE ON *.* TO `mig`@`%`"))
                .finds(BLOCKS_MIGRATION, "No databases to migrate: 'mig'@'%' sees none; it may lack SELECT")
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).sql().get(0).sql()).isEqualTo("GRANT SELECT ON *.* TO 'mig'@'%'");
    }

    @Test
    void blocksWhereItCannotSayWhatTheAccountSees() {
        check.on(SnapshotFixture.mysql("8.0.15")
                        .withoutSchema("shop")
                        .unavailable(Facts.GRANTS, Fact.Cause.NOT_READ, "left out"))
                .finds(BLOCKS_MIGRATION, "No databases to migrate: 'mig'@'%' sees none");
    }

    @Test
    void blocksWhereAllAreIgnored() {
        check.with(ignoring("shop"))
                .on(SnapshotFixture.mysql("8.0.15"))
                .finds(BLOCKS_MIGRATION, "No databases to migrate: the only one is ignored");
        check.with(ignoring("hr", "shop"))
                .on(SnapshotFixture.mysql("8.0.15").schema("hr"))
                .finds(BLOCKS_MIGRATION, "No databases to migrate: all 2 are ignored");
    }

    @Test
    void warnsOfAnIgnoredNameThatDoesNotExist() {
        check.with(ignoring("legcay"))
                .on(SnapshotFixture.mysql("8.0.15").schema("legacy"))
                .finds(WARNING, "the ignored database legcay does not exist (did you mean legacy?)");
        check.with(ignoring("unrelated"))
                .on(SnapshotFixture.mysql("8.0.15"))
                .finds(WARNING, "the ignored database unrelated does not exist");
    }

    @Test
    void doesNotClaimMoreThanTheAccountSees() {
        check.with(ignoring("legcay"))
                .on(SnapshotFixture.mysql("8.0.15")
                        .schema("legacy")
                        .grants("GRANT SELECT ON `shop`.* TO `mig`@`%`", "GRANT SELECT ON `legacy`.* TO `mig`@`%`"))
                .finds(
                        WARNING,
                        "the ignored database legcay does not exist, as far as the account sees (did you mean legacy?)");
    }

    @Test
    void suggestsTheOtherSpellingWhereCaseCounts() {
        var finding = check.with(ignoring("Shop"))
                .on(SnapshotFixture.mysql("8.0.15"))
                .finds(WARNING, "the ignored database Shop does not exist (did you mean shop?)")
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).text()).contains("lower_case_table_names is 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void takesAnySpellingWhereCaseDoesNotCount(String lowerCaseTableNames) {
        check.with(ignoring("SHOP"))
                .on(SnapshotFixture.mysql("8.0.15")
                        .schema("Legacy")
                        .variable("lower_case_table_names", lowerCaseTableNames))
                .passes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "sys", "information_schema", "INFORMATION_SCHEMA"})
    void takesTheServersOwnNames(String name) {
        check.with(ignoring(name)).on(SnapshotFixture.mysql("8.0.15")).passes();
    }

    @Test
    void isQuickWithThousandsOfNames() {
        SnapshotFixture fixture = SnapshotFixture.mysql("8.0.15");
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            fixture.schema("customer_" + i);
            ignored.add("costumer_" + i);
        }
        Plan plan = ignoring(ignored.toArray(new String[0]));

        var findings = Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> check.with(plan).on(fixture).findings());

        assertThat(findings).hasSize(10_000);
    }

    @Test
    void isUnknownWithoutTheDatabases() {
        check.on(SnapshotFixture.mysql("8.0.15").unavailable(Facts.SCHEMAS, Fact.Cause.TIMEOUT, "too slow"))
                .isUnknown("too slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void tellsCaseOnARealServerAsThatDoes(Release release) {
        TestServer server = SharedServers.get(release);
        server.execute("CREATE DATABASE IF NOT EXISTS Ledger", "CREATE DATABASE IF NOT EXISTS orders");
        String uri = server.uri("root", "");

        check.with(ignoring("Ledger")).on(uri).passes();
        check.with(ignoring("ledger")).on(uri).finds(WARNING, "did you mean Ledger?");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void anAccountWithoutPrivilegesOnARealServerSeesNothing(Release release) {
        TestServer server = SharedServers.get(release);
        server.createAccount("blind", "secret", "REPLICATION SLAVE");

        check.on(server.uri("blind", "secret")).finds(BLOCKS_MIGRATION, "No databases to migrate");
    }

    private static Plan ignoring(String... databases) {
        return new Plan(null, null, null, List.of(databases), Plan.DumpTool.MYSQLDUMP, null, false);
    }
}
