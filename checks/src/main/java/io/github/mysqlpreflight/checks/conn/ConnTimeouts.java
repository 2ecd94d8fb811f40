/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * The server does not break off a connection or a statement that takes as long as a dump does.
 *
 * <p>mysqldump raises net_read_timeout and net_write_timeout for itself (9.7 does), and so the server's defaults are long enough; what
 * is shorter was made so on purpose.
 */
final class ConnTimeouts implements Check {
    private static final long DAY_MILLIS = 86_400_000L;

    /** Seconds that are long enough: the defaults, and five minutes of silence between two statements. */
    private static final List<Limit> LIMITS = List.of(
            new Limit("net_read_timeout", 30, 3_600, "the server gives up a client that sends slowly"),
            new Limit(
                    "net_write_timeout", 60, 3_600, "the server gives up a client that is slow to take a table's rows"),
            new Limit("wait_timeout", 300, 28_800, "the server closes a connection that is silent for so long"));

    private static final CheckInfo INFO = CheckInfo.of("conn.timeouts", "The server leaves long statements their time")
            .why(
                    "A dump reads whole tables in one statement each, over connections that may be silent for a while. Limits"
                            + " that suit a web application end it in the middle: error 2013 (Lost connection), 3024 (maximum"
                            + " statement execution time exceeded), on MariaDB 1969.")
            .fix(
                    "Raise the limits while the migration runs, and exempt its account from scripts that kill long queries.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_net_write_timeout",
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_execution_time",
                    "https://dev.mysql.com/doc/refman/8.4/en/error-lost-connection.html")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES)
            .build();

    /**
     * A time limit of a connection.
     *
     * @param least seconds from which on it does no harm
     * @param advised seconds for the time of the migration
     * @param consequence what a shorter one does
     */
    private record Limit(String variable, long least, long advised, String consequence) {}

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ServerVariables variables = source.get(Facts.VARIABLES);
        Server server = Server.of(source);
        List<Finding> findings = new ArrayList<>();
        for (Limit limit : LIMITS) {
            long seconds = variables.number(limit.variable(), limit.least());
            if (seconds < limit.least()) {
                findings.add(new Finding(
                        Effect.WARNING,
                        ObjectRef.setting(Side.SOURCE, limit.variable()),
                        seconds + " s",
                        "at least " + limit.least() + " s",
                        limit.variable() + " of the source is " + seconds + " s: " + limit.consequence()
                                + " (error 2013)",
                        SettingAdvice.online(
                                server,
                                limit.variable(),
                                Long.toString(limit.advised()),
                                "sessions keep the old one until they reconnect")));
            }
        }
        long millis = variables.number("max_execution_time", 0);
        if (millis > 0 && millis < DAY_MILLIS) {
            findings.add(statementLimit(server, "max_execution_time", millis + " ms", 3024));
        }
        String seconds = variables.get("max_statement_time");
        if (server.flavor() == Flavor.MARIADB && seconds != null && isPositive(seconds)) {
            findings.add(statementLimit(server, "max_statement_time", seconds + " s", 1969));
        }
        return Outcome.of(findings);
    }

    private static boolean isPositive(String decimal) {
        for (int i = 0; i < decimal.length(); i++) {
            if (decimal.charAt(i) >= '1' && decimal.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private static Finding statementLimit(Server server, String variable, String value, int error) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, variable),
                value,
                "0",
                variable + " of the source is " + value + ": the server breaks off the reading of a table that takes"
                        + " longer (error " + error + ")",
                SettingAdvice.online(
                        server, variable, "0", "queries of applications run without a limit, too, while it is 0"));
    }
}
