/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.BinaryLogStatus;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where the binary log stands; SHOW BINARY LOG STATUS from 8.2, SHOW MASTER STATUS before and on MariaDB. */
final class BinaryLogStatusProbe implements Probe<BinaryLogStatus> {
    @Override
    public FactKey<BinaryLogStatus> key() {
        return Facts.BINARY_LOG_STATUS;
    }

    @Override
    public String remedy() {
        return "GRANT REPLICATION CLIENT ON *.* to the account";
    }

    @Override
    public BinaryLogStatus read(ProbeContext context) throws SQLException {
        boolean renamed = context.isMySqlAtLeast(8, 2, 0);
        BinaryLogStatus.@Nullable Position[] position = new BinaryLogStatus.@Nullable Position[1];
        context.queryEither(
                renamed ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS",
                renamed ? "SHOW MASTER STATUS" : "SHOW BINARY LOG STATUS",
                row -> position[0] = new BinaryLogStatus.Position(
                        ProbeContext.text(row, 1),
                        row.getLong(2),
                        ProbeContext.text(row, 3, ""),
                        ProbeContext.text(row, 4, ""),
                        row.getMetaData().getColumnCount() >= 5 ? row.getString(5) : null));
        return new BinaryLogStatus(position[0]);
    }
}
