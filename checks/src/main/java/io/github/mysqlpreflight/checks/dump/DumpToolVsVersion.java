/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;

/** The dump program suits both servers, as far as that does not depend on the program's own version, which is not known. */
final class DumpToolVsVersion implements Check {
    private static final CheckInfo INFO = CheckInfo.of("dump.tool-vs-version", "The dump program suits both servers")
            .since("1.1")
            .why(
                    "A dump program asks the server in the words of its own time. An older server does not know some of them"
                            + " (error 1109 for COLUMN_STATISTICS), a newer one no longer knows others (error 1064 for SHOW MASTER"
                            + " STATUS), and the program ends without a dump. A mysqldump of 8.0 or newer greets with a collation that a"
                            + " server before 8.0 does not know; the server falls back to its own character set, and tables whose names"
                            + " that one cannot write are not found (error 1146).")
            .fix("Use a program of the source's own series or a newer one, with the options that the finding names.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html",
                    "https://dev.mysql.com/doc/mysql-shell/8.4/en/mysql-shell-utilities-dump-instance-schema.html")
            .guards(Method.DUMP)
            .effects(Effect.BLOCKS_DUMP, Effect.WARNING, Effect.NOTICE)
            .needs(Facts.VARIABLES)
            .uses(Facts.SCHEMAS, Facts.TABLES)
            .targetNeeds(Facts.VARIABLES)
            .build();

    private static final List<Remedy> NAMES = List.of(
            Remedy.of("Dump with the mysqldump of the source's own series"),
            Remedy.settings(
                    "Let the source fall back to UTF-8; in my.cnf, then restart the server:",
                    "[mysqld]",
                    "character_set_server = utf8mb4"));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        Snapshot target = plan.target();
        List<Finding> findings = new ArrayList<>();
        add(Side.SOURCE, server.isMySql(), server.version(), server.title(), plan, findings);
        if (target == null) {
            String title = "MySQL " + plan.targetVersionText(source);
            add(Side.TARGET, true, plan.targetVersionFor(source), title, plan, findings);
        } else {
            Server onto = Server.of(target);
            add(Side.TARGET, onto.isMySql(), onto.version(), onto.title(), plan, findings);
        }
        if (plan.dumpTool() == Plan.DumpTool.MYSQLDUMP && losesNames(server, source)) {
            addNames(source, plan, findings);
        }
        return Outcome.of(findings);
    }

    /** Whether the server falls back to a character set that cannot write every name; seen with 9.7 on 5.7.22. */
    private static boolean losesNames(Server server, Snapshot source) {
        String fallBack = source.get(Facts.VARIABLES).get("character_set_client");
        return server.isMySql()
                && !server.version().atLeast(8, 0, 0)
                && fallBack != null
                && !fallBack.startsWith("utf8")
                && source.knows(Facts.SCHEMAS)
                && source.knows(Facts.TABLES);
    }

    private static void addNames(Snapshot source, Plan plan, List<Finding> findings) {
        Selection selection = Selection.of(source, plan);
        String fallBack = String.valueOf(source.get(Facts.VARIABLES).get("character_set_client"));
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (selection.contains(table.schema())
                    && !(canWrite(table.schema(), fallBack) && canWrite(table.name(), fallBack))) {
                findings.add(new Finding(
                        Effect.WARNING,
                        ObjectRef.table(table.schema(), table.name()),
                        table.name(),
                        null,
                        "a mysqldump of 8.0 or newer does not find " + table.schema() + "." + table.name()
                                + ": the source falls back to " + fallBack
                                + ", which cannot write its name",
                        NAMES));
            }
        }
    }

    /** Whether the character set has all the name's characters; latin1 is the one that servers before 8.0 have unless told otherwise. */
    private static boolean canWrite(String name, String characterSet) {
        int last = characterSet.equals("latin1") ? 255 : 127;
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > last) {
                return false;
            }
        }
        return true;
    }

    private static void add(
            Side side, boolean mySql, ServerVersion version, String title, Plan plan, List<Finding> findings) {
        for (DumpTools.Rule rule : DumpTools.builtIn().about(side, plan.dumpTool(), mySql, version)) {
            findings.add(new Finding(
                    rule.effect(),
                    ObjectRef.server(side),
                    version.toString(),
                    null,
                    "the " + side.text() + " is " + title + ": " + rule.what(),
                    List.of(Remedy.of(rule.advice()))));
        }
    }
}
