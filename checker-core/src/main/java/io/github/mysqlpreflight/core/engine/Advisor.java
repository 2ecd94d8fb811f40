/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.PlainText;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Verdict;
import io.github.mysqlpreflight.core.report.Verdicts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Says which method to use.
 *
 * <p>Replication, if nothing blocks it and nothing it depends on is unknown. Else a dump, if nothing blocks that. Else
 * none. A method asked for by the user is not replaced by another. What the user has accepted speaks against nothing.
 */
public final class Advisor {
    private static final int NAMED_OBJECTS = 3;

    private Advisor() {}

    /** The verdict on the results of all checks that were made. */
    public static Verdict advise(List<CheckResult> results, Plan plan) {
        List<String> replication = reasons(results, Method.REPLICATION);
        List<String> dump = reasons(results, Method.DUMP);
        if (plan.considers(Method.REPLICATION) && replication.isEmpty()) {
            return verdict(Method.REPLICATION, Verdicts.PASSED, replication, dump);
        }
        if (plan.considers(Method.DUMP) && dump.isEmpty()) {
            boolean askedFor = plan.method() == Method.DUMP;
            return verdict(Method.DUMP, askedFor ? Verdicts.PASSED : Verdicts.NOT_ALL_PASSED, replication, dump);
        }
        Set<String> all = new LinkedHashSet<>();
        if (plan.considers(Method.REPLICATION)) {
            all.addAll(replication);
        }
        if (plan.considers(Method.DUMP)) {
            all.addAll(dump);
        }
        return new Verdict(null, false, Verdicts.FAILED + String.join("; ", all), replication, dump);
    }

    private static Verdict verdict(Method method, String beginning, List<String> replication, List<String> dump) {
        String result = beginning + method.title() + "]";
        if (beginning.equals(Verdicts.NOT_ALL_PASSED)) {
            result += ": " + String.join("; ", replication);
        }
        return new Verdict(method, true, result, replication, dump);
    }

    private static List<String> reasons(List<CheckResult> results, Method method) {
        List<String> reasons = new ArrayList<>();
        for (CheckResult result : against(results, method)) {
            Outcome outcome = result.outcome();
            if (outcome instanceof Outcome.Found found) {
                reasons.add(reason(found, blocking(result, method)));
            } else if (outcome instanceof Outcome.Unknown open) {
                reasons.add(PlainText.line(result.info().id() + " could not be judged: " + open.because()));
            } else if (outcome instanceof Outcome.Failed broken) {
                reasons.add(PlainText.line(result.info().id() + " broke: " + broken.because()));
            }
        }
        return reasons;
    }

    /** The checks that keep the method from being recommended: those that block it, then those that guard it and are open. */
    static List<CheckResult> against(List<CheckResult> results, Method method) {
        List<CheckResult> against = new ArrayList<>();
        boolean hopeless = false;
        for (CheckResult result : results) {
            if (result.blocks(method)) {
                against.add(result);
                hopeless |= !result.findings(Effect.BLOCKS_MIGRATION).isEmpty();
            }
        }
        // Where the migration is blocked altogether, what else could not be seen is a consequence or beside the point.
        if (method == Method.REPLICATION && !hopeless) {
            for (CheckResult result : results) {
                boolean open =
                        result.outcome() instanceof Outcome.Unknown || result.outcome() instanceof Outcome.Failed;
                if (open && result.info().guards().contains(method)) {
                    against.add(result);
                }
            }
        }
        return against;
    }

    private static List<Finding> blocking(CheckResult result, Method method) {
        List<Finding> blocking = new ArrayList<>();
        for (Finding finding : result.findings()) {
            if (finding.effect().blocks(method)) {
                blocking.add(finding);
            }
        }
        return blocking;
    }

    private static String reason(Outcome.Found found, List<Finding> blocking) {
        StringBuilder reason = new StringBuilder();
        Outcome.Headline headline = found.headline();
        if (headline != null) {
            reason.append(PlainText.line(headline.of(blocking.size()))).append(" (");
        }
        for (int i = 0; i < blocking.size() && i < NAMED_OBJECTS; i++) {
            if (i > 0) {
                reason.append(headline != null ? ", " : "; ");
            }
            Finding finding = blocking.get(i);
            reason.append(
                    headline != null ? PlainText.name(finding.object().label()) : PlainText.line(finding.message()));
        }
        if (blocking.size() > NAMED_OBJECTS) {
            reason.append(" and ").append(blocking.size() - NAMED_OBJECTS).append(" more");
        }
        return headline != null ? reason.append(')').toString() : reason.toString();
    }
}
