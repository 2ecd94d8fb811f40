/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
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
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both ends refuse statements that cannot be logged under one GTID. */
final class GtidEnforceConsistency implements Check {
    private static final String NAME = "enforce_gtid_consistency";

    private static final CheckInfo INFO = CheckInfo.of("gtid.enforce-consistency", NAME + " is ON on both ends")
            .why("Without it gtid_mode cannot be switched on, and the source lets statements through that a server with"
                    + " GTIDs refuses: transactions over InnoDB and other engines (error 1785), CREATE TABLE … SELECT"
                    + " (1786, before 8.0.21), temporary tables in transactions (1787, before 8.0.13).")
            .fix(
                    "Set it to WARN, watch the error log over a full cycle of the applications' work, rewrite what it names,"
                            + " then set it to ON.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-gtids.html#sysvar_enforce_gtid_consistency")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Applicability.replicationOnly(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (!server.isMySql()) {
            return Outcome.notApplicable(server.flavor().title() + " has no " + NAME);
        }
        List<Finding> findings = new ArrayList<>();
        inspect(Side.SOURCE, source, findings);
        Snapshot target = plan.target();
        if (target != null && Server.of(target).isMySql()) {
            inspect(Side.TARGET, target, findings);
        }
        return Outcome.of(findings);
    }

    private static void inspect(Side side, Snapshot snapshot, List<Finding> findings) {
        ServerVariables variables = snapshot.get(Facts.VARIABLES);
        if (variables.isOn(NAME)) {
            return;
        }
        String value = variables.get(NAME);
        String found = value == null ? "not there" : value;
        findings.add(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(side, NAME),
                found,
                "ON",
                NAME + " is " + found + " on the " + side.text() + ", must be ON",
                remedies(Server.of(snapshot), found)));
    }

    private static List<Remedy> remedies(Server server, String found) {
        if (server.isManaged()) {
            return SettingAdvice.online(server, NAME, "ON", null);
        }
        if (!server.version().atLeast(5, 7, 6)) {
            return SettingAdvice.atStart(server, NAME + " = ON");
        }
        String set = SettingAdvice.setPersistent(server);
        List<Remedy.Statement> steps = new ArrayList<>();
        if (!found.equals("WARN")) {
            steps.add(new Remedy.Statement(set + NAME + " = WARN", "then watch the error log for warnings"));
        }
        steps.add(
                new Remedy.Statement(set + NAME + " = ON", "when it warns no more; statements it warned of fail then"));
        if (SettingAdvice.canPersist(server)) {
            return List.of(Remedy.sql("Online, in this order:", steps));
        }
        return List.of(new Remedy(
                "Online, in this order; and in my.cnf so that it is kept over a restart:",
                steps,
                List.of("[mysqld]", NAME + " = ON")));
    }
}
