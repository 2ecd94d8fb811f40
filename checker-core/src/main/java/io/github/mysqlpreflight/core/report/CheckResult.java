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
 * @param accepted the findings that the user has accepted, in the order of the outcome
 */
public record CheckResult(CheckInfo info, Outcome outcome, long durationMillis, List<AcceptedFinding> accepted) {
    public CheckResult {
        requireNonNull(info, "info is null");
        requireNonNull(outcome, "outcome is null");
        accepted = List.copyOf(accepted);
    }

    /** How it ended, nothing of it accepted. */
    public CheckResult(CheckInfo info, Outcome outcome, long durationMillis) {
        this(info, outcome, durationMillis, List.of());
    }

    /** Its findings that count: those that are not accepted; empty unless the outcome is found. */
    public List<Finding> findings() {
        List<Finding> all = allFindings();
        if (accepted.isEmpty()) {
            return all;
        }
        List<Finding> counting = new ArrayList<>(all.size());
        int next = 0;
        for (Finding finding : all) {
            if (next < accepted.size() && accepted.get(next).finding().equals(finding)) {
                next++;
            } else {
                counting.add(finding);
            }
        }
        return counting;
    }

    /** Its findings, accepted or not, ordered by object; empty unless the outcome is found. */
    public List<Finding> allFindings() {
        return outcome instanceof Outcome.Found found ? found.findings() : List.of();
    }

    /** The findings that count, with one of the given effects. */
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

    /** Whether a finding that is not accepted keeps the method from being used. */
    public boolean blocks(Method method) {
        for (Finding finding : findings()) {
            if (finding.effect().blocks(method)) {
                return true;
            }
        }
        return false;
    }
}
