/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.snapshot.Views;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every view can be used, and reads only what is migrated with it.
 *
 * <p>mysqldump asks for the columns of each view and ends at the first one that cannot be used (1356, tried on 5.7 to 9.7); a view on a
 * database that is not on the target stops the load (1146).
 */
final class ObjViews implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.views", "Every view can be used and finds what it reads on the target")
            .why(
                    "A dump stops at a view whose tables, columns or functions are gone (error 1356), and --force leaves it out"
                            + " without a word that stays. A view that reads a database that is not migrated stops the load (error 1146).")
            .fix("Mend or drop the views that are broken; migrate what the others read, too.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/create-view.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/view-restrictions.html")
            .effects(Effect.BLOCKS_DUMP)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.VIEWS)
            .privileges("SELECT and SHOW VIEW on the databases to migrate")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        List<Finding> findings = new ArrayList<>();
        Set<String> broken = new HashSet<>();
        boolean any = false;
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (table.isView() && selection.contains(table.schema())) {
                any = true;
                String problem = table.problem();
                if (problem != null) {
                    findings.add(broken(table, problem));
                    broken.add(table.schema() + '\0' + table.name());
                }
            }
        }
        Set<String> left = leftOut(source, selection);
        if (!any || left.isEmpty()) {
            return Outcome.of(findings);
        }
        List<Views.View> unread = new ArrayList<>();
        for (Views.View view : source.get(Facts.VIEWS).list()) {
            if (selection.contains(view.schema()) && !broken.contains(view.schema() + '\0' + view.name())) {
                String outside = readsOf(view, left);
                if (outside != null) {
                    findings.add(readsOutside(view, outside));
                } else if (view.definition() == null && view.references() == null) {
                    unread.add(view);
                }
            }
        }
        Outcome outcome = Outcome.of(findings);
        if (!unread.isEmpty()) {
            Views.View first = unread.get(0);
            return outcome.andUnseen(Outcome.unknown(
                    "what " + first.schema() + "." + first.name()
                            + (unread.size() == 1 ? "" : " and " + (unread.size() - 1) + " more views")
                            + " read could not be seen; it may be in a database that is not migrated",
                    Remedy.of("GRANT SHOW VIEW ON *.* to the account; 8.0 before 8.0.16 tells the definer alone")));
        }
        return outcome;
    }

    /** The databases that are there and are not migrated, the server's own aside. */
    private static Set<String> leftOut(Snapshot source, Selection selection) {
        Server server = Server.of(source);
        Set<String> left = new HashSet<>();
        for (Schemas.Schema schema : source.get(Facts.SCHEMAS).list()) {
            if (!selection.contains(schema.name()) && !Selection.isSystem(schema.name(), server)) {
                left.add(schema.name());
            }
        }
        return left;
    }

    /** Something that the view reads in one of the databases; null for nothing. */
    private static @Nullable String readsOf(Views.View view, Set<String> databases) {
        List<Views.Reference> references = view.references();
        if (references != null) {
            for (Views.Reference reference : references) {
                if (databases.contains(reference.schema())) {
                    return reference.schema() + "." + reference.table();
                }
            }
            return null;
        }
        String text = view.definition();
        if (text == null) {
            return null;
        }
        // The server writes each table with its database in front, in back-ticks, and its columns with both.
        for (String database : databases) {
            String quoted = SqlNames.quote(database) + ".";
            for (String before : List.of("from ", "join ", "from (", "(")) {
                if (text.contains(before + quoted)) {
                    return database;
                }
            }
        }
        return null;
    }

    private static Finding broken(Tables.Table view, String problem) {
        return new Finding(
                Effect.BLOCKS_DUMP,
                new ObjectRef(ObjectRef.Side.SOURCE, ObjectRef.Type.VIEW, view.schema(), view.name(), null),
                problem,
                null,
                "view " + view.schema() + "." + view.name() + " cannot be used: a dump stops at it (error 1356)",
                List.of(
                        Remedy.of("Look with SHOW CREATE VIEW what it reads; bring that back, or define the view anew"),
                        Remedy.sql(
                                "If nobody needs it:",
                                List.of(new Remedy.Statement(
                                        "DROP VIEW " + SqlNames.quote(view.schema(), view.name()),
                                        "its definition is lost")))));
    }

    private static Finding readsOutside(Views.View view, String what) {
        return new Finding(
                Effect.BLOCKS_DUMP,
                new ObjectRef(ObjectRef.Side.SOURCE, ObjectRef.Type.VIEW, view.schema(), view.name(), null),
                what,
                null,
                "view " + view.schema() + "." + view.name() + " reads " + what
                        + ", which is not migrated: its load stops (error 1146)",
                List.of(
                        Remedy.of("Migrate that database, too: take it out of --ignore-dbs"),
                        Remedy.of(
                                "Leave the view out of the dump (--ignore-table or --ignore-views), and create it when"
                                        + " what it reads is there")));
    }
}
