/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

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
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import java.util.TreeSet;

/** Mentions generated columns and functional indexes, once for the whole server. */
final class ObjGenerated implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.generated", "Columns hold what is written to them, none is generated")
            .why(
                    "A generated column takes no value (error 3105), and a functional index has a hidden one. mysqldump, MySQL Shell"
                            + " and mydumper leave them out; a program of one's own that copies rows has to do so too.")
            .fix("Copy rows with lists of columns that leave generated ones out.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/create-table-generated-columns.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/create-index.html#create-index-functional-key-parts")
            .effects(Effect.NOTICE)
            .needs(Facts.TABLES, Facts.COLUMNS, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.INDEXES, Facts.GRANTS)
            .versions("MySQL 5.7.6 and newer, MariaDB")
            .privileges("SELECT on each table; the columns of others are not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        PerTable<Index> indexes =
                source.find(Facts.INDEXES) instanceof Fact.Known<PerTable<Index>> known ? known.value() : null;
        TreeSet<String> generating = new TreeSet<>();
        MigratedTables tables = MigratedTables.withColumns(source, plan);
        tables.forEach((table, columns) -> {
            if (generates(columns) || (indexes != null && computes(indexes.of(table.schema(), table.name())))) {
                generating.add(MigratedTables.label(table));
            }
        });
        return tables.outcome(generating.isEmpty() ? List.of() : List.of(finding(List.copyOf(generating))), null);
    }

    private static boolean generates(List<Column> columns) {
        for (Column column : columns) {
            if (!column.extra().isEmpty() && column.isGenerated()) {
                return true;
            }
        }
        return false;
    }

    private static boolean computes(List<Index> indexes) {
        for (Index index : indexes) {
            for (Index.Part part : index.parts()) {
                if (part.expression() != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Finding finding(List<String> tables) {
        String count = tables.size() == 1 ? "1 table" : tables.size() + " tables";
        return new Finding(
                Effect.NOTICE,
                ObjectRef.server(Side.SOURCE),
                count,
                null,
                count + (tables.size() == 1 ? " has" : " have") + " generated columns or functional indexes ("
                        + NameList.of(tables) + "): whoever copies rows leaves those columns out (error 3105)",
                List.of(Remedy.of("Nothing has to be done for mysqldump, MySQL Shell, mydumper and replication")));
    }
}
