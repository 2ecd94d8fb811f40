/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.AcceptedFinding;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sentences that every report for a person says alike. The names in them are foreign text as yet: see {@link SafeText}. */
public final class Wording {
    private Wording() {}

    /** The verdict in one sentence, for an assessment of a source that was reached; a second one where something was accepted. */
    public static String verdict(Assessment assessment) {
        int accepted = acceptedBlockers(assessment, Method.values());
        String also = accepted == 0
                ? ""
                : " " + count(accepted, "finding that blocks was", "findings that block were") + " accepted.";
        return judgement(assessment) + also;
    }

    /** How many accepted findings would block one of the methods, if the plan considers it. */
    static int acceptedBlockers(Assessment assessment, Method... methods) {
        Plan plan = assessment.plan();
        int count = 0;
        for (CheckResult result : assessment.checks()) {
            for (AcceptedFinding accepted : result.accepted()) {
                boolean blocks = false;
                for (Method method : methods) {
                    blocks |= accepted.finding().effect().blocks(method) && (plan == null || plan.considers(method));
                }
                count += blocks ? 1 : 0;
            }
        }
        return count;
    }

    private static String judgement(Assessment assessment) {
        Plan plan = assessment.plan();
        Method asked = plan == null ? null : plan.method();
        int replication = blocking(assessment, Method.REPLICATION);
        int open = Math.max(0, assessment.verdict().replicationReasons().size() - replication);
        int dump = blocking(assessment, Method.DUMP);
        if (asked == Method.DUMP) {
            return dump == 0
                    ? "A dump was asked for, and nothing blocks it."
                    : "A dump was asked for, and is blocked by " + count(dump, "check", "checks") + ".";
        }
        String asking = asked == Method.REPLICATION ? "Replication was asked for, and " : "Replication ";
        String judged = open > 0 ? count(open, "check", "checks") + " could not be judged" : "";
        String sentence;
        if (replication > 0) {
            sentence = asking + "is blocked by " + count(replication, "check", "checks");
            sentence += open > 0 ? ", and " + judged : "";
        } else {
            sentence = open > 0 ? asking + "is left open: " + judged : "Nothing blocks replication";
        }
        if (asked == Method.REPLICATION || (replication == 0 && open == 0 && dump == 0)) {
            return sentence + ".";
        }
        if (replication > 0 && open == 0) {
            return sentence + ", a dump by " + (dump == 0 ? "none." : dump + ".");
        }
        return sentence + "; "
                + (dump == 0
                        ? "nothing blocks a dump."
                        : "a dump is blocked by " + count(dump, "check", "checks") + ".");
    }

    /** How many checks have a finding that keeps the method from being used. */
    public static int blocking(Assessment assessment, Method method) {
        int count = 0;
        for (CheckResult result : assessment.checks()) {
            if (result.blocks(method)) {
                count++;
            }
        }
        return count;
    }

    /** What was found and what is needed, as far as the given words do not say them; empty where they say all. */
    public static String values(Finding finding, String words) {
        String found = finding.found();
        String needed = finding.needed();
        boolean showFound = found != null && !found.isEmpty() && !words.contains(found);
        boolean showNeeded = needed != null && !needed.isEmpty() && !words.contains(needed);
        return (showFound ? "found: " + found : "")
                + (showFound && showNeeded ? "; " : "")
                + (showNeeded ? "needed: " + needed : "");
    }

    /** The accepted findings of a check, those together that are accepted alike and would mean the same. */
    public static Collection<List<AcceptedFinding>> acceptedAlike(CheckResult result) {
        Map<String, List<AcceptedFinding>> alike = new LinkedHashMap<>();
        for (AcceptedFinding accepted : result.accepted()) {
            alike.computeIfAbsent(accepted(accepted), ignored -> new ArrayList<>())
                    .add(accepted);
        }
        return alike.values();
    }

    /** What an accepted finding would mean, and why it does not. */
    public static String accepted(AcceptedFinding accepted) {
        LocalDate until = accepted.until();
        return FindingsHtml.title(accepted.finding().effect()) + "; accepted" + (until == null ? "" : " until " + until)
                + ": " + accepted.reason();
    }

    /** How many findings, or checks with findings, have that effect. */
    public static String effects(Effect effect, int number) {
        return switch (effect) {
            case BLOCKS_MIGRATION -> count(number, "blocks the migration", "block the migration");
            case BLOCKS_REPLICATION -> count(number, "blocks replication", "block replication");
            case BLOCKS_DUMP -> count(number, "blocks a dump", "block a dump");
            case WARNING -> count(number, "warning", "warnings");
            case NOTICE -> count(number, "notice", "notices");
        };
    }

    /** A short time; milliseconds below a tenth of a second. */
    public static String seconds(long millis) {
        if (millis < 100) {
            return millis + " ms";
        }
        long tenths = (millis + 50) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    /** A number with its word. */
    public static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
