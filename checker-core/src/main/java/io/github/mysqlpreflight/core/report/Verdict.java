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
 */
public record Verdict(
        @Nullable Method method,
        boolean success,
        String result,
        List<String> replicationReasons,
        List<String> dumpReasons) {
    public Verdict {
        requireNonNull(result, "result is null");
        replicationReasons = List.copyOf(replicationReasons);
        dumpReasons = List.copyOf(dumpReasons);
    }
}
