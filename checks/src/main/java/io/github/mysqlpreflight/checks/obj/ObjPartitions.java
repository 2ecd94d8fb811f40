/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TablePlaces;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Partitioned tables are ones that the target takes.
 *
 * <p>Tried with dumps of 5.7.22: 8.0.15 and 9.7.4 refuse partitions of other engines than InnoDB (1178) and a definition that names a shared
 * tablespace (3510 or 1478); 9.7.4 refuses PARTITION BY KEY over a column of which an index holds a prefix (6123). A table whose
 * partitions came into the system tablespace by innodb_file_per_table=OFF does not name it, and loads.
 */
final class ObjPartitions implements Check {
    private static final ServerVersion NATIVE_ONLY = new ServerVersion(8, 0, 0);
    private static final ServerVersion WITHOUT_PREFIXES = new ServerVersion(8, 4, 0);
    private static final Set<String> NATIVE =
            Set.of("InnoDB", "INNODB", "innodb", "ndbcluster", "NDBCLUSTER", "ndb", "NDB");
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 partitioned table may not be taken by the target",
            "{n} partitioned tables may not be taken by the target");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.partitions", "Partitioned tables are native, and in tablespaces of their own")
            .why(
                    "From 8.0 on only InnoDB (and NDB) tables are partitioned (error 1178), and no partition lies in a shared"
                            + " tablespace (errors 1478, 3510); from 8.4 on PARTITION BY KEY takes no column of which an index holds"
                            + " a prefix (error 6123). Such a table cannot be created on the target, by a dump or by a replica.")
            .fix(
                    "Convert the table to InnoDB, move its partitions into tablespaces of their own, or index the whole column.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/partitioning-limitations-storage-engines.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/partitioning-limitations.html",
                    "https://dev.mysql.com/doc/refman/8.0/en/upgrade-prerequisites.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.TABLE_PLACES, Facts.INDEXES)
            .targetNeeds(Facts.VARIABLES)
            .privileges("PROCESS on 5.7, to see tablespaces")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        if (!Targets.atLeast(source, plan, NATIVE_ONLY)) {
            return Outcome.notApplicable("the target is older than 8.0");
        }
        List<Finding> findings = new ArrayList<>();
        List<String> partitioned = new ArrayList<>();
        boolean refusesPrefixes = Targets.atLeast(source, plan, WITHOUT_PREFIXES) && source.knows(Facts.INDEXES);
        for (Tables.Table table : MigratedTables.of(source, plan)) {
            if (table.isPartitioned()) {
                String engine = table.engine();
                if (engine != null && !NATIVE.contains(engine)) {
                    findings.add(foreign(table, engine));
                    continue;
                }
                partitioned.add(MigratedTables.label(table));
                Finding finding = refusesPrefixes ? prefix(table, source.get(Facts.INDEXES)) : null;
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }
        Outcome.Unknown unseen = null;
        if (!partitioned.isEmpty()) {
            if (source.find(Facts.TABLE_PLACES) instanceof Fact.Unavailable<TablePlaces> unavailable) {
                unseen = Outcome.unread(Facts.TABLE_PLACES, unavailable, ObjectRef.Side.SOURCE);
            } else {
                addShared(source, plan, findings);
            }
        }
        return Outcome.of(findings, HEADLINE).andUnseen(unseen);
    }

    private static void addShared(Snapshot source, Plan plan, List<Finding> findings) {
        Selection selection = Selection.of(source, plan);
        for (TablePlaces.Place table : source.get(Facts.TABLE_PLACES).list()) {
            if (table.sharedPartitions() > 0 && selection.contains(table.schema())) {
                findings.add(shared(table));
            }
        }
    }

    private static Finding foreign(Tables.Table table, String engine) {
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.table(table.schema(), table.name()),
                engine + ", partitioned",
                "InnoDB",
                MigratedTables.label(table) + " is a partitioned table of " + engine
                        + ": the target partitions InnoDB tables alone (error 1178)",
                List.of(alter(table.schema(), table.name(), "Convert it; it stays partitioned:", "ENGINE=InnoDB")));
    }

    private static @Nullable Finding prefix(Tables.Table table, PerTable<Index> indexes) {
        for (Index index : indexes.of(table.schema(), table.name())) {
            for (Index.Part part : index.parts()) {
                if (part.prefix() != null
                        && !index.type().equals("SPATIAL")
                        && !index.type().equals("FULLTEXT")) {
                    return new Finding(
                            Effect.WARNING,
                            ObjectRef.table(table.schema(), table.name()),
                            "a prefix of " + part.column() + " in the index " + index.name(),
                            "whole columns, where it is PARTITION BY KEY",
                            MigratedTables.label(table) + " is partitioned, and its index " + index.name()
                                    + " holds a prefix of " + part.column()
                                    + ": the target refuses PARTITION BY KEY over that column (error 6123)",
                            List.of(Remedy.of("Look at SHOW CREATE TABLE whether it is PARTITION BY KEY over "
                                    + part.column() + "; if so, index the whole column, or partition by another one")));
                }
            }
        }
        return null;
    }

    private static Finding shared(TablePlaces.Place table) {
        String label = table.schema() + "." + table.table();
        String partitions = table.sharedPartitions() == 1 ? "1 partition" : table.sharedPartitions() + " partitions";
        boolean named = table.generalPartitions() > 0;
        return new Finding(
                named ? Effect.BLOCKS_MIGRATION : Effect.WARNING,
                ObjectRef.table(table.schema(), table.table()),
                partitions + " in a shared tablespace",
                "tablespaces of their own",
                named
                        ? partitions + " of " + label
                                + " in a general tablespace, which the target refuses (errors 3510, 1478)"
                        : partitions + " of " + label
                                + " in the system tablespace, which the target refuses where the definition of the table"
                                + " names it (error 1478)",
                List.of(
                        alter(
                                table.schema(),
                                table.table(),
                                "Move them:",
                                "TABLESPACE=innodb_file_per_table, ALGORITHM=COPY"),
                        Remedy.of(
                                "Partitions with a TABLESPACE of their own in SHOW CREATE TABLE are moved by ALTER TABLE"
                                        + " ... REORGANIZE PARTITION alone")));
    }

    private static Remedy alter(String schema, String table, String text, String what) {
        return Remedy.sql(
                text,
                List.of(new Remedy.Statement(
                        "ALTER TABLE " + SqlNames.quote(schema, table) + " " + what,
                        "rebuilds the table, blocks writes to it")));
    }
}
