/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        private static final ReplicationPaths PATHS = load();

        private static ReplicationPaths load() {
            InputStream stream = ReplicationPaths.class.getResourceAsStream(RESOURCE);
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the tool's own jar");
            }
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                return read(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE + " cannot be read", e);
            }
        }
    }

    /**
     * Reads rules.
     *
     * @throws IllegalArgumentException when a line is not understood, with its number
     */
    static ReplicationPaths read(Reader reader) throws IOException {
        ServerVersion oldestSource = null;
        ServerVersion oldestTarget = null;
        List<Rule> rules = new ArrayList<>();
        List<Novelty> novelties = new ArrayList<>();
        BufferedReader lines = new BufferedReader(reader);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> fields = fields(line);
            String kind = fields.get(0) + "/" + fields.size();
            try {
                switch (kind) {
                    case "source/2" -> oldestSource = ServerVersion.parse(fields.get(1));
                    case "target/2" -> oldestTarget = ServerVersion.parse(fields.get(1));
                    case "path/8" -> rules.add(rule(fields));
                    case "lacks/3" -> novelties.add(new Novelty(ServerVersion.parse(fields.get(1)), fields.get(2)));
                    default -> throw new IllegalArgumentException("an unknown kind of line, or fields are missing");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(RESOURCE + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        if (oldestSource == null || oldestTarget == null) {
            throw new IllegalArgumentException(RESOURCE + " has to name the oldest source and the oldest target");
        }
        return new ReplicationPaths(oldestSource, oldestTarget, rules, novelties);
    }

    private static Rule rule(List<String> fields) {
        String why = fields.get(7);
        return new Rule(
                new Range(series(fields.get(1)), series(fields.get(2))),
                new Range(series(fields.get(3)), series(fields.get(4))),
                new Path(Verdict.valueOf(fields.get(5)), series(fields.get(6)), why.equals("-") ? "" : why));
    }

    private static @Nullable ServerVersion series(String text) {
        return text.equals("-") ? null : ServerVersion.parse(text);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int bar = line.indexOf('|'); bar >= 0; bar = line.indexOf('|', start)) {
            fields.add(line.substring(start, bar).strip());
            start = bar + 1;
        }
        fields.add(line.substring(start).strip());
        return fields;
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
