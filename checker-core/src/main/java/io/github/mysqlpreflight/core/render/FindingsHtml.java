/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.report.AcceptedFinding;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The findings of one effect after the other, check by check, each with every object and the way out. */
final class FindingsHtml {
    private static final int LISTED = 10;
    private static final int LISTED_STATEMENTS = 50;

    private final HtmlWriter html;
    private final Assessment assessment;

    FindingsHtml(HtmlWriter html, Assessment assessment) {
        this.html = html;
        this.assessment = assessment;
    }

    /** Where in the page the findings of a check with that effect stand. */
    static String anchor(Effect effect, String id) {
        return word(effect) + "-" + id;
    }

    /** The effect as one word, for the style and for addresses in the page. */
    static String word(Effect effect) {
        return switch (effect) {
            case BLOCKS_MIGRATION -> "migration";
            case BLOCKS_REPLICATION -> "replication";
            case BLOCKS_DUMP -> "dump";
            case WARNING -> "warning";
            case NOTICE -> "notice";
        };
    }

    /** What an effect is called, of one finding. */
    static String title(Effect effect) {
        return switch (effect) {
            case BLOCKS_MIGRATION -> "Blocks migration";
            case BLOCKS_REPLICATION -> "Blocks replication";
            case BLOCKS_DUMP -> "Blocks dump";
            case WARNING -> "Warning";
            case NOTICE -> "Notice";
        };
    }

    private static String heading(Effect effect) {
        return switch (effect) {
            case BLOCKS_MIGRATION, BLOCKS_REPLICATION, BLOCKS_DUMP -> title(effect);
            case WARNING -> "Warnings";
            case NOTICE -> "Notices";
        };
    }

    /** A section for the findings with that effect; nothing where there are none. */
    void effect(Effect effect) throws IOException {
        int checks = 0;
        int all = 0;
        for (CheckResult result : assessment.checks()) {
            int number = result.findings(effect).size();
            checks += number > 0 ? 1 : 0;
            all += number;
        }
        List<String> acceptance = effect == Effect.WARNING ? assessment.acceptanceWarnings() : List.of();
        if (all == 0 && acceptance.isEmpty()) {
            return;
        }
        html.start("section", "class", "effect " + word(effect), "aria-labelledby", word(effect))
                .line();
        html.start("h2", "id", word(effect)).text(heading(effect) + " ");
        String counts = checks > 0 ? Wording.count(checks, "check", "checks") : "";
        counts += all > checks ? ", " + Wording.count(all, "finding", "findings") : "";
        counts += checks > 0 && !acceptance.isEmpty() ? ", " : "";
        counts += acceptance.isEmpty() ? "" : Wording.count(acceptance.size(), "entry", "entries") + " of --accept";
        html.element("span", counts, "class", "count").end("h2").line();
        for (CheckResult result : assessment.checks()) {
            List<Finding> findings = result.findings(effect);
            if (!findings.isEmpty()) {
                check(effect, result, findings);
            }
        }
        acceptance(acceptance);
        html.end("section").line();
    }

    /** What is wrong with the file of accepted findings, which no check has found. */
    private void acceptance(List<String> warnings) throws IOException {
        if (warnings.isEmpty()) {
            return;
        }
        html.start("article", "class", "item").line();
        String what = Wording.count(warnings.size(), "entry", "entries") + " of the accepted findings "
                + (warnings.size() == 1 ? "accepts" : "accept") + " nothing";
        html.element("h3", what).element("p", "--accept", "class", "check").line();
        html.start("ul", "class", "messages").line();
        for (String warning : warnings) {
            html.element("li", warning).line();
        }
        html.end("ul").line().end("article").line();
    }

    /** A section for what the user has accepted, with the reason; its ways out are not told. */
    void accepted() throws IOException {
        int all = assessment.summary().accepted();
        if (all == 0) {
            return;
        }
        html.start("section", "class", "effect accepted", "aria-labelledby", "accepted")
                .line();
        html.start("h2", "id", "accepted").text("Accepted ");
        html.element("span", Wording.count(all, "finding", "findings"), "class", "count")
                .end("h2")
                .line();
        for (CheckResult result : assessment.checks()) {
            boolean first = true;
            for (List<AcceptedFinding> alike : Wording.acceptedAlike(result)) {
                accepted(result, alike, first);
                first = false;
            }
        }
        html.end("section").line();
    }

    private void accepted(CheckResult result, List<AcceptedFinding> alike, boolean first) throws IOException {
        String id = result.info().id();
        List<Finding> findings = new ArrayList<>(alike.size());
        for (AcceptedFinding accepted : alike) {
            findings.add(accepted.finding());
        }
        Outcome.Headline headline = result.outcome() instanceof Outcome.Found found ? found.headline() : null;
        boolean alone = headline == null && findings.size() == 1;
        String words = words(result, headline, findings);
        if (first) {
            html.start("article", "class", "item", "id", "accepted-" + id).line();
        } else {
            html.start("article", "class", "item").line();
        }
        html.element("h3", words).element("p", id, "class", "check").line();
        if (headline != null) {
            objects(findings, words);
        } else {
            messages(findings, alone);
        }
        html.element("p", Wording.accepted(alike.get(0)), "class", "fix").line();
        html.end("article").line();
    }

    private static String words(CheckResult result, Outcome.@Nullable Headline headline, List<Finding> findings) {
        if (headline != null) {
            return headline.of(findings.size());
        }
        return findings.size() == 1
                ? findings.get(0).message()
                : result.info().title() + ": not so " + findings.size() + " times";
    }

    private void check(Effect effect, CheckResult result, List<Finding> findings) throws IOException {
        Outcome.Headline headline = result.outcome() instanceof Outcome.Found found ? found.headline() : null;
        String id = result.info().id();
        boolean alone = headline == null && findings.size() == 1;
        String words = words(result, headline, findings);
        html.start("article", "class", "item", "id", anchor(effect, id)).line();
        html.element("h3", words);
        html.element("p", id, "class", "check").line();
        if (headline != null) {
            objects(findings, words);
            remedies(findings, id);
        } else {
            Map<String, List<Finding>> alike = new LinkedHashMap<>();
            for (Finding finding : findings) {
                alike.computeIfAbsent(key(finding.remedies()), ignored -> new ArrayList<>())
                        .add(finding);
            }
            for (List<Finding> group : alike.values()) {
                messages(group, alone);
                remedies(group, id);
            }
        }
        why(html, result);
        html.end("article").line();
    }

    /** Why the check is made, and the pages it rests on. */
    static void why(HtmlWriter html, CheckResult result) throws IOException {
        html.start("details", "class", "why").element("summary", "Why it matters, and where it is documented");
        html.element("p", result.info().why());
        links(html, result.info().links());
        html.end("details").line();
    }

    /** Links to pages outside; an address that no browser fetches stays text. */
    static void links(HtmlWriter html, List<String> links) throws IOException {
        html.start("ul", "class", "links");
        for (String link : links) {
            html.start("li");
            if (link.startsWith("https://") || link.startsWith("http://")) {
                html.element("a", label(link), "href", link, "rel", "noreferrer");
            } else {
                html.text(link);
            }
            html.end("li");
        }
        html.end("ul");
    }

    /** The site and the last part of the path. */
    private static String label(String link) {
        String address = link.substring(link.indexOf("//") + 2);
        String site = address.substring(0, first(address, '/'));
        int mark = first(address, '#');
        String place = address.substring(Math.min(mark + 1, address.length()));
        String path = address.substring(0, mark);
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String page = path.substring(path.lastIndexOf('/') + 1);
        if (path.length() <= site.length()) {
            return address;
        }
        page = page.endsWith(".html") ? page.substring(0, page.length() - 5) : page;
        return (site.startsWith("www.") ? site.substring(4) : site) + ": " + (place.isEmpty() ? page : place);
    }

    private static int first(String text, char character) {
        int at = text.indexOf(character);
        return at < 0 ? text.length() : at;
    }

    private void messages(List<Finding> findings, boolean alone) throws IOException {
        for (int from = 0; from < findings.size(); from += from == 0 ? LISTED : findings.size()) {
            boolean folded = from > 0;
            if (folded) {
                html.start("details").element("summary", "and " + (findings.size() - from) + " more");
            }
            html.start("ul", "class", "messages").line();
            int end = folded ? findings.size() : Math.min(LISTED, findings.size());
            for (Finding finding : findings.subList(from, end)) {
                String values = Wording.values(finding, finding.message());
                if (alone && values.isEmpty()) {
                    continue;
                }
                html.start("li");
                if (!alone) {
                    html.text(finding.message());
                }
                if (!values.isEmpty()) {
                    html.element("p", values, "class", "quiet");
                }
                html.end("li").line();
            }
            html.end("ul").line();
            if (folded) {
                html.end("details").line();
            }
        }
    }

    private void objects(List<Finding> findings, String headline) throws IOException {
        for (int from = 0; from < findings.size(); from += from == 0 ? LISTED : findings.size()) {
            boolean folded = from > 0;
            if (folded) {
                html.start("details").element("summary", "and " + (findings.size() - from) + " more");
            }
            html.start("ul", "class", "objects").line();
            int end = folded ? findings.size() : Math.min(LISTED, findings.size());
            for (Finding finding : findings.subList(from, end)) {
                html.start("li").element("code", label(finding.object()));
                String found = finding.found();
                String needed = finding.needed();
                if (found != null && !found.isEmpty()) {
                    html.text(" ").element("span", found);
                }
                if (needed != null && !needed.isEmpty() && !headline.contains(needed)) {
                    html.text(" needed: " + needed);
                }
                html.end("li").line();
            }
            html.end("ul").line();
            if (folded) {
                html.end("details").line();
            }
        }
    }

    /** The object as a person calls it. */
    static String label(ObjectRef object) {
        return object.title();
    }

    /** Remedies that read alike are said once, with the statements of all. */
    private void remedies(List<Finding> findings, String id) throws IOException {
        List<List<Remedy>> lists = new ArrayList<>(findings.size());
        for (Finding finding : findings) {
            lists.add(finding.remedies());
        }
        remedies(html, lists, id);
    }

    /** The ways out, given for each finding; those that read alike are said once, with the statements of all. */
    static void remedies(HtmlWriter html, List<List<Remedy>> lists, String id) throws IOException {
        Map<String, Advice> merged = new LinkedHashMap<>();
        for (List<Remedy> remedies : lists) {
            boolean other = false;
            for (Remedy remedy : remedies) {
                boolean isOther = other;
                merged.computeIfAbsent(
                                isOther + key(remedy), ignored -> new Advice(isOther, remedy, new LinkedHashMap<>()))
                        .add(remedy.sql());
                other = true;
            }
        }
        for (Advice advice : merged.values()) {
            html.start("div", "class", advice.other() ? "fix other" : "fix").line();
            html.element("p", (advice.other() ? "Or: " : "") + advice.remedy().text())
                    .line();
            if (!advice.statements().isEmpty()) {
                sql(html, advice, id);
            }
            if (!advice.remedy().settings().isEmpty()) {
                VerdictHtml.snippet(html, "settings", "the settings for " + id);
                for (String setting : advice.remedy().settings()) {
                    html.start("code").text(setting).line().end("code");
                }
                html.end("pre").end("div").line();
            }
            html.end("div").line();
        }
    }

    private static void sql(HtmlWriter html, Advice advice, String id) throws IOException {
        int number = advice.statements().size();
        boolean folded = number > LISTED_STATEMENTS;
        if (folded) {
            html.start("div", "class", "snippet").start("details");
            html.element("summary", number + " statements").line();
            html.start("pre", "class", "sql", "data-copy", "the SQL for " + id);
        } else {
            VerdictHtml.snippet(html, "sql", "the SQL for " + id);
        }
        statements(html, advice.statements().values());
        html.end("pre");
        if (folded) {
            html.end("details");
        }
        html.end("div").line();
    }

    /** Statements to paste, a line each. */
    static void statements(HtmlWriter html, Iterable<Remedy.Statement> statements) throws IOException {
        boolean escaped = false;
        for (Remedy.Statement statement : statements) {
            escaped |= SafeText.isNeededFor(statement.sql());
            html.start("code").text(statement.sql()).text(";");
            String note = statement.note();
            if (note != null) {
                html.text("  ").element("i", "-- " + note);
            }
            html.line().end("code");
        }
        if (escaped) {
            html.start("code")
                    .element(
                            "i",
                            "-- <U+....> stands for a character that is not shown; put it back before you run this")
                    .line()
                    .end("code");
        }
    }

    private static String key(List<Remedy> remedies) {
        if (remedies.size() == 1) {
            return key(remedies.get(0));
        }
        StringBuilder key = new StringBuilder();
        for (Remedy remedy : remedies) {
            key.append(key(remedy)).append('\u0001');
        }
        return key.toString();
    }

    private static String key(Remedy remedy) {
        return remedy.settings().isEmpty()
                ? remedy.text()
                : remedy.text() + '\u0000' + String.join("\n", remedy.settings());
    }

    /** A way out with the statements of all findings it mends, each once. */
    private record Advice(boolean other, Remedy remedy, Map<String, Remedy.Statement> statements) {
        void add(List<Remedy.Statement> more) {
            for (Remedy.Statement statement : more) {
                statements.putIfAbsent(statement.sql(), statement);
            }
        }
    }
}
