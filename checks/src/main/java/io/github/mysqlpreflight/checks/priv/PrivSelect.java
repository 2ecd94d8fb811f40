/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every database to migrate can be read, whole: by a grant on it, or on each of its tables and views. */
final class PrivSelect implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.select", "The account can read every database that is migrated")
            .why(
                    "A dump stops at the first table it may not read (error 1142); a privilege on some columns is not enough."
                            + " A database in which nothing may be read looks empty, and would be migrated as such.")
            .fix("Grant SELECT on *.*, or on each database that is migrated.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_select",
                    "https://dev.mysql.com/doc/refman/8.4/en/partial-revokes.html")
            .effects(Effect.BLOCKS_MIGRATION)
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES, Facts.SCHEMAS, Facts.TABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        GrantRules rules = AccountGrants.rules(source);
        Grants grants = source.get(Facts.GRANTS).effective();
        Map<String, Content> uncovered = new LinkedHashMap<>();
        for (String database : Selection.of(source, plan).databases()) {
            if (!grants.hasOnSchema(AccountAdvice.SELECT, database, rules)) {
                uncovered.put(database, new Content());
            }
        }
        if (uncovered.isEmpty()) {
            return Outcome.passed();
        }
        GrantedTables granted = grants.tablesWith(AccountAdvice.SELECT, rules);
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            Content content = uncovered.get(table.schema());
            if (content != null) {
                if (granted.contains(table.schema(), table.name())) {
                    content.readable++;
                } else {
                    content.unreadable.add(table);
                }
            }
        }
        Judge judge = new Judge(grants, source.get(Facts.SESSION).account(), rules);
        uncovered.forEach(judge::add);
        if (!judge.findings.isEmpty() && !grants.unparsed().isEmpty()) {
            return AccountAdvice.notUnderstood("SELECT on " + judge.count(), grants);
        }
        return Outcome.of(judge.findings, judge.headline());
    }

    /** What is visible of a database that no grant covers as a whole. */
    private static final class Content {
        private int readable;
        private final List<Tables.Table> unreadable = new ArrayList<>();
    }

    private static final class Judge {
        private final Grants grants;
        private final Account account;
        private final GrantRules rules;
        private final @Nullable Remedy everywhere;
        private final List<Finding> findings = new ArrayList<>();
        private int databases;

        Judge(Grants grants, Account account, GrantRules rules) {
            this.grants = grants;
            this.account = account;
            this.rules = rules;
            // A partial revoke takes from the global privilege: granting that once more changes nothing.
            this.everywhere = grants.hasGlobal(AccountAdvice.SELECT) ? null : AccountAdvice.selectEverywhere(account);
        }

        void add(String database, Content content) {
            if (content.readable == 0) {
                databases++;
                findings.add(finding(
                        ObjectRef.schema(database),
                        "database " + database,
                        AccountAdvice.grantOnSchema(List.of(AccountAdvice.SELECT), database, grants, account, rules)));
                return;
            }
            for (Tables.Table table : content.unreadable) {
                boolean view = table.type().equals("VIEW");
                findings.add(finding(
                        new ObjectRef(
                                Side.SOURCE,
                                view ? ObjectRef.Type.VIEW : ObjectRef.Type.TABLE,
                                database,
                                table.name(),
                                null),
                        (view ? "view " : "table ") + database + "." + table.name(),
                        new Remedy.Statement(
                                "GRANT SELECT ON " + SqlNames.quote(database, table.name()) + " TO " + account.quoted(),
                                null)));
            }
        }

        private Finding finding(ObjectRef object, String what, Remedy.Statement grant) {
            List<Remedy> remedies = new ArrayList<>();
            remedies.add(Remedy.sql("As an administrator:", List.of(grant)));
            if (everywhere != null) {
                remedies.add(everywhere);
            }
            return new Finding(
                    Effect.BLOCKS_MIGRATION,
                    object,
                    "no SELECT",
                    AccountAdvice.SELECT,
                    account.quoted() + " cannot read the " + what + ": it lacks SELECT on it",
                    remedies);
        }

        Outcome.Headline headline() {
            String object = databases == findings.size() ? "database" : databases == 0 ? "table" : "object";
            return new Outcome.Headline(
                    "The account lacks SELECT on 1 " + object, "The account lacks SELECT on {n} " + object + "s");
        }

        String count() {
            String object = databases == findings.size() ? "database" : databases == 0 ? "table" : "object";
            return findings.size() == 1 ? "1 " + object : findings.size() + " " + object + "s";
        }
    }
}
