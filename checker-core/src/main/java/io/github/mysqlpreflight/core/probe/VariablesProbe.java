/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** All global variables in one statement: a name that is missing then means that the server has no such variable. */
final class VariablesProbe implements Probe<ServerVariables> {
    @Override
    public FactKey<ServerVariables> key() {
        return Facts.VARIABLES;
    }

    @Override
    public String remedy() {
        return "Every account may read the global variables; look at the server's error log";
    }

    @Override
    public ServerVariables read(ProbeContext context) throws SQLException {
        Map<String, String> values = new HashMap<>(1_200);
        context.query("SHOW GLOBAL VARIABLES", row -> {
            String name = ProbeContext.text(row, 1).toLowerCase(Locale.ROOT);
            if (!holdsSecret(name)) {
                values.put(name, ProbeContext.text(row, 2, ""));
            }
        });
        return new ServerVariables(values);
    }

    /** Some servers show passwords of their own in variables, such as report_password. */
    private static boolean holdsSecret(String name) {
        return name.equals("report_password")
                || name.equals("wsrep_sst_auth")
                || name.endsWith("_pwd")
                || name.endsWith("_secret")
                || name.endsWith("_secret_id")
                || name.endsWith("_secret_access_key")
                || name.endsWith("_auth_token");
    }
}
