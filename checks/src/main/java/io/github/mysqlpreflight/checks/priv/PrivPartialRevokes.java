/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

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
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** No privilege that a dump needs is held on *.* and taken back on a database that is migrated. */
final class PrivPartialRevokes implements Check {
    private static final List<String> FOR_A_DUMP = List.of(AccountAdvice.SELECT, "SHOW VIEW", "TRIGGER", "EVENT");

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "A partial revoke takes privileges from the account on 1 database",
            "Partial revokes take privileges from the account on {n} databases");

    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.partial-revokes", "No partial revoke restricts the account on what is migrated")
            .why(
                    "With partial_revokes a privilege shown on *.* may not hold on some databases. A dump that names such a"
                            + " database stops (errors 1044 and 1142); one with --all-databases leaves out what the account does"
                            + " not see any more, and ends with 0.")
            .fix("Lift the restriction by granting the privilege on that database, or leave the database out.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/partial-revokes.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_partial_revokes")
            .effects(Effect.BLOCKS_DUMP)
            .versions("MySQL 8.0.16 and newer")
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES, Facts.SCHEMAS)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (!server.isMySql() || !server.version().atLeast(8, 0, 16)) {
            return Outcome.notApplicable(server.title() + " has no partial revokes");
        }
        GrantRules rules = AccountGrants.rules(source);
        Grants grants = source.get(Facts.GRANTS).effective();
        Account account = source.get(Facts.SESSION).account();
        Selection selection = Selection.of(source, plan);
        Grants restricted = Restrictions.whereTheyMatter(grants, selection, server, plan);
        boolean seesAll = restricted.seesAllSchemas(rules);
        List<Finding> findings = new ArrayList<>();
        for (String database : restricted.schemasRevoked()) {
            // A revoke may stand for a database that is not there.
            if (seesAll && !selection.contains(database)) {
                continue;
            }
            List<String> revoked = new ArrayList<>();
            for (String privilege : FOR_A_DUMP) {
                if (grants.hasGlobal(privilege) && !grants.hasOnSchema(privilege, database, rules)) {
                    revoked.add(privilege);
                }
            }
            if (!revoked.isEmpty()) {
                findings.add(finding(database, revoked, grants, account, rules));
            }
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static Finding finding(
            String database, List<String> revoked, Grants grants, Account account, GrantRules rules) {
        String privileges = String.join(", ", revoked);
        return new Finding(
                Effect.BLOCKS_DUMP,
                ObjectRef.schema(database),
                privileges + " revoked",
                "no restriction",
                account.quoted() + " holds " + privileges + " on *.*, but not on the database " + database
                        + ": a partial revoke takes it away",
                List.of(
                        Remedy.sql(
                                "As an administrator, to lift the restriction:",
                                List.of(AccountAdvice.grantOnSchema(revoked, database, grants, account, rules))),
                        Remedy.of("Leave the database out with --ignore-dbs")));
    }
}
