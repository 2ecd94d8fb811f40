/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.engine.CheckRunner;
import io.github.mysqlpreflight.core.probe.ReadListener;
import io.github.mysqlpreflight.core.probe.SnapshotReader;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ScanLimits;
import io.github.mysqlpreflight.core.source.SourceUri;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs one check on a snapshot or a real server, the way the engine does, and says what is expected of it.
 *
 * <p>{@code CheckTester.of(new GtidMode()).on(snapshot).finds(Effect.BLOCKS_REPLICATION, "gtid_mode")}.
 */
public final class CheckTester {
    private final Check check;
    private final Plan plan;
    private final @Nullable Snapshot source;

    private CheckTester(Check check, Plan plan, @Nullable Snapshot source) {
        this.check = check;
        this.plan = plan;
        this.source = source;
    }

    /** Tests that check under the default plan. */
    public static CheckTester of(Check check) {
        return new CheckTester(check, Plan.defaults(), null);
    }

    /** Under that plan. */
    public CheckTester with(Plan other) {
        return new CheckTester(check, other, source);
    }

    /** On that snapshot. */
    public CheckTester on(Snapshot snapshot) {
        return new CheckTester(check, plan, snapshot);
    }

    /** On that fixture. */
    public CheckTester on(SnapshotFixture fixture) {
        return on(fixture.build());
    }

    /** On a real server, read with the account of the URI; only what the check needs or uses is read. */
    public CheckTester on(String uri) {
        return on(read(uri, check.info().facts()));
    }

    /** On a real server whose rows are looked into, as with {@code --scan-data}. */
    public CheckTester onRowsOf(String uri) {
        return on(new SnapshotReader("test", ReadLimits.defaults().withScan(ScanLimits.defaults()), ReadListener.SILENT)
                .read(SourceUri.parse(uri), new LinkedHashSet<>(check.info().facts())));
    }

    /** With a real server as the target, read like {@link #on(String)}. */
    public CheckTester onto(String targetUri) {
        return with(plan.withTarget(read(targetUri, check.info().targetFacts())));
    }

    /** Reads facts of a real server. */
    public static Snapshot read(String uri, List<FactKey<?>> facts) {
        Set<FactKey<?>> wanted = new LinkedHashSet<>(facts);
        return new SnapshotReader("test", ReadLimits.defaults(), ReadListener.SILENT)
                .read(SourceUri.parse(uri), wanted);
    }

    /** How the check ended. */
    public Outcome outcome() {
        if (source == null) {
            throw new IllegalStateException("on what? call on(...) first");
        }
        return CheckRunner.judge(check, source, plan);
    }

    /** It passed. */
    public CheckTester passes() {
        assertThat(outcome()).isEqualTo(Outcome.passed());
        return this;
    }

    /** It does not apply, for a reason with those words. */
    public CheckTester doesNotApply(String because) {
        Outcome outcome = outcome();
        assertThat(outcome).isInstanceOf(Outcome.NotApplicable.class);
        assertThat(((Outcome.NotApplicable) outcome).because()).contains(because);
        return this;
    }

    /** It could not be judged, for a reason with those words. */
    public CheckTester isUnknown(String because) {
        Outcome outcome = outcome();
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(((Outcome.Unknown) outcome).because()).contains(because);
        return this;
    }

    /** Whatever it found, it could not see something, and says so with those words. */
    public CheckTester doesNotSee(String because) {
        Outcome.Unknown unseen = outcome().unseen();
        assertThat(unseen == null ? "" : unseen.because()).contains(because);
        return this;
    }

    /** It found exactly so many findings, all of that effect, the first with those words in its message. */
    public CheckTester finds(int count, Effect effect, String words) {
        List<Finding> findings = findings();
        assertThat(findings).hasSize(count);
        assertThat(findings).allSatisfy(finding -> assertThat(finding.effect()).isEqualTo(effect));
        assertThat(findings.get(0).message()).contains(words);
        return this;
    }

    /** It found one thing, of that effect, with those words in its message. */
    public CheckTester finds(Effect effect, String words) {
        return finds(1, effect, words);
    }

    /** Its findings, of which there is at least one. */
    public List<Finding> findings() {
        Outcome outcome = outcome();
        assertThat(outcome).isInstanceOf(Outcome.Found.class);
        return ((Outcome.Found) outcome).findings();
    }

    /** All SQL of the first remedy of each finding, in order, to be applied to a real server. */
    public String[] remedySql() {
        List<String> statements = new ArrayList<>();
        for (Finding finding : findings()) {
            if (!finding.remedies().isEmpty()) {
                for (Remedy.Statement statement : finding.remedies().get(0).sql()) {
                    statements.add(statement.sql());
                }
            }
        }
        assertThat(statements).as("statements to paste").isNotEmpty();
        return statements.toArray(new String[0]);
    }
}
