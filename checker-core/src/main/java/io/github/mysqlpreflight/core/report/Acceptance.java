/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the user's file of accepted findings, entry by entry.
 *
 * @param file its name, as given
 * @param day the day of judging, on which its dates were held
 * @param entries in the order of the file
 */
public record Acceptance(String file, LocalDate day, List<Entry> entries) {
    public Acceptance {
        requireNonNull(file, "file is null");
        requireNonNull(day, "day is null");
        entries = List.copyOf(entries);
    }

    /** What became of an entry. */
    public enum State {
        /** It accepts a finding. */
        USED,
        /** No finding is what it means. A warning: it is out of date, or its object is mistyped. */
        UNUSED,
        /** Its last day is over. A warning: it accepts nothing any more. */
        EXPIRED,
        /** Its check has not been judged in this run, so nothing can be said of it. */
        NOT_JUDGED;

        /** Whether the user has to look at it. */
        public boolean isWarning() {
            return this == UNUSED || this == EXPIRED;
        }
    }

    /**
     * One entry.
     *
     * @param line where it begins in the file
     * @param check the id of its check
     * @param object the pattern of its objects, as written; null for every object of the check
     * @param reason why it is accepted, one line
     * @param until the last day on which it counts; null for no end
     * @param state what became of it
     * @param findings how many findings it means, accepted by it or not
     * @param message the state in words, one line without a full stop; null where it is used
     */
    public record Entry(
            int line,
            String check,
            @Nullable String object,
            String reason,
            @Nullable LocalDate until,
            State state,
            int findings,
            @Nullable String message) {
        public Entry {
            requireNonNull(check, "check is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(state, "state is null");
        }
    }

    /** What the user has to look at, each with the place in the file. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.state().isWarning()) {
                warnings.add(file + ":" + entry.line() + ": " + entry.message());
            }
        }
        return List.copyOf(warnings);
    }
}
