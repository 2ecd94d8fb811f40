/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.SourceInfo;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The report as one self-contained HTML page: nothing is fetched, everything is readable and printable without its script,
 * which adds filters and copy buttons. A pure function of the assessment.
 */
public final class HtmlReport {
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
                    + "%3Ccircle cx='8' cy='8' r='7' fill='%23COLOR'/%3E%3C/svg%3E";

    private HtmlReport() {}

    /** Writes the page of a run that made all checks, in UTF-8, and leaves the stream open. */
    public static void write(Assessment assessment, OutputStream stream) throws IOException {
        write(assessment, 0, stream);
    }

    /**
     * Writes the page in UTF-8 as it goes, and leaves the stream open.
     *
     * @param leftOut how many checks were not made because the user did not want them; the assessment knows nothing of these
     * @throws IOException when the stream does not take it
     */
    public static void write(Assessment assessment, int leftOut, OutputStream stream) throws IOException {
        requireNonNull(assessment, "assessment is null");
        Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 14);
        HtmlWriter html = new HtmlWriter(out);
        html.verbatim("<!DOCTYPE html>\n").start("html", "lang", "en").line();
        head(html, assessment);
        html.start("body").line();
        html.element("a", "Skip to the report", "class", "skip", "href", "#report")
                .line();
        header(html, assessment);
        html.start("main", "id", "report").line();
        Fixes source = Fixes.of(assessment, Side.SOURCE);
        Fixes target = Fixes.of(assessment, Side.TARGET);
        VerdictHtml.write(html, assessment, source.statements() + target.statements());
        if (assessment.source() != null) {
            FindingsHtml findings = new FindingsHtml(html, assessment);
            findings.effect(Effect.BLOCKS_MIGRATION);
            findings.effect(Effect.BLOCKS_REPLICATION);
            findings.effect(Effect.BLOCKS_DUMP);
            findings.effect(Effect.WARNING);
            CoverageHtml.write(html, assessment, leftOut);
            findings.accepted();
            findings.effect(Effect.NOTICE);
            ScriptHtml.write(html, source, target);
            FindingsTable.write(html, assessment);
            ChecksTable.write(html, assessment);
        }
        html.end("main").line();
        footer(html, assessment);
        html.start("p", "id", "said", "class", "unseen", "role", "status")
                .end("p")
                .line();
        html.end("body").line().end("html").line();
        html.flush();
    }

    /**
     * What the page may do: use its own style and script, known by their hashes, and nothing else. It stands in the page; a
     * server sends it as the header of that name too, where it may add {@code frame-ancestors}, which a page cannot say.
     */
    public static String contentSecurityPolicy() {
        return PageAssets.POLICY;
    }

    private static void head(HtmlWriter html, Assessment assessment) throws IOException {
        html.start("head").line();
        html.empty("meta", "charset", "utf-8").line();
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", PageAssets.POLICY)
                .line();
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.empty("meta", "name", "color-scheme", "content", "light dark").line();
        html.empty("meta", "name", "referrer", "content", "no-referrer").line();
        html.empty("meta", "name", "robots", "content", "noindex, nofollow").line();
        SourceInfo source = assessment.source();
        String what = source == null ? "" : " – " + source.address();
        html.element("title", VerdictHtml.word(assessment) + what + " – MySQL Preflight")
                .line();
        Method method = assessment.verdict().method();
        String color = method == null ? "b3261e" : method == Method.DUMP ? "b26a00" : "1b7f4b";
        html.empty("link", "rel", "icon", "href", ICON.replace("COLOR", color)).line();
        html.start("style").verbatim(PageAssets.STYLE).end("style").line();
        html.start("script").verbatim(PageAssets.SCRIPT).end("script").line();
        html.end("head").line();
    }

    private static void header(HtmlWriter html, Assessment assessment) throws IOException {
        html.start("header").start("p").element("b", "MySQL Preflight").text(" migration check");
        SourceInfo source = assessment.source();
        if (source != null) {
            String title = source.title();
            html.text(title == null ? " of " : " of " + title + " at ").element("b", source.address());
            if (!assessment.targetVersion().isEmpty()) {
                html.text(", to ").element("b", assessment.targetVersion());
            }
        }
        html.end("p").end("header").line();
    }

    private static void footer(HtmlWriter html, Assessment assessment) throws IOException {
        html.start("footer").start("p");
        html.text("Written by MySQL Preflight " + assessment.toolVersion());
        SourceInfo source = assessment.source();
        if (source != null) {
            html.text(", from what was read at ");
            VerdictHtml.time(html, source.takenAt());
        }
        html.text(". This page fetches nothing and sends nothing.");
        html.end("p").end("footer").line();
    }
}
