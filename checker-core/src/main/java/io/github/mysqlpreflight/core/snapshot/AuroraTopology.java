/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The servers of an Aurora cluster: {@code information_schema.replica_host_status}.
 *
 * @param list one entry a server
 */
public record AuroraTopology(List<Instance> list) {
    static FactCodec<AuroraTopology> codec() {
        return new RowsCodec<>(
                AuroraTopology::list,
                AuroraTopology::new,
                one -> RowsCodec.fields(one.serverId, one.writer),
                row -> new Instance(row.text(0), row.flag(1)));
    }

    public AuroraTopology {
        list = List.copyOf(list);
    }

    /**
     * One server of the cluster.
     *
     * @param serverId its {@code aurora_server_id}
     * @param writer whether it is the one that takes writes
     */
    public record Instance(String serverId, boolean writer) {
        public Instance {
            requireNonNull(serverId, "serverId is null");
        }
    }
}
