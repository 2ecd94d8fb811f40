/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Snapshot;

/** The words that the checks of versions share. */
final class VersionWords {
    private VersionWords() {}

    /** The original's words for every pair of servers that cannot replicate, letter by letter, then why. */
    static String cannotReplicate(Snapshot source, Plan plan, String why) {
        return "Replication method is not supported between MySQL versions: source - "
                + Server.of(source).versionText() + ",target - " + plan.targetVersionText(source) + ": " + why;
    }
}
