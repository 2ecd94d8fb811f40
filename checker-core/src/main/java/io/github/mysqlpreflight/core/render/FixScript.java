/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.Fixes;
import io.github.mysqlpreflight.core.report.SourceInfo;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fixes as a file of SQL, for the {@code mysql} client and for whoever sends statement by statement: each ends with a
 * semicolon, none needs a DELIMITER, and all comments are of the kind that ends with its line.
 *
 * <p>What is live in it is the source's alone. It begins with a statement that fails on every server but the one that was
 * checked. The target's statements stand as comments, and so does what is to be done by hand.
 */
public final class FixScript {
    private static final String CLIENT = "mysql --binary-mode --default-character-set=utf8mb4";

    private final Writer out;
    private final Assessment assessment;
    private final Fixes fixes;
    private final String file;
    /** What each line begins with: nothing, or what makes a comment of it. */
    private String mark = "";

    private FixScript(Writer out, Assessment assessment, Fixes fixes, String file) {
        this.out = out;
        this.assessment = assessment;
        this.fixes = fixes;
        this.file = isWord(file) ? file : "FILE.sql";
    }

    /**
     * Writes the script in UTF-8 and leaves the stream open.
     *
     * @param file the name of the file, for the lines that tell how to run it
     * @throws IOException when the stream does not take it
     */
    public static void write(Assessment assessment, Fixes fixes, String file, OutputStream stream) throws IOException {
        requireNonNull(assessment, "assessment is null");
        Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 14);
        new FixScript(writer, assessment, fixes, file).write();
        writer.flush();
    }

    /** What there is to do, in a line. */
    public static String summary(Fixes fixes) {
        StringBuilder words = new StringBuilder();
        int source = fixes.statements(Side.SOURCE);
        int target = fixes.statements(Side.TARGET);
        if (source > 0) {
            words.append(Wording.count(source, "statement", "statements")).append(" for the source");
        }
        if (target > 0) {
            words.append(source > 0 ? ", " + target : Wording.count(target, "statement", "statements"))
                    .append(" for the target (as comments)");
        }
        if (fixes.byHand() > 0) {
            words.append(words.length() > 0 ? ", " : "")
                    .append(Wording.count(fixes.byHand(), "thing", "things"))
                    .append(" to do by hand");
        }
        return words.length() == 0 ? "nothing to fix" : words.toString();
    }

    private void write() throws IOException {
        header();
        List<Fixes.Step> source = fixes.steps(Side.SOURCE);
        if (fixes.statements(Side.SOURCE) > 0) {
            preamble(assessment.source());
        }
        steps(source);
        List<Fixes.Step> target = fixes.steps(Side.TARGET);
        if (!target.isEmpty()) {
            target(target);
        }
    }

    private void header() throws IOException {
        SourceInfo source = assessment.source();
        comment("Fixes for " + (source == null ? "a source that was not read" : "the source " + name(source))
                + ", by MySQL Preflight " + assessment.toolVersion());
        if (source != null) {
            comment((source.failure() == null ? "from what was read at " : "which could not be read at ")
                    + source.takenAt().truncatedTo(ChronoUnit.SECONDS) + ": " + summary(fixes)
                    + ". Nothing has been run.");
        }
        if (source == null || source.failure() != null || fixes.steps().isEmpty()) {
            comment(assessment.verdict().result());
        }
        if (source != null && fixes.statements(Side.SOURCE) > 0) {
            line("--");
            comment(
                    "Read it before you run it: what is wrong and what to do stands before the statements, what each costs or"
                            + " has to wait for behind it.");
            comment("Then, as an administrator of the source:");
            comment("    " + client(source) + " < " + file);
            comment(
                    "mysql stops at the first error, and what ran before it stays: mend the cause, then have the file written"
                            + " anew.");
            comment(
                    "Accounts come first, then settings, objects, and what needs these; last what only warns. Notices are left"
                            + " out.");
        }
    }

    private static String name(SourceInfo server) {
        String title = server.title();
        return server.address() + (title == null ? "" : " (" + title + ")");
    }

    private static String client(SourceInfo server) {
        return CLIENT + " -h " + (isWord(server.host()) ? server.host() : "HOST") + " -P " + server.port()
                + " -u ADMIN -p";
    }

    /** Whether it is one word to a shell and to SQL, whatever is in it. */
    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean plain = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || "._/:+".indexOf(character) >= 0
                    || (i > 0 && "-~".indexOf(character) >= 0);
            if (!plain) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** What holds for the whole session. */
    private void preamble(@Nullable SourceInfo server) throws IOException {
        line("");
        line("SET NAMES utf8mb4;");
        line("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION';");
        line("SET SESSION lock_wait_timeout = 60;  -- who waits longer for a lock gives up, for others wait behind it");
        String identity = server == null ? null : identity(server);
        if (identity != null) {
            comment("Fails on any other server than the one that was checked; take it out to try this on a copy:");
            line("DO EXTRACTVALUE('<a/>', IF(@@GLOBAL." + identity + ", '/a', '=not the server that was checked'));");
        }
    }

    /** What is true of that server, as far as its own variables tell: of MariaDB, which has no uuid, only the version. */
    private static @Nullable String identity(SourceInfo server) {
        if ("TIDB".equals(server.flavor()) || "VITESS".equals(server.flavor())) {
            // They have no function that fails when it is told to.
            return null;
        }
        String uuid = server.serverUuid();
        String version = server.version();
        if (uuid != null && !uuid.isEmpty()) {
            return isWord(uuid) ? "server_uuid = '" + uuid + "'" : null;
        }
        return version != null && isWord(version) ? "version = '" + version + "'" : null;
    }

    private void target(List<Fixes.Step> steps) throws IOException {
        Plan plan = assessment.plan();
        SourceInfo server = plan == null || plan.target() == null ? null : SourceInfo.of(plan.target());
        String targetMark = targetMark();
        line("");
        comment("======== The target" + (server == null ? "" : ", " + name(server)) + " ========");
        comment("What is to be done there stands as comments, so that it cannot happen to the source.");
        if (fixes.statements(Side.TARGET) > 0 && server != null) {
            comment("To run it, on the target alone:");
            comment("    sed -n 's/^" + targetMark + " \\{0,1\\}//p' " + file + " | " + client(server));
        }
        mark = targetMark;
        if (fixes.statements(Side.TARGET) > 0) {
            preamble(server);
        }
        steps(steps);
        mark = "";
    }

    /** What begins no line of a statement: a name with line ends in it could smuggle one in. */
    private String targetMark() {
        StringBuilder found = new StringBuilder("-- target|");
        for (Fixes.Step step : fixes.steps()) {
            for (Remedy.Statement statement : step.statements()) {
                while (statement.sql().contains(found)) {
                    found.append('|');
                }
            }
        }
        return found.toString();
    }

    private void steps(List<Fixes.Step> steps) throws IOException {
        boolean optional = false;
        for (Fixes.Step step : steps) {
            line("");
            if (step.optional() && !optional) {
                comment("-------- From here on what only warns: the migration works without it --------");
                line("");
                optional = true;
            }
            step(step);
        }
    }

    private void step(Fixes.Step step) throws IOException {
        comment(step.check() + ": " + step.mends());
        if (!step.also().isEmpty()) {
            comment("also mends " + String.join(", ", step.also()));
        }
        comment(step.words());
        String byHand = step.byHand();
        if (byHand != null) {
            comment("By hand, for " + byHand + ":");
        }
        for (Remedy.Statement statement : step.statements()) {
            statement(statement, byHand == null ? "" : "--     ");
        }
        for (String setting : step.settings()) {
            comment("    " + setting);
        }
    }

    private void statement(Remedy.Statement statement, String before) throws IOException {
        String cost = cost(statement);
        String text = statement.sql() + ";" + (cost == null ? "" : "  -- " + SafeText.of(cost));
        // A name may hold line ends; as a comment each of its lines has to be one.
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            line(before + text.substring(from, end));
            from = end + 1;
        }
        line(before + text.substring(from));
    }

    /** What the check says of it, else what is true of its kind. */
    private static @Nullable String cost(Remedy.Statement statement) {
        String note = statement.note();
        if (note != null) {
            return note;
        }
        String[] words = statement.sql().split("\\s+", 3);
        String second = words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT);
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "GRANT", "REVOKE" -> "holds for new connections at the latest";
            case "SET" ->
                switch (second) {
                    case "GLOBAL", "PERSIST" -> "at once, without a restart";
                    case "PERSIST_ONLY" -> "needs a restart";
                    case "DEFAULT" -> "holds for new connections";
                    default -> null;
                };
            case "ALTER", "CREATE", "DROP", "RENAME" ->
                second.equals("USER") || second.equals("DATABASE") || second.equals("SCHEMA")
                        ? "at once"
                        : "takes a metadata lock: waits for transactions that use it";
            default -> null;
        };
    }

    private void comment(String words) throws IOException {
        line("-- " + SafeText.of(words));
    }

    private void line(String text) throws IOException {
        out.write(mark);
        if (!mark.isEmpty() && !text.isEmpty()) {
            out.write(' ');
        }
        out.write(text);
        out.write('\n');
    }
}
