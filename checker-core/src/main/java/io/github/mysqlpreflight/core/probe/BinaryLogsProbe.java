/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.BinaryLogs;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The binary log files: SHOW BINARY LOGS; none where the binary log is off. */
final class BinaryLogsProbe implements Probe<BinaryLogs> {
    private static final int NOT_USING_BINARY_LOGGING = 1381;

    @Override
    public FactKey<BinaryLogs> key() {
        return Facts.BINARY_LOGS;
    }

    @Override
    public String remedy() {
        return "GRANT REPLICATION CLIENT ON *.* to the account";
    }

    @Override
    public BinaryLogs read(ProbeContext context) throws SQLException {
        List<BinaryLogs.File> files = new ArrayList<>();
        try {
            context.query("SHOW BINARY LOGS", row -> {
                boolean encrypted = row.getMetaData().getColumnCount() >= 3 && "Yes".equalsIgnoreCase(row.getString(3));
                files.add(new BinaryLogs.File(ProbeContext.text(row, 1), row.getLong(2), encrypted));
            });
        } catch (SQLException e) {
            if (e.getErrorCode() != NOT_USING_BINARY_LOGGING) {
                throw e;
            }
        }
        return new BinaryLogs(files);
    }
}
