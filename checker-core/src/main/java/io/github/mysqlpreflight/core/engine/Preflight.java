/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.probe.SnapshotReader;
import io.github.mysqlpreflight.core.report.Acceptance;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Estimates;
import io.github.mysqlpreflight.core.report.SourceInfo;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.AddressRule;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ServerRole;
import io.github.mysqlpreflight.core.source.SourceUri;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tool as a library: reads servers and judges them. Immutable, safe for use by several threads. */
public final class Preflight {
    private static final Duration LEAST_TIME = Duration.ofSeconds(1);

    private final CheckRegistry registry;
    private final String toolVersion;
    private final AddressRule rule;
    private final @Nullable AcceptList accepted;
    private final boolean onlySome;

    public Preflight(CheckRegistry registry, String toolVersion) {
        this(registry, toolVersion, AddressRule.ANY, null, false);
    }

    private Preflight(
            CheckRegistry registry,
            String toolVersion,
            AddressRule rule,
            @Nullable AcceptList accepted,
            boolean onlySome) {
        this.registry = requireNonNull(registry, "registry is null");
        this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
        this.rule = requireNonNull(rule, "rule is null");
        this.accepted = accepted;
        this.onlySome = onlySome;
    }

    /** The same, reaching sources only where the rule allows it; a target is the word of whoever runs the tool, and is not asked about. */
    public Preflight withAddressRule(AddressRule newRule) {
        return new Preflight(registry, toolVersion, newRule, accepted, onlySome);
    }

    /** The same, with findings that the user has accepted; null for none. */
    public Preflight accepting(@Nullable AcceptList list) {
        return new Preflight(registry, toolVersion, rule, list, onlySome);
    }

    /** The same for a selection of checks, which can find problems but cannot recommend a method. */
    public Preflight forSelectedChecks() {
        return new Preflight(registry, toolVersion, rule, accepted, true);
    }

    /** All checks there are. */
    public CheckRegistry registry() {
        return registry;
    }

    /** The version that reports name. */
    public String toolVersion() {
        return toolVersion;
    }

    /**
     * Reads the source, and the target where there is one, and judges.
     *
     * @param source the server to migrate from
     * @param target the server to migrate to; null to judge for a version alone
     * @param plan what the user wants; its target is replaced by what is read
     * @param checks the checks to make, as {@link CheckRegistry#select} gives them
     */
    public Assessment check(
            SourceUri source,
            @Nullable SourceUri target,
            Plan plan,
            List<Check> checks,
            ReadLimits limits,
            ReadListener listener) {
        long start = System.nanoTime();
        Plan foreseen = target == null ? plan : plan.withTarget(unread());
        Snapshot sourceSnapshot = new SnapshotReader(toolVersion, limits, listener)
                .read(source, ServerRole.SOURCE, rule, withEstimates(checks, factsFor(checks, foreseen, false)));
        if (target == null) {
            return judge(sourceSnapshot, plan, checks);
        }
        // The limit is that of the whole run: the target gets what the source left.
        Duration left = limits.total().minusNanos(System.nanoTime() - start);
        ReadLimits rest = limits.withTotal(left.compareTo(LEAST_TIME) < 0 ? LEAST_TIME : left);
        Snapshot targetSnapshot = new SnapshotReader(toolVersion, rest, listener)
                .read(target, ServerRole.TARGET, AddressRule.ANY, factsFor(checks, foreseen, true));
        return judge(sourceSnapshot, plan.withTarget(targetSnapshot), checks);
    }

    /** Reads everything that any of the checks may need, under any plan. Never throws for a server's sake. */
    public Snapshot snapshot(SourceUri source, List<Check> checks, ReadLimits limits, ReadListener listener) {
        Set<FactKey<?>> wanted = new LinkedHashSet<>();
        for (Check check : checks) {
            wanted.addAll(check.info().facts());
            wanted.addAll(check.info().targetFacts());
        }
        return new SnapshotReader(toolVersion, limits, listener)
                .read(source, ServerRole.SOURCE, rule, withEstimates(checks, wanted));
    }

    /** Judges what was read, now or on another day. */
    public Assessment judge(Snapshot source, Plan plan, List<Check> checks) {
        List<CheckResult> results = CheckRunner.run(checks, source, plan);
        Acceptance acceptance = null;
        if (accepted != null) {
            AcceptList.Applied applied = accepted.apply(results);
            results = applied.results();
            acceptance = applied.acceptance();
        }
        boolean selectable = source.knows(Facts.SCHEMAS) && source.knows(Facts.VARIABLES);
        List<String> databases = selectable ? Selection.of(source, plan).databases() : List.of();
        Snapshot target = plan.target();
        return new Assessment(
                toolVersion,
                SourceInfo.of(source),
                plan,
                plan.targetVersionText(source),
                databases,
                results,
                Advisor.advise(results, plan, unread(source, target), part(checks)),
                Reading.isLost(source) || (target != null && Reading.isLost(target)),
                acceptance,
                failure(source) != null ? null : Sights.of(source, databases, results),
                wantsEstimates(checks) ? Estimates.of(source, plan) : null);
    }

    private static List<String> unread(Snapshot source, @Nullable Snapshot target) {
        List<String> unread = new ArrayList<>(Reading.missing(source, Side.SOURCE));
        if (target != null) {
            unread.addAll(Reading.missing(target, Side.TARGET));
        }
        return unread;
    }

    private String part(List<Check> checks) {
        return onlySome ? checks.size() + " of " + registry.all().size() + " checks" : "";
    }

    /** Why a server could not be connected to when its snapshot was taken; null where it could. */
    public static ConnectionFacts.@Nullable Failure failure(Snapshot snapshot) {
        return snapshot.find(Facts.CONNECTION) instanceof Fact.Known<ConnectionFacts> connection
                ? connection.value().failure()
                : null;
    }

    /** Stands for a target until it is read, so that the checks that want one say what they need. */
    private Snapshot unread() {
        return Snapshot.builder(Instant.EPOCH, toolVersion).build();
    }

    /** Whether both the objects and their dump are judged: who asks for a few checks wants no more. */
    private static boolean wantsEstimates(List<Check> checks) {
        boolean objects = false;
        boolean dump = false;
        for (Check check : checks) {
            objects |= check.info().category() == Category.OBJECTS;
            dump |= check.info().category() == Category.DUMP;
        }
        return objects && dump;
    }

    private static Set<FactKey<?>> withEstimates(List<Check> checks, Collection<FactKey<?>> facts) {
        Set<FactKey<?>> wanted = new LinkedHashSet<>(facts);
        if (wantsEstimates(checks)) {
            wanted.addAll(Estimates.facts());
        }
        return wanted;
    }

    private static Collection<FactKey<?>> factsFor(List<Check> checks, Plan plan, boolean ofTarget) {
        Set<FactKey<?>> wanted = new LinkedHashSet<>();
        for (Check check : checks) {
            if (check.notApplicable(plan) == null) {
                wanted.addAll(
                        ofTarget ? check.info().targetFacts() : check.info().facts());
            }
        }
        return wanted;
    }
}
