/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ReplicaStatus;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From where the server itself replicates; SHOW REPLICA STATUS from 8.0.22, SHOW SLAVE STATUS before. */
final class ReplicaStatusProbe implements Probe<ReplicaStatus> {
    @Override
    public FactKey<ReplicaStatus> key() {
        return Facts.REPLICA_STATUS;
    }

    @Override
    public String remedy() {
        return "GRANT REPLICATION CLIENT ON *.* to the account (MariaDB: SLAVE MONITOR)";
    }

    @Override
    public ReplicaStatus read(ProbeContext context) throws SQLException {
        String older = context.isMariaDb() ? "SHOW ALL SLAVES STATUS" : "SHOW SLAVE STATUS";
        boolean renamed = context.isMySqlAtLeast(8, 0, 22);
        List<ReplicaStatus.Channel> channels = new ArrayList<>();
        context.queryEither(
                renamed ? "SHOW REPLICA STATUS" : older,
                renamed ? older : "SHOW REPLICA STATUS",
                row -> channels.add(new ReplicaStatus.Channel(
                        orEmpty(column(row, "Channel_Name", "Connection_name")),
                        orEmpty(column(row, "Source_Host", "Master_Host")),
                        orEmpty(column(row, "Replica_IO_Running", "Slave_IO_Running")),
                        orEmpty(column(row, "Replica_SQL_Running", "Slave_SQL_Running")),
                        column(row, "Seconds_Behind_Source", "Seconds_Behind_Master"))));
        return new ReplicaStatus(channels);
    }

    /** The column of either name, the newer or the older one; null where there is none. */
    private static @Nullable String column(ResultSet row, String name, String olderName) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String label = columns.getColumnLabel(i);
            if (label.equalsIgnoreCase(name) || label.equalsIgnoreCase(olderName)) {
                return row.getString(i);
            }
        }
        return null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
