/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;

/** No table has to be content with unique keys that take NULL. One that the target refuses is a finding of obj.primary-key. */
final class ObjPkNullableUnique implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 table has only unique keys that take NULL", "{n} tables have only unique keys that take NULL");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.pk-nullable-unique", "The unique key that stands for a primary key takes no NULL")
            .why(
                    "Rows with NULL in a unique key may be there any number of times, so such a key does not tell rows apart: a"
                            + " replica searches for each of them, and a tool that copies by key copies or skips them twice.")
            .fix("Make the columns of the key NOT NULL where no row has NULL in them, or add a primary key.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/create-index.html#create-index-unique",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-features-row-searches.html")
            .effects(Effect.WARNING, Effect.NOTICE)
            .needs(Facts.TABLES, Facts.INDEXES, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.COLUMNS)
            .targetNeeds(Facts.VARIABLES)
            .privileges("any privilege on each table; a table without one is not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        TargetKeyRule rule = TargetKeyRule.of(plan);
        Effect effect = plan.considers(Method.REPLICATION) ? Effect.WARNING : Effect.NOTICE;
        PerTable<Index> indexes = source.get(Facts.INDEXES);
        PerTable<Column> columns =
                source.find(Facts.COLUMNS) instanceof Fact.Known<PerTable<Column>> known ? known.value() : null;
        List<Finding> findings = new ArrayList<>();
        for (Tables.Table table : MigratedTables.of(source, plan)) {
            List<Index> keys = indexes.of(table.schema(), table.name());
            if (RowIdentity.of(keys) == RowIdentity.NULLABLE_UNIQUE_KEY) {
                List<Column> list = columns == null ? List.of() : columns.of(table.schema(), table.name());
                if (rule.refusal(table, list, keys) == null) {
                    findings.add(finding(effect, table, KeyAdvice.primaryKey(server, table, list, keys)));
                }
            }
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static Finding finding(Effect effect, Tables.Table table, Remedy key) {
        return new Finding(
                effect,
                ObjectRef.table(table.schema(), table.name()),
                "unique, but takes NULL",
                "a primary key, or NOT NULL",
                MigratedTables.label(table)
                        + " has no primary key, and its unique keys take NULL: they do not tell its rows apart",
                List.of(key, Remedy.of("Make the columns of a unique key NOT NULL, where no row has NULL in them")));
    }
}
