/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SessionFormats;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The sessions that write the binary log otherwise than in rows (from 5.7.2, where performance_schema shows their variables). */
final class SessionFormatsProbe implements Probe<SessionFormats> {
    @Override
    public FactKey<SessionFormats> key() {
        return Facts.SESSION_FORMATS;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON performance_schema.* to the account";
    }

    @Override
    public SessionFormats read(ProbeContext context) throws SQLException {
        List<SessionFormats.Sessions> sessions = new ArrayList<>();
        context.query(
                "SELECT VARIABLE_VALUE, COUNT(*) FROM performance_schema.variables_by_thread"
                        + " WHERE VARIABLE_NAME = 'binlog_format' AND VARIABLE_VALUE <> 'ROW' GROUP BY VARIABLE_VALUE"
                        + " ORDER BY VARIABLE_VALUE",
                row -> sessions.add(new SessionFormats.Sessions(ProbeContext.text(row, 1), row.getLong(2))));
        return new SessionFormats(sessions);
    }
}
