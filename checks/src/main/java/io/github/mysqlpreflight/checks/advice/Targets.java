/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the checks that look at a target share: whether there is one, how new it is, and remedies that are done there. */
public final class Targets {
    private Targets() {}

    /** For a check that cannot be made without a target: why it is not made, or null where there is one. */
    public static @Nullable String missing(Plan plan) {
        return plan.target() == null ? "no target was given (--target-uri)" : null;
    }

    /** The same for a check that only concerns replication. */
    public static @Nullable String missingForReplication(Plan plan) {
        String missing = missing(plan);
        return missing == null ? Applicability.replicationOnly(plan) : missing;
    }

    /** The target's snapshot, for a check that does not apply without one. */
    public static Snapshot of(Plan plan) {
        Snapshot target = plan.target();
        if (target == null) {
            throw new IllegalStateException("asked without a target");
        }
        return target;
    }

    /**
     * Whether what is migrated to is MySQL of that release or a newer one. Of a target that is only known by its series the
     * newest release counts.
     */
    public static boolean atLeast(Snapshot source, Plan plan, ServerVersion release) {
        Snapshot target = plan.target();
        if (target != null && target.knows(Facts.VARIABLES)) {
            Server server = Server.of(target);
            return server.isMySql() && server.version().compareTo(release) >= 0;
        }
        ServerVersion version = plan.targetVersionFor(source);
        return version.compareTo(version.patch() == 0 ? release.series() : release) >= 0;
    }

    /** Remedies that are done on the target. */
    public static List<Remedy> onTarget(List<Remedy> remedies) {
        return at("On the target. ", remedies);
    }

    /** Remedies with the place where they are done before their words. */
    public static List<Remedy> at(String where, List<Remedy> remedies) {
        List<Remedy> placed = new ArrayList<>();
        for (Remedy remedy : remedies) {
            placed.add(new Remedy(where + remedy.text(), remedy.sql(), remedy.settings()));
        }
        return List.copyOf(placed);
    }
}
