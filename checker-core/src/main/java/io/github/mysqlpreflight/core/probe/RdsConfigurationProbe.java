/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.RdsConfiguration;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon RDS was told by {@code mysql.rds_set_configuration}; elsewhere there is no such table.
 *
 * <p>A table that the account does not see may be there: it is asked for then, and the server's answer tells, unless the account sees
 * the tables of {@code mysql} and this one is not among them.
 */
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
        Tables tables = context.known(Facts.TABLES);
        if (tables != null && tables.contains("mysql", "user") && !tables.contains("mysql", "rds_configuration")) {
            throw new SQLException("Table 'mysql.rds_configuration' doesn't exist", "42S02", 1146);
        }
        Map<String, @Nullable String> values = new TreeMap<>();
        context.query(
                "SELECT name, value FROM mysql.rds_configuration",
                row -> values.put(ProbeContext.text(row, 1), row.getString(2)));
        return new RdsConfiguration(values);
    }
}
