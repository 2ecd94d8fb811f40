/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import java.util.List;

/**
 * Counts: the first five of checks by outcome, the last three of findings by effect.
 *
 * @param passed checks whose rule holds
 * @param found checks with a finding
 * @param notApplicable checks that do not concern this server or plan
 * @param unknown checks that could not be judged
 * @param failed checks that broke
 * @param blockers findings that keep a method from being used
 * @param warnings findings that are warnings
 * @param notices findings that are notices
 */
public record Summary(
        int passed, int found, int notApplicable, int unknown, int failed, int blockers, int warnings, int notices) {

    /** Counts the results. */
    public static Summary of(List<CheckResult> results) {
        int[] outcomes = new int[5];
        int[] effects = new int[3];
        for (CheckResult result : results) {
            outcomes[indexOf(result.outcome())]++;
            for (Finding finding : result.findings()) {
                effects[finding.effect() == Effect.WARNING ? 1 : finding.effect() == Effect.NOTICE ? 2 : 0]++;
            }
        }
        return new Summary(
                outcomes[0], outcomes[1], outcomes[2], outcomes[3], outcomes[4], effects[0], effects[1], effects[2]);
    }

    private static int indexOf(Outcome outcome) {
        if (outcome instanceof Outcome.Passed) {
            return 0;
        } else if (outcome instanceof Outcome.Found) {
            return 1;
        } else if (outcome instanceof Outcome.NotApplicable) {
            return 2;
        } else if (outcome instanceof Outcome.Unknown) {
            return 3;
        }
        return 4;
    }
}
