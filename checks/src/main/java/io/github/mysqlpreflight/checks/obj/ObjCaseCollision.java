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
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** No two names are the same to a target that does not tell upper from lower case. */
final class ObjCaseCollision implements Check {
    private static final String CASE = "lower_case_table_names";
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 name is the same as another one to the target", "{n} names are the same as others to the target");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.case-collision", "No two databases or tables have the same name to the target")
            .why(
                    "With lower_case_table_names 1 or 2 Orders and orders are one table: the second that is created replaces the"
                            + " first (mysqldump drops it before), or is refused (error 1050), and the rows of both get mixed. The"
                            + " setting of a server cannot be changed once it has data.")
            .fix("Rename one of each two on the source and in its applications, or choose a target with"
                    + " lower_case_table_names 0.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/identifier-case-sensitivity.html")
            .effects(Effect.BLOCKS_MIGRATION)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .privileges("any privilege on each table; a table without one is not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Targets.missing(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        String setting = Targets.of(plan).get(Facts.VARIABLES).get(CASE);
        Selection selection = Selection.of(source, plan);
        if (setting == null || setting.equals("0") || selection.foldsCase()) {
            return Outcome.passed();
        }
        Map<String, List<String>> databases = new HashMap<>();
        for (String database : selection.databases()) {
            put(databases, database);
        }
        Map<String, Map<String, List<String>>> tables = new HashMap<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (selection.contains(table.schema())) {
                put(tables.computeIfAbsent(table.schema(), schema -> new HashMap<>()), table.name());
            }
        }
        List<Finding> findings = new ArrayList<>();
        databases.values().forEach(names -> addDatabases(names, setting, findings));
        tables.forEach((schema, names) -> names.values().forEach(same -> addTables(schema, same, setting, findings)));
        return Outcome.of(findings, HEADLINE);
    }

    private static void put(Map<String, List<String>> names, String name) {
        names.computeIfAbsent(name.toLowerCase(Locale.ROOT), folded -> new ArrayList<>(1))
                .add(name);
    }

    private static void addDatabases(List<String> names, String setting, List<Finding> findings) {
        if (names.size() > 1) {
            names.sort(null);
            String first = names.get(0);
            for (String name : names.subList(1, names.size())) {
                findings.add(finding(
                        ObjectRef.schema(name),
                        name,
                        "the databases " + first + " and " + name,
                        setting,
                        Remedy.of("Move the tables of one into a database of another name (RENAME TABLE), and tell its"
                                + " applications; or leave it out with --ignore-dbs")));
            }
        }
    }

    private static void addTables(String schema, List<String> names, String setting, List<Finding> findings) {
        if (names.size() > 1) {
            names.sort(null);
            String first = names.get(0);
            for (String name : names.subList(1, names.size())) {
                findings.add(finding(
                        ObjectRef.table(schema, name),
                        name,
                        schema + "." + first + " and " + schema + "." + name,
                        setting,
                        Remedy.of("Rename one of them, and tell the applications that use it: RENAME TABLE "
                                + SqlNames.quote(schema, name) + " TO " + SqlNames.quote(schema, name + "_2"))));
            }
        }
    }

    private static Finding finding(ObjectRef object, String name, String both, String setting, Remedy remedy) {
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                object,
                name,
                "a name of its own",
                both + " have the same name to the target, whose " + CASE + " is " + setting
                        + ": one replaces the other (error 1050)",
                List.of(
                        remedy,
                        Remedy.of("Choose a target with " + CASE + " 0; it is set when the server is first started")));
    }
}
