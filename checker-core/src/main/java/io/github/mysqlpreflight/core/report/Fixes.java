/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Remedy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What mends the findings, in an order in which it can be applied: of each finding the best way, each statement once.
 *
 * <p>The source's come before the target's, and what the migration needs before what only warns. Within that, accounts come
 * first, because the rest needs them; then settings, then objects, then what only makes sense after those, and last what
 * neither statements nor settings can do. Within that the order is that of the report.
 */
public final class Fixes {
    private final List<Step> steps;

    private Fixes(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * What belongs together.
     *
     * @param check the id of the check that it satisfies
     * @param side the server where it is done
     * @param optional whether the migration works without it
     * @param mends what is wrong
     * @param words what to do, as the report says it
     * @param statements in order; none where words or settings have to do
     * @param byHand why the statements are not for a script to run, in words that follow "by hand"; null where they are
     * @param settings lines for an option file or a parameter group
     * @param also the ids of other checks whose findings the same statements mend
     */
    public record Step(
            String check,
            Side side,
            boolean optional,
            String mends,
            String words,
            List<Remedy.Statement> statements,
            @Nullable String byHand,
            List<String> settings,
            List<String> also) {
        public Step {
            requireNonNull(check, "check is null");
            requireNonNull(side, "side is null");
            requireNonNull(mends, "mends is null");
            requireNonNull(words, "words is null");
            statements = List.copyOf(statements);
            settings = List.copyOf(settings);
            also = List.copyOf(also);
        }

        /** Whether its statements can be run as they are. */
        public boolean runs() {
            return byHand == null && !statements.isEmpty();
        }
    }

    /** What mends the findings of that assessment. */
    public static Fixes of(Assessment assessment) {
        List<Unit> units = new ArrayList<>();
        for (CheckResult result : assessment.checks()) {
            collect(result, units);
        }
        units.sort(Fixes::compare);
        Map<String, Draft> drafts = new LinkedHashMap<>();
        Said said = new Said();
        for (Unit unit : units) {
            add(unit, drafts, said);
        }
        List<Step> steps = new ArrayList<>(drafts.size());
        for (Draft draft : drafts.values()) {
            steps.add(draft.step());
        }
        return new Fixes(steps);
    }

    /** In the order to take them. */
    public List<Step> steps() {
        return steps;
    }

    /** Those of one server, in the order to take them. */
    public List<Step> steps(Side side) {
        List<Step> ofSide = new ArrayList<>();
        for (Step step : steps) {
            if (step.side() == side) {
                ofSide.add(step);
            }
        }
        return ofSide;
    }

    /** How many statements of that server can be run as they are. */
    public int statements(Side side) {
        int count = 0;
        for (Step step : steps(side)) {
            count += step.runs() ? step.statements().size() : 0;
        }
        return count;
    }

    /** How many steps have to be taken by hand. */
    public int byHand() {
        int count = 0;
        for (Step step : steps) {
            count += step.runs() ? 0 : 1;
        }
        return count;
    }

    /** The one place that says what is to be mended at all. A notice needs nothing to be done. */
    private static boolean isMended(Finding finding) {
        return finding.effect() != Effect.NOTICE;
    }

    private static void collect(CheckResult result, List<Unit> units) {
        CheckInfo info = result.info();
        for (Finding finding : result.findings()) {
            if (isMended(finding)) {
                boolean optional = finding.effect() == Effect.WARNING;
                add(units, result, finding.object().side(), optional, finding.message(), finding.remedies());
            }
        }
        Outcome.Unknown unknown = result.outcome().unseen();
        if (unknown != null) {
            // What looks at the target alone can only be made known there.
            boolean target = info.needs().isEmpty() && !info.targetNeeds().isEmpty();
            boolean optional = !info.canBlock(Method.REPLICATION) && !info.canBlock(Method.DUMP);
            add(units, result, target ? Side.TARGET : Side.SOURCE, optional, unknown.because(), unknown.remedies());
        }
    }

    private static void add(
            List<Unit> units, CheckResult result, Side side, boolean optional, String message, List<Remedy> remedies) {
        Remedy best = best(remedies);
        if (best != null) {
            Side there = best.side() == null ? side : best.side();
            units.add(new Unit(result, there, optional, message, best, ScriptPlace.of(best), ScriptPlace.byHand(best)));
        }
    }

    /** The first that a script can run; else the first. */
    private static @Nullable Remedy best(List<Remedy> remedies) {
        for (Remedy remedy : remedies) {
            if (!remedy.sql().isEmpty() && ScriptPlace.byHand(remedy) == null) {
                return remedy;
            }
        }
        return remedies.isEmpty() ? null : remedies.get(0);
    }

    /** One finding with the way to mend it. */
    private record Unit(
            CheckResult result,
            Side side,
            boolean optional,
            String message,
            Remedy remedy,
            ScriptPlace place,
            @Nullable String byHand) {
        String check() {
            return result.info().id();
        }

        /** What has to be alike in two that are shown as one step. */
        String stepKey() {
            return side.text()
                    + '\u0000'
                    + optional
                    + '\u0000'
                    + place.name()
                    + '\u0000'
                    + remedy.turn()
                    + '\u0000'
                    + check()
                    + '\u0000'
                    + byHand
                    + '\u0000'
                    + remedy.text()
                    + '\u0000'
                    + String.join("\n", remedy.settings());
        }

        /** What has to be alike in two of which one is enough. */
        String contentKey() {
            StringBuilder key = new StringBuilder(side.text());
            for (Remedy.Statement statement : remedy.sql()) {
                key.append('\u0000').append(statement.sql());
            }
            return key.append('\u0001')
                    .append(String.join("\n", remedy.settings()))
                    .toString();
        }
    }

    private static int compare(Unit a, Unit b) {
        int order = a.side().compareTo(b.side());
        order = order != 0 ? order : Boolean.compare(a.optional(), b.optional());
        order = order != 0 ? order : a.place().compareTo(b.place());
        return order != 0
                ? order
                : Integer.compare(a.remedy().turn(), b.remedy().turn());
    }

    /** What stands in the script already. */
    private static final class Said {
        private final Map<String, Draft> units = new HashMap<>();
        private final Set<String> statements = new HashSet<>();
        /** By what they state: all statements that did, in order. */
        private final Map<String, List<String>> stated = new HashMap<>();
    }

    private static void add(Unit unit, Map<String, Draft> drafts, Said said) {
        List<Remedy.Statement> all = unit.remedy().sql();
        Draft same = all.isEmpty() ? null : said.units.get(unit.contentKey());
        if (same != null) {
            same.alsoMends(unit.check());
            return;
        }
        List<Remedy.Statement> fresh = unit.byHand() == null ? fresh(unit, said) : all;
        if (fresh.isEmpty() && !all.isEmpty() && unit.remedy().settings().isEmpty()) {
            return;
        }
        Draft draft = drafts.computeIfAbsent(unit.stepKey(), ignored -> new Draft(unit));
        draft.add(fresh);
        if (!all.isEmpty()) {
            said.units.put(unit.contentKey(), draft);
        }
    }

    /**
     * What was not said before. A statement of several is only left out if what it states was stated before, in the same
     * steps, and by nothing else since: others may depend on each other, or may have been undone.
     */
    private static List<Remedy.Statement> fresh(Unit unit, Said said) {
        List<Remedy.Statement> all = unit.remedy().sql();
        if (all.size() == 1
                && !said.statements.add(unit.side().text() + all.get(0).sql())) {
            return List.of();
        }
        Map<String, List<String>> states = new LinkedHashMap<>();
        for (Remedy.Statement statement : all) {
            String subject = ScriptPlace.subject(statement.sql());
            if (subject != null) {
                states.computeIfAbsent(unit.side().text() + subject, ignored -> new ArrayList<>())
                        .add(statement.sql());
            }
        }
        Set<String> known = new HashSet<>();
        states.forEach((subject, statements) -> {
            List<String> earlier = said.stated.computeIfAbsent(subject, ignored -> new ArrayList<>());
            int from = earlier.size() - statements.size();
            if (from >= 0 && earlier.subList(from, earlier.size()).equals(statements)) {
                known.addAll(statements);
            } else {
                earlier.addAll(statements);
            }
        });
        List<Remedy.Statement> fresh = new ArrayList<>(all.size());
        boolean changes = false;
        for (Remedy.Statement statement : all) {
            if (!known.contains(statement.sql())) {
                fresh.add(statement);
                changes |= all.size() == 1 || !ScriptPlace.surrounds(statement.sql());
            }
        }
        return changes ? fresh : List.of();
    }

    /** A step that is not whole yet. */
    private static final class Draft {
        private final Unit first;
        private final List<Remedy.Statement> statements = new ArrayList<>();
        private final List<String> also = new ArrayList<>();
        private int findings;

        Draft(Unit first) {
            this.first = first;
        }

        void add(List<Remedy.Statement> more) {
            findings++;
            statements.addAll(more);
        }

        void alsoMends(String check) {
            if (!check.equals(first.check()) && !also.contains(check)) {
                also.add(check);
            }
        }

        Step step() {
            return new Step(
                    first.check(),
                    first.side(),
                    first.optional(),
                    mends(),
                    first.remedy().text(),
                    statements,
                    statements.isEmpty() ? null : first.byHand(),
                    first.remedy().settings(),
                    also);
        }

        private String mends() {
            if (findings == 1) {
                return first.message();
            }
            return first.result().outcome() instanceof Outcome.Found found && found.headline() != null
                    ? found.headline().of(findings)
                    : first.result().info().title() + ": not so " + findings + " times";
        }
    }
}
