/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Grant;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.GrantScope;
import io.github.mysqlpreflight.core.snapshot.GrantedTables;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the account needs is in force right after login: a replica's login never runs SET ROLE. */
final class PrivRolesEffective implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.roles-effective", "Privileges that come from roles are in force at login")
            .why(
                    "A replica logs in and asks for the binary log; it never runs SET ROLE. A privilege that only an inactive"
                            + " role gives is shown by SHOW GRANTS ... USING, and the request is refused all the same (error 1227).")
            .fix("Make the roles default ones, or grant the privileges to the account itself.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/set-default-role.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/roles.html")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES, Facts.SCHEMAS)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Applicability.replicationOnly(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (!hasRoles(server)) {
            return Outcome.notApplicable(server.title() + " has no roles");
        }
        AccountGrants grants = source.get(Facts.GRANTS);
        List<Account> idle = idleRoles(grants.effective(), source.get(Facts.SESSION));
        if (idle.isEmpty()) {
            return Outcome.passed();
        }
        Needs needs = new Needs(Selection.of(source, plan).databases(), AccountGrants.rules(source));
        List<String> missing = needs.missing(grants.effective());
        if (missing.isEmpty()) {
            return Outcome.passed();
        }
        Grants withAllRoles = grants.withAllRoles();
        if (withAllRoles == null) {
            return Outcome.unknown(
                    String.join(", ", missing) + " may come from roles that are not in force at login (" + names(idle)
                            + "), whose privileges the account may not read",
                    Remedy.sql("Look as an administrator:", showGrants(idle)));
        }
        List<String> idlePrivileges = needs.onlyIn(withAllRoles, grants.effective());
        if (idlePrivileges.isEmpty()) {
            return Outcome.passed();
        }
        Account account = source.get(Facts.SESSION).account();
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                names(idle) + " not in force",
                "in force at login",
                account.quoted() + " has " + String.join(", ", idlePrivileges)
                        + " only by roles that are not in force at login (" + names(idle) + ")",
                remedies(server, account, idle, needs, grants.effective(), withAllRoles)));
    }

    private static boolean hasRoles(Server server) {
        return server.isMySql() ? server.version().atLeast(8, 0, 0) : server.flavor() != Flavor.VITESS;
    }

    private static List<Account> idleRoles(Grants effective, SessionFacts session) {
        List<Account> idle = new ArrayList<>();
        for (Account role : effective.grantedRoles()) {
            String name = role.withoutHost() ? role.user() : role.user() + "@" + role.host();
            if (!session.activeRoles().contains(name)) {
                idle.add(role);
            }
        }
        return idle;
    }

    private static String[] showGrants(List<Account> roles) {
        String[] statements = new String[roles.size()];
        for (int i = 0; i < statements.length; i++) {
            statements[i] = "SHOW GRANTS FOR " + roles.get(i).quoted();
        }
        return statements;
    }

    private static String names(List<Account> roles) {
        StringBuilder names = new StringBuilder();
        for (Account role : roles) {
            names.append(names.length() == 0 ? "" : ", ").append(role.quoted());
        }
        return names.toString();
    }

    private static List<Remedy> remedies(
            Server server, Account account, List<Account> idle, Needs needs, Grants effective, Grants withAllRoles) {
        List<Remedy> remedies = new ArrayList<>();
        if (server.flavor() != Flavor.MARIADB) {
            remedies.add(Remedy.sql(
                    "As the account itself or an administrator; holds for new connections:",
                    "SET DEFAULT ROLE ALL TO " + account.quoted()));
        } else {
            // MariaDB knows one default role, so it has to give all that is needed.
            for (Account role : idle) {
                if (needs.missing(with(role, effective, withAllRoles)).isEmpty()) {
                    remedies.add(Remedy.sql(
                            "As an administrator; holds for new connections:",
                            "SET DEFAULT ROLE " + role.quoted() + " FOR " + account.quoted()));
                    break;
                }
            }
        }
        List<String> direct = new ArrayList<>(AccountAdvice.missingForReplication(effective));
        if (needs.missing(effective).size() > direct.size() && !effective.hasGlobal(AccountAdvice.SELECT)) {
            direct.add(0, AccountAdvice.SELECT);
        }
        if (!direct.isEmpty()) {
            remedies.add(Remedy.sql("As an administrator, without roles:", AccountAdvice.grantGlobal(direct, account)));
        }
        return remedies;
    }

    /** What would be in force with that role, without the roles in it. */
    private static Grants with(Account role, Grants effective, Grants withAllRoles) {
        List<Grant> together = new ArrayList<>(effective.grants());
        for (Grant grant : withAllRoles.grants()) {
            if (grant.grantee().equals(role)) {
                together.add(grant);
            }
        }
        return new Grants(
                together,
                effective.roleGrants(),
                effective.defaultRoles(),
                effective.partialRevokes(),
                effective.unparsed());
    }

    /** What a migration of those databases needs, and who has it. */
    private record Needs(List<String> databases, GrantRules rules) {
        List<String> missing(Grants grants) {
            List<String> missing = AccountAdvice.missingForReplication(grants);
            for (String database : databases) {
                if (!grants.hasOnSchema(AccountAdvice.SELECT, database, rules)) {
                    missing.add(AccountAdvice.SELECT);
                    break;
                }
            }
            return missing;
        }

        /** What the one gives and the other does not; SELECT also where it is on some of the databases or tables only. */
        List<String> onlyIn(Grants more, Grants less) {
            List<String> only = AccountAdvice.missingForReplication(less);
            only.removeAll(AccountAdvice.missingForReplication(more));
            if (readsMore(more, less)) {
                only.add(AccountAdvice.SELECT);
            }
            return only;
        }

        private boolean readsMore(Grants more, Grants less) {
            for (String database : databases) {
                if (more.hasOnSchema(AccountAdvice.SELECT, database, rules)
                        && !less.hasOnSchema(AccountAdvice.SELECT, database, rules)) {
                    return true;
                }
            }
            GrantedTables readable = less.tablesWith(AccountAdvice.SELECT, rules);
            for (Grant grant : more.grants()) {
                if (grant.scope() instanceof GrantScope.Table table
                        && databases.contains(table.schema())
                        && !readable.contains(table.schema(), table.table())
                        && (grant.privileges().contains(AccountAdvice.SELECT)
                                || grant.privileges().contains("ALL PRIVILEGES"))
                        && !less.hasOnSchema(AccountAdvice.SELECT, table.schema(), rules)) {
                    return true;
                }
            }
            return false;
        }
    }
}
