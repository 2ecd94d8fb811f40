/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.testkit.Release;
import io.github.mysqlpreflight.testkit.SharedServers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine reads of a target what the checks here use, without being asked by another check. */
class TargetIsReadTest {
    private final Preflight preflight = new Preflight(CheckRegistry.of(List.of(new TgtChecks())), "test");
    private final String source = SharedServers.get(Release.MYSQL_5_7).uri("root", "");

    @Test
    void theReplicaStatusOfTheTargetIsReadForTheCheckThatUsesIt() {
        Assessment assessment = check(SharedServers.get(Release.MYSQL_8_0).uri("root", ""), List.of("tgt.writable"));

        assertThat(assessment.checks())
                .extracting(result -> result.info().id(), CheckResult::outcome)
                .containsExactly(tuple("tgt.connection", Outcome.passed()), tuple("tgt.writable", Outcome.passed()));
    }

    @Test
    void aTargetThatRefusesTheLoginFailsEveryRun() {
        Assessment assessment = check(SharedServers.get(Release.MYSQL_8_0).uri("root", "wrong"), List.of("tgt.disk"));

        assertThat(assessment.verdict().success()).isFalse();
        assertThat(assessment.verdict().result())
                .startsWith("Migration pre-checks failed: Connection to target failed: the server refused the login");
    }

    private Assessment check(String target, List<String> included) {
        return preflight.check(
                SourceUri.parse(source),
                SourceUri.parse(target),
                Plan.defaults(),
                preflight.registry().select(included, List.of()),
                ReadLimits.defaults(),
                ReadListener.SILENT);
    }
}
