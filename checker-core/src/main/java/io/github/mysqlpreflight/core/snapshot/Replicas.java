/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replicas that are connected to the server: SHOW REPLICAS (before 8.0.22: SHOW SLAVE HOSTS).
 *
 * @param list one entry a replica
 */
public record Replicas(List<Replica> list) {
    static FactCodec<Replicas> codec() {
        return new RowsCodec<>(
                Replicas::list,
                Replicas::new,
                one -> RowsCodec.fields(one.serverId, one.host, one.serverUuid),
                row -> new Replica(row.number(0), row.text(1), row.nullable(2)));
    }

    public Replicas {
        list = List.copyOf(list);
    }

    /**
     * One replica.
     *
     * @param serverId its server_id
     * @param host as it reports itself; empty where it does not
     * @param serverUuid its server_uuid; null where the server does not say (MariaDB)
     */
    public record Replica(
            long serverId, String host, @Nullable String serverUuid) {
        public Replica {
            requireNonNull(host, "host is null");
        }
    }
}
