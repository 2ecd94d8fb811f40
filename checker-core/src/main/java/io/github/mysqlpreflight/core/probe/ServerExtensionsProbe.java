/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Loadable functions, components and time zones, which stand in tables of the {@code mysql} database. */
final class ServerExtensionsProbe implements Probe<ServerExtensions> {
    @Override
    public FactKey<ServerExtensions> key() {
        return Facts.EXTENSIONS;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON mysql.* to the account";
    }

    @Override
    public ServerExtensions read(ProbeContext context) throws SQLException {
        List<String> functions = new ArrayList<>();
        List<String> components = new ArrayList<>();
        boolean[] timeZones = new boolean[1];
        String sql = "SELECT 'F', name FROM mysql.func UNION ALL SELECT 'Z', 'yes' FROM DUAL WHERE EXISTS"
                + " (SELECT 1 FROM mysql.time_zone_name)";
        if (context.isMySqlAtLeast(8, 0, 0)) {
            sql += " UNION ALL SELECT 'C', component_urn FROM mysql.component";
        }
        context.query(sql, row -> {
            String value = ProbeContext.text(row, 2, "");
            switch (ProbeContext.text(row, 1)) {
                case "F" -> functions.add(value);
                case "C" -> components.add(value);
                default -> timeZones[0] = true;
            }
        });
        return new ServerExtensions(functions, components, timeZones[0]);
    }
}
