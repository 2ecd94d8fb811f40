/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.PlainText;
import io.github.mysqlpreflight.core.check.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole result: what was asked, what was found, what is recommended.
 *
 * @param toolVersion version of this tool
 * @param source the source; null where there was none to name, as with an unusable URI
 * @param plan what was asked for; null where the run ended before it was known
 * @param targetVersion the version that is migrated to, as a text for a report
 * @param databases the databases to migrate; empty where they are not known
 * @param checks how each check ended, by category and id
 * @param verdict what is recommended
 * @param unreachable whether the source, or the target, could not be reached or refused the login
 * @param acceptance what came of the file of accepted findings; null where none was given
 * @param coverage what was judged, and what the account could not see; null where there was no connection
 * @param estimates sizes and times to plan with; null where none were asked for, or there was nothing to make them of
 */
public record Assessment(
        String toolVersion,
        @Nullable SourceInfo source,
        @Nullable Plan plan,
        String targetVersion,
        List<String> databases,
        List<CheckResult> checks,
        Verdict verdict,
        boolean unreachable,
        @Nullable Acceptance acceptance,
        @Nullable Coverage coverage,
        @Nullable Estimates estimates) {
    public Assessment {
        requireNonNull(toolVersion, "toolVersion is null");
        requireNonNull(targetVersion, "targetVersion is null");
        databases = List.copyOf(databases);
        checks = List.copyOf(checks);
        requireNonNull(verdict, "verdict is null");
    }

    /** An assessment by a user who has accepted nothing, without coverage and estimates. */
    public Assessment(
            String toolVersion,
            @Nullable SourceInfo source,
            @Nullable Plan plan,
            String targetVersion,
            List<String> databases,
            List<CheckResult> checks,
            Verdict verdict,
            boolean unreachable) {
        this(toolVersion, source, plan, targetVersion, databases, checks, verdict, unreachable, null, null, null);
    }

    /** An assessment of nothing: there was no source to judge, for the given reason. */
    public static Assessment withoutSource(String toolVersion, String reason) {
        String line = PlainText.line(reason);
        Verdict verdict = new Verdict(null, false, Verdicts.FAILED + line, List.of(line), List.of(line), List.of());
        return new Assessment(toolVersion, null, null, "", List.of(), List.of(), verdict, false);
    }

    /** The counts; what is wrong with the file of accepted findings is among the warnings. */
    public Summary summary() {
        return Summary.of(checks).plusWarnings(acceptanceWarnings().size());
    }

    /** What the user has to look at in the file of accepted findings, a line each. */
    public List<String> acceptanceWarnings() {
        return acceptance == null ? List.of() : acceptance.warnings();
    }
}
