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

/** Both ends number their transactions: gtid_mode is ON. */
final class GtidMode implements Check {
    private static final CheckInfo INFO = CheckInfo.of("gtid.mode", "gtid_mode is ON on both ends")
            .why("A replica that positions itself automatically is refused by a source whose transactions have no"
                    + " GTIDs (error 1593 or 1236), and cannot use them if it has none itself.")
            .fix("Switch GTIDs on online, step by step: OFF, OFF_PERMISSIVE, ON_PERMISSIVE, and when no anonymous"
                    + " transaction is left, ON (5.7.6 and newer).")
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
        if ("ON".equals(mode)) {
            return;
        }
        String found = mode == null ? "not there" : mode;
        findings.add(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(side, "gtid_mode"),
                found,
                "ON",
                "GTID mode should be enabled on the " + side.text() + ": gtid_mode is " + found + ", must be ON",
                GtidSwitch.remedies(snapshot, found)));
    }
}
