/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ReplicaStatus;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target takes writes, and nobody else's: it is not read-only and not a replica already. */
final class TgtWritable implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "tgt.writable", "The target takes writes and is nobody's replica yet")
            .why("A load into a read-only server stops at its first statement (error 1290 or 1836). One that replicates"
                    + " from another server gets that server's changes among the migrated data, and keeps the default"
                    + " channel occupied.")
            .fix("Name the primary as the target, not a replica or a reader endpoint; switch read_only and"
                    + " super_read_only"
                    + " off, and take an old replication channel away with RESET REPLICA ALL (before 8.0.22"
                    + " RESET SLAVE"
                    + " ALL).")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_super_read_only",
                    "https://dev.mysql.com/doc/refman/8.4/en/reset-replica.html")
            .effects(Effect.BLOCKS_MIGRATION)
            .targetNeeds(Facts.VARIABLES)
            .targetUses(Facts.REPLICA_STATUS)
            .privileges("REPLICATION CLIENT on the target (MariaDB: SLAVE MONITOR)")
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
        Server server = Server.of(target);
        ServerVariables variables = target.get(Facts.VARIABLES);
        List<Finding> findings = new ArrayList<>();
        if (isOn(variables, "read_only") || isOn(variables, "super_read_only")) {
            findings.add(readOnly(server, variables));
        }
        if (isOn(variables, "innodb_read_only")) {
            findings.add(innodbReadOnly(server));
        }
        Fact<ReplicaStatus> status = target.find(Facts.REPLICA_STATUS);
        if (status instanceof Fact.Known<ReplicaStatus> known) {
            List<ReplicaStatus.Channel> channels = known.value().fromOutside();
            if (!channels.isEmpty()) {
                findings.add(replica(server, channels));
            }
        }
        Outcome outcome = Outcome.of(findings);
        if (status instanceof Fact.Unavailable<ReplicaStatus> unavailable) {
            String because = "whether the target is a replica could not be seen: " + unavailable.message();
            String remedy = unavailable.remedy();
            return outcome.andUnseen(
                    remedy == null ? Outcome.unknown(because) : Outcome.unknown(because, Remedy.of(remedy)));
        }
        return outcome;
    }

    /** Anything but OFF: MariaDB knows more than one way of being read-only. */
    private static boolean isOn(ServerVariables variables, String name) {
        String value = variables.get(name);
        return value != null && !value.equalsIgnoreCase("OFF") && !value.equals("0");
    }

    private static Finding readOnly(Server server, ServerVariables variables) {
        boolean superToo = isOn(variables, "super_read_only");
        String name = superToo ? "super_read_only" : "read_only";
        String value = variables.get(name);
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.setting(Side.TARGET, name),
                value,
                "OFF",
                "the target is read-only: " + name + " is " + value + ", must be OFF",
                readOnlyRemedies(server, superToo));
    }

    private static List<Remedy> readOnlyRemedies(Server server, boolean superToo) {
        Remedy primary = Remedy.of("Name its primary as the target, where this server is kept read-only as a replica");
        if (server.isManaged()) {
            return List.of(
                    Remedy.of("Name the writable instance as the target: the writer's endpoint, or a replica that was"
                            + " promoted"),
                    Remedy.settings(
                            SettingAdvice.place(server) + ", where the instance itself is meant to be written to:",
                            "read_only = OFF"));
        }
        List<Remedy.Statement> statements = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        settings.add("[mysqld]");
        String set = SettingAdvice.setPersistent(server);
        if (superToo) {
            statements.add(new Remedy.Statement(set + "super_read_only = OFF", null));
            settings.add("super_read_only = OFF");
        }
        statements.add(new Remedy.Statement(
                set + "read_only = OFF", "first make sure that nothing keeps it read-only for a reason"));
        settings.add("read_only = OFF");
        return List.of(
                SettingAdvice.canPersist(server)
                        ? Remedy.sql("Online, and kept over a restart:", statements)
                        : new Remedy("Online, and in my.cnf so that it is kept over a restart:", statements, settings),
                primary);
    }

    private static Finding innodbReadOnly(Server server) {
        List<Remedy> remedies = server.flavor() == Flavor.AURORA
                ? List.of(Remedy.of("Name the cluster's writer endpoint as the target; this is a reader"))
                : SettingAdvice.atStart(server, "innodb_read_only = OFF");
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.setting(Side.TARGET, "innodb_read_only"),
                "ON",
                "OFF",
                "the target is read-only: innodb_read_only is ON, must be OFF",
                remedies);
    }

    private static Finding replica(Server server, List<ReplicaStatus.Channel> channels) {
        StringBuilder hosts = new StringBuilder();
        for (ReplicaStatus.Channel channel : channels) {
            hosts.append(hosts.isEmpty() ? "" : ", ");
            hosts.append(channel.sourceHost().isEmpty() ? "a host that is not set" : channel.sourceHost());
            if (!channel.name().isEmpty()) {
                hosts.append(" (channel ").append(channel.name()).append(')');
            }
        }
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.server(Side.TARGET),
                "a replica of " + hosts,
                "no replication channel",
                "the target is already a replica of " + hosts + ": changes from there would mix with the migrated data",
                replicaRemedies(server, channels));
    }

    private static List<Remedy> replicaRemedies(Server server, List<ReplicaStatus.Channel> channels) {
        Remedy other = Remedy.of("Name another server as the target");
        if (server.isManaged()) {
            return List.of(Remedy.of("Promote it to a server of its own, in the vendor's console"), other);
        }
        String note = "it no longer follows its source, and forgets how to";
        List<Remedy.Statement> statements = new ArrayList<>();
        if (server.flavor() == Flavor.MARIADB) {
            statements.add(new Remedy.Statement("STOP ALL SLAVES", null));
            for (ReplicaStatus.Channel channel : channels) {
                String name =
                        channel.name().isEmpty() ? "" : "'" + channel.name().replace("'", "''") + "' ";
                statements.add(new Remedy.Statement("RESET SLAVE " + name + "ALL", note));
            }
        } else {
            String word = server.version().atLeast(8, 0, 22) ? "REPLICA" : "SLAVE";
            statements.add(new Remedy.Statement("STOP " + word, null));
            statements.add(new Remedy.Statement("RESET " + word + " ALL", note));
        }
        return List.of(Remedy.sql("Where that replication is not needed any more, take it away:", statements), other);
    }
}
