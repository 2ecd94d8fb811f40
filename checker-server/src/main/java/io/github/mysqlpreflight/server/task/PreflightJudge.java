/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.source.AddressRefusedException;
import io.github.mysqlpreflight.core.source.AddressRule;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.config.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Does what a task asks for with the engine, under the profile of its service. */
final class PreflightJudge implements Judge {
    private final Map<String, Profile> services;
    private final SourceGate gate;
    private final Preflight preflight;
    private final ReadLimits limits;

    /** @param time most time for reading and judging; at least a second */
    PreflightJudge(Map<String, Profile> services, SourceGate gate, Preflight preflight, Duration time) {
        this.services = Map.copyOf(services);
        this.gate = gate;
        this.preflight = preflight;
        this.limits = ReadLimits.defaults().withTotal(time);
    }

    @Override
    public Ending judge(Job job, ReadListener listener) throws TaskFailedException {
        Profile profile = services.get(job.service());
        if (profile == null) {
            throw new TaskFailedException("the service " + job.service() + " is no longer configured");
        }
        boolean upgrade = job.type() == TaskType.UPGRADE_CHECK;
        // The server of the profile is the operator's own word, which the list of what others may name does not
        // concern.
        boolean ownServer = upgrade && job.source().equals(profile.target());
        if (!ownServer) {
            admit(job);
        }
        // A server is upgraded where a replica of the newer version could follow it; to dump it is to leave it.
        Method method = upgrade ? Method.REPLICATION : job.method();
        Plan plan = new Plan(
                job.targetVersion() != null ? job.targetVersion() : profile.targetVersion(),
                null,
                method,
                job.ignoredDatabases(),
                profile.dumpTool(),
                profile.maxTotalSize(),
                profile.requirePreserveCommitOrder());
        List<Check> checks = checks(job.type());
        // An upgrade is judged for the version asked for, not for that of another server.
        Assessment assessment = preflight
                .withAddressRule(ownServer ? AddressRule.ANY : gate.rule(job.service(), job.source()))
                .check(job.source(), upgrade ? null : profile.target(), plan, checks, limits, listener);
        return Judgements.of(assessment, preflight.registry().all().size() - checks.size());
    }

    /** Once more: the configuration may be another than when the task was created. */
    private void admit(Job job) throws TaskFailedException {
        try {
            gate.admit(job.service(), job.source());
        } catch (AddressRefusedException e) {
            throw new TaskFailedException(String.valueOf(e.getMessage()));
        }
    }

    private List<Check> checks(TaskType type) {
        return switch (type) {
            case MIGRATION_CHECK -> preflight.registry().all();
            case UPGRADE_CHECK -> preflight.registry().select(versionGroups(), List.of());
        };
    }

    private List<String> versionGroups() {
        List<String> groups = new ArrayList<>();
        for (Check check : preflight.registry().all()) {
            Category category = check.info().category();
            if ((category == Category.VERSION || category == Category.UPGRADE) && !groups.contains(category.group())) {
                groups.add(category.group());
            }
        }
        return groups;
    }
}
