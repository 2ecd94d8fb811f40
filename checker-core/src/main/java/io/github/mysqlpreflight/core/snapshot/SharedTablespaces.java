/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Partitions of InnoDB that lie in a shared tablespace, which 8.0 does not take; read on 5.7 only.
 *
 * @param list one entry a table
 */
public record SharedTablespaces(List<Partitioned> list) {
    static final FactCodec<SharedTablespaces> CODEC = new RowsCodec<>(
            SharedTablespaces::list,
            SharedTablespaces::new,
            one -> RowsCodec.fields(one.schema, one.table, one.partitions),
            row -> new Partitioned(row.text(0), row.text(1), row.number(2)));

    public SharedTablespaces {
        list = List.copyOf(list);
    }

    /**
     * A partitioned table.
     *
     * @param schema the database it is in
     * @param table its name
     * @param partitions how many of its partitions lie in a shared tablespace
     */
    public record Partitioned(String schema, String table, long partitions) {
        public Partitioned {
            requireNonNull(schema, "schema is null");
            requireNonNull(table, "table is null");
        }
    }
}
