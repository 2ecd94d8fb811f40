/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The way from any gtid_mode to ON, in the steps that the server demands. */
final class GtidSwitch {
    private GtidSwitch() {}

    /**
     * What is left to do.
     *
     * @param snapshot of the server
     * @param mode the gtid_mode the server is in
     */
    static List<Remedy> remedies(Snapshot snapshot, String mode) {
        Server server = Server.of(snapshot);
        if (!server.isMySql()) {
            return List.of(
                    Remedy.of("Use a server of MySQL itself; " + server.flavor().title() + " has no gtid_mode"));
        }
        if (server.isManaged()) {
            return List.of(Remedy.settings(
                    SettingAdvice.place(server) + ", in the steps that the vendor allows:",
                    "gtid_mode = ON",
                    "enforce_gtid_consistency = ON"));
        }
        if (!server.version().atLeast(5, 7, 6)) {
            return SettingAdvice.atStart(
                    server,
                    "gtid_mode = ON",
                    "enforce_gtid_consistency = ON",
                    "log_slave_updates = ON",
                    "log_bin = binlog");
        }
        String set = SettingAdvice.setPersistent(server);
        List<Remedy.Statement> steps = new ArrayList<>();
        // What is enforced already stays so: a step back to WARN would undo it.
        ServerVariables variables = snapshot.get(Facts.VARIABLES);
        if (!variables.isOn("enforce_gtid_consistency")) {
            if (!"WARN".equals(variables.get("enforce_gtid_consistency"))) {
                steps.add(new Remedy.Statement(
                        set + "enforce_gtid_consistency = WARN", "then watch the error log for warnings"));
            }
            steps.add(new Remedy.Statement(set + "enforce_gtid_consistency = ON", null));
        }
        if (mode.equals("OFF")) {
            steps.add(new Remedy.Statement(set + "gtid_mode = OFF_PERMISSIVE", null));
        }
        if (!mode.equals("ON_PERMISSIVE")) {
            steps.add(new Remedy.Statement(set + "gtid_mode = ON_PERMISSIVE", null));
        }
        steps.add(new Remedy.Statement(
                set + "gtid_mode = ON", "when Ongoing_anonymous_transaction_count is 0 on every server"));
        if (SettingAdvice.canPersist(server)) {
            return List.of(Remedy.sql("Online, in this order, each step on every server of the topology:", steps));
        }
        return List.of(new Remedy(
                "Online, in this order, each step on every server of the topology; and in my.cnf:",
                steps,
                List.of("[mysqld]", "gtid_mode = ON", "enforce_gtid_consistency = ON")));
    }

    /** The gtid_mode that comes after the given one; the same where there is none. */
    static String next(String mode) {
        return switch (mode) {
            case "OFF" -> "OFF_PERMISSIVE";
            case "OFF_PERMISSIVE" -> "ON_PERMISSIVE";
            default -> "ON";
        };
    }
}
