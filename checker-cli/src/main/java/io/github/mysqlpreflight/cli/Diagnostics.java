/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;

/** How much is told on standard error of what the tool does. Apart from {@link Logging}, so that only a run that logs loads Logback. */
final class Diagnostics {
    private static volatile PrintStream stream = System.err;
    private static volatile int verbosity;

    private Diagnostics() {}

    /**
     * Says where diagnostics go and how many there are; counts for what is logged from now on.
     *
     * @param target where to
     * @param level 0 for warnings of our own, 1 for what we do, 2 for all that we and the libraries do
     */
    static void set(PrintStream target, int level) {
        stream = requireNonNull(target, "target is null");
        if (level != verbosity) {
            verbosity = level;
            Logging.applyLevels();
        }
    }

    static PrintStream stream() {
        return stream;
    }

    static int verbosity() {
        return verbosity;
    }
}
