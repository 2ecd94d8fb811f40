/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.AuroraTopology;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which server of an Aurora cluster takes writes; elsewhere there is no such table. */
final class AuroraTopologyProbe implements Probe<AuroraTopology> {
    @Override
    public FactKey<AuroraTopology> key() {
        return Facts.AURORA_TOPOLOGY;
    }

    @Override
    public String remedy() {
        return "Every account may read the cluster's topology; look at the server's error log";
    }

    @Override
    public AuroraTopology read(ProbeContext context) throws SQLException {
        ServerVariables variables = context.known(Facts.VARIABLES);
        if (variables != null && variables.get("aurora_version") == null) {
            throw new SQLException("this is no server of an Aurora cluster", "42S02", 1109);
        }
        List<AuroraTopology.Instance> instances = new ArrayList<>();
        context.query(
                "SELECT SERVER_ID, SESSION_ID FROM information_schema.replica_host_status",
                row -> instances.add(new AuroraTopology.Instance(
                        ProbeContext.text(row, 1), "MASTER_SESSION_ID".equals(row.getString(2)))));
        return new AuroraTopology(instances);
    }
}
