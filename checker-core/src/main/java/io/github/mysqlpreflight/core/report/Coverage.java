/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was judged, and what the account could not see. A server hides much of what an account has no privilege on, without an error;
 * where something is missing here, a pass is one of what was seen.
 *
 * @param databases how many databases were judged
 * @param tables how many tables and views in them the account sees; -1 where that is not known
 * @param unseen what stayed hidden from a check that was made; empty where everything was seen
 * @param grant the one statement that would show all of it; null where nothing is hidden, or no privilege would show it
 */
public record Coverage(
        int databases,
        int tables,
        List<Unseen> unseen,
        @Nullable String grant) {
    public Coverage {
        unseen = List.copyOf(unseen);
    }

    /**
     * Something that stayed hidden.
     *
     * @param what in words, such as {@code the triggers of 2 databases}
     * @param privilege what is missing, such as {@code TRIGGER}
     * @param checks ids of the checks that look at it, in the order of the assessment
     */
    public record Unseen(String what, String privilege, List<String> checks) {
        public Unseen {
            requireNonNull(what, "what is null");
            requireNonNull(privilege, "privilege is null");
            checks = List.copyOf(checks);
        }
    }
}
