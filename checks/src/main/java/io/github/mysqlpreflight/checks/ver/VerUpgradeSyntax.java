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
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Programs, views, columns and keys are ones that the target can create.
 *
 * <p>What is gone stands in {@code removed-syntax.txt}, what is reserved in {@code keywords.txt}. Old temporal columns, orphaned files and
 * the like, which only an upgrade in place trips over, are no matter of a migration: neither a dump nor a replica meets them.
 */
final class VerUpgradeSyntax implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "ver.upgrade-syntax", "The target takes the text of every program, view, column and key")
            .why("Newer series do without functions, statements, clauses and system variables of older ones: PASSWORD()"
                    + " and ENCODE(), GROUP BY … DESC, SQL_CACHE, tx_isolation in 8.0, SHOW SLAVE STATUS in 8.4, MD5() in"
                    + " 9.6. A program or view that has one cannot be created there, so an import stops at it (error"
                    + " 1064, 1193, 1305); some are only found out when the program runs.")
            .fix("Rewrite the objects on the source, in a way that both servers understand, before they are migrated.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.0/en/upgrading-from-previous-series.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/upgrading-from-previous-series.html",
                    "https://dev.mysql.com/doc/refman/9.6/en/legacy-hashing-component.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(
                    Facts.ROUTINES,
                    Facts.TRIGGERS,
                    Facts.EVENTS,
                    Facts.VIEWS,
                    Facts.COLUMNS,
                    Facts.INDEXES,
                    Facts.FOREIGN_KEYS,
                    Facts.SCHEMAS,
                    Facts.VARIABLES)
            .uses(Facts.EXTENSIONS)
            .targetNeeds(Facts.VARIABLES)
            .targetUses(Facts.EXTENSIONS)
            .privileges(
                    "SELECT and SHOW VIEW on *.* for the text of routines and views, TRIGGER and EVENT on each database")
            .build();

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
        Selection selection = Selection.of(source, plan);
        RemovedSyntax removed = RemovedSyntax.between(server, release);
        Keywords keywords = Keywords.between(server, release);
        RefusedTexts texts = new RefusedTexts(source, plan, removed);
        RefusedDefinitions definitions = new RefusedDefinitions(source, plan, selection, removed);
        SqlTokens tokens = new SqlTokens(release);
        List<Finding> findings = new ArrayList<>();
        List<Program> unread = new ArrayList<>();
        List<Program> programs = StoredPrograms.withStatements(source, selection);
        if (!keywords.isEmpty() || !removed.isEmpty(RemovedSyntax.Place.PROGRAM)) {
            for (Program program : programs) {
                String text = program.text();
                if (text == null) {
                    unread.add(program);
                } else {
                    Set<String> functions = texts.functionsOf(program.schema());
                    tokens.read(text, program.sqlMode());
                    texts.addProgram(program, keywords.uses(tokens, functions), tokens, findings);
                }
            }
        }
        if (!removed.isEmpty(RemovedSyntax.Place.VIEW) || removed.limit(RemovedSyntax.Limit.What.VIEW_COLUMN) != null) {
            for (Program view : StoredPrograms.views(source, selection)) {
                String text = view.text();
                if (text == null) {
                    unread.add(view);
                } else {
                    texts.addView(view, tokens.read(text, ""), findings);
                    definitions.addViewColumns(view, tokens, findings);
                }
            }
        }
        definitions.addExpressions(texts, tokens, server, findings);
        definitions.addNames(findings);
        definitions.addModes(programs, findings);
        return Outcome.of(findings).andUnseen(VersionWords.unread(unread));
    }
}
