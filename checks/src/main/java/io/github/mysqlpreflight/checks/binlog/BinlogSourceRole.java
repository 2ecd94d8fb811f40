/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.AuroraTopology;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ReplicaStatus;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source is a server that writes, or a replica that is up to date. */
final class BinlogSourceRole implements Check {
    /** From this lag on a replica is one that lags, not one that is a moment behind. */
    private static final long LAG_SECONDS = 60;

    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.source-role", "The source is a writer, or a replica that is up to date")
            .why(
                    "A reader of an Aurora cluster writes no binary log. A replica whose applier is stopped or far behind lacks"
                            + " rows that its own source has, and so will the target, until it has caught up.")
            .fix("Name the cluster's writer endpoint, or the server that the replica gets its data from; or start its"
                    + " replication and wait until it has caught up.")
            .links(
                    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/show-replica-status.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES)
            .uses(Facts.REPLICA_STATUS, Facts.AURORA_TOPOLOGY)
            .privileges("REPLICATION CLIENT")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        List<Finding> findings = new ArrayList<>();
        if (server.flavor() == Flavor.AURORA && isReader(source)) {
            findings.add(auroraReader(plan));
        }
        if (!findings.isEmpty() && !source.knows(Facts.REPLICA_STATUS)) {
            return Outcome.of(findings);
        }
        for (ReplicaStatus.Channel channel : source.get(Facts.REPLICA_STATUS).fromOutside()) {
            String state = state(channel);
            if (state != null) {
                findings.add(staleReplica(server, channel, state));
            }
        }
        return Outcome.of(findings);
    }

    private static boolean isReader(Snapshot source) {
        ServerVariables variables = source.get(Facts.VARIABLES);
        if (variables.isOn("innodb_read_only")) {
            return true;
        }
        String serverId = variables.get("aurora_server_id");
        if (source.find(Facts.AURORA_TOPOLOGY) instanceof Fact.Known<AuroraTopology> topology) {
            for (AuroraTopology.Instance instance : topology.value().list()) {
                if (instance.serverId().equals(serverId)) {
                    return !instance.writer();
                }
            }
        }
        return false;
    }

    private static Finding auroraReader(Plan plan) {
        return new Finding(
                plan.considers(Method.REPLICATION) ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ObjectRef.server(Side.SOURCE),
                "a reader",
                "the writer",
                "the source is a reader of an Aurora cluster, which writes no binary log and follows the writer with some"
                        + " delay",
                List.of(Remedy.of("Name the cluster's writer endpoint as the source")));
    }

    /** What is wrong with a channel; null where it is up and near. */
    private static @Nullable String state(ReplicaStatus.Channel channel) {
        if (!channel.sqlRunning().equals("Yes")) {
            return "its applier is stopped";
        }
        if (!channel.ioRunning().equals("Yes")) {
            return "it is not connected to it";
        }
        String lag = channel.secondsBehindSource();
        long seconds = lag == null ? 0 : ServerVariables.parse(lag, 0);
        return seconds >= LAG_SECONDS ? "it is " + seconds + " s behind" : null;
    }

    /** No statement to start it: that of a server which was promoted long ago would bring the old primary's changes in. */
    private static Finding staleReplica(Server server, ReplicaStatus.Channel channel, String state) {
        String upstream = channel.sourceHost().isEmpty() ? "another server" : channel.sourceHost();
        String word = server.isMySql() && server.version().atLeast(8, 0, 22) ? "REPLICA" : "SLAVE";
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.of("Start its replication (START " + word
                + ") unless it was stopped on purpose, and wait until it has caught up before the switch"));
        remedies.add(Remedy.of("Name " + upstream + " as the source instead"));
        if (!server.isManaged()) {
            remedies.add(
                    Remedy.of("Where the server was promoted and replicates from nobody any more, let it forget that:"
                            + " RESET " + word + " ALL"));
        }
        return new Finding(
                Effect.WARNING,
                new ObjectRef(
                        Side.SOURCE,
                        ObjectRef.Type.SERVER,
                        null,
                        null,
                        channel.name().isEmpty() ? null : channel.name()),
                state,
                "a replica that is up to date",
                "the source is a replica of " + upstream
                        + (channel.name().isEmpty() ? "" : " (channel " + channel.name() + ")") + ", and " + state
                        + ": what was written there meanwhile is missing here",
                remedies);
    }
}
