/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.report.AcceptedFinding;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All findings as one table, the gravest first; the script lets it be filtered and sorted. */
final class FindingsTable {
    static final List<Effect> GRAVEST_FIRST = List.of(
            Effect.BLOCKS_MIGRATION, Effect.BLOCKS_REPLICATION, Effect.BLOCKS_DUMP, Effect.WARNING, Effect.NOTICE);

    private FindingsTable() {}

    static void write(HtmlWriter html, Assessment assessment) throws IOException {
        int all = 0;
        for (CheckResult result : assessment.checks()) {
            all += result.allFindings().size();
        }
        if (all == 0) {
            return;
        }
        html.start("section", "class", "findings", "aria-labelledby", "findings")
                .line();
        html.element("h2", "All findings", "id", "findings").line();
        form(html, all);
        html.start("table", "id", "all").line();
        html.element("caption", "Every finding, the gravest first", "class", "unseen")
                .line();
        html.start("thead").start("tr");
        for (String title : List.of("Effect", "Check", "Database", "Object", "Finding")) {
            html.element("th", title, "scope", "col");
        }
        html.end("tr").end("thead").line();
        html.start("tbody").line();
        for (Effect effect : GRAVEST_FIRST) {
            for (CheckResult result : assessment.checks()) {
                for (Finding finding : result.findings()) {
                    if (finding.effect() == effect) {
                        row(html, result.info().id(), finding, null);
                    }
                }
            }
        }
        for (CheckResult result : assessment.checks()) {
            for (AcceptedFinding accepted : result.accepted()) {
                row(html, result.info().id(), accepted.finding(), accepted);
            }
        }
        html.end("tbody").line().end("table").line().end("section").line();
    }

    /** Shown by the script, which fills in what can be chosen. */
    private static void form(HtmlWriter html, int all) throws IOException {
        html.start("form", "id", "filter", "role", "search", "aria-label", "Filter the findings", "hidden", "")
                .line();
        for (String name : List.of("Effect", "Check", "Database")) {
            html.start("label").text(name).start("select", "name", name.toLowerCase(Locale.ROOT));
            html.element("option", "all", "value", "")
                    .end("select")
                    .end("label")
                    .line();
        }
        html.start("label").text("Text");
        html.empty("input", "type", "search", "name", "text", "autocomplete", "off", "spellcheck", "false");
        html.end("label").line();
        html.element("button", "Reset", "type", "reset").line();
        html.element("output", Wording.count(all, "finding", "findings"), "aria-live", "polite")
                .line();
        html.end("form").line();
    }

    private static void row(HtmlWriter html, String id, Finding finding, @Nullable AcceptedFinding accepted)
            throws IOException {
        Effect effect = finding.effect();
        ObjectRef object = finding.object();
        String title = accepted == null ? FindingsHtml.title(effect) : "Accepted";
        html.start("tr").element("td", title, "class", accepted == null ? FindingsHtml.word(effect) : "accepted");
        String anchor = accepted == null ? FindingsHtml.anchor(effect, id) : "accepted-" + id;
        html.start("td").element("a", id, "href", "#" + anchor).end("td");
        String schema = object.schema();
        html.element("td", schema == null ? "" : schema);
        html.start("th", "scope", "row")
                .element("small", kind(object))
                .text(" " + name(object))
                .end("th");
        html.start("td").text(finding.message());
        String values = Wording.values(finding, finding.message());
        if (!values.isEmpty()) {
            html.text(" ").element("small", values);
        }
        if (accepted != null) {
            html.text(" ").element("small", Wording.accepted(accepted));
        }
        html.end("td").end("tr").line();
    }

    private static String kind(ObjectRef object) {
        String kind = object.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return object.side() == Side.TARGET ? "target's " + kind : kind;
    }

    private static String name(ObjectRef object) {
        return join(object.name(), object.part());
    }

    private static String join(@Nullable String name, @Nullable String part) {
        return (name == null ? "" : name) + (name != null && part != null ? "." : "") + (part == null ? "" : part);
    }
}
