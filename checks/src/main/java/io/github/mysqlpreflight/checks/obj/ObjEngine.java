/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every table is one of InnoDB.
 *
 * <p>A base table without an engine is one that the server cannot open, so that a dump stops at it: 5.6.14, 5.7.22 and MariaDB 10.11.19
 * list its name and refuse to show or read it. MySQL 8.0.15 names the engine even where it is not loaded.
 */
final class ObjEngine implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "Only InnoDB engine is supported: 1 table is not InnoDB",
            "Only InnoDB engine is supported: {n} tables are not InnoDB");

    private static final Remedy BROKEN =
            Remedy.of("Look with CHECK TABLE what is wrong with it; repair, restore or drop it,"
                    + " or leave its database out with --ignore-dbs");

    private static final CheckInfo INFO = CheckInfo.of("obj.engine", "Every table uses the InnoDB engine")
            .why(
                    "A transaction that also writes to another engine is refused with GTIDs (error 1785) or applied in part,"
                            + " a consistent dump does not cover such tables, and managed targets take InnoDB only (error 3161)."
                            + " Tables of NDB and of engines whose rows live on other servers cannot be migrated at all.")
            .fix(
                    "Convert the tables to InnoDB on the source; MEMORY, MERGE, BLACKHOLE and tables of other servers need a"
                            + " thought each, which stands with the finding.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/converting-tables-to-innodb.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-restrictions.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.BLOCKS_MIGRATION)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .privileges("any privilege on each table; a table without one is not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        List<Finding> findings = new ArrayList<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            String engine = table.engine();
            if (holdsRows(table) && !"InnoDB".equalsIgnoreCase(engine) && selection.contains(table.schema())) {
                findings.add(engine == null ? broken(table) : finding(table, engine));
            }
        }
        return Outcome.of(findings, HEADLINE);
    }

    /** MariaDB has a type of its own for tables that keep their history. */
    private static boolean holdsRows(Tables.Table table) {
        return table.isBaseTable() || table.type().equals("SYSTEM VERSIONED");
    }

    private static Finding broken(Tables.Table table) {
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.table(table.schema(), table.name()),
                "unknown",
                "InnoDB",
                "Only InnoDB engine is supported: the engine of " + name(table)
                        + " cannot be told, the server cannot open the table",
                List.of(BROKEN));
    }

    private static Finding finding(Tables.Table table, String engine) {
        Kind kind = Kind.of(engine);
        Remedy.Statement conversion = new Remedy.Statement(
                "ALTER TABLE " + SqlNames.quote(table.schema(), table.name()) + " ENGINE=InnoDB", kind.note);
        return new Finding(
                kind.effect,
                ObjectRef.table(table.schema(), table.name()),
                engine,
                "InnoDB",
                "Only InnoDB engine is supported: " + name(table) + " uses " + engine,
                kind.note == null
                        ? List.of(Remedy.of(kind.advice))
                        // Converted, the tables below it are none that a MERGE table can be made of.
                        : List.of(Remedy.sql(kind.advice, List.of(conversion)).inTurn(kind == Kind.MERGE ? -1 : 0)));
    }

    private static String name(Tables.Table table) {
        return table.schema() + "." + table.name();
    }

    /** Engines, by what it takes to be rid of them. */
    private enum Kind {
        PLAIN(Effect.BLOCKS_REPLICATION, "Convert it:", "rebuilds the table, blocks writes to it"),
        /** Keys that only MyISAM and its kin take: an AUTO_INCREMENT column that is not the first of a key is error 1075. */
        MYISAM(
                Effect.BLOCKS_REPLICATION,
                "Convert it; fails with error 1075 where an AUTO_INCREMENT column is not the first of a key:",
                "rebuilds the table, blocks writes to it"),
        MEMORY(
                Effect.BLOCKS_REPLICATION,
                "Convert it, or drop it where it is scratch space: its rows are lost at each restart, converted ones stay:",
                "rebuilds the table, blocks writes to it"),
        BLACKHOLE(
                Effect.BLOCKS_REPLICATION,
                "Convert it, or drop it where it only filters: it holds no rows, a converted one keeps what is written to it:",
                "rows that are written stay from then on"),
        MERGE(
                Effect.BLOCKS_REPLICATION,
                "Before the tables it is made of: drop it and put a view with UNION ALL in its place; converting copies all their rows:",
                "copies every row of the tables below it"),
        /** Their rows live elsewhere, or they need a program that the target does not have. */
        REMOTE(
                Effect.BLOCKS_MIGRATION,
                "Drop it, or copy its rows into an InnoDB table of another name and drop it; or leave its database out with"
                        + " --ignore-dbs",
                null),
        NDB(
                Effect.BLOCKS_MIGRATION,
                "Convert it, or leave its database out with --ignore-dbs:",
                "moves all rows out of the cluster's data nodes");

        private final String advice;
        /** What converting costs; null where it cannot be done. */
        private final @Nullable String note;

        private final Effect effect;

        Kind(Effect effect, String advice, @Nullable String note) {
            this.effect = effect;
            this.advice = advice;
            this.note = note;
        }

        static Kind of(String engine) {
            return switch (engine.toUpperCase(Locale.ROOT)) {
                case "MYISAM", "ARIA" -> MYISAM;
                case "MEMORY", "HEAP" -> MEMORY;
                case "BLACKHOLE" -> BLACKHOLE;
                case "MERGE", "MRG_MYISAM" -> MERGE;
                case "FEDERATED", "CONNECT", "SPIDER" -> REMOTE;
                case "NDB", "NDBCLUSTER" -> NDB;
                default -> PLAIN;
            };
        }
    }
}
