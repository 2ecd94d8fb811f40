/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadingTest {
    private static <T> Snapshot without(FactKey<T> key, Fact.Cause cause) {
        return TestData.server("h", "version", "8.0.15")
                .put(key, new Fact.Unavailable<>(cause, "gone", 0, null, null))
                .build();
    }

    private static Assessment judge(Snapshot source) {
        return new Preflight(CheckRegistry.of(List.of()), "1.0")
                .judge(source, Plan.defaults(), List.of(TestData.check("gtid.mode", Outcome.passed())));
    }

    @Test
    void aSourceThatWasLostIsUnreachable() {
        Assessment assessment = judge(without(Facts.TRIGGERS, Fact.Cause.CONNECTION_LOST));
        assertThat(assessment.unreachable()).isTrue();
        assertThat(assessment.verdict().method()).isNull();
        assertThat(assessment.verdict().success()).isFalse();
        assertThat(assessment.verdict().result())
                .isEqualTo("Migration pre-checks failed: the source was not read completely: gone");
    }

    @Test
    void aRunThatEndedTooEarlyRecommendsNothing() {
        Assessment assessment = judge(without(Facts.TRIGGERS, Fact.Cause.RUN_TIMEOUT));
        assertThat(assessment.unreachable()).isFalse();
        assertThat(assessment.verdict().method()).isNull();
        assertThat(assessment.verdict().result()).contains("the source was not read completely: gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"variables", "schemas", "tables", "columns", "grants"})
    void nothingCanBeSaidWithoutABasicFact(String name) {
        FactKey<?> key = Facts.all().stream()
                .filter(fact -> fact.name().equals(name))
                .findFirst()
                .orElseThrow();
        Assessment assessment = judge(without(key, Fact.Cause.ERROR));
        assertThat(assessment.verdict().method()).isNull();
        assertThat(assessment.verdict().result()).contains(key.title() + " of the source could not be read: gone");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fact.Cause.class,
            names = {"PRIVILEGE", "TIMEOUT", "ERROR", "UNSUPPORTED", "NOT_READ"})
    void anotherFactConcernsOnlyTheChecksThatNeedIt(Fact.Cause cause) {
        assertThat(judge(without(Facts.TRIGGERS, cause)).verdict().method()).isNotNull();
    }
}
