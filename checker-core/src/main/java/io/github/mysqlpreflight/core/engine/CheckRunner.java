/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.FactUnavailableException;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes checks on a snapshot: pure but for the clock that times them. */
public final class CheckRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CheckRunner.class);

    private CheckRunner() {}

    /** How each of the checks ends, in their order. */
    public static List<CheckResult> run(List<Check> checks, Snapshot source, Plan plan) {
        List<CheckResult> results = new ArrayList<>(checks.size());
        for (Check check : checks) {
            long start = System.nanoTime();
            Outcome outcome = judge(check, source, plan);
            results.add(new CheckResult(check.info(), outcome, (System.nanoTime() - start) / 1_000_000));
        }
        return results;
    }

    /** How one check ends. */
    public static Outcome judge(Check check, Snapshot source, Plan plan) {
        CheckInfo info = check.info();
        try {
            String pointless = check.notApplicable(plan);
            if (pointless != null) {
                return Outcome.notApplicable(pointless);
            }
            Outcome missing = missing(info.needs(), source, Side.SOURCE);
            if (missing == null && plan.target() != null) {
                missing = missing(info.targetNeeds(), plan.target(), Side.TARGET);
            }
            return missing != null ? missing : check.inspect(source, plan);
        } catch (FactUnavailableException e) {
            boolean ofSource = source.find(e.key()).equals(e.fact());
            return Outcome.unread(e.key(), e.fact(), ofSource ? Side.SOURCE : Side.TARGET);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // A broken check, or one compiled for another version, must not take the others down; its own outcome says
            // that it broke, and where.
            LOG.error("the check {} broke", info.id(), e);
            StackTraceElement[] trace = e.getStackTrace();
            return new Outcome.Failed(e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }

    private static @Nullable Outcome missing(List<FactKey<?>> keys, Snapshot snapshot, Side side) {
        for (FactKey<?> key : keys) {
            if (snapshot.find(key) instanceof Fact.Unavailable<?> unavailable) {
                return Outcome.unread(key, unavailable, side);
            }
        }
        return null;
    }
}
