/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.checks.sql.SqlTokens;
import io.github.mysqlpreflight.checks.sql.StoredPrograms;
import io.github.mysqlpreflight.checks.sql.StoredPrograms.Program;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * No stored program uses a word as a name that the target reserves.
 *
 * <p>Views are left out: a server keeps their text with all names quoted. That the target refuses such a program is what
 * {@code ver.upgrade-syntax} says; here stands which words it is about.
 */
final class VerReservedWords implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "ver.reserved-words", "No stored program uses a word as a name that the target reserves")
            .why("Each series of MySQL reserves more words, such as RANK, SYSTEM and GROUPS in 8.0 or MANUAL in 8.4. A"
                    + " routine, trigger or event that uses one as a name without quotes does not parse there: its"
                    + " CREATE statement stops the import (error 1064).")
            .fix("Put such names into back-ticks and create the program anew on the source; or rename the column or"
                    + " variable.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/keywords.html")
            .effects(Effect.WARNING)
            .needs(Facts.ROUTINES, Facts.TRIGGERS, Facts.EVENTS, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.EXTENSIONS)
            .targetNeeds(Facts.VARIABLES)
            .privileges("SELECT on *.* for the text of routines, TRIGGER and EVENT on each database")
            .build();

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 stored program uses words as names that the target reserves",
            "{n} stored programs use words as names that the target reserves");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return VersionWords.targetIsNotMySql(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        ServerVersion release = Targets.release(source, plan);
        Keywords keywords = Keywords.between(server, release);
        if (keywords.isEmpty()) {
            return Outcome.passed();
        }
        String target = plan.targetVersionText(source);
        Callable callable = Callable.of(source);
        SqlTokens tokens = new SqlTokens(release);
        List<Finding> findings = new ArrayList<>();
        List<Program> unread = new ArrayList<>();
        for (Program program : StoredPrograms.withStatements(source, Selection.of(source, plan))) {
            String text = program.text();
            if (text == null) {
                unread.add(program);
            } else {
                Set<String> functions = callable.from(program.schema());
                List<Keywords.Use> uses = keywords.uses(tokens.read(text, program.sqlMode()), functions);
                if (!uses.isEmpty()) {
                    findings.add(finding(program, uses, target));
                }
            }
            addHeader(program, keywords, target, findings);
        }
        return Outcome.of(findings, HEADLINE).andUnseen(VersionWords.unread(unread));
    }

    private static Finding finding(Program program, List<Keywords.Use> uses, String target) {
        TreeMap<String, Integer> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        StringBuilder words = new StringBuilder();
        StringBuilder places = new StringBuilder();
        for (Keywords.Use use : uses) {
            if (lines.putIfAbsent(use.word(), use.line()) == null) {
                words.append(words.isEmpty() ? "" : ", ").append(use.word());
                places.append(places.isEmpty() ? "" : ", ")
                        .append(use.word())
                        .append(" (line ")
                        .append(use.line())
                        .append(')');
            }
        }
        return new Finding(
                Effect.WARNING,
                program.object(),
                words.toString(),
                "names in back-ticks",
                program.label() + " uses as a name what " + target + " reserves: " + places,
                List.of(Remedy.of("Put " + words + " into back-ticks in its text, and create it anew on the source")));
    }

    /** A server keeps the CREATE TRIGGER as it was written, but tells only its parts: whether names in it were quoted stays open. */
    private static void addHeader(Program program, Keywords keywords, String target, List<Finding> findings) {
        String table = program.table();
        if (table == null) {
            return;
        }
        List<String> names = new ArrayList<>();
        if (keywords.reservedSince(program.name()) != null) {
            names.add(program.name());
        }
        if (keywords.reservedSince(table) != null && !names.contains(table)) {
            names.add(table);
        }
        if (!names.isEmpty()) {
            String words = String.join(", ", names);
            findings.add(new Finding(
                    Effect.WARNING,
                    program.object(),
                    words,
                    "names in back-ticks",
                    program.label() + " on table " + table + " names what " + target + " reserves: " + words
                            + "; it cannot be created there if its CREATE TRIGGER was written without quotes",
                    List.of(Remedy.of("Look at SHOW CREATE TRIGGER; where " + words
                            + " stands without back-ticks, create the trigger anew with them"))));
        }
    }
}
