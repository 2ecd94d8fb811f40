/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The dump program suits both servers, as far as that does not depend on the program's own version, which is not known. */
final class DumpToolVsVersion implements Check {
    private static final CheckInfo INFO = CheckInfo.of("dump.tool-vs-version", "The dump program suits both servers")
            .why(
                    "A dump program asks the server in the words of its own time. An older server does not know some of them"
                            + " (error 1109 for COLUMN_STATISTICS), a newer one no longer knows others (error 1064 for SHOW MASTER"
                            + " STATUS), and the program ends without a dump.")
            .fix("Use a program of the source's own series or a newer one, with the options that the finding names.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html",
                    "https://dev.mysql.com/doc/mysql-shell/8.4/en/mysql-shell-utilities-dump-instance-schema.html")
            .effects(Effect.BLOCKS_DUMP, Effect.NOTICE)
            .needs(Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .build();

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
        return Outcome.of(findings);
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
