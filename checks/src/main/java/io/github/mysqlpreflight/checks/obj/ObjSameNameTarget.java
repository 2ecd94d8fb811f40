/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.Targets;
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
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Nothing on the target has a name that a migrated table brings along. A database that is empty there is as good as none. */
final class ObjSameNameTarget implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.same-name-target", "The target has no tables in the databases that are migrated")
            .why(
                    "mysqldump drops a table of the same name before it creates its own, so that rows of the target are lost;"
                            + " other tools stop at it (errors 1007, 1050), or add rows to it until a key is there twice (error"
                            + " 1062).")
            .fix("Look whose the tables on the target are; rename or drop them, or migrate into another server.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_add-drop-table",
                    "https://dev.mysql.com/doc/mysql-shell/8.4/en/mysql-shell-utilities-load-dump.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .targetNeeds(Facts.TABLES, Facts.VARIABLES)
            .privileges("on the target, any privilege on each table; a table without one is not visible")
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
        Snapshot target = Targets.of(plan);
        boolean folds = target.get(Facts.VARIABLES).number("lower_case_table_names", 0) != 0;
        Selection selection = Selection.of(source, plan);
        // The names that the migration brings, as the target compares them.
        Map<String, Set<String>> brought = new HashMap<>();
        for (String database : selection.databases()) {
            brought.put(fold(database, folds), new HashSet<>());
        }
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            Set<String> names = selection.contains(table.schema()) ? brought.get(fold(table.schema(), folds)) : null;
            if (names != null) {
                names.add(fold(table.name(), folds));
            }
        }
        Map<String, Content> contents = new TreeMap<>();
        for (Tables.Table table : target.get(Facts.TABLES).list()) {
            Set<String> names = brought.get(fold(table.schema(), folds));
            if (names != null) {
                Content content = contents.computeIfAbsent(table.schema(), schema -> new Content());
                (names.contains(fold(table.name(), folds)) ? content.same : content.others).add(table.name());
            }
        }
        List<Finding> findings = new ArrayList<>();
        contents.forEach((schema, content) -> findings.add(finding(schema, content)));
        return Outcome.of(findings);
    }

    private static String fold(String name, boolean folds) {
        return folds ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** What a database of the target holds: tables and views of the same names, and others. */
    private static final class Content {
        private final TreeSet<String> same = new TreeSet<>();
        private final TreeSet<String> others = new TreeSet<>();
    }

    private static Finding finding(String schema, Content content) {
        boolean clash = !content.same.isEmpty();
        List<String> names = List.copyOf(clash ? content.same : content.others);
        String count = names.size() == 1 ? "1 table" : names.size() + " tables";
        return new Finding(
                clash ? Effect.BLOCKS_MIGRATION : Effect.WARNING,
                new ObjectRef(Side.TARGET, ObjectRef.Type.SCHEMA, schema, null, null),
                count + (clash ? " of the same name" : " of other names"),
                "none",
                clash
                        ? "the target already has " + count + " of " + schema + " that would be migrated ("
                                + NameList.of(names) + "): a dump replaces them, or stops at them (error 1050)"
                        : "the target already has " + count + " in " + schema + " (" + NameList.of(names)
                                + "), which stay there among the migrated ones",
                List.of(
                        Remedy.of(
                                "Look whether they are needed on the target; if not, drop them there, else rename them or"
                                        + " migrate into another server"),
                        Remedy.of("Leave the database out with --ignore-dbs")));
    }
}
