/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/** The target takes data from the file of a client, where the load depends on that. */
final class TgtLocalInfile implements Check {
    private static final CheckInfo INFO = CheckInfo.of("tgt.local-infile", "The target takes data from a client's file")
            .why("MySQL Shell loads a dump by LOAD DATA LOCAL INFILE, over several connections at once. A target where"
                    + " local_infile is OFF, as it is by default from 8.0 on, refuses that (error 3948, before 8.0.20"
                    + " 1148).")
            .fix("Switch local_infile on for the time of the load.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/load-data-local-security.html",
                    "https://dev.mysql.com/doc/mysql-shell/8.4/en/mysql-shell-utilities-load-dump.html")
            .effects(Effect.WARNING)
            .targetNeeds(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        if (plan.dumpTool() != DumpTool.MYSQL_SHELL) {
            return "a dump of " + plan.dumpTool().command() + " is loaded by INSERT";
        }
        return Targets.missing(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Snapshot target = Targets.of(plan);
        ServerVariables variables = target.get(Facts.VARIABLES);
        if (variables.isOn("local_infile")) {
            return Outcome.passed();
        }
        String value = variables.get("local_infile");
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.TARGET, "local_infile"),
                value == null ? "not there" : value,
                "ON",
                "local_infile is OFF on the target: MySQL Shell cannot load a dump (error 3948, before 8.0.20 1148)",
                Targets.onTarget(SettingAdvice.online(
                        Server.of(target),
                        "local_infile",
                        "ON",
                        "for the time of the load; set it OFF again afterwards"))));
    }
}
