/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

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

/**
 * Nothing speaks against the target's reaching the source; whether it does, only the target itself can try.
 *
 * <p>Loopback means another machine on each, so that it does where both servers are on the machine that asks. The variable hostname tells
 * whether they are: two that both answer on loopback with different ones are containers, or at the end of tunnels.
 */
final class ConnTargetToSource implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "conn.target-to-source", "Nothing keeps the target from reaching the source")
            .why(
                    "The target connects to the source itself, from another place in the network than this tool. A name that"
                            + " means something else there, or a source that listens only to its own machine, leaves the"
                            + " channel at Connecting (error 2003, 2005 or 1130) although every other check passed.")
            .fix(
                    "Name the source as the target has to name it, let it listen to the network (bind_address), and open the"
                            + " way for the target's address in firewalls, allow-lists and the account's host. Then try it from"
                            + " the target: this check only finds what cannot work.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_bind_address",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-problems.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.CONNECTION, Facts.VARIABLES)
            .targetNeeds(Facts.CONNECTION, Facts.VARIABLES)
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
        ServerVariables variables = source.get(Facts.VARIABLES);
        String sourceHost = source.get(Facts.CONNECTION).host();
        String targetHost = target.get(Facts.CONNECTION).host();
        boolean loopback = HostNames.isLoopback(sourceHost);
        boolean bothLoopback = loopback && HostNames.isLoopback(targetHost);
        Boolean sameName = sameMachine(variables, target.get(Facts.VARIABLES));
        boolean together = sameName == null ? bothLoopback : sameName;
        List<Finding> findings = new ArrayList<>();
        if (variables.isOn("skip_networking")) {
            findings.add(noNetwork(Server.of(source)));
        }
        if (loopback && !together) {
            findings.add(loopback(sourceHost, bothLoopback));
        }
        String bound = variables.get("bind_address");
        if (bound != null && isLoopbackOnly(bound) && !together) {
            findings.add(bound(Server.of(source), bound, loopback));
        }
        if (!loopback && HostNames.isPrivate(sourceHost) && isElsewhere(target, targetHost)) {
            findings.add(privateName(sourceHost, targetHost));
        }
        return Outcome.of(findings);
    }

    /** Whether both servers run on a machine of one name; null where a name says nothing. */
    private static @Nullable Boolean sameMachine(ServerVariables source, ServerVariables target) {
        String ofSource = source.get("hostname");
        String ofTarget = target.get("hostname");
        if (ofSource == null
                || ofTarget == null
                || ofSource.isEmpty()
                || ofTarget.isEmpty()
                || HostNames.isLoopback(ofSource)) {
            return null;
        }
        return ofSource.equalsIgnoreCase(ofTarget);
    }

    /** Whether the target lives in a network that knows none of the names that only the source's own network knows. */
    private static boolean isElsewhere(Snapshot target, String host) {
        return HostNames.isPublicAddress(host) || Server.of(target).isManaged();
    }

    /** The variable may hold several addresses (8.0.13), each perhaps with a network namespace behind a slash. */
    private static boolean isLoopbackOnly(String bound) {
        int start = 0;
        while (start <= bound.length()) {
            int comma = bound.indexOf(',', start);
            int end = comma < 0 ? bound.length() : comma;
            String address = bound.substring(start, end).strip();
            int slash = address.indexOf('/');
            String plain = slash < 0 ? address : address.substring(0, slash);
            if (plain.equals("0.0.0.0") || !HostNames.isLoopback(plain)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static Finding noNetwork(Server server) {
        return new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, "skip_networking"),
                "ON",
                "OFF",
                "the source takes no connections over the network: skip_networking is ON, must be OFF",
                SettingAdvice.atStart(server, "skip_networking = OFF"));
    }

    private static Finding loopback(String host, boolean bothLoopback) {
        return new Finding(
                bothLoopback ? Effect.WARNING : Effect.BLOCKS_REPLICATION,
                ObjectRef.server(Side.SOURCE),
                host,
                "a name that the target can use",
                bothLoopback
                        ? "source and target were reached over this machine's loopback but run on different ones: the"
                                + " target will not find the source under " + host
                        : "the target cannot reach the source under " + host
                                + ", which on the target means the target itself",
                List.of(Remedy.of("Name the source by the name or address under which the target reaches it")));
    }

    /** A server that was reached over the network although it listens on loopback alone has something before it that forwards. */
    private static Finding bound(Server server, String bound, boolean loopback) {
        List<Remedy> remedies = new ArrayList<>(SettingAdvice.atStart(server, "bind_address = *"));
        remedies.add(Remedy.of("Then open its port in the firewall for the target's address alone"));
        return new Finding(
                loopback ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, "bind_address"),
                bound,
                "*, or an address that the target reaches",
                "the source listens to its own machine only: bind_address is " + bound
                        + (loopback ? "" : "; the target has to come by the same forwarder as this tool did"),
                remedies);
    }

    private static Finding privateName(String sourceHost, String targetHost) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.server(Side.SOURCE),
                sourceHost,
                "a name that the target can use",
                "the source's name " + sourceHost + " is one of a private network, and the target " + targetHost
                        + " may be outside of it",
                List.of(
                        Remedy.of(
                                "See to it that the target is connected to that network (VPN, VPC peering), and try it"
                                        + " from there"),
                        Remedy.of(
                                "Name the source by a public name or address, with TLS, opened for the target alone")));
    }
}
