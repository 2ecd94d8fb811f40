/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static java.util.Objects.requireNonNull;

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
     */
    record Found(List<Finding> findings, @Nullable Headline headline) implements Outcome {
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
        return findings.isEmpty() ? new Passed() : new Found(findings, null);
    }

    /** Found where there is a finding, said in one line; else passed. */
    static Outcome of(List<Finding> findings, Headline headline) {
        return findings.isEmpty() ? new Passed() : new Found(findings, headline);
    }

    /** One finding. */
    static Outcome found(Finding finding) {
        return new Found(List.of(finding), null);
    }

    /** The rule does not concern this server or this plan. */
    static Outcome notApplicable(String because) {
        return new NotApplicable(because);
    }

    /** The rule could not be judged. */
    static Outcome unknown(String because, Remedy... remedies) {
        return new Unknown(because, List.of(remedies));
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
