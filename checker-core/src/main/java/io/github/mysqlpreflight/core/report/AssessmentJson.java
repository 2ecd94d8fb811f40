/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes an assessment as JSON; the schema is docs/assessment.schema.json. */
public final class AssessmentJson {
    /** The document's format; its meaning changes only with the number. */
    public static final String FORMAT = "mysql-preflight-assessment/1";

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private AssessmentJson() {}

    /** Writes one document in UTF-8 and leaves the stream open. */
    public static void write(Assessment assessment, OutputStream stream) {
        requireNonNull(assessment, "assessment is null");
        try (JsonGenerator out = JSON.createGenerator(new PrettyContext(), stream)) {
            out.writeStartObject();
            out.writeStringProperty("format", FORMAT);
            out.writeObjectPropertyStart("tool");
            out.writeStringProperty("name", "mysql-preflight");
            out.writeStringProperty("version", assessment.toolVersion());
            out.writeEndObject();
            writeSource(out, assessment.source());
            writePlan(out, assessment);
            EstimatesJson.write(out, assessment.estimates());
            Verdict verdict = assessment.verdict();
            out.writeBooleanProperty("success", verdict.success());
            writeNullable(out, "method", methodName(verdict.method()));
            out.writeStringProperty("result", verdict.result());
            out.writeObjectPropertyStart("reasons");
            writeStrings(out, "replication", verdict.replicationReasons());
            writeStrings(out, "dump", verdict.dumpReasons());
            out.writeEndObject();
            out.writeArrayPropertyStart("unverified");
            for (Verdict.Unverified unverified : verdict.unverified()) {
                out.writeStartObject();
                out.writeStringProperty("check", unverified.check());
                out.writeStringProperty("because", unverified.because());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayPropertyStart("checks");
            for (CheckResult check : assessment.checks()) {
                writeCheck(out, check);
            }
            out.writeEndArray();
            writeFixes(out, Fixes.of(assessment));
            writeAcceptance(out, assessment.acceptance());
            writeCoverage(out, assessment.coverage());
            writeSummary(out, assessment.summary());
            out.writeEndObject();
        }
    }

    private static void writeSource(JsonGenerator out, @Nullable SourceInfo source) {
        if (source == null) {
            out.writeNullProperty("source");
            return;
        }
        out.writeObjectPropertyStart("source");
        out.writeStringProperty("host", source.host());
        out.writeNumberProperty("port", source.port());
        out.writeStringProperty("user", source.user());
        writeNullable(out, "version", source.version());
        writeNullable(out, "flavor", source.flavor());
        writeNullable(out, "serverUuid", source.serverUuid());
        out.writeStringProperty(
                "takenAt", source.takenAt().truncatedTo(ChronoUnit.MILLIS).toString());
        out.writeNumberProperty("readMillis", source.readMillis());
        out.writeNumberProperty("connections", source.connections());
        writeNullable(out, "tlsVersion", source.tlsVersion());
        writeFailure(out, source.failure());
        out.writeEndObject();
    }

    private static void writeFailure(JsonGenerator out, ConnectionFacts.@Nullable Failure failure) {
        if (failure == null) {
            return;
        }
        out.writeObjectPropertyStart("failure");
        out.writeStringProperty("problem", failure.problem().name());
        out.writeNumberProperty("errorCode", failure.errorCode());
        writeNullable(out, "sqlState", failure.sqlState());
        out.writeEndObject();
    }

    private static void writePlan(JsonGenerator out, Assessment assessment) {
        Plan plan = assessment.plan();
        if (plan == null) {
            out.writeNullProperty("plan");
            return;
        }
        out.writeObjectPropertyStart("plan");
        out.writeStringProperty("targetVersion", assessment.targetVersion());
        writeTarget(out, plan.target());
        writeNullable(out, "method", methodName(plan.method()));
        writeStrings(out, "ignoredDatabases", plan.ignoredDatabases());
        writeStrings(out, "databases", assessment.databases());
        out.writeStringProperty("dumpTool", plan.dumpTool().command());
        Long limit = plan.maxTotalSize();
        if (limit != null) {
            out.writeNumberProperty("maxTotalSize", limit);
        }
        out.writeBooleanProperty("requirePreserveCommitOrder", plan.requirePreserveCommitOrder());
        out.writeEndObject();
    }

    private static void writeTarget(JsonGenerator out, @Nullable Snapshot target) {
        if (target == null) {
            return;
        }
        ConnectionFacts connection = target.get(Facts.CONNECTION);
        out.writeObjectPropertyStart("target");
        out.writeStringProperty("host", connection.host());
        out.writeNumberProperty("port", connection.port());
        out.writeStringProperty("user", connection.user());
        writeFailure(out, connection.failure());
        out.writeEndObject();
    }

    private static void writeCheck(JsonGenerator out, CheckResult check) {
        out.writeStartObject();
        out.writeStringProperty("id", check.info().id());
        out.writeStringProperty("title", check.info().title());
        out.writeStringProperty("category", check.info().category().group());
        out.writeStringProperty("outcome", check.outcome().name());
        writeNullable(out, "because", check.outcome().because());
        out.writeNumberProperty("durationMs", check.durationMillis());
        if (check.outcome() instanceof Outcome.Found found && found.headline() != null) {
            out.writeStringProperty(
                    "headline", found.headline().of(found.findings().size()));
        }
        out.writeArrayPropertyStart("findings");
        int next = 0;
        for (Finding finding : check.allFindings()) {
            boolean accepted = next < check.accepted().size()
                    && check.accepted().get(next).finding().equals(finding);
            writeFinding(
                    out,
                    finding,
                    check.info().links(),
                    accepted ? check.accepted().get(next++) : null);
        }
        out.writeEndArray();
        Outcome.Unknown unseen = check.outcome().unseen();
        if (unseen != null) {
            out.writeStringProperty("unseen", unseen.because());
            writeRemedies(out, unseen.remedies());
        }
        out.writeEndObject();
    }

    private static void writeFinding(
            JsonGenerator out, Finding finding, List<String> docs, @Nullable AcceptedFinding accepted) {
        out.writeStartObject();
        out.writeStringProperty("effect", finding.effect().name());
        ObjectRef object = finding.object();
        out.writeObjectPropertyStart("object");
        out.writeStringProperty("side", object.side().text());
        out.writeStringProperty("type", object.type().name());
        writeNullable(out, "schema", object.schema());
        writeNullable(out, "name", object.name());
        writeNullable(out, "part", object.part());
        out.writeEndObject();
        writeNullable(out, "found", finding.found());
        writeNullable(out, "needed", finding.needed());
        out.writeStringProperty("message", finding.message());
        writeRemedies(out, finding.remedies());
        writeStrings(out, "docs", docs);
        if (accepted != null) {
            out.writeObjectPropertyStart("accepted");
            out.writeStringProperty("reason", accepted.reason());
            writeNullable(out, "until", day(accepted.until()));
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void writeAcceptance(JsonGenerator out, @Nullable Acceptance acceptance) {
        if (acceptance == null) {
            return;
        }
        out.writeObjectPropertyStart("acceptance");
        out.writeStringProperty("file", acceptance.file());
        out.writeStringProperty("day", acceptance.day().toString());
        out.writeArrayPropertyStart("entries");
        for (Acceptance.Entry entry : acceptance.entries()) {
            out.writeStartObject();
            out.writeNumberProperty("line", entry.line());
            out.writeStringProperty("check", entry.check());
            writeNullable(out, "object", entry.object());
            out.writeStringProperty("reason", entry.reason());
            writeNullable(out, "until", day(entry.until()));
            out.writeStringProperty("state", entry.state().name());
            out.writeNumberProperty("findings", entry.findings());
            writeNullable(out, "message", entry.message());
            out.writeEndObject();
        }
        out.writeEndArray();
        writeStrings(out, "warnings", acceptance.warnings());
        out.writeEndObject();
    }

    private static @Nullable String day(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }

    private static void writeRemedies(JsonGenerator out, List<Remedy> remedies) {
        out.writeArrayPropertyStart("remedies");
        for (Remedy remedy : remedies) {
            out.writeStartObject();
            out.writeStringProperty("text", remedy.text());
            out.writeArrayPropertyStart("sql");
            for (Remedy.Statement statement : remedy.sql()) {
                out.writeString(statement.sql());
            }
            out.writeEndArray();
            writeStatements(out, remedy.sql());
            if (!remedy.settings().isEmpty()) {
                writeStrings(out, "settings", remedy.settings());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeCoverage(JsonGenerator out, @Nullable Coverage coverage) {
        if (coverage == null) {
            return;
        }
        out.writeObjectPropertyStart("coverage");
        out.writeNumberProperty("databases", coverage.databases());
        if (coverage.tables() >= 0) {
            out.writeNumberProperty("tables", coverage.tables());
        }
        out.writeArrayPropertyStart("unseen");
        for (Coverage.Unseen unseen : coverage.unseen()) {
            out.writeStartObject();
            out.writeStringProperty("what", unseen.what());
            out.writeStringProperty("privilege", unseen.privilege());
            writeStrings(out, "checks", unseen.checks());
            out.writeEndObject();
        }
        out.writeEndArray();
        writeNullable(out, "grant", coverage.grant());
        out.writeEndObject();
    }

    private static void writeStatements(JsonGenerator out, List<Remedy.Statement> statements) {
        out.writeArrayPropertyStart("statements");
        for (Remedy.Statement statement : statements) {
            out.writeStartObject();
            out.writeStringProperty("sql", statement.sql());
            writeNullable(out, "note", statement.note());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeFixes(JsonGenerator out, Fixes fixes) {
        out.writeArrayPropertyStart("fixes");
        for (Fixes.Step step : fixes.steps()) {
            out.writeStartObject();
            out.writeStringProperty("check", step.check());
            out.writeStringProperty("side", step.side().text());
            out.writeBooleanProperty("optional", step.optional());
            out.writeStringProperty("mends", step.mends());
            out.writeStringProperty("words", step.words());
            writeStatements(out, step.statements());
            writeNullable(out, "byHand", step.byHand());
            writeStrings(out, "settings", step.settings());
            writeStrings(out, "also", step.also());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeSummary(JsonGenerator out, Summary summary) {
        out.writeObjectPropertyStart("summary");
        out.writeNumberProperty("passed", summary.passed());
        out.writeNumberProperty("found", summary.found());
        out.writeNumberProperty("notApplicable", summary.notApplicable());
        out.writeNumberProperty("unknown", summary.unknown());
        out.writeNumberProperty("failed", summary.failed());
        out.writeNumberProperty("blockers", summary.blockers());
        out.writeNumberProperty("warnings", summary.warnings());
        out.writeNumberProperty("notices", summary.notices());
        out.writeNumberProperty("accepted", summary.accepted());
        out.writeEndObject();
    }

    private static @Nullable String methodName(@Nullable Method method) {
        return method == null ? null : method.name().toLowerCase(Locale.ROOT);
    }

    private static void writeStrings(JsonGenerator out, String name, List<String> values) {
        out.writeArrayPropertyStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    private static void writeNullable(JsonGenerator out, String name, @Nullable String value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, value);
        }
    }

    /** Indents, for people who look into a pipe. */
    private static final class PrettyContext extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }
    }
}
