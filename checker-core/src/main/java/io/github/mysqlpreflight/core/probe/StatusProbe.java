/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerStatus;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The counters that tell how busy the server is, read by one run. */
final class StatusProbe implements Probe<ServerStatus> {
    private static final String COUNTERS = "SHOW GLOBAL STATUS WHERE Variable_name IN ('Uptime', 'Threads_connected',"
            + " 'Threads_running', 'Max_used_connections', 'Questions', 'Com_insert', 'Com_insert_select', 'Com_update',"
            + " 'Com_update_multi', 'Com_delete', 'Com_delete_multi', 'Com_replace', 'Com_replace_select', 'Com_load',"
            + " 'Com_commit', 'Com_select', 'Innodb_os_log_written', 'Innodb_rows_inserted', 'Innodb_rows_updated',"
            + " 'Innodb_rows_deleted', 'Ongoing_anonymous_transaction_count', 'wsrep_cluster_size', 'wsrep_local_state',"
            + " 'Caching_sha2_password_rsa_public_key')";

    private volatile long readAt;

    /** When the counters were read, as {@link System#nanoTime()} counts. */
    long readAt() {
        return readAt;
    }

    @Override
    public FactKey<ServerStatus> key() {
        return Facts.STATUS;
    }

    @Override
    public String remedy() {
        return "Every account may read the status counters; look at the server's error log";
    }

    @Override
    public ServerStatus read(ProbeContext context) throws SQLException {
        ServerStatus status = new ServerStatus(counters(context));
        readAt = System.nanoTime();
        return status;
    }

    static Map<String, String> counters(ProbeContext context) throws SQLException {
        Map<String, String> values = new HashMap<>();
        context.query(
                COUNTERS,
                row -> values.put(ProbeContext.text(row, 1).toLowerCase(Locale.ROOT), ProbeContext.text(row, 2, "")));
        return values;
    }
}
