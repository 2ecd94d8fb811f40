/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What fits into a packet of the source fits into one of the target, too. */
final class DumpMaxAllowedPacket implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "dump.max-allowed-packet", "The target takes packets as large as the source's")
            .why(
                    "A row travels in one packet. One that the source took and that is too large for the target ends the load"
                            + " (error 1153, Got a packet bigger than 'max_allowed_packet' bytes) or the channel (error 13125,"
                            + " before 8.0 1153), for which replica_max_allowed_packet counts.")
            .fix(
                    "Give the target at least the source's max_allowed_packet while the migration runs, and the dump program"
                            + " as much by its own option of that name.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/packet-too-large.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-replica.html"
                            + "#sysvar_replica_max_allowed_packet")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
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
        ServerVariables onto = target.get(Facts.VARIABLES);
        long wanted = source.get(Facts.VARIABLES).number("max_allowed_packet", 0);
        List<Finding> findings = new ArrayList<>();
        add(target, "max_allowed_packet", wanted, "the load (error 1153)", findings);
        if (plan.considers(Method.REPLICATION)) {
            boolean renamed = onto.get("replica_max_allowed_packet") != null;
            add(
                    target,
                    renamed ? "replica_max_allowed_packet" : "slave_max_allowed_packet",
                    wanted,
                    "the replica (error 13125, before 8.0 1153)",
                    findings);
        }
        return Outcome.of(findings);
    }

    private static void add(Snapshot target, String variable, long wanted, String what, List<Finding> findings) {
        long found = target.get(Facts.VARIABLES).number(variable, Long.MAX_VALUE);
        if (found < wanted) {
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.setting(Side.TARGET, variable),
                    found + " bytes",
                    "at least " + wanted + " bytes",
                    variable + " of the target is " + found + " bytes, max_allowed_packet of the source " + wanted
                            + ": a row that is larger ends " + what,
                    Targets.onTarget(SettingAdvice.online(
                            Server.of(target),
                            variable,
                            Long.toString(wanted),
                            "sessions and channels keep the old one until they start again"))));
        }
    }
}
