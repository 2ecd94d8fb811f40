/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The tables that grants on tables themselves give one privilege on, to be asked for many tables. Immutable once made. */
public final class GrantedTables {
    private final Map<String, Set<String>> tablesBySchema = new HashMap<>();
    private final GrantRules rules;

    GrantedTables(GrantRules rules) {
        this.rules = rules;
    }

    void add(GrantScope.Table table) {
        tablesBySchema
                .computeIfAbsent(rules.folded(table.schema()), schema -> new HashSet<>())
                .add(rules.folded(table.table()));
    }

    /** Is there a grant on this very table or view? Grants on its schema or on some columns do not count. */
    public boolean contains(String schema, String table) {
        Set<String> tables = tablesBySchema.get(rules.folded(schema));
        return tables != null && tables.contains(rules.folded(table));
    }
}
