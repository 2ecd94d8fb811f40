/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements that mend one server, as one script: of each finding the best way that has statements, each statement once.
 *
 * <p>Privileges come first, because the rest needs them; then settings, then objects, then what only makes sense after those.
 * What is not needed for the migration to work stands last. Within that the order is that of the report.
 */
final class Fixes {
    private final List<Step> steps = new ArrayList<>();
    private int statements;

    private Fixes() {}

    /**
     * Statements that belong together.
     *
     * @param check the id of the check they satisfy
     * @param words what the report says before them
     * @param optional whether the migration works without them
     * @param rank where in the script they stand
     * @param statements in order
     */
    record Step(String check, String words, boolean optional, int rank, List<Remedy.Statement> statements) {}

    /** The fixes for the server of that side. */
    static Fixes of(Assessment assessment, Side side) {
        Map<String, Step> found = new LinkedHashMap<>();
        for (CheckResult result : assessment.checks()) {
            String id = result.info().id();
            for (Finding finding : result.findings()) {
                if (finding.object().side() == side && finding.effect() != Effect.NOTICE) {
                    collect(found, id, finding.effect() == Effect.WARNING, finding.remedies());
                }
            }
            if (result.outcome() instanceof Outcome.Unknown unknown && side == Side.SOURCE) {
                collect(found, id, false, unknown.remedies());
            }
        }
        List<Step> inOrder = new ArrayList<>(found.values());
        inOrder.sort((a, b) -> a.optional() == b.optional()
                ? Integer.compare(a.rank(), b.rank())
                : Boolean.compare(a.optional(), b.optional()));
        Fixes fixes = new Fixes();
        Set<String> seen = new HashSet<>();
        for (Step step : inOrder) {
            List<Remedy.Statement> fresh = new ArrayList<>();
            for (Remedy.Statement statement : step.statements()) {
                if (seen.add(statement.sql())) {
                    fresh.add(statement);
                }
            }
            if (!fresh.isEmpty()) {
                fixes.steps.add(new Step(step.check(), step.words(), step.optional(), step.rank(), fresh));
                fixes.statements += fresh.size();
            }
        }
        return fixes;
    }

    private static void collect(Map<String, Step> steps, String id, boolean optional, List<Remedy> remedies) {
        Remedy best = best(remedies);
        if (best == null) {
            return;
        }
        int rank = rank(best.sql().get(0).sql());
        steps.computeIfAbsent(
                        id + '\u0000' + optional + rank + best.text(),
                        ignored -> new Step(id, best.text(), optional, rank, new ArrayList<>()))
                .statements()
                .addAll(best.sql());
    }

    private static @Nullable Remedy best(List<Remedy> remedies) {
        for (Remedy remedy : remedies) {
            if (!remedy.sql().isEmpty()) {
                return remedy;
            }
        }
        return null;
    }

    private static int rank(String sql) {
        int blank = sql.indexOf(' ');
        String verb = (blank < 0 ? sql : sql.substring(0, blank)).toUpperCase(Locale.ROOT);
        String start = sql.substring(0, Math.min(sql.length(), 16)).toUpperCase(Locale.ROOT);
        if (verb.equals("GRANT")
                || verb.equals("REVOKE")
                || start.startsWith("ALTER USER")
                || start.startsWith("CREATE USER")
                || start.startsWith("SET DEFAULT ROLE")) {
            return 0;
        }
        if (verb.equals("SET")) {
            return 1;
        }
        return verb.equals("ALTER") || verb.equals("CREATE") || verb.equals("DROP") || verb.equals("UPDATE") ? 2 : 3;
    }

    /** In the order to run them. */
    List<Step> steps() {
        return steps;
    }

    /** How many statements there are. */
    int statements() {
        return statements;
    }
}
