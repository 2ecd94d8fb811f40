/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.TestData;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class CheckRunnerTest {
    private static final Snapshot SOURCE =
            TestData.server("source", "version", "8.0.15").build();

    private static Outcome judge(Plan plan, Function<Plan, Outcome> inspect) {
        CheckInfo info = TestData.info("tgt.trial");
        return CheckRunner.judge(
                new Check() {
                    @Override
                    public CheckInfo info() {
                        return info;
                    }

                    @Override
                    public Outcome inspect(Snapshot source, Plan given) {
                        return inspect.apply(given);
                    }
                },
                SOURCE,
                plan);
    }

    @Test
    void aFactOfTheTargetIsCalledTheTargets() {
        Snapshot target = TestData.server("target", "version", "8.4.0")
                .put(Facts.GRANTS, new Fact.Unavailable<>(Fact.Cause.PRIVILEGE, "denied", 0, null, null))
                .build();
        Outcome outcome = judge(Plan.defaults().withTarget(target), plan -> {
            requireNonNull(plan.target()).get(Facts.GRANTS);
            return Outcome.passed();
        });
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.because()).endsWith(" of the target: denied"));
    }

    @Test
    void aCheckThatWasCompiledForAnotherVersionFailsAlone() {
        Outcome outcome = judge(Plan.defaults(), plan -> {
            throw new NoSuchMethodError("Plan.gone()");
        });
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    }
}
