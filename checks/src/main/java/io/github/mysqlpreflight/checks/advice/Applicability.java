/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import org.jspecify.annotations.Nullable;

/** Which checks a plan makes pointless, in words that are the same everywhere. */
public final class Applicability {
    private Applicability() {}

    /** For a check that only concerns replication: why it is not made, or null where it has to be. */
    public static @Nullable String replicationOnly(Plan plan) {
        return plan.method() == Method.DUMP ? "a dump was asked for" : null;
    }
}
