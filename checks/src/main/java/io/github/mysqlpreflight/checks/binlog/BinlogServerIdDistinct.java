/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

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
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Source and target can be told apart by server_id and server_uuid. */
final class BinlogServerIdDistinct implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.server-id-distinct", "Source and target have different server_id and server_uuid")
            .why(
                    "A replica stops when its source has its own server_id or server_uuid (error 1593, 13117 from 8.0), for"
                            + " it would take the source's changes for its own.")
            .fix("Give the target another server_id; where the server_uuid is the same too, its data directory is a"
                    + " copy: delete auto.cnf there and restart.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options.html#sysvar_server_id",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options.html#sysvar_server_uuid")
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
        ServerVariables ofSource = source.get(Facts.VARIABLES);
        ServerVariables ofTarget = target.get(Facts.VARIABLES);
        List<Finding> findings = new ArrayList<>();
        long serverId = ofSource.number("server_id", 0);
        // 0 on the source is a finding of binlog.server-id, and no number that two could share.
        if (serverId != 0 && serverId == ofTarget.number("server_id", 0)) {
            findings.add(new Finding(
                    Effect.BLOCKS_REPLICATION,
                    ObjectRef.setting(Side.TARGET, "server_id"),
                    Long.toString(serverId),
                    "another one than the source's",
                    "Replication method is not available due to server_id overlapping,source and target have the same"
                            + " value - " + serverId,
                    serverIdRemedies(source, target, serverId)));
        }
        String uuid = ofSource.get("server_uuid");
        if (uuid != null && !uuid.isEmpty() && uuid.equalsIgnoreCase(ofTarget.get("server_uuid"))) {
            findings.add(new Finding(
                    Effect.BLOCKS_REPLICATION,
                    ObjectRef.setting(Side.TARGET, "server_uuid"),
                    uuid,
                    "another one than the source's",
                    "source and target have the same server_uuid " + uuid
                            + ": both are the same server, or one has a copy of the other's data directory",
                    List.of(
                            Remedy.of("On the target: stop the server, delete auto.cnf in its data directory, and start"
                                    + " it again"),
                            Remedy.of("Look whether both URIs lead to the same server"))));
        }
        return Outcome.of(findings);
    }

    private static List<Remedy> serverIdRemedies(Snapshot source, Snapshot target, long taken) {
        Server targetServer = Server.of(target);
        if (targetServer.isManaged()) {
            return advice("On the source, for the vendor sets it on the target. ", Side.SOURCE, source, taken);
        }
        return advice("On the target. ", Side.TARGET, target, taken);
    }

    private static List<Remedy> advice(String where, Side side, Snapshot snapshot, long taken) {
        String proposal = Long.toString(ServerIds.proposal(snapshot.get(Facts.VARIABLES), taken));
        return Targets.at(
                side,
                where,
                SettingAdvice.online(
                        Server.of(snapshot),
                        "server_id",
                        proposal,
                        "any number that no other server of the topology has"));
    }
}
