/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What a grant is about. Names are unquoted and as the server printed them. */
public sealed interface GrantScope {

    /** {@code *.*}. */
    record Global() implements GrantScope {}

    /**
     * {@code `pattern`.*}.
     *
     * @param pattern with {@code %}, {@code _} and {@code \} as printed; what they mean depends on {@link GrantRules}
     */
    record Schema(String pattern) implements GrantScope {
        public Schema {
            requireNonNull(pattern, "pattern is null");
        }
    }

    /** One table or view; both names are literal. */
    record Table(String schema, String table) implements GrantScope {
        public Table {
            requireNonNull(schema, "schema is null");
            requireNonNull(table, "table is null");
        }
    }

    /**
     * Some columns of one table; all names are literal.
     *
     * @param columns never empty. MySQL 5.6 and 5.7 print column names unquoted, so a name that holds {@code ", "} arrives as two
     */
    record Columns(String schema, String table, List<String> columns) implements GrantScope {
        public Columns {
            requireNonNull(schema, "schema is null");
            requireNonNull(table, "table is null");
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("columns is empty");
            }
        }
    }

    /**
     * One stored routine; both names are literal.
     *
     * @param kind {@code FUNCTION}, {@code PROCEDURE}, {@code LIBRARY} (MySQL 9), {@code PACKAGE} or {@code PACKAGE BODY} (MariaDB)
     */
    record Routine(String kind, String schema, String name) implements GrantScope {
        public Routine {
            requireNonNull(kind, "kind is null");
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
        }
    }

    /** {@code GRANT PROXY}: the account may act as another one. As whom is not kept. */
    record Proxy() implements GrantScope {}
}
