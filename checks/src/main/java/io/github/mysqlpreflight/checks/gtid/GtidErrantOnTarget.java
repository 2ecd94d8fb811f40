/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

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
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.GtidSet;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target has no transaction of others that the source lacks. */
final class GtidErrantOnTarget implements Check {
    private static final int SHOWN = 160;

    private static final CheckInfo INFO = CheckInfo.of(
                    "gtid.errant-on-target", "The target has no foreign transaction that the source lacks")
            .why(
                    "A source refuses a replica that claims to have more than itself (error 1236, Slave has more GTIDs than"
                            + " the master has), and the GTIDs of a dump cannot be loaded where they overlap with those that are"
                            + " there (error 3546). What the target wrote itself, under its own server_uuid, does no harm.")
            .fix("Use a fresh target. The GTID history of a target that holds nothing yet can be thrown away.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/gtid-functions.html#function_gtid-subtract",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-auto-positioning.html")
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
        return Targets.missingForReplication(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Snapshot target = Targets.of(plan);
        Server sourceServer = Server.of(source);
        Server targetServer = Server.of(target);
        if (!sourceServer.isMySql() || !targetServer.isMySql()) {
            Server other = sourceServer.isMySql() ? targetServer : sourceServer;
            return Outcome.notApplicable(other.flavor().title() + " has no gtid_executed");
        }
        ServerVariables variables = target.get(Facts.VARIABLES);
        String ownUuid = variables.get("server_uuid");
        GtidSet errant = executed(variables).subtract(executed(source.get(Facts.VARIABLES)));
        // Under a copied uuid the target's own writes look like the source's, and are what error 1236 is about.
        if (ownUuid != null
                && !ownUuid.equalsIgnoreCase(source.get(Facts.VARIABLES).get("server_uuid"))) {
            errant = errant.without(ownUuid);
        }
        if (errant.isEmpty()) {
            return Outcome.passed();
        }
        String found = errant.toShortString(SHOWN);
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.TARGET, "gtid_executed"),
                found,
                "nothing but what the source has, or the target wrote itself",
                "the target has more GTIDs than the source: " + found,
                remedies(targetServer)));
    }

    private static GtidSet executed(ServerVariables variables) {
        String executed = variables.get("gtid_executed");
        return executed == null ? GtidSet.empty() : GtidSet.parse(executed);
    }

    private static List<Remedy> remedies(Server target) {
        List<Remedy> remedies = new ArrayList<>();
        if (!target.isManaged()) {
            String statement = target.version().atLeast(8, 2, 0) ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER";
            remedies.add(Remedy.sql(
                    "On the target, only if it holds no data yet:",
                    List.of(new Remedy.Statement(statement, "destroys its binary logs and its GTID history"))));
        }
        remedies.add(Remedy.of("Use a fresh target that has replicated from nobody"));
        remedies.add(Remedy.of("Migrate by a dump alone, made with --set-gtid-purged=OFF"));
        return List.copyOf(remedies);
    }
}
