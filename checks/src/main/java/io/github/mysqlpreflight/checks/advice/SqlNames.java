/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import io.github.mysqlpreflight.core.snapshot.GrantRules;

/** Names of objects as SQL text to paste. */
public final class SqlNames {
    private SqlNames() {}

    /** The name in back-ticks, those in it doubled; means the same whatever {@code sql_mode} is. */
    public static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A table or view with its database. */
    public static String quote(String schema, String name) {
        return quote(schema) + "." + quote(name);
    }

    /**
     * The database as {@code GRANT … ON `name`.*} needs it: there {@code %}, {@code _} and backslash are wildcards and escape character,
     * so they are escaped, unless {@code partial_revokes} makes them ordinary characters
     * (<a href="https://dev.mysql.com/doc/refman/8.4/en/grant.html#grant-quoting">manual</a>; tried on 5.7.22, 8.0.15 and MariaDB
     * 10.11.19).
     */
    public static String grantPattern(String schema, GrantRules rules) {
        if (rules.partialRevokes()) {
            return quote(schema);
        }
        return quote(schema.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%"));
    }
}
