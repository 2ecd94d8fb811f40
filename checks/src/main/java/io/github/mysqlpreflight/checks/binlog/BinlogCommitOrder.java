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

/** Transactions become visible on the source in the order in which its binary log holds them. */
final class BinlogCommitOrder implements Check {
    private static final CheckInfo INFO = CheckInfo.of("binlog.commit-order", "The source commits in the logged order")
            .why("A source that is itself a replica and applies with several workers may commit in another order than"
                    + " its own source did: its GTIDs have gaps, and a dump may see states that never were. The same"
                    + " holds, for a moment, where binlog_order_commits is off.")
            .fix("Switch replica_preserve_commit_order on, or take the source's own source to migrate from.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-replica.html#sysvar_replica_preserve_commit_order",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html#sysvar_binlog_order_commits")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES, Facts.REPLICA_STATUS)
            .privileges("REPLICATION CLIENT")
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
            return Outcome.notApplicable(server.flavor().title() + " keeps the commit order by other settings");
        }
        ServerVariables variables = source.get(Facts.VARIABLES);
        List<Finding> findings = new ArrayList<>();
        ReplicaStatus status = source.get(Facts.REPLICA_STATUS);
        if (status.isReplica() && workers(variables) > 1 && !preservesOrder(variables)) {
            findings.add(reordering(server, variables, status, plan.requirePreserveCommitOrder()));
        }
        if (variables.get("binlog_order_commits") != null && !variables.isOn("binlog_order_commits")) {
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.setting(Side.SOURCE, "binlog_order_commits"),
                    "OFF",
                    "ON",
                    "binlog_order_commits is OFF on the source: transactions may become visible in another order than"
                            + " the binary log holds them",
                    SettingAdvice.online(server, "binlog_order_commits", "ON", null)));
        }
        return Outcome.of(findings);
    }

    private static long workers(ServerVariables variables) {
        String name = variables.get("replica_parallel_workers") != null
                ? "replica_parallel_workers"
                : "slave_parallel_workers";
        return variables.number(name, 0);
    }

    private static boolean preservesOrder(ServerVariables variables) {
        return variables.isOn("replica_preserve_commit_order") || variables.isOn("slave_preserve_commit_order");
    }

    private static Finding reordering(
            Server server, ServerVariables variables, ReplicaStatus status, boolean required) {
        String name = variables.get("replica_preserve_commit_order") != null
                ? "replica_preserve_commit_order"
                : "slave_preserve_commit_order";
        String value = variables.get(name);
        String situation = "the source is itself a replica, applies with " + workers(variables) + " workers and ";
        String message = required
                ? situation + "slave_preserve_commit_order is OFF, replication is not available"
                : situation + "does not keep the order of commits: " + name + " is OFF";
        return new Finding(
                required ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, name),
                value == null ? "not there" : value,
                "ON",
                message,
                remedies(server, variables, status));
    }

    private static List<Remedy> remedies(Server server, ServerVariables variables, ReplicaStatus status) {
        boolean newNames = variables.get("replica_preserve_commit_order") != null;
        String prefix = newNames ? "replica_" : "slave_";
        if (!newNames && variables.get("slave_preserve_commit_order") == null) {
            return remedies(server, status, "SLAVE", List.of("slave_parallel_workers = 0"));
        }
        List<String> settings = new ArrayList<>();
        String type = variables.get(prefix + "parallel_type");
        if (type != null && !type.equals("LOGICAL_CLOCK")) {
            settings.add(prefix + "parallel_type = LOGICAL_CLOCK");
        }
        settings.add(prefix + "preserve_commit_order = ON");
        return remedies(server, status, newNames ? "REPLICA" : "SLAVE", settings);
    }

    private static List<Remedy> remedies(Server server, ReplicaStatus status, String word, List<String> settings) {
        if (server.isManaged()) {
            return List.of(Remedy.settings(SettingAdvice.place(server) + ":", settings.toArray(new String[0])));
        }
        boolean running = false;
        for (ReplicaStatus.Channel channel : status.channels()) {
            running |= channel.sqlRunning().equals("Yes");
        }
        List<Remedy.Statement> statements = new ArrayList<>();
        if (running) {
            statements.add(new Remedy.Statement("STOP " + word + " SQL_THREAD", "the source lags until it is started"));
        }
        for (String setting : settings) {
            statements.add(new Remedy.Statement(SettingAdvice.setPersistent(server) + setting, null));
        }
        if (running) {
            statements.add(new Remedy.Statement("START " + word + " SQL_THREAD", null));
        }
        String note = server.version().atLeast(8, 0, 19)
                ? ""
                : " (before 8.0.19 it needs log_bin and log_slave_updates on the source)";
        if (SettingAdvice.canPersist(server)) {
            return List.of(Remedy.sql("Online, and kept over a restart" + note + ":", statements));
        }
        List<String> lines = new ArrayList<>();
        lines.add("[mysqld]");
        lines.addAll(settings);
        return List.of(
                new Remedy("Online, and in my.cnf so that it is kept over a restart" + note + ":", statements, lines));
    }
}
