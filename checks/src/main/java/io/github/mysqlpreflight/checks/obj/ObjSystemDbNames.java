/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.data.DataFile;
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
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nothing of one's own lies where the server keeps its own: those databases are never migrated. */
final class ObjSystemDbNames implements Check {
    private static final Set<String> SYSTEM =
            Set.of("mysql", "sys", "information_schema", "performance_schema", "ndbinfo", "sysdb");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.system-db-names", "Nothing of your own lies in, or is called like, a database of the server")
            .why(
                    "The server's own databases are not migrated, and what lies in them stays behind: tables that somebody put into"
                            + " mysql, loadable functions (error 1305 on the target), components. Tools take a database for the"
                            + " server's own by its name, in any case of letters.")
            .fix(
                    "Move tables out of mysql, rename databases that are called like the server's, and install functions and"
                            + " components on the target.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/system-schema.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/function-loading.html")
            .effects(Effect.WARNING, Effect.NOTICE)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.EXTENSIONS)
            .targetUses(Facts.EXTENSIONS)
            .privileges("SELECT on mysql.*")
            .build();

    /** The names of {@code system-tables.txt}; read at first use. */
    private static final class OwnTables {
        private static final Set<String> NAMES = new HashSet<>();
        private static final List<String> PREFIXES = new ArrayList<>();

        static {
            for (DataFile.Line line :
                    DataFile.of(ObjSystemDbNames.class, "system-tables.txt").lines()) {
                switch (line.kind()) {
                    case "own" -> NAMES.addAll(List.of(line.text(1).split(" ", -1)));
                    case "vendor" -> PREFIXES.add(line.text(1));
                    default -> throw line.wrong("an unknown kind of line: " + line.kind());
                }
            }
        }

        static boolean contains(String table) {
            String name = table.toLowerCase(Locale.ROOT);
            return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
        }
    }

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        List<Finding> findings = new ArrayList<>();
        for (String database : Selection.of(source, plan).databases()) {
            if (SYSTEM.contains(database.toLowerCase(Locale.ROOT))) {
                findings.add(new Finding(
                        Effect.WARNING,
                        ObjectRef.schema(database),
                        "database " + database
                                + " is called like one of a server: tools take it for that and leave it out",
                        Remedy.of("Give it another name before the migration, or look afterwards whether it arrived")));
            }
        }
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (table.schema().equals("mysql") && !OwnTables.contains(table.name())) {
                findings.add(new Finding(
                        Effect.WARNING,
                        ObjectRef.table(table.schema(), table.name()),
                        "table mysql." + table.name()
                                + " is none of the server's: the database mysql is not migrated, and it"
                                + " stays behind",
                        Remedy.of(
                                "Move it into a database of your own, with RENAME TABLE, and tell those who use it")));
            }
        }
        if (source.find(Facts.EXTENSIONS) instanceof Fact.Known<ServerExtensions> known) {
            addExtensions(known.value(), plan.target(), findings);
        }
        return Outcome.of(findings);
    }

    private static void addExtensions(ServerExtensions extensions, @Nullable Snapshot target, List<Finding> findings) {
        ServerExtensions there = new ServerExtensions(List.of(), List.of(), false);
        if (target != null && target.find(Facts.EXTENSIONS) instanceof Fact.Known<ServerExtensions> known) {
            there = known.value();
        }
        for (String function : extensions.functions()) {
            if (!there.functions().contains(function)) {
                findings.add(new Finding(
                        Effect.WARNING,
                        new ObjectRef(Side.SOURCE, ObjectRef.Type.ROUTINE, null, function, null),
                        "loadable function " + function
                                + " is not migrated: statements that call it fail on the target (error" + " 1305)",
                        Remedy.of("Install its library on the target and create it there, or do without it")));
            }
        }
        for (String component : extensions.components()) {
            if (!there.components().contains(component)) {
                findings.add(new Finding(
                        Effect.NOTICE,
                        ObjectRef.setting(Side.SOURCE, component),
                        "component " + component + " is not migrated",
                        Remedy.of("Install it on the target where it is wanted: INSTALL COMPONENT")));
            }
        }
    }
}
