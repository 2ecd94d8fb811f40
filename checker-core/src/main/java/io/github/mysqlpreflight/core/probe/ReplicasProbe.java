/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Replicas;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The connected replicas: SHOW REPLICAS from 8.0.22, SHOW SLAVE HOSTS before. */
final class ReplicasProbe implements Probe<Replicas> {
    @Override
    public FactKey<Replicas> key() {
        return Facts.REPLICAS;
    }

    @Override
    public String remedy() {
        return "GRANT REPLICATION SLAVE ON *.* to the account";
    }

    @Override
    public Replicas read(ProbeContext context) throws SQLException {
        boolean renamed = context.isMySqlAtLeast(8, 0, 22);
        List<Replicas.Replica> replicas = new ArrayList<>();
        context.queryEither(
                renamed ? "SHOW REPLICAS" : "SHOW SLAVE HOSTS",
                renamed ? "SHOW SLAVE HOSTS" : "SHOW REPLICAS",
                row -> replicas.add(new Replicas.Replica(
                        row.getLong(1),
                        ProbeContext.text(row, 2, ""),
                        row.getMetaData().getColumnCount() >= 5 ? row.getString(5) : null)));
        return new Replicas(replicas);
    }
}
