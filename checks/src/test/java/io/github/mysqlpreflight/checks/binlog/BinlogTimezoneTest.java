/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import static io.github.mysqlpreflight.core.check.Effect.BLOCKS_REPLICATION;
import static io.github.mysqlpreflight.core.check.Effect.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.checks.advice.Plans;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import io.github.mysqlpreflight.testkit.CheckTester;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import io.github.mysqlpreflight.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BinlogTimezoneTest {
    private final CheckTester check = CheckTester.of(new BinlogTimezone());

    private static SnapshotFixture zone(String zone, String systemZone) {
        return SnapshotFixture.mysql("8.0.36").variable("time_zone", zone).variable("system_time_zone", systemZone);
    }

    private static SnapshotFixture withTables(SnapshotFixture fixture, boolean loaded) {
        return fixture.fact(Facts.EXTENSIONS, new ServerExtensions(List.of(), List.of(), loaded));
    }

    @Test
    void warnsOfANamedZoneThatTheTargetHasToKnow() {
        check.on(zone("Europe/Berlin", "UTC"))
                .finds(WARNING, "time_zone of the source is Europe/Berlin: a replica without that zone");
        check.with(Plans.onto(
                        zone("SYSTEM", "Europe/Berlin").unavailable(Facts.EXTENSIONS, Fact.Cause.PRIVILEGE, "denied")))
                .on(zone("Europe/Berlin", "UTC"))
                .finds(WARNING, "a replica without that zone");
    }

    @Test
    void blocksWhereTheTargetKnowsNoZoneByName() {
        check.with(Plans.onto(withTables(zone("SYSTEM", "UTC"), false)))
                .on(zone("UTC", "UTC"))
                .finds(BLOCKS_REPLICATION, "which the target does not know, for its time zone tables are empty");
    }

    @Test
    void passesWhereTheTargetKnowsThem() {
        check.with(Plans.onto(withTables(zone("SYSTEM", "UTC"), true)))
                .on(zone("UTC", "CET"))
                .passes();
        check.with(Plans.onto(withTables(zone("Europe/Berlin", "UTC"), false)))
                .on(zone("europe/berlin", "UTC"))
                .passes();
    }

    @Test
    void aDumpNeedsNoNames() {
        check.with(Plans.dump()).on(zone("Europe/Berlin", "UTC")).passes();
    }

    @ParameterizedTest
    @CsvSource({"SYSTEM, UTC", "SYSTEM, CEST", "+02:00, UTC", "SYSTEM, ''"})
    void passesWithoutATarget(String zone, String systemZone) {
        check.on(zone(zone, systemZone)).passes();
    }

    @ParameterizedTest
    @CsvSource({
        "SYSTEM, UTC, +00:00, CET",
        "+00:00, CET, SYSTEM, UTC",
        "SYSTEM, CEST, SYSTEM, CET",
        "SYSTEM, EDT, SYSTEM, EST",
        "SYSTEM, GMT, SYSTEM, BST",
        "+02:00, UTC, +02:00, CET",
        "SYSTEM, '', SYSTEM, UTC"
    })
    void passesInOneZone(String source, String sourceSystem, String target, String targetSystem) {
        check.with(Plans.onto(zone(target, targetSystem)))
                .on(zone(source, sourceSystem))
                .passes();
    }

    @ParameterizedTest
    @CsvSource({
        "SYSTEM, CET, SYSTEM, UTC, CET",
        "+02:00, UTC, SYSTEM, UTC, +02:00",
        "SYSTEM, GMT, SYSTEM, UTC, GMT",
        "SYSTEM, EST, SYSTEM, PST, EST"
    })
    void warnsOfDifferentZones(String source, String sourceSystem, String target, String targetSystem, String shown) {
        check.with(Plans.onto(zone(target, targetSystem)))
                .on(zone(source, sourceSystem))
                .finds(WARNING, "the time zone of the target is " + targetSystem + ", that of the source " + shown);
    }

    @Test
    void aSystemsZoneIsNoNameToSet() {
        Finding finding = check.with(Plans.onto(zone("SYSTEM", "UTC")))
                .on(zone("SYSTEM", "CET"))
                .findings()
                .get(0);

        assertThat(finding.remedies().get(0).sql()).isEmpty();
        assertThat(finding.remedies().get(0).text()).contains("Give both servers the same time_zone by its name");
    }

    @Test
    void isUnknownWithoutTheVariablesOfBoth() {
        check.on(zone("SYSTEM", "UTC").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow"))
                .isUnknown("slow");
        check.with(Plans.onto(zone("SYSTEM", "UTC").unavailable(Facts.VARIABLES, Fact.Cause.TIMEOUT, "slow")))
                .on(zone("SYSTEM", "UTC"))
                .isUnknown("of the target: slow");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRemedyMendsARealTarget(Release release) {
        try (TestServer target = TestServer.of(release).borrow()) {
            String uri = target.uri("root", "");
            CheckTester east = check.on(zone("+05:30", "UTC"));

            target.execute(east.onto(uri)
                    .finds(WARNING, "the time zone of the target is")
                    .remedySql());
            east.onto(uri).passes();
            assertThat(target.variable("time_zone")).isEqualTo("+05:30");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aRealServerHasNoNamedZoneAtFirst(Release release) {
        TestServer server = TestServer.of(release).shared();
        String uri = server.uri("root", "");

        check.on(uri).passes();
        check.on(uri).onto(uri).passes();
        assertThat(check.on(zone("Mars/Olympus", "UTC")).onto(uri).findings())
                .extracting(Finding::effect)
                .containsExactly(BLOCKS_REPLICATION, WARNING);
    }
}
