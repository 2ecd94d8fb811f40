/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;

/** Sentences that every report for a person says alike. The names in them are foreign text as yet: see {@link SafeText}. */
public final class Wording {
    private Wording() {}

    /** The verdict in one sentence, for an assessment of a source that was reached. */
    public static String verdict(Assessment assessment) {
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
