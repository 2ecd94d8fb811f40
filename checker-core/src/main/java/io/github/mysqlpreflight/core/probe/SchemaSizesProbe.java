/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SchemaSizes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Data and index bytes by database.
 *
 * <p>Before 8.0 this makes the server open each table, so it is read only where a check asks for it. From 8.0 the numbers
 * come from cached statistics, up to information_schema_stats_expiry seconds old; the session is read-only, so the cache
 * stays as it is
 * (<a href="https://dev.mysql.com/doc/refman/8.4/en/information-schema-optimization.html">manual</a>).
 */
final class SchemaSizesProbe implements Probe<SchemaSizes> {
    @Override
    public FactKey<SchemaSizes> key() {
        return Facts.SCHEMA_SIZES;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public SchemaSizes read(ProbeContext context) throws SQLException {
        Map<String, Long> bytes = new HashMap<>();
        context.query(
                "SELECT TABLE_SCHEMA, SUM(DATA_LENGTH + INDEX_LENGTH) FROM information_schema.TABLES"
                        + TablesProbe.NOT_OF_THE_SYSTEM + " GROUP BY TABLE_SCHEMA",
                row -> bytes.put(ProbeContext.text(row, 1), row.getLong(2)));
        return new SchemaSizes(bytes);
    }
}
