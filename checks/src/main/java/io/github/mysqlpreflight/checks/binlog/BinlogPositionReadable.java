/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.BinaryLogStatus;
import io.github.mysqlpreflight.core.snapshot.BinaryLogs;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server says where its binary log stands, and still has the file.
 *
 * <p>No dump of the log is asked for as a probe: that would make this tool a replica of somebody's production.
 */
final class BinlogPositionReadable implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.position-readable", "The server says where its binary log stands")
            .why(
                    "A dump notes where the binary log stands, and the replica starts from there. A server that has its log"
                            + " on and yet gives no position, as Aurora Serverless v1 and some proxies do, or one whose current"
                            + " file is not among those it lists, cannot be replicated from (error 1236).")
            .fix(
                    "Connect to the server itself, not to a proxy or a reader; on a server of one's own, look into the index"
                            + " file of the binary log.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/show-binary-log-status.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/show-binary-logs.html")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.VARIABLES)
            .uses(Facts.BINARY_LOG_STATUS, Facts.BINARY_LOGS)
            .privileges("REPLICATION CLIENT")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Applicability.replicationOnly(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        if (!source.get(Facts.VARIABLES).isOn("log_bin")) {
            return Outcome.notApplicable("the binary log is off; binlog.enabled judges it");
        }
        Server server = Server.of(source);
        String statement =
                server.isMySql() && server.version().atLeast(8, 2, 0) ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
        BinaryLogStatus.Position position = source.get(Facts.BINARY_LOG_STATUS).current();
        if (position == null) {
            return Outcome.found(finding(
                    "no position",
                    "the binary log of the source is on, but " + statement + " is empty: there is no position to start"
                            + " from",
                    Remedy.of("Connect to the writer itself, not to a proxy, a reader or a serverless endpoint")));
        }
        List<BinaryLogs.File> files = source.get(Facts.BINARY_LOGS).list();
        for (BinaryLogs.File file : files) {
            if (file.name().equals(position.file()) || follows(position.file(), file.name())) {
                return Outcome.passed();
            }
        }
        return Outcome.found(finding(
                position.file(),
                "the binary log of the source stands in " + position.file() + ", which is not among the files of SHOW"
                        + " BINARY LOGS",
                Remedy.of(
                        "Look whether the file is there and stands in the index file of the binary log (log_bin_index);"
                                + " FLUSH BINARY LOGS begins a new one")));
    }

    /** Whether the one file comes right after the other: the server may have begun it between the two questions. */
    private static boolean follows(String file, String former) {
        int dot = file.lastIndexOf('.');
        if (dot < 0 || former.lastIndexOf('.') != dot || !former.startsWith(file.substring(0, dot))) {
            return false;
        }
        long number = ServerVariables.parse(file.substring(dot + 1), -1);
        return number > 0 && number == ServerVariables.parse(former.substring(dot + 1), -1) + 1;
    }

    private static Finding finding(String found, String message, Remedy remedy) {
        return new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.server(Side.SOURCE),
                found,
                "a position in a file that is there",
                message,
                List.of(remedy));
    }
}
