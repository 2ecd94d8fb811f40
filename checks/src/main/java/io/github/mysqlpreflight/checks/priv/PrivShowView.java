/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.GrantedTables;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The definition of every view that is migrated may be read. */
final class PrivShowView implements Check {
    private static final String SHOW_VIEW = "SHOW VIEW";

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "The account lacks SHOW VIEW on 1 database with views",
            "The account lacks SHOW VIEW on {n} databases with views");

    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.show-view", "The account can read the definition of every view")
            .why("A dump stops at the first view that it may read but not show (error 1142, SHOW VIEW command denied)."
                    + " Until then everything looks well: SELECT alone returns the rows of the view, and its definition"
                    + " is empty.")
            .fix("Grant SHOW VIEW on *.*, or on each database that has views.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_show-view",
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html")
            .effects(Effect.BLOCKS_DUMP)
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES, Facts.SCHEMAS, Facts.TABLES)
            .privileges("any privilege on each view; a view without one is not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        GrantRules rules = AccountGrants.rules(source);
        Grants grants = source.get(Facts.GRANTS).effective();
        Map<String, Views> hidden = hiddenViews(source, plan, grants, rules);
        if (!hidden.isEmpty() && !grants.unparsed().isEmpty()) {
            return AccountAdvice.notUnderstood(
                    SHOW_VIEW + " on " + AccountAdvice.some(new ArrayList<>(hidden.keySet())), grants);
        }
        Account account = source.get(Facts.SESSION).account();
        List<Finding> findings = new ArrayList<>();
        hidden.forEach((database, views) -> findings.add(new Finding(
                Effect.BLOCKS_DUMP,
                ObjectRef.schema(database),
                "no SHOW VIEW",
                SHOW_VIEW,
                account.quoted() + " cannot dump " + views.text() + " of the database " + database
                        + ": it lacks SHOW VIEW (error 1142)",
                AccountAdvice.grant(SHOW_VIEW, List.of(database), grants, account, rules))));
        return Outcome.of(findings, HEADLINE);
    }

    /** By database, those with at least one view that may not be shown. */
    private static Map<String, Views> hiddenViews(Snapshot source, Plan plan, Grants grants, GrantRules rules) {
        Map<String, Views> byDatabase = new TreeMap<>();
        for (String database :
                AccountAdvice.withoutOn(SHOW_VIEW, Selection.of(source, plan).databases(), grants, rules)) {
            byDatabase.put(database, new Views());
        }
        if (byDatabase.isEmpty()) {
            return byDatabase;
        }
        GrantedTables shown = grants.tablesWith(SHOW_VIEW, rules);
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            Views views = table.type().equals("VIEW") ? byDatabase.get(table.schema()) : null;
            if (views != null && !shown.contains(table.schema(), table.name())) {
                views.add(table.name());
            }
        }
        byDatabase.values().removeIf(views -> views.count == 0);
        return byDatabase;
    }

    /** How many, and the first by name. */
    private static final class Views {
        private int count;
        private String first = "";

        void add(String name) {
            first = count == 0 || name.compareTo(first) < 0 ? name : first;
            count++;
        }

        String text() {
            return count == 1 ? "the view " + first : "the " + count + " views";
        }
    }
}
