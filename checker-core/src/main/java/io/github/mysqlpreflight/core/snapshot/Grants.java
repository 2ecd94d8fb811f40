/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an account may do, as {@code SHOW GRANTS} told it. {@link GrantParser} makes it; it is immutable, and equal to another one with
 * the same parts in the same order.
 *
 * <p>What the server does, tried on MySQL 5.6.14, 5.7.22, 8.0.15, 9.7.4 and MariaDB 10.11.19, and followed here:
 *
 * <ul>
 *   <li>Global privileges and those of a schema add up. Grants on several patterns that match one schema do not: the most specific
 *       pattern decides alone, even if it grants less. MySQL: no wildcard, then the later first wildcard ({@code ab\_c%} before
 *       {@code ab_cd} before {@code a%cd}). MariaDB: the pattern that fits fewer names ({@code a%cd} before {@code a%}).
 *   <li>Where two patterns of MySQL are equally specific ({@code ab_cd}, {@code ab%}), the server takes the one that stands first in
 *       its memory, which {@code SHOW GRANTS} does not tell. Here only what both grant counts.
 *   <li>With an active role MySQL does otherwise: a grant on the plain name decides; failing that, 8.0.15 adds up all matching
 *       patterns and 9.7.4 takes the first in byte order. Here the first in byte order counts, which both servers grant.
 *   <li>With {@code partial_revokes=ON} wildcards are ordinary characters, and a revoke takes away from the global privileges only:
 *       a grant on the schema or the table holds beside it.
 *   <li>MariaDB applies the account's own grants, those of the active role with the roles in it, and those of {@code PUBLIC} each
 *       by these rules, and adds up the results. There {@code SHOW GRANTS} prints all of them, {@code SHOW GRANTS FOR CURRENT_USER()}
 *       only the account's own.
 *   <li>A schema is visible to whoever has any privilege on it or on anything in it; a table to whoever has a table privilege on it,
 *       one column's is enough. An account with {@code SELECT} on one table sees that schema and that table, and no other.
 *   <li>{@code SUPER}, {@code REPLICATION SLAVE}, {@code REPLICATION CLIENT}, {@code PROCESS}, {@code RELOAD}, {@code FILE}, {@code
 *       CREATE USER} and the dynamic privileges make no schema visible.
 *   <li>Not in {@code SHOW GRANTS}, hence unknown here: rows in {@code mysql.db} for the same user name at another matching host, or
 *       for the anonymous user. They count for the session as well and may even decide for a schema.
 * </ul>
 *
 * <p>Names of privileges in questions may be in any case and use synonyms ({@code BINLOG MONITOR}). {@code SUPER} implies nothing here:
 * on the servers it does not replace {@code REPLICATION SLAVE}, and where it replaces others a check says so.
 *
 * @param grants every grant, in the order of the lines
 * @param roleGrants the roles granted, active or not
 * @param defaultRoles what MariaDB prints as {@code SET DEFAULT ROLE}; MySQL prints none
 * @param partialRevokes the global privileges that do not hold everywhere
 * @param unparsed the lines that were not understood, in part: nothing from {@code IDENTIFIED} on. What they grant is not in here, so
 *     where this is not empty a "no" means "not known"
 */
public record Grants(
        List<Grant> grants,
        List<RoleGrant> roleGrants,
        List<Account> defaultRoles,
        List<PartialRevoke> partialRevokes,
        List<String> unparsed) {

    private static final String SHOW_DATABASES = "SHOW DATABASES";

    public Grants {
        grants = List.copyOf(grants);
        roleGrants = List.copyOf(roleGrants);
        defaultRoles = List.copyOf(defaultRoles);
        partialRevokes = List.copyOf(partialRevokes);
        unparsed = List.copyOf(unparsed);
    }

    /** Has the account this privilege on {@code *.*}, partial revokes aside? {@code ALL PRIVILEGES} stands for the static ones. */
    public boolean hasGlobal(String privilege) {
        String wanted = Privileges.canonical(privilege);
        for (Grant grant : grants) {
            if (grant.scope() instanceof GrantScope.Global && gives(grant, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Has the account this privilege on all of the schema: globally and not revoked there, or by the grant that decides for it? */
    public boolean hasOnSchema(String privilege, String schema, GrantRules rules) {
        String wanted = Privileges.canonical(privilege);
        requireNonNull(schema, "schema is null");
        if (hasGlobal(wanted) && !isRevoked(wanted, schema, rules)) {
            return true;
        }
        return ofSchemaGrants(schema, rules).contains(wanted);
    }

    /** Has the account this privilege on the table or view: by the schema, or by a grant on it? Column grants do not count. */
    public boolean hasOnTable(String privilege, String schema, String table, GrantRules rules) {
        String wanted = Privileges.canonical(privilege);
        requireNonNull(table, "table is null");
        if (hasOnSchema(wanted, schema, rules)) {
            return true;
        }
        for (Grant grant : grants) {
            if (grant.scope() instanceof GrantScope.Table scope
                    && rules.sameName(scope.schema(), schema)
                    && rules.sameName(scope.table(), table)
                    && gives(grant, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The tables and views with a grant of their own that gives this privilege, for many questions at once. */
    public GrantedTables tablesWith(String privilege, GrantRules rules) {
        String wanted = Privileges.canonical(privilege);
        GrantedTables tables = new GrantedTables(rules);
        for (Grant grant : grants) {
            if (grant.scope() instanceof GrantScope.Table scope && gives(grant, wanted)) {
                tables.add(scope);
            }
        }
        return tables;
    }

    /** Has the account any privilege on the schema or on a table, column or routine in it? That makes the schema visible. */
    public boolean anyOnSchema(String schema, GrantRules rules) {
        for (String privilege : Privileges.OF_TABLES) {
            if (hasGlobal(privilege) && !isRevoked(privilege, schema, rules)) {
                return true;
            }
        }
        for (String privilege : Privileges.OF_SCHEMAS_ONLY) {
            if (hasGlobal(privilege) && !isRevoked(privilege, schema, rules)) {
                return true;
            }
        }
        if (!ofSchemaGrants(schema, rules).isEmpty()) {
            return true;
        }
        for (Grant grant : grants) {
            String inside = schemaOfObject(grant.scope());
            if (inside != null && !grant.privileges().isEmpty() && rules.sameName(inside, schema)) {
                return true;
            }
        }
        return false;
    }

    /** Does {@code information_schema.SCHEMATA} show this schema, if it exists? */
    public boolean seesSchema(String schema, GrantRules rules) {
        return hasGlobal(SHOW_DATABASES) || anyOnSchema(schema, rules);
    }

    /**
     * Is every schema visible, so that a list of schemas is complete? True with global {@code SHOW DATABASES}, or with any other global
     * privilege that schemas know ({@code SELECT}, {@code LOCK TABLES}, {@code EVENT}, …), unless a partial revoke hides a schema.
     * {@code GRANT OPTION} alone does so on 5.6 to 8.0 and MariaDB but not on 9.7.4; it does not count here.
     */
    public boolean seesAllSchemas(GrantRules rules) {
        if (hasGlobal(SHOW_DATABASES)) {
            return true;
        }
        if (!hasAnyGlobal(Privileges.OF_TABLES) && !hasAnyGlobal(Privileges.OF_SCHEMAS_ONLY)) {
            return false;
        }
        for (PartialRevoke revoke : partialRevokes) {
            if (!anyOnSchema(revoke.schema(), rules)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Is every table visible, so that a list of tables is complete? True with a global privilege that tables know. {@code SHOW
     * DATABASES}, {@code LOCK TABLES}, {@code EXECUTE}, {@code EVENT}, {@code CREATE TEMPORARY TABLES} and the routine privileges show
     * schemas without their tables.
     */
    public boolean seesAllTables(GrantRules rules) {
        if (!hasAnyGlobal(Privileges.OF_TABLES)) {
            return false;
        }
        for (PartialRevoke revoke : partialRevokes) {
            boolean seen = false;
            for (String privilege : Privileges.OF_TABLES) {
                seen |= hasOnSchema(privilege, revoke.schema(), rules);
            }
            if (!seen) {
                return false;
            }
        }
        return true;
    }

    /** The schemas in which some global privilege does not hold, sorted. */
    public SortedSet<String> schemasRevoked() {
        SortedSet<String> schemas = new TreeSet<>();
        for (PartialRevoke revoke : partialRevokes) {
            schemas.add(revoke.schema());
        }
        return schemas;
    }

    /** The roles granted to anybody in these lines, active or not, each once, in the order of the lines. */
    public List<Account> grantedRoles() {
        List<Account> roles = new ArrayList<>();
        for (RoleGrant grant : roleGrants) {
            if (!roles.contains(grant.role())) {
                roles.add(grant.role());
            }
        }
        return roles;
    }

    /** Has the account a {@code GRANT PROXY}? */
    public boolean hasProxy() {
        for (Grant grant : grants) {
            if (grant.scope() instanceof GrantScope.Proxy) {
                return true;
            }
        }
        return false;
    }

    private boolean hasAnyGlobal(Set<String> privileges) {
        for (String privilege : privileges) {
            if (hasGlobal(privilege)) {
                return true;
            }
        }
        return false;
    }

    private static boolean gives(Grant grant, String wanted) {
        if (wanted.equals(Privileges.GRANT_OPTION)) {
            return grant.grantOption() && !onlyDynamic(grant);
        }
        if (wanted.equals(Privileges.USAGE) || grant.privileges().contains(wanted)) {
            return true;
        }
        return grant.privileges().contains(Privileges.ALL) && Privileges.allMeans(grant.scope(), wanted);
    }

    /** MySQL prints dynamic privileges on lines of their own, whose grant option is for them alone. */
    private static boolean onlyDynamic(Grant grant) {
        if (!(grant.scope() instanceof GrantScope.Global) || grant.privileges().isEmpty()) {
            return false;
        }
        for (String privilege : grant.privileges()) {
            if (!Privileges.isDynamic(privilege)) {
                return false;
            }
        }
        return true;
    }

    private boolean isRevoked(String canonical, String schema, GrantRules rules) {
        for (PartialRevoke revoke : partialRevokes) {
            if (rules.sameName(revoke.schema(), schema)
                    && (revoke.privileges().contains(canonical)
                            || (revoke.privileges().contains(Privileges.ALL) && Privileges.isOfSchemas(canonical)))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String schemaOfObject(GrantScope scope) {
        if (scope instanceof GrantScope.Table table) {
            return table.schema();
        }
        if (scope instanceof GrantScope.Columns columns) {
            return columns.schema();
        }
        return scope instanceof GrantScope.Routine routine ? routine.schema() : null;
    }

    /** What the grants on schemas give on this one; {@code ALL PRIVILEGES} is spelt out, the grant option is a privilege. */
    private Set<String> ofSchemaGrants(String schema, GrantRules rules) {
        Map<String, Map<String, Set<String>>> byHolder = new LinkedHashMap<>();
        for (Grant grant : grants) {
            if (grant.scope() instanceof GrantScope.Schema scope && matches(scope.pattern(), schema, rules)) {
                byHolder.computeIfAbsent(holder(grant.grantee()), holder -> new LinkedHashMap<>())
                        .computeIfAbsent(scope.pattern(), pattern -> new HashSet<>())
                        .addAll(spelledOut(grant));
            }
        }
        Set<String> result = new HashSet<>();
        for (Map<String, Set<String>> byPattern : byHolder.values()) {
            result.addAll(decide(byPattern, rules));
        }
        return result;
    }

    private static String holder(Account grantee) {
        if (grantee.isPublic()) {
            return "public";
        }
        return grantee.withoutHost() ? "role" : "account";
    }

    private static boolean matches(String pattern, String schema, GrantRules rules) {
        return rules.partialRevokes()
                ? rules.sameName(pattern, schema)
                : new SchemaPattern(pattern).matches(schema, rules.ignoreCase());
    }

    private static Set<String> spelledOut(Grant grant) {
        Set<String> result = new HashSet<>(grant.privileges());
        if (result.remove(Privileges.ALL)) {
            result.addAll(Privileges.OF_TABLES);
            result.addAll(Privileges.OF_SCHEMAS_ONLY);
        }
        if (grant.grantOption()) {
            result.add(Privileges.GRANT_OPTION);
        }
        return result;
    }

    private static Set<String> decide(Map<String, Set<String>> byPattern, GrantRules rules) {
        long best = Long.MIN_VALUE;
        String first = "";
        Set<String> result = new HashSet<>();
        for (Map.Entry<String, Set<String>> entry : byPattern.entrySet()) {
            long rank = rank(new SchemaPattern(entry.getKey()), rules);
            boolean earlier = rank == best && firstDecides(rules, rank) && isBefore(entry.getKey(), first);
            if (rank > best || earlier) {
                best = rank;
                first = entry.getKey();
                result = new HashSet<>(entry.getValue());
            } else if (rank == best && !firstDecides(rules, rank)) {
                result.retainAll(entry.getValue());
            }
        }
        return result;
    }

    private static boolean firstDecides(GrantRules rules, long rank) {
        return rules.activeRoles() && !rules.mariaDb() && rank == 0;
    }

    private static boolean isBefore(String pattern, String other) {
        return Arrays.compareUnsigned(pattern.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
                < 0;
    }

    private static long rank(SchemaPattern pattern, GrantRules rules) {
        if (rules.mariaDb()) {
            return pattern.mariaDbRank();
        }
        if (rules.activeRoles()) {
            return pattern.mentionsWildcard() ? 0 : 1;
        }
        return pattern.mysqlRank();
    }
}
