/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.time.Duration;

/** The statements that make a fresh session harmless; each names who asks. */
final class SessionStatements {
    private SessionStatements() {}

    /**
     * Read-only, bounded in time, and with a neutral sql_mode.
     *
     * <p>max_execution_time came with 5.7.8 and bounds SELECT alone; MariaDB's max_statement_time bounds everything
     * (10.1.1). tx_read_only became transaction_read_only with 5.7.20, and the old name went with 8.0.3. From 8.0.30 on a
     * server may hide the primary keys that it has generated, and then every such table would seem to have none.
     *
     * @param handshakeVersion what the server called itself when it greeted
     * @param limit time for one statement
     */
    static String prepare(String handshakeVersion, Duration limit) {
        StringBuilder sql = new StringBuilder(SourceSession.STATEMENT_COMMENT).append("SET SESSION sql_mode = ''");
        if (handshakeVersion.contains("MariaDB")) {
            sql.append(", max_statement_time = ").append(Math.max(1, limit.toSeconds()));
            sql.append(", tx_read_only = 1");
        } else {
            ServerVersion version = ServerVersion.ofServer(handshakeVersion);
            if (version.atLeast(5, 7, 8)) {
                sql.append(", max_execution_time = ").append(limit.toMillis());
            }
            sql.append(version.atLeast(5, 7, 20) ? ", transaction_read_only = 1" : ", tx_read_only = 1");
            if (version.atLeast(8, 0, 30)) {
                sql.append(", show_gipk_in_create_table_and_information_schema = 1");
            }
        }
        return sql.append(", lock_wait_timeout = 5").toString();
    }

    /** The same for a server that only resembles MySQL and refused a variable of {@link #prepare}. */
    static String prepareLookAlike() {
        return SourceSession.STATEMENT_COMMENT + "SET SESSION TRANSACTION READ ONLY";
    }
}
