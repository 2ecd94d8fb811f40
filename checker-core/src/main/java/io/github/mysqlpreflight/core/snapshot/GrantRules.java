/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

/**
 * How a server compares the names in its grants; comes from its variables, not from {@code SHOW GRANTS}.
 *
 * @param ignoreCase {@code lower_case_table_names} is not 0
 * @param partialRevokes {@code partial_revokes} is ON: {@code %}, {@code _} and {@code \} in schema names are ordinary characters
 * @param activeRoles the session has an active role ({@code CURRENT_ROLE()} is not {@code NONE}); matters on MySQL only
 * @param mariaDb the server is MariaDB, which ranks patterns in its own way
 */
public record GrantRules(boolean ignoreCase, boolean partialRevokes, boolean activeRoles, boolean mariaDb) {

    /** Rules of a MySQL server without partial revokes and without an active role. */
    public static GrantRules mysql(int lowerCaseTableNames) {
        return new GrantRules(lowerCaseTableNames != 0, false, false, false);
    }

    /** Rules of a MariaDB server. */
    public static GrantRules mariaDb(int lowerCaseTableNames) {
        return new GrantRules(lowerCaseTableNames != 0, false, false, true);
    }

    public GrantRules withPartialRevokes(boolean on) {
        return new GrantRules(ignoreCase, on, activeRoles, mariaDb);
    }

    public GrantRules withActiveRoles(boolean active) {
        return new GrantRules(ignoreCase, partialRevokes, active, mariaDb);
    }

    String folded(String name) {
        return ignoreCase ? SchemaPattern.lower(name) : name;
    }

    boolean sameName(String one, String other) {
        return ignoreCase ? SchemaPattern.lower(one).equals(SchemaPattern.lower(other)) : one.equals(other);
    }
}
