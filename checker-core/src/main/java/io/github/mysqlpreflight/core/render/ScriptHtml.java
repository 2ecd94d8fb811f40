/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.report.Fixes;
import java.io.IOException;

/** The statements that mend each server, as one script that can be copied at once; what is to be done by hand is not in it. */
final class ScriptHtml {
    private ScriptHtml() {}

    static void write(HtmlWriter html, Fixes fixes) throws IOException {
        int statements = fixes.statements(Side.SOURCE) + fixes.statements(Side.TARGET);
        if (statements == 0) {
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
        script(html, fixes, Side.SOURCE);
        script(html, fixes, Side.TARGET);
        html.end("section").line();
    }

    private static void script(HtmlWriter html, Fixes fixes, Side side) throws IOException {
        int statements = fixes.statements(side);
        if (statements == 0) {
            return;
        }
        String server = side.text();
        html.start("div", "class", "snippet").start("details");
        html.element("summary", "On the " + server + ": " + Wording.count(statements, "statement", "statements"))
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
        for (Fixes.Step step : fixes.steps(side)) {
            if (!step.runs()) {
                continue;
            }
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
