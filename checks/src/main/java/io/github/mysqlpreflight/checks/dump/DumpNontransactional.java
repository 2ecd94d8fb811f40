/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The dump is of one moment for every table.
 *
 * <p>That tables of other engines keep replication from being used at all is what obj.engine finds; here it is about the dump alone, and
 * said once for all of them.
 */
final class DumpNontransactional implements Check {
    /** Engines with a snapshot of their own, and those that hold no rows. */
    private static final Set<String> HARMLESS =
            Set.of("INNODB", "ROCKSDB", "TOKUDB", "BLACKHOLE", "PERFORMANCE_SCHEMA", "FEDERATED", "CONNECT", "SPIDER");

    private static final CheckInfo INFO = CheckInfo.of(
                    "dump.nontransactional", "The dump's snapshot covers every table")
            .why(
                    "A dump with --single-transaction reads from a snapshot that only transactional engines have. Tables of"
                            + " MyISAM and the like are read as they are when their turn comes: their rows do not match those of"
                            + " other tables, and a replica that starts from such a dump meets changes that are already in it"
                            + " (error 1062).")
            .fix("Convert the tables to InnoDB, or write nothing to them while the dump runs.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_single-transaction",
                    "https://dev.mysql.com/doc/refman/8.4/en/converting-tables-to-innodb.html")
            .effects(Effect.WARNING)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .privileges("any privilege on each table; a table without one is not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return plan.dumpTool() == DumpTool.MYDUMPER ? "mydumper dumps such tables while it holds its lock" : null;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        Set<String> engines = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            String engine = table.engine();
            if (engine != null
                    && table.isBaseTable()
                    && !HARMLESS.contains(engine.toUpperCase(Locale.ROOT))
                    && selection.contains(table.schema())) {
                engines.add(engine);
                names.add(table.schema() + "." + table.name());
            }
        }
        if (names.isEmpty()) {
            return Outcome.passed();
        }
        String kinds = String.join(", ", engines);
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.server(Side.SOURCE),
                kinds,
                "InnoDB",
                (names.size() == 1 ? "1 table is" : names.size() + " tables are") + " not part of the dump's snapshot ("
                        + kinds + "): what is written to them while it runs makes them differ from the rest ("
                        + NameList.of(List.copyOf(names)) + ")",
                List.of(
                        Remedy.of("Write nothing to them while the dump runs"),
                        Remedy.of(
                                plan.dumpTool() == DumpTool.MYSQLDUMP
                                        ? "Dump with --lock-all-tables in place of --single-transaction, which stops all"
                                                + " writes meanwhile"
                                        : "Dump their databases apart, while nothing writes to them"),
                        Remedy.of("Convert them to InnoDB before, as obj.engine says"))));
    }
}
