/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import io.github.mysqlpreflight.core.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * One rule: a pure function of a snapshot and a plan.
 *
 * <p>An implementation keeps no state, reads no clock, logs nothing and gives the same answer to the same question.
 */
public interface Check {

    /** What it says of itself; the same object each time. */
    CheckInfo info();

    /**
     * Why the plan alone makes this check pointless, in words, or null where it has to be made. Its facts are not read
     * then.
     */
    default @Nullable String notApplicable(Plan plan) {
        return null;
    }

    /**
     * Judges. Called only when every fact the check needs is known.
     *
     * @param source the source's facts
     * @param plan what the user wants, with the target's facts where there is a target
     */
    Outcome inspect(Snapshot source, Plan plan);
}
