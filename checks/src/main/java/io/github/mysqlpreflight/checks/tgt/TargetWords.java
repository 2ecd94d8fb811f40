/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Snapshot;

/** What the checks of a target share. */
final class TargetWords {
    static final String NO_TARGET = "no target was given";

    private TargetWords() {}

    /** The target's snapshot, for a check that does not apply without one. */
    static Snapshot target(Plan plan) {
        Snapshot target = plan.target();
        if (target == null) {
            throw new IllegalStateException("asked without a target");
        }
        return target;
    }
}
