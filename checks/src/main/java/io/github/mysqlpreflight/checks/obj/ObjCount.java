/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;

/** There are not more databases than a migration takes. */
final class ObjCount implements Check {
    /** The limit of Aiven's migration (aiven-mysql-migrate). */
    private static final int MOST = 10_000;

    private static final CheckInfo INFO = CheckInfo.of("obj.count", "At most 10,000 databases are to be migrated")
            .why("A migration takes at most 10,000 databases at once and refuses to start with more.")
            .fix("Leave databases out with --ignore-dbs and migrate in several steps.")
            .links("https://github.com/Aiven-Open/aiven-mysql-migrate")
            .guards(Method.REPLICATION, Method.DUMP)
            .effects(Effect.BLOCKS_MIGRATION)
            .needs(Facts.SCHEMAS, Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        int count = Selection.of(source, plan).databases().size();
        if (count <= MOST) {
            return Outcome.passed();
        }
        return Outcome.found(new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.server(Side.SOURCE),
                Integer.toString(count),
                "at most " + MOST,
                "Too many databases to migrate: " + count + " (> " + MOST + ")",
                List.of(Remedy.of("Leave databases out with --ignore-dbs and migrate in several steps"))));
    }
}
