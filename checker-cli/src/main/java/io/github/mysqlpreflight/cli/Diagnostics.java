/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;

/** How much is told on standard error of what the tool does. Apart from {@link Logging}, so that only a run that logs loads Logback. */
final class Diagnostics {
    private static volatile PrintStream stream = System.err;
    private static volatile int verbosity;
    private static volatile boolean server;

    private Diagnostics() {}

    /**
     * Says where diagnostics go and how many there are; counts for what is logged from now on.
     *
     * @param target where to
     * @param level 0 for warnings of our own, 1 for what we do, 2 for all that we and the libraries do
     */
    static void set(PrintStream target, int level) {
        stream = requireNonNull(target, "target is null");
        if (level != verbosity || server) {
            verbosity = level;
            server = false;
            Logging.applyLevels();
        }
    }

    /**
     * The same for a server, which tells of itself without being asked, and of its libraries what is not as it should be.
     *
     * @param target where to
     * @param level 0 for what we do, 1 for more of that, 2 for all that we and the libraries do
     */
    static void serve(PrintStream target, int level) {
        stream = requireNonNull(target, "target is null");
        server = true;
        verbosity = level;
        Logging.applyLevels();
    }

    /** Whether this is a server. */
    static boolean isServer() {
        return server;
    }

    static PrintStream stream() {
        return stream;
    }

    static int verbosity() {
        return verbosity;
    }
}
