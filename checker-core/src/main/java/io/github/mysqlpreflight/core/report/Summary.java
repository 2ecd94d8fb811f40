/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import java.util.List;

/**
 * Counts: the first five of checks by outcome, the next three of findings that are not accepted by effect, the last of those
 * that are.
 *
 * @param passed checks whose rule holds
 * @param found checks with a finding
 * @param notApplicable checks that do not concern this server or plan
 * @param unknown checks that could not be judged
 * @param failed checks that broke
 * @param blockers findings that keep a method from being used
 * @param warnings findings that are warnings
 * @param notices findings that are notices
 * @param accepted findings that the user has accepted
 */
public record Summary(
        int passed,
        int found,
        int notApplicable,
        int unknown,
        int failed,
        int blockers,
        int warnings,
        int notices,
        int accepted) {

    /** Counts the results. */
    public static Summary of(List<CheckResult> results) {
        int[] outcomes = new int[5];
        int[] effects = new int[3];
        int accepted = 0;
        for (CheckResult result : results) {
            outcomes[indexOf(result.outcome())]++;
            accepted += result.accepted().size();
            for (Finding finding : result.findings()) {
                effects[finding.effect() == Effect.WARNING ? 1 : finding.effect() == Effect.NOTICE ? 2 : 0]++;
            }
        }
        return new Summary(
                outcomes[0],
                outcomes[1],
                outcomes[2],
                outcomes[3],
                outcomes[4],
                effects[0],
                effects[1],
                effects[2],
                accepted);
    }

    /** The same with warnings that no finding of a check is. */
    Summary plusWarnings(int more) {
        return new Summary(passed, found, notApplicable, unknown, failed, blockers, warnings + more, notices, accepted);
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
