/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One foreign key of a table.
 *
 * @param name as the server spells it, without its database
 * @param columns the referring columns, in order
 * @param referencedSchema database of the parent
 * @param referencedTable the parent, whether it is there or not
 * @param referencedColumns the parent's columns, in order
 * @param updateRule what an update of the parent does: {@code RESTRICT}, {@code CASCADE}, {@code SET NULL}, {@code NO ACTION} …
 * @param deleteRule what a deletion of the parent does
 */
public record ForeignKey(
        String name,
        List<String> columns,
        String referencedSchema,
        String referencedTable,
        List<String> referencedColumns,
        String updateRule,
        String deleteRule) {
    static FactCodec<PerTable<ForeignKey>> codec() {
        return new PerTable.Codec<>(ForeignKey::fields, ForeignKey::ofRow);
    }

    public ForeignKey {
        requireNonNull(name, "name is null");
        requireNonNull(referencedSchema, "referencedSchema is null");
        requireNonNull(referencedTable, "referencedTable is null");
        requireNonNull(updateRule, "updateRule is null");
        requireNonNull(deleteRule, "deleteRule is null");
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }

    /** Whether a change of the parent changes rows of this table, too. */
    public boolean cascades() {
        return changesRows(updateRule) || changesRows(deleteRule);
    }

    private static boolean changesRows(String rule) {
        return rule.equals("CASCADE") || rule.startsWith("SET ");
    }

    private static @Nullable Object[] fields(ForeignKey key) {
        List<Object> fields = new ArrayList<>(List.of(
                key.name,
                key.referencedSchema,
                key.referencedTable,
                key.updateRule,
                key.deleteRule,
                key.columns.size()));
        fields.addAll(key.columns);
        fields.addAll(key.referencedColumns);
        return fields.toArray();
    }

    private static ForeignKey ofRow(RowsCodec.Row row) {
        int count = (int) row.number(5);
        List<String> columns = new ArrayList<>();
        List<String> referenced = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(row.text(6 + i));
        }
        for (int i = 6 + count; row.nullable(i) != null; i++) {
            referenced.add(row.text(i));
        }
        return new ForeignKey(row.text(0), columns, row.text(1), row.text(2), referenced, row.text(3), row.text(4));
    }
}
