/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The server has room for the connections of the dump and of the replica. */
final class ConnMaxConnections implements Check {
    /** The replica's, and one to look what is going on. */
    private static final int BESIDE_THE_DUMP = 2;

    /** How many threads mydumper and MySQL Shell use unless they are told otherwise. */
    private static final int PARALLEL = 4;

    private static final CheckInfo INFO = CheckInfo.of(
                    "conn.max-connections", "There is room for the dump's connections")
            .why(
                    "A server that has all its connections in use turns the dump or the replica away in the middle of its work"
                            + " (error 1040, Too many connections), or the account where it has reached a limit of its own (error"
                            + " 1203 or 1226).")
            .fix("Dump with fewer threads, or raise the limit while the migration runs.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/too-many-connections.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_user_connections")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES, Facts.STATUS)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ServerVariables variables = source.get(Facts.VARIABLES);
        Server server = Server.of(source);
        int threads = plan.dumpTool() == DumpTool.MYSQLDUMP ? 1 : PARALLEL;
        int needed = threads + BESIDE_THE_DUMP;
        long limit = variables.number("max_connections", Long.MAX_VALUE);
        // Those of this tool are gone by then.
        long used = Math.max(0, source.get(Facts.STATUS).number("threads_connected", 0) - source.connections());
        List<Finding> findings = new ArrayList<>();
        if (limit - used < needed) {
            findings.add(finding(
                    server,
                    "max_connections",
                    limit,
                    used + needed + limit / 10,
                    used + " of " + limit + " connections of the source are in use, and the migration needs " + needed
                            + " (error 1040)"));
        }
        long perUser = variables.number("max_user_connections", 0);
        if (perUser > 0 && perUser < needed) {
            findings.add(finding(
                    server,
                    "max_user_connections",
                    perUser,
                    needed,
                    "max_user_connections of the source is " + perUser + ", and the migration needs " + needed
                            + " connections of one account (error 1203)"));
        }
        return Outcome.of(findings);
    }

    private static Finding finding(Server server, String variable, long found, long advised, String message) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, variable),
                Long.toString(found),
                "at least " + advised,
                message,
                SettingAdvice.online(
                        server, variable, Long.toString(advised), "each connection takes memory, and file handles"));
    }
}
