/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.checks.sql.SqlTokens;
import io.github.mysqlpreflight.checks.sql.StoredPrograms.Program;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code ver.upgrade-syntax} says of a text that the target does not take. */
final class RefusedTexts {
    private static final int MOST_PHRASES = 3;

    private final RemovedSyntax removed;
    private final Callable callable;
    private final String target;
    private final Set<String> targetComponents = new LinkedHashSet<>();
    private final Set<String> targetFunctions = new LinkedHashSet<>();

    RefusedTexts(Snapshot source, Plan plan, RemovedSyntax removed) {
        this.removed = removed;
        this.callable = Callable.of(source);
        this.target = plan.targetVersionText(source);
        Snapshot snapshot = plan.target();
        if (snapshot != null && snapshot.find(Facts.EXTENSIONS) instanceof Fact.Known<ServerExtensions> extensions) {
            for (String component : extensions.value().components()) {
                targetComponents.add(component.substring(component.lastIndexOf('/') + 1));
            }
            for (String function : extensions.value().functions()) {
                targetFunctions.add(function.toUpperCase(Locale.ROOT));
            }
        }
    }

    /** Names of functions, in upper case, that a program of that database can call without naming theirs. */
    Set<String> functionsOf(String schema) {
        return callable.from(schema);
    }

    /** A routine, trigger or event; the tokens are those of its text. */
    void addProgram(Program program, List<Keywords.Use> uses, SqlTokens tokens, List<Finding> findings) {
        List<Phrase> refused = new ArrayList<>();
        List<Phrase> failing = new ArrayList<>();
        for (Keywords.Use use : uses) {
            refused.add(Phrase.of(use));
        }
        for (RemovedSyntax.Problem problem :
                problems(tokens, RemovedSyntax.Place.PROGRAM, functionsOf(program.schema()))) {
            (problem.refused() ? refused : failing).add(Phrase.of(problem));
        }
        if (!refused.isEmpty()) {
            findings.add(finding(
                    Effect.BLOCKS_MIGRATION, program.object(), program.label() + " cannot be created on ", refused));
        }
        if (!failing.isEmpty()) {
            findings.add(finding(
                    Effect.WARNING, program.object(), program.label() + " will fail when it runs on ", failing));
        }
    }

    /** A view; the tokens are those of its text. */
    void addView(Program view, SqlTokens tokens, List<Finding> findings) {
        add(view.object(), view.label(), tokens, RemovedSyntax.Place.VIEW, functionsOf(view.schema()), findings);
    }

    /** A column or index with an expression, whose tokens those are. */
    void addExpression(
            ObjectRef object, String label, RemovedSyntax.Place place, SqlTokens tokens, List<Finding> findings) {
        add(object, label, tokens, place, Set.of(), findings);
    }

    private void add(
            ObjectRef object,
            String label,
            SqlTokens tokens,
            RemovedSyntax.Place place,
            Set<String> functions,
            List<Finding> findings) {
        List<Phrase> phrases = new ArrayList<>();
        for (RemovedSyntax.Problem problem : problems(tokens, place, functions)) {
            phrases.add(Phrase.of(problem));
        }
        if (!phrases.isEmpty()) {
            findings.add(finding(Effect.BLOCKS_MIGRATION, object, label + " cannot be created on ", phrases));
        }
    }

    /** Without those that the target has a component or a loadable function for. */
    private List<RemovedSyntax.Problem> problems(SqlTokens tokens, RemovedSyntax.Place place, Set<String> functions) {
        List<RemovedSyntax.Problem> problems = removed.problems(tokens, place, functions);
        problems.removeIf(problem -> {
            String component = problem.component();
            String name = problem.what().replace("()", "");
            return (component != null && targetComponents.contains(component))
                    || (!place.isOfATable() && targetFunctions.contains(name));
        });
        return problems;
    }

    private Finding finding(Effect effect, ObjectRef object, String beginning, List<Phrase> phrases) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> said = new LinkedHashSet<>();
        Set<String> ways = new LinkedHashSet<>();
        Set<String> components = new LinkedHashSet<>();
        for (Phrase phrase : phrases) {
            if (found.add(phrase.what())) {
                said.add(phrase.said());
                ways.add(phrase.way());
            }
            String component = phrase.component();
            if (component != null) {
                components.add(component);
            }
        }
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.of("Rewrite it on the source: " + joined(ways, "; ")));
        for (String component : components) {
            remedies.add(Remedy.sql(
                    "On the target, before anything is loaded; it takes strings only:",
                    "INSTALL COMPONENT 'file://" + component + "'"));
        }
        return new Finding(
                effect,
                object,
                joined(found, ", "),
                null,
                beginning + target + " (error " + phrases.get(0).error() + "): " + joined(said, ", "),
                remedies);
    }

    private static String joined(Set<String> parts, String divider) {
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (String part : parts) {
            if (count == MOST_PHRASES && parts.size() > MOST_PHRASES + 1) {
                return text.append(" and ")
                        .append(parts.size() - count)
                        .append(" more")
                        .toString();
            }
            text.append(count++ == 0 ? "" : divider).append(part);
        }
        return text.toString();
    }

    /** One thing that is wrong with a text, in words. */
    private record Phrase(
            String what, String said, String way, @Nullable String component, int error) {
        static Phrase of(Keywords.Use use) {
            return new Phrase(
                    use.word().toLowerCase(Locale.ROOT),
                    use.word() + " in line " + use.line() + " is reserved since " + use.since(),
                    use.word() + " into back-ticks",
                    null,
                    1064);
        }

        static Phrase of(RemovedSyntax.Problem problem) {
            String instead = problem.instead();
            return new Phrase(
                    problem.what(),
                    problem.what() + " in line " + problem.line()
                            + (problem.removed() == null ? " is MariaDB's own" : " is gone since " + problem.removed()),
                    instead == null ? "leave out " + problem.what() : instead + " in place of " + problem.what(),
                    problem.component(),
                    problem.error());
        }
    }
}
