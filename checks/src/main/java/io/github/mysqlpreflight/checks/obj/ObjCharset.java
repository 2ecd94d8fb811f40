/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
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
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every collation of a database, table or column is one that the target knows. */
final class ObjCharset implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 database or table has a collation that the target does not know",
            "{n} databases and tables have collations that the target does not know");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.charset",
                    "The target knows the character sets and collations of databases, tables and columns")
            .why(
                    "A statement that names a collation the server does not have is refused (errors 1273 and 1115): neither a dump"
                            + " nor a replica creates the table. MariaDB has many collations of its own, such as those with uca1400"
                            + " and nopad in their names, and each release of MySQL brings a few.")
            .fix("Convert the tables to a collation that both servers have, such as utf8mb4_unicode_520_ci.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/charset-charsets.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/charset-unicode-sets.html")
            .effects(Effect.BLOCKS_MIGRATION)
            .needs(Facts.TABLES, Facts.COLUMNS, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.GRANTS)
            .targetNeeds(Facts.VARIABLES)
            .privileges("SELECT on each table; the columns of others are not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Snapshot target = plan.target();
        if (target != null && !Server.of(target).isMySql()) {
            return Outcome.notApplicable(
                    "the target is " + Server.of(target).flavor().title());
        }
        Judge judge = new Judge(source, plan);
        List<Finding> findings = new ArrayList<>();
        Selection selection = Selection.of(source, plan);
        for (Schemas.Schema schema : source.get(Facts.SCHEMAS).list()) {
            String collation = schema.collation();
            if (collation != null && selection.contains(schema.name()) && judge.isUnknown(collation)) {
                findings.add(judge.finding(
                        ObjectRef.schema(schema.name()),
                        "the database " + schema.name() + " has the collation ",
                        List.of(collation),
                        "ALTER DATABASE " + SqlNames.quote(schema.name()),
                        "for tables that are created from then on"));
            }
        }
        MigratedTables tables = MigratedTables.withColumns(source, plan);
        tables.forEach((table, columns) -> {
            List<String> unknown = judge.unknown(table, columns);
            if (!unknown.isEmpty()) {
                findings.add(judge.finding(
                        ObjectRef.table(table.schema(), table.name()),
                        MigratedTables.label(table)
                                + (unknown.size() == 1 ? " has the collation " : " has the collations "),
                        unknown,
                        "ALTER TABLE " + SqlNames.quote(table.schema(), table.name()) + " CONVERT TO",
                        "rebuilds the table, blocks writes to it; converts all its texts; fails with error 1062 where texts of"
                                + " a unique key become equal"));
            }
        });
        return tables.outcome(findings, HEADLINE);
    }

    private static final class Judge {
        private final Snapshot source;
        private final Plan plan;
        private final Map<String, Boolean> unknown = new HashMap<>();

        Judge(Snapshot source, Plan plan) {
            this.source = source;
            this.plan = plan;
        }

        boolean isUnknown(String collation) {
            Boolean known = unknown.get(collation);
            if (known == null) {
                ServerVersion since = Collations.builtIn().since(collation);
                known = since == null || !Targets.atLeast(source, plan, since);
                unknown.put(collation, known);
            }
            return known;
        }

        /** The unknown collations of a table and its columns, in order. */
        List<String> unknown(Tables.Table table, List<Column> columns) {
            List<String> found = List.of();
            String last = table.collation();
            if (last != null && isUnknown(last)) {
                found = new ArrayList<>(List.of(last));
            }
            for (Column column : columns) {
                String collation = column.collation();
                if (collation != null
                        && !collation.equals(last)
                        && isUnknown(collation)
                        && !found.contains(collation)) {
                    found = found.isEmpty() ? new ArrayList<>() : found;
                    found.add(collation);
                }
                last = collation == null ? last : collation;
            }
            return found.isEmpty() ? found : found.stream().sorted().toList();
        }

        Finding finding(ObjectRef object, String what, List<String> collations, String statement, String note) {
            String replacement = replacement(collations.get(0));
            String names = NameList.of(collations);
            String version = plan.targetVersionText(source);
            Remedy remedy = replacement == null
                    ? Remedy.of("Convert it to a collation that both servers have")
                    : Remedy.sql(
                            "Convert it to one that both servers have:",
                            List.of(new Remedy.Statement(
                                    statement + " CHARACTER SET " + characterSet(replacement) + " COLLATE "
                                            + replacement,
                                    note)));
            return new Finding(
                    Effect.BLOCKS_MIGRATION,
                    object,
                    names,
                    "a collation of MySQL " + version,
                    what + names + ", which MySQL " + version + " does not know (error 1273)",
                    List.of(remedy));
        }

        /** The nearest collation of the same character set that every server has; null where there is none. */
        private @Nullable String replacement(String collation) {
            String set = characterSet(collation);
            String plain = collation.replace("_nopad_", "_").replace("_0900_bin", "_bin");
            for (String candidate : List.of(plain, set + "_unicode_520_ci", set + "_general_ci", set + "_bin")) {
                if (!candidate.equals(collation)
                        && Collations.builtIn().since(candidate) != null
                        && !isUnknown(candidate)) {
                    return candidate;
                }
            }
            return null;
        }

        private static String characterSet(String collation) {
            int end = collation.indexOf('_');
            return end < 0 ? collation : collation.substring(0, end);
        }
    }
}
