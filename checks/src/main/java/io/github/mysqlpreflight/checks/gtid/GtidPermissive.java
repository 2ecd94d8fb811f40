/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No end has stopped half-way in switching GTIDs on. */
final class GtidPermissive implements Check {
    private static final CheckInfo INFO = CheckInfo.of("gtid.permissive", "gtid_mode is not in transition")
            .why("OFF_PERMISSIVE and ON_PERMISSIVE are steps on the way to ON, or back: transactions with and without"
                    + " GTIDs are mixed, and a replica that positions itself automatically is refused.")
            .fix("Finish the transition: from OFF_PERMISSIVE to ON_PERMISSIVE, and when no anonymous transaction is"
                    + " left, to ON.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/replication-mode-change-online-enable-gtids.html")
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
            return Outcome.notApplicable(server.flavor().title() + " has no gtid_mode");
        }
        List<Finding> findings = new ArrayList<>();
        inspect(Side.SOURCE, source, findings);
        Snapshot target = plan.target();
        if (target != null) {
            inspect(Side.TARGET, target, findings);
        }
        return Outcome.of(findings);
    }

    private static void inspect(Side side, Snapshot snapshot, List<Finding> findings) {
        String mode = snapshot.get(Facts.VARIABLES).get("gtid_mode");
        if (mode == null || !mode.endsWith("_PERMISSIVE")) {
            return;
        }
        findings.add(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(side, "gtid_mode"),
                mode,
                "ON",
                "the transition to GTIDs is not finished on the " + side.text() + ": gtid_mode is " + mode
                        + ", the next step is " + GtidSwitch.next(mode),
                GtidSwitch.remedies(snapshot, mode)));
    }
}
