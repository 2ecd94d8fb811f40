/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** All checks that were made, with how each ended and the pages its rule rests on. */
final class ChecksTable {
    private ChecksTable() {}

    static void write(HtmlWriter html, Assessment assessment) throws IOException {
        if (assessment.checks().isEmpty()) {
            return;
        }
        html.start("section", "class", "checks", "aria-labelledby", "checks").line();
        html.element("h2", "All checks", "id", "checks").line();
        html.start("table").line();
        html.element("caption", "Every check that was made, with its outcome", "class", "unseen")
                .line();
        html.start("thead").start("tr");
        for (String title : List.of("Check", "Outcome", "Documentation")) {
            html.element("th", title, "scope", "col");
        }
        html.end("tr").end("thead").line();
        Category last = null;
        for (CheckResult result : assessment.checks()) {
            Category category = result.info().category();
            if (category != last) {
                if (last != null) {
                    html.end("tbody").line();
                }
                html.start("tbody").line();
                html.start("tr").element("th", category.title(), "scope", "rowgroup", "colspan", "3");
                html.end("tr").line();
                last = category;
            }
            row(html, result);
        }
        html.end("tbody").line().end("table").line().end("section").line();
    }

    private static void row(HtmlWriter html, CheckResult result) throws IOException {
        String id = result.info().id();
        html.start("tr", "id", "check-" + id).start("th", "scope", "row");
        html.element("code", id)
                .text(" ")
                .element("span", result.info().title())
                .end("th");
        Outcome outcome = result.outcome();
        html.start("td", "class", kind(result)).element("b", words(outcome));
        String because = outcome.because();
        if (because != null) {
            html.text(" ").element("span", because);
        }
        for (Effect effect : Effect.values()) {
            int number = result.findings(effect).size();
            if (number > 0) {
                html.text(" ").start("a", "href", "#" + FindingsHtml.anchor(effect, id));
                html.text(Wording.effects(effect, number)).end("a");
            }
        }
        int accepted = result.accepted().size();
        if (accepted > 0) {
            html.text(" ").start("a", "href", "#accepted-" + id);
            html.text(accepted + " accepted").end("a");
        }
        html.end("td").start("td");
        FindingsHtml.links(html, result.info().links());
        html.end("td").end("tr").line();
    }

    /** For the style: the outcome, and of what was found the gravest. */
    private static String kind(CheckResult result) {
        for (Effect effect : FindingsTable.GRAVEST_FIRST) {
            if (!result.findings(effect).isEmpty()) {
                return "found " + FindingsHtml.word(effect);
            }
        }
        return result.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Outcome outcome) {
        if (outcome instanceof Outcome.Passed) {
            return "passed";
        } else if (outcome instanceof Outcome.Found) {
            return "found";
        } else if (outcome instanceof Outcome.NotApplicable) {
            return "not applicable";
        } else if (outcome instanceof Outcome.Unknown) {
            return "unknown";
        }
        return "broke";
    }
}
