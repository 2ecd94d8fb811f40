/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.RdsConfiguration;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What Amazon RDS was told by {@code mysql.rds_set_configuration}; elsewhere there is no such table. */
final class RdsConfigurationProbe implements Probe<RdsConfiguration> {
    @Override
    public FactKey<RdsConfiguration> key() {
        return Facts.RDS_CONFIGURATION;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON mysql.rds_configuration to the account";
    }

    @Override
    public RdsConfiguration read(ProbeContext context) throws SQLException {
        Map<String, @Nullable String> values = new TreeMap<>();
        context.query(
                "SELECT name, value FROM mysql.rds_configuration",
                row -> values.put(ProbeContext.text(row, 1), row.getString(2)));
        return new RdsConfiguration(values);
    }
}
