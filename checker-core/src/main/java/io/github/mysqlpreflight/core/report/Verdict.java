/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is recommended, and why nothing better is.
 *
 * @param method the recommended method; null where there is none
 * @param success whether the databases can be migrated as the plan wants
 * @param result the result message: one line of printable ASCII without double quotes and backslashes
 * @param replicationReasons why replication cannot be recommended; empty where it can
 * @param dumpReasons why a dump cannot be recommended; empty where it can
 * @param unverified what could block a method and could not be seen, by check; empty where a finding blocks the whole migration
 */
public record Verdict(
        @Nullable Method method,
        boolean success,
        String result,
        List<String> replicationReasons,
        List<String> dumpReasons,
        List<Unverified> unverified) {
    public Verdict {
        requireNonNull(result, "result is null");
        replicationReasons = List.copyOf(replicationReasons);
        dumpReasons = List.copyOf(dumpReasons);
        unverified = List.copyOf(unverified);
    }

    /** Whether the method can be used: it is the recommended one, or replication is, which begins with a dump that works. */
    public boolean canUse(Method wanted) {
        return method == wanted || method == Method.REPLICATION;
    }

    /**
     * A check that did not see all it needed.
     *
     * @param check its id
     * @param because what it could not see, and why; one line of printable ASCII
     */
    public record Unverified(String check, String because) {
        public Unverified {
            requireNonNull(check, "check is null");
            requireNonNull(because, "because is null");
        }

        /** Both, for a message. */
        public String text() {
            return check + " (" + because + ")";
        }
    }
}
