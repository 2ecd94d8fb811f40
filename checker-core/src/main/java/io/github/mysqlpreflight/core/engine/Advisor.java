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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which method to use.
 *
 * <p>A dump is an export and a load; replication begins with one, so what blocks a dump blocks it too. Replication is recommended if
 * nothing blocks it, and every check that could block it saw all it needed. Else a dump, if nothing blocks that; what could not be
 * seen is said. Else none. A method asked for by the user is not replaced by another. What the user has accepted speaks against
 * nothing.
 */
public final class Advisor {
    private static final int NAMED_OBJECTS = 3;

    private Advisor() {}

    /** The verdict on the results of all checks, of servers that were read completely. */
    public static Verdict advise(List<CheckResult> results, Plan plan) {
        return advise(results, plan, List.of(), "");
    }

    /**
     * The verdict on the results of the checks that were made.
     *
     * @param unread what could not be read though nothing can be said without it; no method is recommended then
     * @param part which part of the checks was made, such as {@code 10 of 96 checks}; empty for all; no method is recommended for a part
     */
    public static Verdict advise(List<CheckResult> results, Plan plan, List<String> unread, String part) {
        List<String> replication = blocked(results, Method.REPLICATION);
        List<String> dump = blocked(results, Method.DUMP);
        List<Verdict.Unverified> unverified = isBlockedAltogether(results)
                ? List.of()
                : unverified(results, plan.method() == Method.DUMP ? Method.DUMP : Method.REPLICATION);
        Method method = null;
        if (unread.isEmpty() && part.isEmpty()) {
            if (plan.considers(Method.REPLICATION) && replication.isEmpty() && unverified.isEmpty()) {
                method = Method.REPLICATION;
            } else if (plan.considers(Method.DUMP) && dump.isEmpty()) {
                method = Method.DUMP;
            }
        }
        boolean success = method != null;
        String result;
        if (method != null) {
            boolean all = method == Method.REPLICATION || (plan.method() == Method.DUMP && unverified.isEmpty());
            result = (all ? Verdicts.PASSED : Verdicts.NOT_ALL_PASSED) + method.title() + "]";
            if (!all) {
                result += ": " + joined(plan.method() == Method.DUMP ? List.of() : replication, unverified);
            }
        } else {
            Set<String> reasons = new LinkedHashSet<>();
            if (plan.considers(Method.REPLICATION)) {
                reasons.addAll(replication);
            }
            if (plan.considers(Method.DUMP)) {
                reasons.addAll(dump);
            }
            reasons.addAll(unread);
            success = !part.isEmpty() && reasons.isEmpty();
            if (!part.isEmpty()) {
                reasons.add("only " + part + " were made");
            }
            result = (success ? Verdicts.NO_METHOD : Verdicts.FAILED) + joined(List.copyOf(reasons), unverified);
        }
        return new Verdict(
                method,
                success,
                result,
                with(replication, unread, unverified),
                with(dump, unread, List.of()),
                unverified);
    }

    private static String joined(List<String> reasons, List<Verdict.Unverified> unverified) {
        List<String> parts = new ArrayList<>(reasons);
        Map<String, List<String>> checks = new LinkedHashMap<>();
        for (Verdict.Unverified one : unverified) {
            checks.computeIfAbsent(one.because(), because -> new ArrayList<>()).add(one.check());
        }
        String beginning = Verdicts.NOT_VERIFIED;
        for (Map.Entry<String, List<String>> alike : checks.entrySet()) {
            parts.add(beginning + String.join(", ", alike.getValue()) + " (" + alike.getKey() + ")");
            beginning = "";
        }
        return String.join("; ", parts);
    }

    private static List<String> with(List<String> blocked, List<String> unread, List<Verdict.Unverified> unverified) {
        List<String> reasons = new ArrayList<>(blocked);
        reasons.addAll(unread);
        unverified.forEach(one -> reasons.add(Verdicts.NOT_VERIFIED + one.text()));
        return reasons;
    }

    /** Why the method cannot be used, a reason for each check that blocks it. */
    private static List<String> blocked(List<CheckResult> results, Method method) {
        List<String> reasons = new ArrayList<>();
        for (CheckResult result : results) {
            if (result.blocks(method) && result.outcome() instanceof Outcome.Found found) {
                reasons.add(reason(found, blocking(result, method)));
            }
        }
        return reasons;
    }

    /** Where the migration is blocked altogether, what else could not be seen is a consequence or beside the point. */
    private static boolean isBlockedAltogether(List<CheckResult> results) {
        for (CheckResult result : results) {
            if (!result.findings(Effect.BLOCKS_MIGRATION).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static List<Verdict.Unverified> unverified(List<CheckResult> results, Method method) {
        List<Verdict.Unverified> unverified = new ArrayList<>();
        for (CheckResult result : results) {
            String because = unseen(result, method);
            if (because != null) {
                unverified.add(new Verdict.Unverified(result.info().id(), PlainText.line(because)));
            }
        }
        return unverified;
    }

    /** What a check did not see that could block the method; null if there is nothing. A check that failed has seen nothing. */
    private static @Nullable String unseen(CheckResult result, Method method) {
        if (!result.info().canBlock(method)) {
            return null;
        }
        if (result.outcome() instanceof Outcome.Failed failed) {
            return "the check failed: " + failed.because();
        }
        Outcome.Unknown unseen = result.outcome().unseen();
        return unseen == null ? null : unseen.because();
    }

    /** The checks that keep the method from being recommended: those that block it, then those that could and did not see all. */
    static List<CheckResult> against(List<CheckResult> results, Method method) {
        List<CheckResult> against = new ArrayList<>();
        for (CheckResult result : results) {
            if (result.blocks(method)) {
                against.add(result);
            }
        }
        if (method == Method.REPLICATION && !isBlockedAltogether(results)) {
            for (CheckResult result : results) {
                if (unseen(result, method) != null && !against.contains(result)) {
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
