/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * How one check ended.
 *
 * @param info what the check says of itself
 * @param outcome how it ended
 * @param durationMillis how long judging took
 */
public record CheckResult(CheckInfo info, Outcome outcome, long durationMillis) {
    public CheckResult {
        requireNonNull(info, "info is null");
        requireNonNull(outcome, "outcome is null");
    }

    /** Its findings; empty unless the outcome is found. */
    public List<Finding> findings() {
        return outcome instanceof Outcome.Found found ? found.findings() : List.of();
    }

    /** The findings with one of the given effects. */
    public List<Finding> findings(Effect... effects) {
        List<Effect> wanted = List.of(effects);
        List<Finding> matching = new ArrayList<>();
        for (Finding finding : findings()) {
            if (wanted.contains(finding.effect())) {
                matching.add(finding);
            }
        }
        return matching;
    }

    /** Whether a finding keeps the method from being used. */
    public boolean blocks(Method method) {
        for (Finding finding : findings()) {
            if (finding.effect().blocks(method)) {
                return true;
            }
        }
        return false;
    }
}
