/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target's version follows the source's: the same or newer, in a step that MySQL supports. */
final class VerPair implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "ver.pair", "The target is as new as the source or newer, in a step that MySQL supports")
            .why("A replica understands what its source writes only where it is of the same or a newer series, and"
                    + " MySQL tests"
                    + " that only where it supports the upgrade too. An older replica stops at the first thing"
                    + " it does not"
                    + " know, such as a collation (error 1115 or 1273).")
            .fix("Choose a target of the source's series or of the next one; go over the series between in steps,"
                    + " or migrate"
                    + " with a dump.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-compatibility.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/upgrade-paths.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/downgrading.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (!server.isMySql()) {
            return Outcome.notApplicable(server.flavor().title() + " has versions of its own; ver.flavor judges it");
        }
        Snapshot target = plan.target();
        if (target != null && !Server.of(target).isMySql()) {
            return Outcome.notApplicable(
                    Server.of(target).flavor().title() + " has versions of its own; ver.flavor judges it");
        }
        ReplicationPaths paths = ReplicationPaths.builtIn();
        if (server.version().compareTo(paths.oldestSource()) < 0) {
            return Outcome.notApplicable(
                    "the source is older than " + paths.oldestSource().seriesText() + "; ver.supported judges it");
        }
        ServerVersion targetVersion = plan.targetVersionFor(source);
        Pair pair = new Pair(
                source,
                plan,
                server.versionText(),
                server.version(),
                plan.targetVersionText(source),
                targetVersion,
                target != null || targetVersion.patch() > 0);
        return Outcome.of(judge(pair, paths));
    }

    /**
     * The two versions, as numbers and as they are said.
     *
     * @param patchKnown whether the target's version is that of a release, not of a series
     */
    private record Pair(
            Snapshot sourceSnapshot,
            Plan plan,
            String sourceText,
            ServerVersion source,
            String targetText,
            ServerVersion target,
            boolean patchKnown) {}

    private static List<Finding> judge(Pair pair, ReplicationPaths paths) {
        if (pair.target().series().compareTo(pair.source().series()) < 0) {
            return downgrade(pair, paths);
        }
        List<Finding> findings = new ArrayList<>();
        if (pair.target().compareTo(paths.oldestTarget()) < 0) {
            String oldest = paths.oldestTarget().seriesText();
            addBlocker(
                    pair,
                    oldest + " or newer",
                    "MySQL " + pair.target().seriesText() + " is older than " + oldest
                            + ", the oldest series to replicate to",
                    findings,
                    Remedy.of("Choose a target of series " + oldest + " or newer"),
                    Remedy.of("Migrate with a dump"));
            return findings;
        }
        ReplicationPaths.Path path = paths.between(pair.source(), pair.target());
        switch (path.verdict()) {
            case OFFICIAL -> addOlderPatch(pair, findings);
            case UNOFFICIAL -> addUnofficial(pair, path, findings);
            case UNSUPPORTED ->
                addBlocker(
                        pair,
                        seriesText(path.by()),
                        path.why(),
                        findings,
                        wayRound(path),
                        Remedy.of("Migrate with a dump"));
        }
        return findings;
    }

    private static List<Finding> downgrade(Pair pair, ReplicationPaths paths) {
        List<Finding> findings = new ArrayList<>();
        String needed = pair.source().seriesText() + " or newer";
        Remedy newer = Remedy.of("Choose a target of series " + needed);
        addBlocker(
                pair,
                needed,
                "a downgrade, and a replica has to be of the same series as its source or of a newer one",
                findings,
                newer,
                Remedy.of("Migrate with a dump, and expect to rewrite parts of it"));
        if (pair.plan().considers(Method.DUMP)) {
            List<String> unknown =
                    paths.unknownTo(pair.target().series(), pair.source().series());
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.server(Side.TARGET),
                    pair.targetText(),
                    needed,
                    "a dump of " + pair.sourceText() + " may not load into " + pair.targetText()
                            + ", which is a downgrade: what only the newer series knows is refused there"
                            + (unknown.isEmpty() ? "" : ", such as " + String.join("; ", unknown)),
                    List.of(
                            newer,
                            Remedy.of("Load a dump without data first (mysqldump --no-data --routines --events"
                                    + " --triggers)"
                                    + " and rewrite what is refused"))));
        }
        return findings;
    }

    private static void addBlocker(
            Pair pair, @Nullable String needed, String why, List<Finding> findings, Remedy... remedies) {
        if (pair.plan().considers(Method.REPLICATION)) {
            findings.add(new Finding(
                    Effect.BLOCKS_REPLICATION,
                    ObjectRef.server(Side.TARGET),
                    pair.targetText(),
                    needed,
                    VersionWords.cannotReplicate(pair.sourceSnapshot(), pair.plan(), why),
                    List.of(remedies)));
        }
    }

    private static void addUnofficial(Pair pair, ReplicationPaths.Path path, List<Finding> findings) {
        if (pair.plan().considers(Method.REPLICATION)) {
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.server(Side.TARGET),
                    pair.targetText(),
                    seriesText(path.by()),
                    "replication from " + pair.sourceText() + " onto " + pair.targetText()
                            + " is not supported officially, though it can work: " + path.why(),
                    List.of(
                            wayRound(path),
                            Remedy.of("Try it with a copy of the data first, and watch the replica for errors and"
                                    + " differences"))));
        }
    }

    private static void addOlderPatch(Pair pair, List<Finding> findings) {
        if (pair.patchKnown()
                && pair.target().series().equals(pair.source().series())
                && pair.target().compareTo(pair.source()) < 0) {
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.server(Side.TARGET),
                    pair.targetText(),
                    pair.source() + " or newer",
                    "the target " + pair.targetText() + " is an older release than the source " + pair.sourceText()
                            + ": what came in between may stop a replica or be refused in a dump",
                    List.of(Remedy.of("Upgrade the target to " + pair.source() + " or newer"))));
        }
    }

    private static Remedy wayRound(ReplicationPaths.Path path) {
        ServerVersion by = path.by();
        return by == null
                ? Remedy.of("Choose a target of the source's series or of the next one")
                : Remedy.of(
                        "Go by way of MySQL " + by.seriesText() + ": upgrade the source to it, or migrate to it first");
    }

    private static @Nullable String seriesText(@Nullable ServerVersion series) {
        return series == null ? null : series.seriesText();
    }
}
