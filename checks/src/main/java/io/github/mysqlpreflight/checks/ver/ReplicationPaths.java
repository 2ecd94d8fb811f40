/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which release series of MySQL replicates onto which: the contents of {@code replication-paths.txt}. Immutable. */
final class ReplicationPaths {
    private static final String RESOURCE = "replication-paths.txt";
    private static final Path NONE =
            new Path(Verdict.UNSUPPORTED, null, "MySQL does not support replication between these release series");

    private final ServerVersion oldestSource;
    private final ServerVersion oldestTarget;
    private final List<Rule> rules;
    private final List<Novelty> novelties;

    private ReplicationPaths(
            ServerVersion oldestSource, ServerVersion oldestTarget, List<Rule> rules, List<Novelty> novelties) {
        this.oldestSource = oldestSource;
        this.oldestTarget = oldestTarget;
        this.rules = List.copyOf(rules);
        this.novelties = List.copyOf(novelties);
    }

    /** What MySQL says of a step. */
    enum Verdict {
        OFFICIAL,
        UNOFFICIAL,
        UNSUPPORTED
    }

    /**
     * One step from a series to another.
     *
     * @param by the series to go over in a supported first step; null where there is none
     * @param why the reason for people; empty for an official step
     */
    record Path(Verdict verdict, @Nullable ServerVersion by, String why) {
        Path {
            requireNonNull(verdict, "verdict is null");
            requireNonNull(why, "why is null");
        }
    }

    private record Range(
            @Nullable ServerVersion from, @Nullable ServerVersion below) {
        boolean contains(ServerVersion series) {
            return (from == null || series.compareTo(from) >= 0) && (below == null || series.compareTo(below) < 0);
        }
    }

    private record Rule(Range sources, Range targets, Path path) {}

    private record Novelty(ServerVersion series, String what) {}

    /** The rules that come with the tool; read at first use. */
    static ReplicationPaths builtIn() {
        return BuiltIn.PATHS;
    }

    /** Holds the rules so that they are read only where a check asks. */
    private static final class BuiltIn {
        private static final ReplicationPaths PATHS = of(DataFile.of(ReplicationPaths.class, RESOURCE));
    }

    /**
     * The rules of a file.
     *
     * @throws IllegalArgumentException when a line is not understood, with its number
     */
    static ReplicationPaths of(DataFile file) {
        ServerVersion oldestSource = null;
        ServerVersion oldestTarget = null;
        List<Rule> rules = new ArrayList<>();
        List<Novelty> novelties = new ArrayList<>();
        for (DataFile.Line line : file.lines()) {
            switch (line.kind() + "/" + line.fields().size()) {
                case "source/2" -> oldestSource = line.version(1);
                case "target/2" -> oldestTarget = line.version(1);
                case "path/8" -> rules.add(rule(line));
                case "lacks/3" -> novelties.add(new Novelty(line.version(1), line.text(2)));
                default -> throw line.wrong("an unknown kind of line, or fields are missing");
            }
        }
        if (oldestSource == null || oldestTarget == null) {
            throw new IllegalArgumentException(file.name() + " has to name the oldest source and the oldest target");
        }
        return new ReplicationPaths(oldestSource, oldestTarget, rules, novelties);
    }

    private static Rule rule(DataFile.Line line) {
        String why = line.textOrNull(7);
        return new Rule(
                new Range(line.versionOrNull(1), line.versionOrNull(2)),
                new Range(line.versionOrNull(3), line.versionOrNull(4)),
                new Path(verdict(line), line.versionOrNull(6), why == null ? "" : why));
    }

    private static Verdict verdict(DataFile.Line line) {
        String name = line.text(5);
        try {
            return Verdict.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw line.wrong(String.valueOf(e.getMessage()));
        }
    }

    /** The oldest series that can be replicated from. */
    ServerVersion oldestSource() {
        return oldestSource;
    }

    /** The oldest series that can be replicated to. */
    ServerVersion oldestTarget() {
        return oldestTarget;
    }

    /** What is said of replicating from the one to the other, patch levels aside; not asked for downgrades. */
    Path between(ServerVersion source, ServerVersion target) {
        ServerVersion sourceSeries = source.series();
        ServerVersion targetSeries = target.series();
        for (Rule rule : rules) {
            if (rule.sources().contains(sourceSeries) && rule.targets().contains(targetSeries)) {
                return rule.path();
            }
        }
        return NONE;
    }

    /** What a dump of the source may contain and the older target does not know; empty where nothing is listed. */
    List<String> unknownTo(ServerVersion target, ServerVersion source) {
        List<String> unknown = new ArrayList<>();
        for (Novelty novelty : novelties) {
            if (target.compareTo(novelty.series()) < 0 && source.compareTo(novelty.series()) >= 0) {
                unknown.add(novelty.what());
            }
        }
        return List.copyOf(unknown);
    }
}
