/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.SourceInfo;
import io.github.mysqlpreflight.core.report.Summary;
import io.github.mysqlpreflight.core.report.Verdict;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top of the page: the verdict, why for each method, what was read and asked, and the result message. */
final class VerdictHtml {
    private static final int LISTED = 10;

    private VerdictHtml() {}

    static void write(HtmlWriter html, Assessment assessment, int statements) throws IOException {
        Verdict verdict = assessment.verdict();
        SourceInfo source = assessment.source();
        String tone = verdict.method() == null ? "none" : verdict.method() == Method.DUMP ? "dump" : "replication";
        html.start("section", "class", "verdict " + tone, "aria-labelledby", "verdict")
                .line();
        html.start("h1", "id", "verdict").element("span", "Verdict: ", "class", "unseen");
        html.text(word(assessment)).end("h1").line();
        html.element("p", state(verdict), "class", "state").line();
        if (source == null) {
            html.element("p", "There was no source to judge.", "class", "sentence")
                    .line();
        } else if (source.failure() != null) {
            html.element("p", "The source could not be judged.", "class", "sentence")
                    .line();
            failure(html, source.address(), source.failure());
        } else {
            html.element("p", Wording.verdict(assessment), "class", "sentence").line();
            Plan plan = assessment.plan();
            Snapshot target = plan == null ? null : plan.target();
            ConnectionFacts.Failure failure = target == null ? null : Preflight.failure(target);
            if (failure != null) {
                html.element("p", "The target could not be judged.", "class", "sentence")
                        .line();
                failure(html, "", failure);
            }
            html.start("div", "class", "methods").line();
            method(html, assessment, Method.REPLICATION, verdict.replicationReasons());
            method(html, assessment, Method.DUMP, verdict.dumpReasons());
            html.end("div").line();
        }
        if (source != null) {
            contents(html, assessment, statements);
        }
        html.end("section").line();
        if (source != null) {
            html.start("div", "class", "facts").line();
            source(html, source, assessment);
            plan(html, assessment);
            EstimatesHtml.write(html, assessment.estimates());
            html.end("div").line();
        }
        html.start("section", "aria-labelledby", "result").line();
        html.element("h2", "Result message", "id", "result").line();
        snippet(html, "result", "the result message");
        html.text(verdict.result());
        html.end("pre").end("div").line().end("section").line();
    }

    /** The verdict as a word or two. */
    static String word(Assessment assessment) {
        Method method = assessment.verdict().method();
        if (method != null) {
            return method.title();
        }
        return assessment.source() == null || assessment.unreachable() ? "Not checked" : "No method";
    }

    /** A box with preformatted text that the script gives a copy button; ends with pre and div. */
    static void snippet(HtmlWriter html, String kind, String what) throws IOException {
        html.start("div", "class", "snippet").start("pre", "class", kind, "data-copy", what);
    }

    static void time(HtmlWriter html, Instant instant) throws IOException {
        String text = instant.truncatedTo(ChronoUnit.SECONDS).toString();
        html.element("time", text.replace("T", " ").replace("Z", " UTC"), "datetime", text);
    }

    private static String state(Verdict verdict) {
        if (!verdict.success()) {
            return "Pre-checks failed";
        }
        return verdict.result().startsWith("All ") ? "All pre-checks passed" : "Not all pre-checks passed";
    }

    private static void failure(HtmlWriter html, String address, ConnectionFacts.Failure failure) throws IOException {
        String message = failure.message();
        html.start("div", "class", "failure");
        html.element("p", address.isEmpty() || message.contains(address) ? message : address + ": " + message);
        if (!failure.advice().isEmpty()) {
            html.element("p", failure.advice());
        }
        html.end("div").line();
    }

    private static void method(HtmlWriter html, Assessment assessment, Method method, List<String> reasons)
            throws IOException {
        Plan plan = assessment.plan();
        boolean considered = plan == null || plan.considers(method);
        int blocking = Wording.blocking(assessment, method);
        String state = blocking > 0 ? "blocked" : reasons.isEmpty() ? "free" : "open";
        String id = "method-" + method.title();
        html.start("section", "class", "method " + state, "aria-labelledby", id).line();
        html.element("h2", method.title(), "id", id);
        String words = blocking > 0
                ? "Blocked by " + Wording.count(blocking, "check", "checks")
                : !reasons.isEmpty()
                        ? "Left open"
                        : Wording.acceptedBlockers(assessment, method) > 0
                                ? "Nothing blocks it but what was accepted"
                                : "Nothing blocks it";
        html.element("p", considered ? words : words + "; it was not asked for", "class", "state")
                .line();
        html.element("p", meaning(method), "class", "quiet").line();
        list(html, reasons, "reasons");
        html.end("section").line();
    }

    private static String meaning(Method method) {
        return switch (method) {
            case REPLICATION -> "A dump, then GTID replication until the switch.";
            case DUMP -> "A logical dump alone; what is written after it began is not migrated.";
        };
    }

    /** What is in the page and how much of it. */
    private static void contents(HtmlWriter html, Assessment assessment, int statements) throws IOException {
        html.start("nav", "aria-label", "In this report")
                .start("ul", "class", "jump")
                .line();
        int all = 0;
        for (Effect effect : FindingsTable.GRAVEST_FIRST) {
            int checks = 0;
            for (CheckResult result : assessment.checks()) {
                int number = result.findings(effect).size();
                checks += number > 0 ? 1 : 0;
                all += number;
            }
            checks += effect == Effect.WARNING ? assessment.acceptanceWarnings().size() : 0;
            if (checks > 0) {
                jump(html, FindingsHtml.word(effect), Wording.effects(effect, checks));
            }
        }
        Summary summary = assessment.summary();
        if (summary.unknown() > 0) {
            jump(html, "coverage", summary.unknown() + " could not be seen");
        }
        if (summary.failed() > 0) {
            jump(html, "coverage", summary.failed() + " broke");
        }
        if (summary.accepted() > 0) {
            jump(html, "accepted", summary.accepted() + " accepted");
        }
        if (statements > 0) {
            jump(html, "script", "All SQL fixes (" + statements + ")");
        }
        all += summary.accepted();
        if (all > 0) {
            jump(html, "findings", "All findings (" + all + ")");
        }
        jump(html, "checks", "All checks (" + assessment.checks().size() + ")");
        html.end("ul").end("nav").line();
    }

    private static void jump(HtmlWriter html, String place, String words) throws IOException {
        html.start("li").element("a", words, "href", "#" + place).end("li").line();
    }

    /** All of them, those after the tenth folded away. */
    private static void list(HtmlWriter html, List<String> texts, String kind) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        int first = Math.min(LISTED, texts.size());
        part(html, texts.subList(0, first), kind);
        if (first < texts.size()) {
            html.start("details").element("summary", "and " + (texts.size() - first) + " more");
            part(html, texts.subList(first, texts.size()), kind);
            html.end("details").line();
        }
    }

    private static void part(HtmlWriter html, List<String> texts, String kind) throws IOException {
        html.start("ul", "class", kind).line();
        for (String text : texts) {
            html.element("li", text).line();
        }
        html.end("ul").line();
    }

    private static void source(HtmlWriter html, SourceInfo source, Assessment assessment) throws IOException {
        html.start("section", "aria-labelledby", "source").line();
        html.element("h2", "Source", "id", "source").line().start("dl").line();
        fact(html, "Server", source.title());
        fact(html, "Address", source.address());
        fact(html, "Account", source.user());
        if (source.failure() == null) {
            String tls = source.tlsVersion();
            fact(html, "Encryption", tls == null ? "none: the session was not encrypted" : tls);
        }
        fact(html, "server_uuid", source.serverUuid());
        html.element("dt", source.failure() == null ? "Read" : "Tried").start("dd");
        time(html, source.takenAt());
        html.text(
                source.failure() != null
                        ? ""
                        : " in " + Wording.seconds(source.readMillis()) + " over "
                                + Wording.count(source.connections(), "connection", "connections"));
        html.end("dd").line();
        if (source.databases() >= 0) {
            List<String> databases = assessment.databases();
            html.element("dt", "Databases").start("dd");
            html.text(Wording.count(databases.size(), "database", "databases") + " to migrate; the account sees "
                    + source.databases() + ", the system's included");
            list(html, databases, "names");
            html.end("dd").line();
        }
        html.end("dl").line().end("section").line();
    }

    private static void plan(HtmlWriter html, Assessment assessment) throws IOException {
        Plan plan = assessment.plan();
        if (plan == null) {
            return;
        }
        html.start("section", "aria-labelledby", "plan").line();
        html.element("h2", "Plan", "id", "plan").line().start("dl").line();
        fact(html, "Target version", assessment.targetVersion());
        Snapshot snapshot = plan.target();
        if (snapshot != null) {
            SourceInfo target = SourceInfo.of(snapshot);
            fact(html, "Target", target.title());
            fact(html, "Target address", target.address());
            fact(html, "Target account", target.user());
        }
        Method method = plan.method();
        fact(html, "Method asked for", method == null ? "any: the best is recommended" : method.title());
        if (plan.ignoredDatabases().isEmpty()) {
            fact(html, "Ignored databases", "none");
        } else {
            html.element("dt", "Ignored databases").start("dd");
            list(html, plan.ignoredDatabases(), "names");
            html.end("dd").line();
        }
        fact(html, "Dump tool", plan.dumpTool().command());
        Long limit = plan.maxTotalSize();
        fact(html, "Most data", limit == null ? null : limit + " bytes");
        fact(html, "Commit order", plan.requirePreserveCommitOrder() ? "has to be kept by a replica" : null);
        html.end("dl").line().end("section").line();
    }

    private static void fact(HtmlWriter html, String name, @Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            html.element("dt", name).element("dd", value).line();
        }
    }
}
