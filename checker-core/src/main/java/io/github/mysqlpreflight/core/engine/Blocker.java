/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check that kept a method from being recommended, for a program.
 *
 * @param check the check's id
 * @param schema the database it was about; null where it concerns the whole server, or could not be judged
 */
public record Blocker(String check, @Nullable String schema) {
    public Blocker {
        requireNonNull(check, "check is null");
    }

    /**
     * What blocked, each check and database once, in the order of the assessment. Nothing where replication is recommended; nothing
     * but what speaks against replication where a dump is; and never what concerns a method the plan does not consider.
     */
    public static List<Blocker> of(Assessment assessment) {
        List<CheckResult> replication = against(assessment, Method.REPLICATION);
        List<CheckResult> dump = against(assessment, Method.DUMP);
        Set<Blocker> blockers = new LinkedHashSet<>();
        for (CheckResult result : assessment.checks()) {
            add(blockers, result, replication.contains(result), dump.contains(result));
        }
        return List.copyOf(blockers);
    }

    private static List<CheckResult> against(Assessment assessment, Method method) {
        Plan plan = assessment.plan();
        Method chosen = assessment.verdict().method();
        boolean missed = plan != null && plan.considers(method) && chosen != method && chosen != Method.REPLICATION;
        return missed ? Advisor.against(assessment.checks(), method) : List.of();
    }

    private static void add(Set<Blocker> blockers, CheckResult result, boolean replication, boolean dump) {
        String id = result.info().id();
        List<Blocker> named = new ArrayList<>();
        for (Finding finding : result.findings()) {
            if ((replication && finding.effect().blocks(Method.REPLICATION))
                    || (dump && finding.effect().blocks(Method.DUMP))) {
                named.add(new Blocker(id, finding.object().schema()));
            }
        }
        if (named.isEmpty() && (replication || dump)) {
            named.add(new Blocker(id, null));
        }
        blockers.addAll(named);
    }
}
