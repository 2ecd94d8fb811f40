/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.checks.advice.Sessions;
import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Processes;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No definition is being changed, and no online change of one has left its tables behind. */
final class DumpDdlQuiet implements Check {
    /** What is over before anybody reads the report is not worth a word. */
    private static final long PASSING_SECONDS = 2;

    private static final Set<String> OF_OTHERS = Set.of("ANALYZE", "FLUSH");

    private static final CheckInfo INFO = CheckInfo.of("dump.ddl-quiet", "No table is being redefined")
            .why(
                    "A dump in one transaction stops with error 1412 (Table definition has changed) at a table that was altered,"
                            + " truncated or renamed since it began; LOCK TABLES and an ALTER TABLE wait for each other. The ghost"
                            + " tables of gh-ost and pt-online-schema-change are copied like any other, as large as the table itself.")
            .fix(
                    "Let changes of definitions end, and postpone further ones until the switch. Drop the tables that an online"
                            + " schema change has left, or leave them out of the dump.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_single-transaction",
                    "https://github.com/github/gh-ost/blob/master/doc/understanding-output.md",
                    "https://docs.percona.com/percona-toolkit/pt-online-schema-change.html")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES, Facts.SCHEMAS, Facts.TABLES, Facts.PROCESSES, Facts.GRANTS, Facts.SESSION)
            .privileges("PROCESS")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        List<Finding> findings = new ArrayList<>();
        for (Processes.Busy one : source.get(Facts.PROCESSES).list()) {
            String statement = one.statement();
            if (statement != null && one.seconds() >= PASSING_SECONDS && redefines(statement)) {
                findings.add(running(one, statement));
            }
        }
        leftovers(source, Selection.of(source, plan), findings);
        boolean seesAll = source.get(Facts.GRANTS).effective().hasGlobal("PROCESS");
        Outcome outcome = Outcome.of(findings);
        return seesAll
                ? outcome
                : outcome.andUnseen(Outcome.unknown(
                        "without PROCESS the account does not see what other connections of the source do",
                        Remedy.sql(
                                "As an administrator:",
                                "GRANT PROCESS ON *.* TO "
                                        + source.get(Facts.SESSION).account().quoted())));
    }

    private static boolean redefines(String statement) {
        return !OF_OTHERS.contains(statement.substring(0, statement.indexOf(' ')));
    }

    private static Finding running(Processes.Busy one, String statement) {
        String time = Quantities.duration(one.seconds());
        String state = one.state().isEmpty() ? "" : " (" + one.state() + ")";
        return new Finding(
                Effect.WARNING,
                Sessions.object(one.connection()),
                statement + ", " + time,
                null,
                "connection " + one.connection() + " of the source has been at " + statement + " for " + time + state,
                List.of(Remedy.of("Let it end before the dump, and postpone further ones until the switch")));
    }

    private static void leftovers(Snapshot source, Selection selection, List<Finding> findings) {
        List<Tables.Table> suspects = new ArrayList<>();
        Set<String> suspectSchemas = new HashSet<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (table.isBaseTable() && selection.contains(table.schema()) && Trace.of(table.name()) != null) {
                suspects.add(table);
                suspectSchemas.add(table.schema());
            }
        }
        if (suspects.isEmpty()) {
            return;
        }
        Set<ObjectRef> tables = new HashSet<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (suspectSchemas.contains(table.schema())) {
                tables.add(ObjectRef.table(table.schema(), table.name()));
            }
        }
        for (Tables.Table table : suspects) {
            Trace trace = Trace.of(table.name());
            if (trace != null && (trace.certain || tables.contains(original(table, trace)))) {
                findings.add(leftover(table, trace));
            }
        }
    }

    /** The table that was being changed. */
    private static ObjectRef original(Tables.Table table, Trace trace) {
        return ObjectRef.table(
                table.schema(), table.name().substring(1, table.name().length() - trace.suffix.length()));
    }

    private static Finding leftover(Tables.Table table, Trace trace) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.table(table.schema(), table.name()),
                trace.tool,
                null,
                table.schema() + "." + table.name() + " looks like a table that " + trace.tool
                        + " works with, or has left behind",
                List.of(
                        Remedy.of(
                                "Look whether the schema change still runs, and let it end; leave the table out of the dump,"
                                        + " or drop it, where it does not"),
                        Remedy.sql(
                                "Where nothing works with it any more:",
                                List.of(new Remedy.Statement(
                                        "DROP TABLE " + SqlNames.quote(table.schema(), table.name()),
                                        "its rows are gone")))));
    }

    /** The names of tables that tools work with. */
    private enum Trace {
        SERVER("#sql", "", "an ALTER TABLE of the server", true),
        GHOST("_", "_gho", "gh-ost", true),
        CHANGELOG("_", "_ghc", "gh-ost", true),
        /** An ordinary name too, unless there is a table that it is made of. */
        DELETED("_", "_del", "gh-ost", false),
        NEW("_", "_new", "pt-online-schema-change", false),
        OLD("_", "_old", "pt-online-schema-change", false);

        private final String prefix;
        private final String suffix;
        private final String tool;
        private final boolean certain;

        Trace(String prefix, String suffix, String tool, boolean certain) {
            this.prefix = prefix;
            this.suffix = suffix;
            this.tool = tool;
            this.certain = certain;
        }

        static @Nullable Trace of(String name) {
            char first = name.isEmpty() ? ' ' : name.charAt(0);
            if (first != '_' && first != '#') {
                return null;
            }
            for (Trace trace : values()) {
                if (name.startsWith(trace.prefix)
                        && name.endsWith(trace.suffix)
                        && name.length() > trace.prefix.length() + trace.suffix.length()) {
                    return trace;
                }
            }
            return null;
        }
    }
}
