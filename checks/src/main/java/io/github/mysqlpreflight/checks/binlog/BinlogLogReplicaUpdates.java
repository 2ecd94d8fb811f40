/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

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
import io.github.mysqlpreflight.core.snapshot.ReplicaStatus;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source that is itself a replica logs what it gets from its own source. */
final class BinlogLogReplicaUpdates implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.log-replica-updates", "A source that is itself a replica logs what it receives")
            .why(
                    "Without log_replica_updates (before 8.0.26 log_slave_updates), which is OFF by default up to 5.7 and on"
                            + " MariaDB, changes that arrive by replication are applied but not logged: the target never gets them,"
                            + " and nothing reports that.")
            .fix("Switch it on and restart the server, or migrate from the server that this one replicates from.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html"
                    + "#sysvar_log_replica_updates")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.VARIABLES)
            .uses(Facts.REPLICA_STATUS)
            .privileges("REPLICATION CLIENT, where it is OFF")
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
        ServerVariables variables = source.get(Facts.VARIABLES);
        if (variables.isOn("log_replica_updates") || variables.isOn("log_slave_updates")) {
            return Outcome.passed();
        }
        String name = variables.get("log_replica_updates") != null ? "log_replica_updates" : "log_slave_updates";
        ReplicaStatus status = source.get(Facts.REPLICA_STATUS);
        if (!status.isReplica()) {
            return Outcome.passed();
        }
        Server server = Server.of(source);
        String value = variables.get(name);
        String origin = status.channels().get(0).sourceHost();
        String upstream = origin.isEmpty() ? "another server" : origin;
        List<Remedy> remedies = new ArrayList<>(SettingAdvice.atStart(server, name + " = ON"));
        remedies.add(Remedy.of("Migrate from " + upstream + " instead"));
        if (!server.isManaged()) {
            remedies.add(
                    Remedy.of("Where the server was promoted and replicates from nobody any more, let it forget that:"
                            + " RESET " + (server.version().atLeast(8, 0, 22) && server.isMySql() ? "REPLICA" : "SLAVE")
                            + " ALL"));
        }
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, name),
                value == null ? "not there" : value,
                "ON",
                "the source is itself a replica of " + upstream + " and does not log what it gets from there: " + name
                        + " is " + (value == null ? "not there" : value) + ", must be ON",
                remedies));
    }
}
