/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.server.config.AllowedSources;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.testkit.NeedsServer;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The gate in front of the engine, with a real server behind it. */
@NeedsServer(Release.MYSQL_8_0)
final class GateOnServerTest {
    private static final SourceUri SERVER =
            SourceUri.parse(SharedServers.get(Release.MYSQL_8_0).uri("root", "", "REQUIRED"));

    private static Assessment check(AllowedSources allowed, SourceUri target) {
        SourceGate gate = SourceGate.of(allowed, Map.of("mysql", Profile.standard()));
        Preflight preflight =
                new Preflight(CheckRegistry.installed(), "test").withAddressRule(gate.rule("mysql", SERVER));
        List<Check> checks = preflight.registry().all();
        Plan plan = new Plan(null, null, null, List.of(), Plan.DumpTool.MYSQLDUMP, null, false);
        return preflight.check(SERVER, target, plan, checks, ReadLimits.defaults(), ReadListener.SILENT);
    }

    @Test
    void aSourceOnTheListIsJudged() {
        Assessment assessment = check(new AllowedSources(List.of("127.0.0.0/8")), null);
        assertThat(assessment.unreachable()).isFalse();
        assertThat(assessment.source().version()).startsWith("8.0");
    }

    @Test
    void aSourceThatIsNotOnTheListIsNotConnectedToAndTheResultSaysSo() {
        Assessment assessment = check(new AllowedSources(List.of("*")), null);
        assertThat(assessment.unreachable()).isTrue();
        assertThat(assessment.verdict().success()).isFalse();
        assertThat(assessment.verdict().result())
                .startsWith("Migration pre-checks failed: ")
                .contains(SERVER.address() + " is not among the sources that may be checked");
    }

    @Test
    void theTargetIsTheOperatorsWordAndIsNotAskedAbout() {
        Assessment assessment = check(new AllowedSources(List.of("127.0.0.0/8")), SERVER);
        assertThat(assessment.unreachable()).isFalse();
        SourceUri elsewhere = SourceUri.builder()
                .host("localhost")
                .port(SERVER.port())
                .user("root")
                .password(SERVER.password())
                .build();
        assertThat(check(new AllowedSources(List.of("127.0.0.0/8")), elsewhere).unreachable())
                .as("the rule is for the source's host only, so it would refuse this one")
                .isFalse();
    }
}
