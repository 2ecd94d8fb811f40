/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Coverage;
import io.github.mysqlpreflight.core.report.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much could be judged, what could not be seen with what would show it, and what broke. */
final class CoverageHtml {
    private CoverageHtml() {}

    static void write(HtmlWriter html, Assessment assessment, int leftOut) throws IOException {
        Summary summary = assessment.summary();
        html.start("section", "class", "coverage", "aria-labelledby", "coverage")
                .line();
        html.element("h2", summary.unknown() > 0 ? "Could not be seen" : "Coverage", "id", "coverage")
                .line();
        int judged = summary.passed() + summary.found();
        int concerned = judged + summary.unknown() + summary.failed();
        StringBuilder words = new StringBuilder();
        words.append(judged).append(" of ").append(Wording.count(concerned, "check", "checks"));
        words.append(" that concern this migration could be judged: ").append(summary.passed());
        words.append(" passed, ").append(summary.found()).append(" found something.");
        if (summary.notApplicable() > 0) {
            words.append(' ').append(Wording.count(summary.notApplicable(), "check does", "checks do"));
            words.append(" not apply.");
        }
        if (leftOut > 0) {
            words.append(' ')
                    .append(Wording.count(leftOut, "check was", "checks were"))
                    .append(" left out as asked.");
        }
        html.element("p", words.toString()).line();
        bar(html, summary);
        unseen(html, assessment.coverage());
        unknown(html, assessment);
        broken(html, assessment);
        html.end("section").line();
    }

    /** What the server hides from the account without a word, and the statement that would show it. */
    private static void unseen(HtmlWriter html, @Nullable Coverage coverage) throws IOException {
        if (coverage == null || coverage.unseen().isEmpty()) {
            return;
        }
        html.start("article", "class", "item unknown").line();
        StringBuilder judged = new StringBuilder("Judged is what the account sees of ");
        judged.append(Wording.count(coverage.databases(), "database", "databases"));
        if (coverage.tables() >= 0) {
            judged.append(" with ").append(Wording.count(coverage.tables(), "table", "tables"));
        }
        html.element("h3", judged.append("; hidden from it are:").toString()).line();
        html.start("ul").line();
        for (Coverage.Unseen unseen : coverage.unseen()) {
            html.element(
                            "li",
                            unseen.what() + ", without " + unseen.privilege() + ": "
                                    + String.join(", ", unseen.checks()))
                    .line();
        }
        html.end("ul").line();
        String grant = coverage.grant();
        if (grant != null) {
            FindingsHtml.remedies(html, List.of(List.of(Remedy.sql("Shown by:", grant))), "coverage");
        }
        html.end("article").line();
    }

    private static void bar(HtmlWriter html, Summary summary) throws IOException {
        int[] numbers = {summary.passed(), summary.found(), summary.unknown(), summary.failed(), summary.notApplicable()
        };
        String[] words = {"passed", "found", "unknown", "broke", "not applicable"};
        int all = 0;
        for (int number : numbers) {
            all += number;
        }
        if (all == 0) {
            return;
        }
        html.start(
                "svg",
                "class",
                "bar",
                "viewBox",
                "0 0 " + all + " 1",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
        int at = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] > 0) {
                html.empty(
                        "rect",
                        "class",
                        words[i].replace(' ', '-'),
                        "x",
                        Integer.toString(at),
                        "y",
                        "0",
                        "height",
                        "1",
                        "width",
                        Integer.toString(numbers[i]));
                at += numbers[i];
            }
        }
        html.end("svg").line();
        html.start("ul", "class", "legend");
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] > 0) {
                html.element("li", numbers[i] + " " + words[i], "class", words[i].replace(' ', '-'));
            }
        }
        html.end("ul").line();
    }

    private static void unknown(HtmlWriter html, Assessment assessment) throws IOException {
        Map<String, List<CheckResult>> alike = new LinkedHashMap<>();
        for (CheckResult result : assessment.checks()) {
            Outcome.Unknown unknown = result.outcome().unseen();
            if (unknown != null) {
                StringBuilder key = new StringBuilder(unknown.because());
                for (Remedy remedy : unknown.remedies()) {
                    key.append('\u0001').append(remedy);
                }
                alike.computeIfAbsent(key.toString(), ignored -> new ArrayList<>())
                        .add(result);
            }
        }
        for (List<CheckResult> group : alike.values()) {
            Outcome.Unknown unknown = group.get(0).outcome().unseen();
            if (unknown != null) {
                html.start("article", "class", "item unknown").line();
                html.element("h3", unknown.because()).line();
                names(html, group);
                FindingsHtml.remedies(
                        html, List.of(unknown.remedies()), group.get(0).info().id());
                html.end("article").line();
            }
        }
    }

    private static void names(HtmlWriter html, List<CheckResult> group) throws IOException {
        html.start("ul", "class", "titles").line();
        for (CheckResult result : group) {
            html.start("li")
                    .element("code", result.info().id())
                    .text(" " + result.info().title());
            html.end("li").line();
        }
        html.end("ul").line();
    }

    private static void broken(HtmlWriter html, Assessment assessment) throws IOException {
        for (CheckResult result : assessment.checks()) {
            if (result.outcome() instanceof Outcome.Failed failed) {
                html.start("article", "class", "item failed").line();
                html.element("h3", failed.because()).line();
                names(html, List.of(result));
                html.element(
                                "p",
                                "The check broke. This is a bug of mysql-preflight " + assessment.toolVersion()
                                        + ", not of the server: please report it.")
                        .line();
                html.end("article").line();
            }
        }
    }
}
