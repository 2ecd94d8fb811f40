/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Grant;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.GrantScope;
import io.github.mysqlpreflight.core.snapshot.Grants;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the checks of an account have in common. */
final class AccountAdvice {
    static final String SELECT = "SELECT";
    /** What a replica's login needs on {@code *.*}. */
    static final List<String> FOR_REPLICATION = List.of("REPLICATION SLAVE", "REPLICATION CLIENT");

    private static final String FLUSH_TABLES = "FLUSH_TABLES";
    private static final int NAMED = 3;

    /** What an account may hold on a database. */
    private static final List<String> OF_DATABASES = List.of(
            "SELECT",
            "SHOW VIEW",
            "TRIGGER",
            "EVENT",
            "LOCK TABLES",
            "EXECUTE",
            "INSERT",
            "UPDATE",
            "DELETE",
            "CREATE",
            "DROP",
            "REFERENCES",
            "INDEX",
            "ALTER",
            "CREATE TEMPORARY TABLES",
            "CREATE VIEW",
            "CREATE ROUTINE",
            "ALTER ROUTINE");

    private AccountAdvice() {}

    /**
     * Those of {@link #FOR_REPLICATION} that are not there, in its order. SUPER stands in for REPLICATION CLIENT, as the
     * servers themselves say (error 1227, tried on 5.6 to 9.7 and MariaDB 10.11), but not for REPLICATION SLAVE.
     */
    static List<String> missingForReplication(Grants grants) {
        List<String> missing = new ArrayList<>();
        for (String privilege : FOR_REPLICATION) {
            boolean bySuper = privilege.equals("REPLICATION CLIENT") && grants.hasGlobal("SUPER");
            if (!bySuper && !grants.hasGlobal(privilege)) {
                missing.add(privilege);
            }
        }
        return missing;
    }

    static String grantGlobal(List<String> privileges, Account account) {
        return "GRANT " + String.join(", ", privileges) + " ON *.* TO " + account.quoted();
    }

    /**
     * Grants privileges on one database. What the account holds there by patterns is granted along: of all grants that
     * match a database the most specific decides alone, so the new one takes the place of the others.
     */
    static Remedy.Statement grantOnSchema(
            List<String> privileges, String schema, Grants grants, Account account, GrantRules rules) {
        Set<String> all = new LinkedHashSet<>(privileges);
        String pattern = SqlNames.grantPattern(schema, rules);
        boolean others = false;
        if (!rules.partialRevokes() && !hasGrantOn(pattern, grants)) {
            for (String held : OF_DATABASES) {
                if (!grants.hasGlobal(held) && grants.hasOnSchema(held, schema, rules)) {
                    all.add(held);
                    others = true;
                }
            }
        }
        return new Remedy.Statement(
                "GRANT " + String.join(", ", all) + " ON " + pattern + ".* TO " + account.quoted(),
                others ? "takes the place of grants on patterns that match " + schema : null);
    }

    private static boolean hasGrantOn(String pattern, Grants grants) {
        for (Grant grant : grants.grants()) {
            if (grant.scope() instanceof GrantScope.Schema schema
                    && SqlNames.quote(schema.pattern()).equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    /** Those databases on which the account does not hold the privilege as a whole, in their order. */
    static List<String> withoutOn(String privilege, List<String> databases, Grants grants, GrantRules rules) {
        List<String> without = new ArrayList<>();
        for (String database : databases) {
            if (!grants.hasOnSchema(privilege, database, rules)) {
                without.add(database);
            }
        }
        return without;
    }

    /**
     * How the account gets a privilege on databases where it is missing: everywhere where it reads everything already, else
     * on these; a partial revoke is only lifted by a grant on its database.
     */
    static List<Remedy> grant(
            String privilege, List<String> databases, Grants grants, Account account, GrantRules rules) {
        List<Remedy.Statement> statements = new ArrayList<>();
        for (String database : databases) {
            statements.add(grantOnSchema(List.of(privilege), database, grants, account, rules));
        }
        Remedy onThese = Remedy.sql("As an administrator:", statements);
        if (grants.hasGlobal(privilege)) {
            return List.of(onThese);
        }
        if (grants.hasGlobal(SELECT)) {
            return List.of(Remedy.sql("As an administrator:", grantGlobal(List.of(privilege), account)));
        }
        return List.of(
                onThese,
                Remedy.sql("As an administrator, for all databases:", grantGlobal(List.of(privilege), account)));
    }

    /** Whether FLUSH TABLES WITH READ LOCK and the like are allowed; SUPER does not stand in for it (tried on 8.0.15). */
    static boolean mayFlush(Grants grants, Server server) {
        return grants.hasGlobal("RELOAD") || (knowsFlushTables(server) && grants.hasGlobal(FLUSH_TABLES));
    }

    /** The least privilege that lets an account flush tables. */
    static String toFlush(Server server) {
        return knowsFlushTables(server) ? FLUSH_TABLES : "RELOAD";
    }

    private static boolean knowsFlushTables(Server server) {
        return server.isMySql() && server.version().atLeast(8, 0, 23);
    }

    /** Three names at most, for a message. */
    static String some(List<String> names) {
        return names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
    }

    static Remedy selectEverywhere(Account account) {
        return Remedy.sql("As an administrator:", grantGlobal(List.of(SELECT), account));
    }

    /** For what seems to be missing while some grants could not be understood. */
    static Outcome notUnderstood(String missing, Grants grants) {
        return Outcome.unknown(missing + " may be missing, but "
                + (grants.unparsed().size() == 1
                        ? "a line of SHOW GRANTS was"
                        : grants.unparsed().size() + " lines of SHOW GRANTS were")
                + " not understood, such as " + grants.unparsed().get(0));
    }
}
