/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tables that are migrated, for the checks that look at what each is made of.
 *
 * <p>A server shows a table to everybody who has any privilege on it, with its indexes, but its columns only to those who may read or
 * write them (tried on 5.6.14, 5.7.22, 8.0.15, 9.7.4 and MariaDB 10.11.19 with CREATE, DROP, INDEX, TRIGGER and SHOW VIEW). A check of
 * columns does not pass while there are tables whose columns are hidden.
 */
final class MigratedTables {
    private final List<Tables.Table> tables;
    private final PerTable<Column> columns;
    private final boolean readsEverything;
    private final Set<String> hidden = new TreeSet<>();

    private MigratedTables(List<Tables.Table> tables, PerTable<Column> columns, boolean readsEverything) {
        this.tables = tables;
        this.columns = columns;
        this.readsEverything = readsEverything;
    }

    /**
     * The tables that hold rows, in the server's order; without those that the server cannot open, which obj.engine reports.
     *
     * @throws io.github.mysqlpreflight.core.snapshot.FactUnavailableException when tables, schemas or variables are not known
     */
    static List<Tables.Table> of(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        List<Tables.Table> migrated = new ArrayList<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            // MariaDB has a type of its own for tables that keep their history.
            boolean holdsRows = table.isBaseTable() || table.type().equals("SYSTEM VERSIONED");
            if (holdsRows && table.engine() != null && selection.contains(table.schema())) {
                migrated.add(table);
            }
        }
        return migrated;
    }

    /** The same with their columns, which have to be known too; whether the account sees all of them is told by its grants. */
    static MigratedTables withColumns(Snapshot source, Plan plan) {
        boolean readsEverything = source.find(Facts.GRANTS) instanceof Fact.Known<AccountGrants> grants
                && grants.value().effective().hasGlobal("SELECT");
        return new MigratedTables(of(source, plan), source.get(Facts.COLUMNS), readsEverything);
    }

    /** Calls back with each table and its columns. */
    void forEach(BiConsumer<Tables.Table, List<Column>> judge) {
        for (Tables.Table table : tables) {
            List<Column> list = columns(table.schema(), table.name());
            if (!list.isEmpty()) {
                judge.accept(table, list);
            }
        }
    }

    /** The columns of a table that is there; empty where they are hidden, which is remembered. */
    List<Column> columns(String schema, String table) {
        List<Column> list = columns.of(schema, table);
        // Where nothing is hidden, a table without columns was dropped while the server was read.
        if (list.isEmpty() && !readsEverything) {
            hidden.add(schema + "." + table);
        }
        return list;
    }

    /** The findings, and the tables whose columns could not be seen. */
    Outcome outcome(List<Finding> findings, Outcome.@Nullable Headline headline) {
        Outcome outcome = Outcome.of(findings, headline);
        return hidden.isEmpty()
                ? outcome
                : outcome.andUnseen(Outcome.unknown(
                        "the account does not see the columns of " + NameList.of(List.copyOf(hidden)),
                        Remedy.of("Grant SELECT on *.* to the account")));
    }

    /** The table's name with its database, for a message. */
    static String label(Tables.Table table) {
        return table.schema() + "." + table.name();
    }

    /** The column of that name, which every server compares without regard to case; null where there is none. */
    static @Nullable Column column(List<Column> columns, @Nullable String name) {
        for (Column column : columns) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        return null;
    }
}
