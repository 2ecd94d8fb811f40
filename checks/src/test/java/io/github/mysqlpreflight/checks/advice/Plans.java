/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.testkit.SnapshotFixture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans with one wish each, for tests. */
public final class Plans {
    private Plans() {}

    /** A dump and nothing else is asked for. */
    public static Plan dump() {
        return plan(Method.DUMP, DumpTool.MYSQLDUMP, false);
    }

    /** Replication and nothing else is asked for. */
    public static Plan replication() {
        return plan(Method.REPLICATION, DumpTool.MYSQLDUMP, false);
    }

    /** The dump is made by that program. */
    public static Plan dumpedBy(DumpTool tool) {
        return plan(null, tool, false);
    }

    /** A source that is a replica has to keep the commit order. */
    public static Plan requiringCommitOrder() {
        return plan(null, DumpTool.MYSQLDUMP, true);
    }

    /** To a target of which only the version is known; patch level 0 leaves it at the series. */
    public static Plan toVersion(int major, int minor, int patch) {
        ServerVersion version = new ServerVersion(major, minor, patch);
        return new Plan(version, null, null, List.of(), DumpTool.MYSQLDUMP, null, false);
    }

    /** Without these databases. */
    public static Plan ignoring(String... databases) {
        return new Plan(null, null, null, List.of(databases), DumpTool.MYSQLDUMP, null, false);
    }

    /** Onto that target. */
    public static Plan onto(SnapshotFixture target) {
        return onto(target.build());
    }

    /** Onto that target. */
    public static Plan onto(Snapshot target) {
        return Plan.defaults().withTarget(target);
    }

    private static Plan plan(@Nullable Method method, DumpTool tool, boolean requirePreserveCommitOrder) {
        return new Plan(null, null, method, List.of(), tool, null, requirePreserveCommitOrder);
    }
}
