/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a check ended. A crash is an outcome of its own and never looks like a pass. */
public sealed interface Outcome {

    /** The rule holds. */
    record Passed() implements Outcome {}

    /**
     * The rule is broken, or there is something worth knowing.
     *
     * @param findings at least one; ordered by object
     * @param headline says many findings of one kind in a line; null where each finding's message stands for itself
     * @param unseen what else could not be judged; null if the check saw all it needed
     */
    record Found(
            List<Finding> findings,
            @Nullable Headline headline,
            @Nullable Unknown unseen) implements Outcome {
        public Found {
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("found needs a finding");
            }
            List<Finding> sorted = new ArrayList<>(findings);
            sorted.sort((a, b) -> a.object().compareTo(b.object()));
            findings = List.copyOf(sorted);
        }
    }

    /** The rule does not concern this server or this plan. */
    record NotApplicable(String because) implements Outcome {
        public NotApplicable {
            requireNonNull(because, "because is null");
        }
    }

    /**
     * The rule could not be judged.
     *
     * @param because what could not be seen, and why
     * @param remedies what would make it known
     */
    record Unknown(String because, List<Remedy> remedies) implements Outcome {
        public Unknown {
            requireNonNull(because, "because is null");
            remedies = List.copyOf(remedies);
        }

        private Unknown and(Unknown other) {
            if (because.equals(other.because)) {
                return this;
            }
            List<Remedy> all = new ArrayList<>(remedies);
            other.remedies.stream().filter(remedy -> !all.contains(remedy)).forEach(all::add);
            return new Unknown(because + "; " + other.because, all);
        }
    }

    /** The check itself broke: a bug of the tool. */
    record Failed(String because) implements Outcome {
        public Failed {
            requireNonNull(because, "because is null");
        }
    }

    /**
     * How to say a number of findings in one line; the objects' names are put behind it.
     *
     * @param one for a single finding
     * @param many for several, with {@code {n}} where the number goes
     */
    record Headline(String one, String many) {
        public Headline {
            requireNonNull(one, "one is null");
            if (!many.contains("{n}")) {
                throw new IllegalArgumentException("many needs {n}");
            }
        }

        /** The line for that many findings. */
        public String of(int count) {
            return count == 1 ? one : many.replace("{n}", Integer.toString(count));
        }
    }

    /** The rule holds. */
    static Outcome passed() {
        return new Passed();
    }

    /** Found where there is a finding, else passed. */
    static Outcome of(List<Finding> findings) {
        return of(findings, null);
    }

    /** Found where there is a finding, said in one line; else passed. */
    static Outcome of(List<Finding> findings, @Nullable Headline headline) {
        return findings.isEmpty() ? new Passed() : new Found(findings, headline, null);
    }

    /** One finding. */
    static Outcome found(Finding finding) {
        return new Found(List.of(finding), null, null);
    }

    /**
     * This, with something that could not be seen beside it: a pass becomes unknown, findings stay. Of several things that could not be
     * seen, the words are joined. Nothing changes if the rule does not apply, or the check failed.
     */
    default Outcome andUnseen(@Nullable Unknown more) {
        if (more == null || this instanceof NotApplicable || this instanceof Failed) {
            return this;
        }
        Unknown before = unseen();
        Unknown all = before == null ? more : before.and(more);
        return this instanceof Found found ? new Found(found.findings, found.headline, all) : all;
    }

    /** What could not be judged; null if the check saw all it needed. */
    default @Nullable Unknown unseen() {
        if (this instanceof Unknown unknown) {
            return unknown;
        }
        return this instanceof Found found ? found.unseen : null;
    }

    /** The rule does not concern this server or this plan. */
    static Outcome notApplicable(String because) {
        return new NotApplicable(because);
    }

    /** The rule could not be judged. */
    static Unknown unknown(String because, Remedy... remedies) {
        return new Unknown(because, List.of(remedies));
    }

    /** A fact could not be read. */
    static Unknown unread(FactKey<?> key, Fact.Unavailable<?> fact, ObjectRef.Side side) {
        String because = key.title() + " of the " + side.text() + ": " + fact.message();
        String remedy = fact.remedy();
        return remedy == null ? unknown(because) : unknown(because, Remedy.of(remedy));
    }

    /** Why it did not come to a judgement; null where it did. */
    default @Nullable String because() {
        return null;
    }

    /** The name in reports and JSON. */
    default String name() {
        if (this instanceof Passed) {
            return "PASSED";
        } else if (this instanceof Found) {
            return "FOUND";
        } else if (this instanceof NotApplicable) {
            return "NOT_APPLICABLE";
        } else if (this instanceof Unknown) {
            return "UNKNOWN";
        }
        return "FAILED";
    }
}
