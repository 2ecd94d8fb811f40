/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a run which tests did not run, and why: each reason once, with its tests. Silent if all ran. */
public final class SkipSummary implements TestExecutionListener {
    private final PrintStream out;
    private final Map<String, List<String>> testsByReason = new TreeMap<>();

    /** Prints to standard error; for the launcher. */
    public SkipSummary() {
        this(System.err);
    }

    SkipSummary(PrintStream out) {
        this.out = out;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            String reason = result.getThrowable().map(Throwable::getMessage).orElse("aborted without a reason");
            add(test, reason);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        String summary = summary();
        if (!summary.isEmpty()) {
            out.println(summary);
            out.flush();
        }
    }

    private synchronized void add(TestIdentifier test, String reason) {
        testsByReason
                .computeIfAbsent(reason.strip(), ignored -> new ArrayList<>())
                .add(name(test));
    }

    private static String name(TestIdentifier test) {
        if (test.getSource().orElse(null) instanceof MethodSource method) {
            String type = method.getClassName();
            String name = type.substring(type.lastIndexOf('.') + 1) + "." + method.getMethodName();
            return test.getDisplayName().startsWith(method.getMethodName()) ? name : name + " " + test.getDisplayName();
        }
        return test.getDisplayName();
    }

    synchronized String summary() {
        if (testsByReason.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("Not run (-Dpreflight.skip=forbidden makes what is missing a failure):");
        testsByReason.forEach((reason, tests) -> {
            text.append("\n  ").append(reason);
            for (String test : tests) {
                text.append("\n    - ").append(test);
            }
        });
        return text.toString();
    }
}
