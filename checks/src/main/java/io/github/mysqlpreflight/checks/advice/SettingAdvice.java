/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a global variable is changed: at the server itself, or where its vendor keeps its settings. */
public final class SettingAdvice {
    private SettingAdvice() {}

    /**
     * A variable that can be changed while the server runs.
     *
     * @param server the server it is on
     * @param name the variable
     * @param value the value, as SQL writes it
     * @param note cost or risk of the change; null for none
     */
    public static List<Remedy> online(Server server, String name, String value, @Nullable String note) {
        Remedy managed = managed(server, name, value);
        if (managed != null) {
            return List.of(managed);
        }
        Remedy.Statement statement = new Remedy.Statement(setPersistent(server) + name + " = " + value, note);
        if (canPersist(server)) {
            return List.of(Remedy.sql("Online, and kept over a restart:", List.of(statement)));
        }
        return List.of(new Remedy(
                "Online, and in my.cnf so that it is kept over a restart:",
                List.of(statement),
                List.of("[mysqld]", name + " = " + unquoted(value))));
    }

    /** A variable that is read only when the server starts. */
    public static List<Remedy> atStart(Server server, String... lines) {
        List<Remedy> remedies = new ArrayList<>();
        if (server.isManaged()) {
            remedies.add(Remedy.settings(place(server) + ", then restart:", lines));
        } else {
            String[] section = new String[lines.length + 1];
            section[0] = "[mysqld]";
            System.arraycopy(lines, 0, section, 1, lines.length);
            remedies.add(Remedy.settings("In my.cnf, then restart the server:", section));
        }
        return remedies;
    }

    /** {@code SET PERSIST} where the server has it, else {@code SET GLOBAL}, with a blank behind. */
    public static String setPersistent(Server server) {
        return canPersist(server) ? "SET PERSIST " : "SET GLOBAL ";
    }

    /** Whether the server keeps a variable that was set online: MySQL from 8.0. */
    public static boolean canPersist(Server server) {
        return server.isMySql() && server.version().atLeast(8, 0, 0) && !server.isManaged();
    }

    /** How a vendor's customer changes a setting; null for a server that its owner runs. */
    public static @Nullable Remedy managed(Server server, String name, String value) {
        return server.isManaged() ? Remedy.settings(place(server) + ":", name + " = " + unquoted(value)) : null;
    }

    /** Where a setting is made, in the vendor's words. */
    public static String place(Server server) {
        if (server.managedOnRds()) {
            return "In the DB parameter group of the instance";
        }
        return switch (server.flavor()) {
            case RDS -> "In the DB parameter group of the instance";
            case AURORA -> "In the DB cluster parameter group, then reboot the writer where it is a static parameter";
            case CLOUD_SQL -> "As a flag of the Cloud SQL instance (gcloud sql instances patch --database-flags)";
            case AZURE -> "In the server parameters of the Azure database";
            case ALIBABA, DIGITALOCEAN -> "In the configuration of the managed database";
            case MYSQL, PERCONA, MARIADB, TIDB, VITESS -> "In my.cnf";
        };
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("'") && value.endsWith("'")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
