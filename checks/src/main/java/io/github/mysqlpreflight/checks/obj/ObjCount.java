/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.List;

/** There are not more databases than a migration takes, and not so many tables that it takes another turn. */
final class ObjCount implements Check {
    /** The limit of Aiven's migration (aiven-mysql-migrate). */
    private static final int MOST = 10_000;

    /** From there on AWS and Azure name limits of their services. */
    private static final int MANY_TABLES = 10_000;

    private static final CheckInfo INFO = CheckInfo.of("obj.count", "At most 10,000 databases are to be migrated")
            .why(
                    "A migration takes at most 10,000 databases at once and refuses to start with more. With more than 10,000"
                            + " tables migration services reach limits of their own, and reading and making all the definitions"
                            + " alone takes a dump hours, in which nothing may be altered.")
            .fix("Leave databases out with --ignore-dbs and migrate in several steps.")
            .links(
                    "https://github.com/Aiven-Open/aiven-mysql-migrate",
                    "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Limits.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.TABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        int count = selection.databases().size();
        if (count <= MOST) {
            return tables(source, selection);
        }
        return Outcome.found(new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.server(Side.SOURCE),
                Integer.toString(count),
                "at most " + MOST,
                "Too many databases to migrate: " + count + " (> " + MOST + ")",
                List.of(Remedy.of("Leave databases out with --ignore-dbs and migrate in several steps"))));
    }

    /** Only an empty selection is judged without the tables. */
    private static Outcome tables(Snapshot source, Selection selection) {
        int tables = 0;
        if (!selection.databases().isEmpty()) {
            for (Tables.Table table : source.get(Facts.TABLES).list()) {
                tables += !table.isView() && selection.contains(table.schema()) ? 1 : 0;
            }
        }
        if (tables <= MANY_TABLES) {
            return Outcome.passed();
        }
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.server(Side.SOURCE),
                Integer.toString(tables),
                "at most " + MANY_TABLES,
                "there are " + Quantities.grouped(tables)
                        + " tables to migrate: services have limits of their own, and a dump"
                        + " reads definitions for long before it reads rows",
                List.of(
                        Remedy.of("Migrate in several steps, leaving databases out with --ignore-dbs"),
                        Remedy.of(
                                "Dump with several threads of mydumper or MySQL Shell, and alter nothing meanwhile"))));
    }
}
