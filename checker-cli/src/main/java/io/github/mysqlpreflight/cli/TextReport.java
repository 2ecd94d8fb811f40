/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.render.EstimateWords;
import io.github.mysqlpreflight.core.render.SafeText;
import io.github.mysqlpreflight.core.render.Wording;
import io.github.mysqlpreflight.core.report.AcceptedFinding;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Coverage;
import io.github.mysqlpreflight.core.report.Estimates;
import io.github.mysqlpreflight.core.report.SourceInfo;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report for a person: verdict first, then what blocks it with the way out, what could not be seen, the rest in a line,
 * and the result message last. A pure function of the assessment and the layout.
 */
final class TextReport {
    private static final int LISTED = 10;
    private static final int LONGEST_ALIGNED = 60;
    private static final int NARROWEST_COLUMN = 40;
    private static final List<Effect> GRAVEST_FIRST = List.of(
            Effect.BLOCKS_MIGRATION, Effect.BLOCKS_REPLICATION, Effect.BLOCKS_DUMP, Effect.WARNING, Effect.NOTICE);

    private final Assessment assessment;
    private final Layout layout;
    private final int leftOut;
    private final @Nullable String written;
    private final StringBuilder text = new StringBuilder(2048);
    private final int column;
    private @Nullable String example;

    private TextReport(Assessment assessment, int leftOut, @Nullable String written, Layout layout) {
        this.assessment = assessment;
        this.leftOut = leftOut;
        this.written = written;
        this.layout = layout;
        int longest = 10;
        for (CheckResult result : assessment.checks()) {
            if (!(result.outcome() instanceof Outcome.Passed) && !(result.outcome() instanceof Outcome.NotApplicable)) {
                longest = Math.max(longest, result.info().id().length());
            }
        }
        this.column = 4 + longest + 2 + NARROWEST_COLUMN <= layout.width() ? 4 + longest + 2 : 8;
    }

    /**
     * How the report is laid out.
     *
     * @param width most characters of a line of prose; statements and the result message are never wrapped
     * @param color whether escape sequences colour it
     * @param whole whether long lists are shown whole
     */
    record Layout(int width, boolean color, boolean whole) {}

    /** The report of a run that made all checks. */
    static String of(Assessment assessment, Layout layout) {
        return of(assessment, 0, null, layout);
    }

    /**
     * The report.
     *
     * @param leftOut how many checks were not made because the user did not want them; the verdict knows nothing of these
     * @param written what was written into a file besides, in a line; null for nothing
     */
    static String of(Assessment assessment, int leftOut, @Nullable String written, Layout layout) {
        TextReport report = new TextReport(
                requireNonNull(assessment, "assessment is null"),
                leftOut,
                written,
                requireNonNull(layout, "layout is null"));
        report.write();
        return report.text.toString();
    }

    private void write() {
        SourceInfo source = assessment.source();
        if (source == null) {
            result();
            return;
        }
        if (source.failure() != null) {
            cannotCheck("", source.address(), source.failure());
            result();
            return;
        }
        header(source);
        Plan plan = assessment.plan();
        Snapshot target = plan == null ? null : plan.target();
        ConnectionFacts.Failure failure = target == null ? null : Preflight.failure(target);
        if (target != null && failure != null) {
            cannotCheck("the target ", "", failure);
        }
        verdict();
        estimates();
        findings(Effect.BLOCKS_MIGRATION, "BLOCKS MIGRATION", 'x', Color.RED);
        findings(Effect.BLOCKS_REPLICATION, "BLOCKS REPLICATION", 'x', Color.RED);
        findings(Effect.BLOCKS_DUMP, "BLOCKS DUMP", 'x', Color.RED);
        findings(Effect.WARNING, "WARNINGS", '!', Color.YELLOW);
        unknown();
        broken();
        accepted();
        findings(Effect.NOTICE, "NOTICES", 'i', Color.CYAN);
        counts();
        result();
    }

    private void cannotCheck(String which, String address, ConnectionFacts.Failure failure) {
        String what = "cannot check " + which;
        StringBuilder line = new StringBuilder(what.strip()).append(": ");
        if (!address.isEmpty() && !failure.message().contains(address)) {
            line.append(address).append(": ");
        }
        TextLines.wrap(text, line + failure.message(), 0, 2, layout.width());
        if (!failure.advice().isEmpty()) {
            text.append("  ");
            TextLines.wrap(text, failure.advice(), 2, 2, layout.width());
        }
        text.append('\n');
    }

    private void header(SourceInfo source) {
        StringBuilder line = new StringBuilder();
        String title = source.title();
        line.append(title == null ? "A server" : title).append(" at ").append(source.address());
        if (source.databases() >= 0) {
            int databases = assessment.databases().size();
            line.append(", ")
                    .append(Wording.count(databases, "database", "databases"))
                    .append(" to migrate");
        }
        if (!assessment.targetVersion().isEmpty()) {
            line.append(", target ").append(assessment.targetVersion());
        }
        line.append(", read in ").append(Wording.seconds(source.readMillis()));
        line.append(" over ").append(Wording.count(source.connections(), "connection", "connections"));
        String tls = source.tlsVersion();
        line.append(tls == null ? " (not encrypted)" : " (" + tls + ")");
        TextLines.wrap(text, line.toString(), 0, 2, layout.width());
        text.append('\n');
    }

    private void verdict() {
        Method method = assessment.verdict().method();
        String word = method == null ? "NO METHOD" : method == Method.DUMP ? "DUMP" : "REPLICATION";
        Color color = method == null ? Color.RED : method == Method.DUMP ? Color.YELLOW : Color.GREEN;
        text.append("  ");
        paint(word, color);
        int start = Math.max(13, word.length() + 4);
        text.append(" ".repeat(start - 2 - word.length()));
        TextLines.wrap(text, Wording.verdict(assessment), start, start, layout.width());
    }

    /** How much there is to migrate and how long that takes, where it is much. */
    private void estimates() {
        Estimates estimates = assessment.estimates();
        if (estimates != null && estimates.areWorthALine()) {
            text.append("\n  ");
            TextLines.wrap(text, EstimateWords.line(estimates), 2, 4, layout.width());
        }
    }

    private void heading(String words) {
        text.append("\n  ");
        paint(words, Color.NONE);
        text.append('\n');
    }

    private void findings(Effect effect, String heading, char mark, Color color) {
        boolean any = false;
        for (CheckResult result : assessment.checks()) {
            List<Finding> findings = result.findings(effect);
            if (findings.isEmpty()) {
                continue;
            }
            if (!any) {
                heading(heading);
                any = true;
            }
            entry(mark, color, result.info().id());
            Outcome.Headline headline = result.outcome() instanceof Outcome.Found found ? found.headline() : null;
            int shown = layout.whole() ? findings.size() : Math.min(findings.size(), LISTED);
            if (headline != null) {
                TextLines.wrap(text, headline.of(findings.size()), column, column, layout.width());
                objects(findings.subList(0, shown), headline.of(findings.size()));
                more(findings.size() - shown);
                remedies(findings.subList(0, shown), findings.size() - shown);
            } else {
                messages(findings.subList(0, shown));
                more(findings.size() - shown);
            }
        }
        List<String> warnings = assessment.acceptanceWarnings();
        if (effect == Effect.WARNING && !warnings.isEmpty()) {
            if (!any) {
                heading(heading);
            }
            acceptance(warnings, mark, color);
        }
    }

    /** What is wrong with the file of accepted findings, which no check has found. */
    private void acceptance(List<String> warnings, char mark, Color color) {
        mark(mark, color, "--accept");
        int shown = layout.whole() ? warnings.size() : Math.min(warnings.size(), LISTED);
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : " ".repeat(column));
            TextLines.wrap(text, warnings.get(i), column, column + 2, layout.width());
        }
        more(warnings.size() - shown);
    }

    /** What the user has accepted, with the reason; its ways out are not told. */
    private void accepted() {
        boolean any = false;
        for (CheckResult result : assessment.checks()) {
            for (List<AcceptedFinding> alike : Wording.acceptedAlike(result)) {
                if (!any) {
                    heading("ACCEPTED");
                    any = true;
                }
                accepted(result, alike);
            }
        }
    }

    private void accepted(CheckResult result, List<AcceptedFinding> alike) {
        mark('-', Color.NONE, result.info().id());
        List<Finding> findings = new ArrayList<>();
        for (AcceptedFinding accepted : alike) {
            findings.add(accepted.finding());
        }
        Outcome.Headline headline = result.outcome() instanceof Outcome.Found found ? found.headline() : null;
        int shown = layout.whole() ? findings.size() : Math.min(findings.size(), LISTED);
        if (headline != null) {
            TextLines.wrap(text, headline.of(findings.size()), column, column, layout.width());
            objects(findings.subList(0, shown), headline.of(findings.size()));
        } else {
            said(findings.subList(0, shown), true);
        }
        more(findings.size() - shown);
        text.append(" ".repeat(column));
        TextLines.wrap(text, Wording.accepted(alike.get(0)), column, column, layout.width());
    }

    private void more(int hidden) {
        if (hidden > 0) {
            line(column + 2, "… and " + hidden + " more (--all shows them)");
        }
    }

    /** The mark and the id; what follows begins at the column. */
    private void entry(char mark, Color color, String id) {
        if (example == null) {
            example = id;
        }
        mark(mark, color, id);
    }

    private void mark(char mark, Color color, String id) {
        text.append("  ");
        paint(String.valueOf(mark), color);
        text.append(' ').append(id);
        int at = 4 + id.length();
        if (at + 2 <= column) {
            text.append(" ".repeat(column - at));
        } else {
            text.append('\n').append(" ".repeat(column));
        }
    }

    /** Each finding in its own words; those that are mended alike stand together before what mends them. */
    private void messages(List<Finding> findings) {
        Map<String, List<Finding>> alike = new LinkedHashMap<>();
        for (Finding finding : findings) {
            StringBuilder key = new StringBuilder();
            for (Remedy remedy : finding.remedies()) {
                key.append(key(remedy)).append('\u0001');
            }
            alike.computeIfAbsent(key.toString(), ignored -> new ArrayList<>()).add(finding);
        }
        boolean first = true;
        for (List<Finding> group : alike.values()) {
            said(group, first);
            first = false;
            remedies(group, 0);
        }
    }

    /** The findings in their own words; where the line is begun already, they begin there. */
    private void said(List<Finding> findings, boolean begun) {
        boolean first = begun;
        for (Finding finding : findings) {
            if (!first) {
                text.append(" ".repeat(column));
            }
            first = false;
            TextLines.wrap(text, finding.message(), column, column, layout.width());
            String values = Wording.values(finding, finding.message());
            if (!values.isEmpty()) {
                text.append(" ".repeat(column + 2));
                TextLines.wrap(text, values, column + 2, column + 2, layout.width());
            }
        }
    }

    private void objects(List<Finding> findings, String headline) {
        List<String> labels = new ArrayList<>();
        int widest = 0;
        for (Finding finding : findings) {
            String label = SafeText.of(finding.object().title());
            labels.add(label);
            widest = Math.max(widest, Math.min(label.length(), LONGEST_ALIGNED));
        }
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            String found = finding.found();
            String needed = finding.needed();
            StringBuilder line = new StringBuilder(labels.get(i));
            if (found != null && !found.isEmpty()) {
                line.append(" ".repeat(Math.max(0, widest - line.length()) + 2)).append(found);
            }
            if (needed != null && !needed.isEmpty() && !headline.contains(needed)) {
                line.append(found == null ? "  needed: " : "; needed: ").append(needed);
            }
            line(column + 2, line.toString());
        }
    }

    /** Remedies that read alike are said once, with the statements of all. */
    private void remedies(List<Finding> findings, int hidden) {
        Map<String, Advice> merged = new LinkedHashMap<>();
        for (Finding finding : findings) {
            boolean other = false;
            for (Remedy remedy : finding.remedies()) {
                String key = other + key(remedy);
                Advice advice = merged.get(key);
                if (advice == null) {
                    advice = new Advice(other, remedy);
                    merged.put(key, advice);
                }
                advice.add(remedy.sql());
                other = true;
            }
        }
        for (Advice advice : merged.values()) {
            remedy(advice, hidden);
        }
    }

    /** What makes two remedies read alike. A text, because hashing records costs a start some 15 ms. */
    private static String key(Remedy remedy) {
        return remedy.text() + '\u0000' + String.join("\n", remedy.settings());
    }

    /** A way out with the statements of all findings it mends, each once. */
    private static final class Advice {
        private final boolean other;
        private final String words;
        private final List<String> settings;
        private final Map<String, Remedy.Statement> statements = new LinkedHashMap<>();

        /**
         * A way out, as yet without statements.
         *
         * @param other whether it is one next to a better one
         * @param remedy words and settings
         */
        Advice(boolean other, Remedy remedy) {
            this.other = other;
            this.words = remedy.text();
            this.settings = remedy.settings();
        }

        void add(List<Remedy.Statement> more) {
            for (Remedy.Statement statement : more) {
                statements.putIfAbsent(statement.sql() + '\u0000' + statement.note(), statement);
            }
        }
    }

    private void remedy(Advice advice, int hidden) {
        Collection<Remedy.Statement> statements = advice.statements.values();
        text.append(" ".repeat(column));
        TextLines.wrap(text, (advice.other ? "Or: " : "") + advice.words, column, column, layout.width());
        int widest = 0;
        for (Remedy.Statement statement : statements) {
            if (statement.note() != null && statement.sql().length() < LONGEST_ALIGNED) {
                widest = Math.max(widest, statement.sql().length() + 1);
            }
        }
        boolean escaped = false;
        for (Remedy.Statement statement : statements) {
            String sql = statement.sql();
            escaped |= SafeText.isNeededFor(sql);
            String note = statement.note();
            StringBuilder line = new StringBuilder(SafeText.of(sql)).append(';');
            if (note != null) {
                line.append(" ".repeat(Math.max(0, widest - line.length()) + 2))
                        .append("-- ")
                        .append(note);
            }
            line(column + 2, line.toString());
        }
        if (escaped) {
            line(column + 2, "-- <U+....> stands for a character that is not printed; put it back before you run this");
        }
        if (hidden > 0 && !statements.isEmpty()) {
            line(column + 2, "-- … and the same for " + hidden + " more (--all shows them)");
        }
        for (String setting : advice.settings) {
            line(column + 2, setting);
        }
    }

    private void unknown() {
        Map<String, List<CheckResult>> alike = new LinkedHashMap<>();
        for (CheckResult result : assessment.checks()) {
            Outcome.Unknown unknown = result.outcome().unseen();
            if (unknown != null) {
                StringBuilder key = new StringBuilder(unknown.because());
                for (Remedy remedy : unknown.remedies()) {
                    key.append('\u0001').append(key(remedy));
                }
                alike.computeIfAbsent(key.toString(), ignored -> new ArrayList<>())
                        .add(result);
            }
        }
        Coverage coverage = assessment.coverage();
        boolean partial = coverage != null && !coverage.unseen().isEmpty();
        if (alike.isEmpty() && !partial) {
            return;
        }
        heading("COULD NOT BE SEEN");
        for (List<CheckResult> group : alike.values()) {
            entry('?', Color.YELLOW, group.get(0).info().id());
            Outcome.Unknown unknown = group.get(0).outcome().unseen();
            if (unknown != null) {
                unknown(unknown, group);
            }
        }
        if (coverage != null && partial) {
            coverage(coverage);
        }
    }

    /** What was judged, and what the server hides from the account without a word. */
    private void coverage(Coverage coverage) {
        text.append("  ");
        paint("~", Color.YELLOW);
        String name = " coverage";
        text.append(name).append(" ".repeat(Math.max(2, column - 3 - name.length())));
        StringBuilder words = new StringBuilder("judged is what the account sees of ");
        words.append(Wording.count(coverage.databases(), "database", "databases"));
        if (coverage.tables() >= 0) {
            words.append(" with ").append(Wording.count(coverage.tables(), "table", "tables"));
        }
        words.append("; hidden from it are ");
        List<String> hidden = new ArrayList<>();
        for (Coverage.Unseen unseen : coverage.unseen()) {
            hidden.add(unseen.what() + " (" + unseen.privilege() + ")");
        }
        words.append(String.join(", ", hidden));
        TextLines.wrap(text, words.toString(), Math.max(column, 3 + name.length() + 2), column, layout.width());
        String grant = coverage.grant();
        if (grant != null) {
            Remedy remedy = Remedy.sql("Shown by:", grant);
            Advice advice = new Advice(false, remedy);
            advice.add(remedy.sql());
            remedy(advice, 0);
        }
    }

    private void unknown(Outcome.Unknown unknown, List<CheckResult> group) {
        TextLines.wrap(text, unknown.because(), column, column, layout.width());
        if (group.size() > 1) {
            StringBuilder also = new StringBuilder("also: ");
            for (CheckResult result : group.subList(1, group.size())) {
                also.append(also.length() > 6 ? ", " : "").append(result.info().id());
            }
            text.append(" ".repeat(column));
            TextLines.wrap(text, also.toString(), column, column, layout.width());
        }
        boolean other = false;
        for (Remedy remedy : unknown.remedies()) {
            Advice advice = new Advice(other, remedy);
            advice.add(remedy.sql());
            remedy(advice, 0);
            other = true;
        }
    }

    private void broken() {
        boolean any = false;
        for (CheckResult result : assessment.checks()) {
            if (result.outcome() instanceof Outcome.Failed failed) {
                if (!any) {
                    heading("BROKE");
                    any = true;
                }
                entry('x', Color.RED, result.info().id());
                TextLines.wrap(text, failed.because(), column, column, layout.width());
                text.append(" ".repeat(column));
                TextLines.wrap(
                        text,
                        "This is a bug of " + Tool.NAME + " " + assessment.toolVersion()
                                + ", not of the server: please report it.",
                        column,
                        column,
                        layout.width());
            }
        }
    }

    /** How many checks ended how, each counted once, by the gravest thing it found. */
    private void counts() {
        Map<Effect, Integer> found = new EnumMap<>(Effect.class);
        for (CheckResult result : assessment.checks()) {
            Effect gravest = gravest(result);
            if (gravest != null) {
                found.merge(gravest, 1, Integer::sum);
            }
        }
        if (!assessment.acceptanceWarnings().isEmpty()) {
            found.merge(Effect.WARNING, assessment.acceptanceWarnings().size(), Integer::sum);
        }
        List<String> parts = new ArrayList<>();
        parts.add(assessment.summary().passed() + " passed");
        found.forEach((effect, number) -> parts.add(Wording.effects(effect, number)));
        add(parts, assessment.summary().accepted(), "finding accepted", "findings accepted");
        add(parts, assessment.summary().unknown(), "unknown", "unknown");
        add(parts, assessment.summary().failed(), "broke", "broke");
        add(parts, assessment.summary().notApplicable(), "not applicable", "not applicable");
        add(parts, leftOut, "left out", "left out");
        text.append("\n  ");
        String line = String.join(", ", parts);
        if (example != null) {
            String hint = "(" + Tool.NAME + " explain " + example + ")";
            line += (2 + line.length() + 4 + hint.length() <= layout.width() ? "    " : "\n  ") + hint;
        }
        text.append(line);
        if (written != null) {
            text.append("\n  ").append(SafeText.of(written));
        }
        text.append("\n\n");
    }

    private static @Nullable Effect gravest(CheckResult result) {
        for (Effect effect : GRAVEST_FIRST) {
            if (!result.findings(effect).isEmpty()) {
                return effect;
            }
        }
        return null;
    }

    private static void add(List<String> parts, int number, String one, String many) {
        if (number > 0) {
            parts.add(Wording.count(number, one, many));
        }
    }

    private void result() {
        text.append(SafeText.of(assessment.verdict().result())).append('\n');
    }

    private void line(int indent, String words) {
        text.append(" ".repeat(indent)).append(SafeText.of(words)).append('\n');
    }

    private enum Color {
        NONE(""),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Color(String code) {
            this.code = code;
        }
    }

    private void paint(String words, Color color) {
        if (!layout.color()) {
            text.append(words);
            return;
        }
        text.append("\u001b[").append('1');
        if (color != Color.NONE) {
            text.append(';').append(color.code);
        }
        text.append('m').append(words).append("\u001b[0m");
    }
}
