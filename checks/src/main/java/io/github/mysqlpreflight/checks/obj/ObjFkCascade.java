/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Mentions foreign keys that change rows by themselves, once for the whole server. */
final class ObjFkCascade implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.fk-cascade", "Rows change only by statements, not by a foreign key's CASCADE or SET NULL")
            .why(
                    "What ON DELETE CASCADE or ON UPDATE SET NULL does to the rows of a child is not written to the binary log:"
                            + " InnoDB does it again on a replica, which has the same keys. A replica without them, and whoever else"
                            + " reads the binary log, keeps rows that are gone on the source.")
            .fix("Keep the foreign keys on the target until replication ends, and the tables they connect InnoDB.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-and-mysql-replication.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html")
            .effects(Effect.NOTICE)
            .needs(Facts.FOREIGN_KEYS, Facts.SCHEMAS, Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Applicability.replicationOnly(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        TreeSet<String> tables = new TreeSet<>();
        int count = 0;
        for (PerTable.Entry<ForeignKey> entry : source.get(Facts.FOREIGN_KEYS).entries()) {
            if (selection.contains(entry.schema())) {
                for (ForeignKey key : entry.items()) {
                    if (key.cascades()) {
                        count++;
                        tables.add(entry.schema() + "." + entry.table());
                    }
                }
            }
        }
        if (count == 0) {
            return Outcome.passed();
        }
        String keys = count == 1 ? "1 foreign key" : count + " foreign keys";
        return Outcome.found(new Finding(
                Effect.NOTICE,
                ObjectRef.server(Side.SOURCE),
                keys,
                null,
                keys + (count == 1 ? " changes" : " change") + " rows without a trace in the binary log (of "
                        + NameList.of(List.copyOf(tables)) + "): a replica needs the same keys",
                List.of(Remedy.of("Keep the foreign keys on the target until replication ends"))));
    }
}
