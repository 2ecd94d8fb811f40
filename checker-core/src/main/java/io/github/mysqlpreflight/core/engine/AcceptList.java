/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Spelling;
import io.github.mysqlpreflight.core.report.Acceptance;
import io.github.mysqlpreflight.core.report.Acceptance.State;
import io.github.mysqlpreflight.core.report.AcceptedFinding;
import io.github.mysqlpreflight.core.report.CheckResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What findings the user accepts. It stands between the checks, which know nothing of it, and the verdict. Immutable.
 *
 * @param file the name of the file it is from, as given
 * @param day the day of judging
 * @param rules in the order of the file; where several mean one finding, the first that has not expired accepts it
 */
public record AcceptList(String file, LocalDate day, List<Rule> rules) {
    private static final int NAMED_OBJECTS = 3;
    private static final int COMPARED_OBJECTS = 200;

    public AcceptList {
        requireNonNull(file, "file is null");
        requireNonNull(day, "day is null");
        rules = List.copyOf(rules);
    }

    /**
     * One entry.
     *
     * @param line where it begins in the file
     * @param check the id of the check whose findings it means
     * @param object which objects of it; null for all
     * @param reason why they are accepted, one line
     * @param until the last day on which it counts; null for no end
     */
    public record Rule(
            int line,
            String check,
            @Nullable ObjectPattern object,
            String reason,
            @Nullable LocalDate until) {
        public Rule {
            requireNonNull(check, "check is null");
            if (CheckRegistry.isEssential(check)) {
                throw new IllegalArgumentException("a failure to connect cannot be accepted: " + check);
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException("an accepted finding needs a reason");
            }
        }

        private boolean means(Finding finding) {
            return object == null || object.matches(finding.object().title());
        }
    }

    /** The results with what is accepted of them, and what came of each rule. */
    record Applied(List<CheckResult> results, Acceptance acceptance) {}

    /** Accepts what the rules mean. Only findings: what is unknown, or broke, stays so. */
    Applied apply(List<CheckResult> results) {
        Map<String, List<Use>> uses = new HashMap<>();
        List<Use> inOrder = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            boolean expired = rule.until() != null && rule.until().isBefore(day);
            Use use = new Use(rule, inOrder.size(), expired);
            inOrder.add(use);
            uses.computeIfAbsent(rule.check(), ignored -> new ArrayList<>()).add(use);
        }
        List<CheckResult> applied = new ArrayList<>(results.size());
        for (CheckResult result : results) {
            List<Use> ofCheck = uses.get(result.info().id());
            applied.add(ofCheck == null ? result : apply(result, ofCheck));
        }
        List<Acceptance.Entry> entries = new ArrayList<>(inOrder.size());
        for (Use use : inOrder) {
            entries.add(use.entry());
        }
        return new Applied(applied, new Acceptance(file, day, entries));
    }

    private static CheckResult apply(CheckResult result, List<Use> uses) {
        for (Use use : uses) {
            use.result = result;
        }
        if (!(result.outcome() instanceof Outcome.Found found)) {
            return result;
        }
        // A file that was made of a report has a rule for each object: those are looked up.
        Map<String, List<Use>> literal = new HashMap<>();
        List<Use> patterns = new ArrayList<>();
        for (Use use : uses) {
            ObjectPattern object = use.rule.object();
            String title = object == null ? null : object.literal();
            if (title == null) {
                patterns.add(use);
            } else {
                literal.computeIfAbsent(title, ignored -> new ArrayList<>()).add(use);
            }
        }
        List<AcceptedFinding> accepted = new ArrayList<>();
        for (Finding finding : found.findings()) {
            Use first = null;
            for (Use use : literal.getOrDefault(finding.object().title(), List.of())) {
                first = use.meet(first);
            }
            for (Use use : patterns) {
                if (use.rule.means(finding)) {
                    first = use.meet(first);
                }
            }
            if (first != null) {
                accepted.add(new AcceptedFinding(finding, first.rule.reason(), first.rule.until()));
            }
        }
        return new CheckResult(result.info(), result.outcome(), result.durationMillis(), accepted);
    }

    /** A rule while it is applied. */
    private static final class Use {
        private final Rule rule;
        private final int position;
        private final boolean expired;
        private @Nullable CheckResult result;
        private int findings;

        Use(Rule rule, int position, boolean expired) {
            this.rule = rule;
            this.position = position;
            this.expired = expired;
        }

        /** It means a finding, which the other may accept as well: the one of them that does. */
        @Nullable
        Use meet(@Nullable Use other) {
            findings++;
            return expired || (other != null && other.position < position) ? other : this;
        }

        Acceptance.Entry entry() {
            State state = expired
                    ? State.EXPIRED
                    : findings > 0 ? State.USED : found() || passed() ? State.UNUSED : State.NOT_JUDGED;
            ObjectPattern object = rule.object();
            return new Acceptance.Entry(
                    rule.line(),
                    rule.check(),
                    object == null ? null : object.toString(),
                    rule.reason(),
                    rule.until(),
                    state,
                    findings,
                    message(state));
        }

        private boolean found() {
            return result != null && result.outcome() instanceof Outcome.Found;
        }

        private boolean passed() {
            return result != null && result.outcome() instanceof Outcome.Passed;
        }

        private @Nullable String message(State state) {
            String entry = "the entry for " + rule.check() + (rule.object() == null ? "" : " on " + rule.object());
            return switch (state) {
                case USED -> null;
                case EXPIRED -> entry + " expired on " + rule.until() + expiry();
                case UNUSED -> entry + " is unused: " + (found() ? others() : "the check has passed");
                case NOT_JUDGED -> entry + " is open: " + openBecause();
            };
        }

        private String expiry() {
            if (findings == 0) {
                return found() || passed() ? ", and there is nothing left to accept" : "";
            }
            return findings == 1 ? ": 1 finding counts again" : ": " + findings + " findings count again";
        }

        /** What there is instead of what was meant. */
        private String others() {
            Set<String> titles = new LinkedHashSet<>();
            List<Finding> all = result == null ? List.of() : result.allFindings();
            for (Finding finding : all.subList(0, Math.min(all.size(), COMPARED_OBJECTS))) {
                titles.add(finding.object().title());
            }
            String literal = rule.object() == null ? null : rule.object().literal();
            String nearest = literal == null ? null : Spelling.nearest(literal, titles);
            if (nearest != null) {
                return "there is no finding on that (did you mean " + nearest + "?)";
            }
            List<String> named = new ArrayList<>(titles);
            return "the findings are on "
                    + (named.size() > NAMED_OBJECTS
                            ? String.join(", ", named.subList(0, NAMED_OBJECTS)) + " and others"
                            : String.join(", ", named));
        }

        private String openBecause() {
            if (result == null) {
                return "the check was left out";
            } else if (result.outcome() instanceof Outcome.NotApplicable) {
                return "the check does not apply";
            }
            return result.outcome() instanceof Outcome.Failed ? "the check broke" : "the check could not be judged";
        }
    }
}
