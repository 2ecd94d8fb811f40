/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** What the account sees is all there is: a server hides what one has no privilege on. */
final class PrivVisibility implements Check {
    private static final CheckInfo INFO = CheckInfo.of("priv.visibility", "The account sees every database and table")
            .why("A server shows an account only what it has a privilege on. What stays hidden is neither checked nor"
                    + " migrated, and nothing says so.")
            .fix("Grant SELECT on *.*; or compare the databases found with those an administrator sees.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/information-schema-introduction.html"
                    + "#information-schema-privileges")
            .effects(Effect.WARNING)
            .needs(Facts.GRANTS, Facts.VARIABLES, Facts.SCHEMAS, Facts.SESSION)
            .privileges("SELECT on *.*, or SHOW DATABASES on *.* with SELECT on each database")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        Server server = Server.of(source);
        GrantRules rules = AccountGrants.rules(source);
        Grants grants = Restrictions.whereTheyMatter(source.get(Facts.GRANTS).effective(), selection, server, plan);
        boolean seesSchemas = grants.seesAllSchemas(rules);
        if (seesSchemas && grants.seesAllTables(rules)) {
            return Outcome.passed();
        }
        Account account = source.get(Facts.SESSION).account();
        if (seesSchemas) {
            int partly = 0;
            for (String database : selection.databases()) {
                partly += grants.hasOnSchema(AccountAdvice.SELECT, database, rules) ? 0 : 1;
            }
            return partly == 0
                    ? Outcome.passed()
                    : Outcome.unknown(
                            "the account sees every database, but in " + partly + " of "
                                    + selection.databases().size()
                                    + " perhaps not every table; without SELECT on *.* there may be more",
                            remedy(grants, account, rules));
        }
        int seen = 0;
        for (Schemas.Schema schema : source.get(Facts.SCHEMAS).list()) {
            seen += Selection.isSystem(schema.name(), server) ? 0 : 1;
        }
        return Outcome.unknown(
                "the account sees " + seen + (seen == 1 ? " database; " : " databases; ")
                        + (grants.hasGlobal(AccountAdvice.SELECT)
                                ? "partial revokes may hide more"
                                : "without SELECT on *.* there may be more"),
                remedy(grants, account, rules));
    }

    private static Remedy remedy(Grants grants, Account account, GrantRules rules) {
        if (!grants.hasGlobal(AccountAdvice.SELECT)) {
            return AccountAdvice.selectEverywhere(account);
        }
        List<Remedy.Statement> statements = new ArrayList<>();
        for (String schema : grants.schemasRevoked()) {
            statements.add(AccountAdvice.grantOnSchema(List.of(AccountAdvice.SELECT), schema, grants, account, rules));
        }
        return Remedy.sql("As an administrator, to lift what was revoked:", statements);
    }
}
