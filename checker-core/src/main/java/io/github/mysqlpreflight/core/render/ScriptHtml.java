/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import java.io.IOException;

/** The statements that mend each server, as one script that can be copied at once. */
final class ScriptHtml {
    private ScriptHtml() {}

    static void write(HtmlWriter html, Fixes source, Fixes target) throws IOException {
        if (source.steps().isEmpty() && target.steps().isEmpty()) {
            return;
        }
        html.start("section", "class", "script", "aria-labelledby", "script").line();
        html.element("h2", "All SQL fixes", "id", "script").line();
        html.element(
                        "p",
                        "Privileges first, then settings, then objects; last what mends warnings, which the migration does"
                                + " not need. Where there are several ways, the first. Conditions and costs stand as"
                                + " comments: read before you run.",
                        "class",
                        "quiet")
                .line();
        script(html, source, "source");
        script(html, target, "target");
        html.end("section").line();
    }

    private static void script(HtmlWriter html, Fixes fixes, String server) throws IOException {
        if (fixes.steps().isEmpty()) {
            return;
        }
        html.start("div", "class", "snippet").start("details");
        html.element(
                        "summary",
                        "On the " + server + ": " + Wording.count(fixes.statements(), "statement", "statements"))
                .line();
        html.start(
                "pre",
                "class",
                "sql",
                "data-copy",
                "all SQL fixes for the " + server,
                "data-label",
                "Copy all SQL fixes");
        comment(html, "To be run on the " + server + ", in this order");
        boolean optional = false;
        for (Fixes.Step step : fixes.steps()) {
            html.start("code").line().end("code");
            if (step.optional() && !optional) {
                comment(html, "From here on: warnings, which the migration does not need to be mended");
                optional = true;
            }
            comment(html, step.check() + ": " + step.words());
            FindingsHtml.statements(html, step.statements());
        }
        html.end("pre").end("details").end("div").line();
    }

    private static void comment(HtmlWriter html, String words) throws IOException {
        html.start("code").element("i", "-- " + words).line().end("code");
    }
}
