/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
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
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source writes a binary log. */
final class BinlogEnabled implements Check {
    private static final CheckInfo INFO = CheckInfo.of("binlog.enabled", "The binary log is switched on")
            .why("A replica reads its changes from the source's binary log; without one there is nothing to read, and"
                    + " the source answers with error 1236.")
            .fix("Switch the binary log on; it takes a restart. Managed databases tie it to their backups or to a"
                    + " parameter of the cluster.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html#option_mysqld_log-bin")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.VARIABLES)
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
        ServerVariables variables = source.get(Facts.VARIABLES);
        if (variables.isOn("log_bin")) {
            return Outcome.passed();
        }
        String value = variables.get("log_bin");
        String found = value == null ? "not there" : value;
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, "log_bin"),
                found,
                "ON",
                "the binary log is disabled on the source: log_bin is " + found + ", must be ON" + consequence(source),
                remedies(Server.of(source), variables)));
    }

    /** The words of the original, which looks for GTIDs and meets a status without a row. */
    private static String consequence(Snapshot source) {
        return Server.of(source).isMySql()
                ? " (GTID mode should be enabled on the source: SHOW MASTER STATUS is empty)"
                : "";
    }

    private static List<Remedy> remedies(Server server, ServerVariables variables) {
        if (server.managedOnRds()) {
            return List.of(amazonBackups());
        }
        return switch (server.flavor()) {
            case RDS -> List.of(amazonBackups());
            case AURORA ->
                List.of(Remedy.settings(
                        "In the DB cluster parameter group, then reboot the writer:", "binlog_format = ROW"));
            case CLOUD_SQL ->
                List.of(Remedy.of("Switch point-in-time recovery on, which switches the binary log on and restarts the"
                        + " instance: gcloud sql instances patch INSTANCE --enable-bin-log"));
            case AZURE, ALIBABA, DIGITALOCEAN ->
                List.of(Remedy.of("Ask the vendor: the binary log of this service is on unless it was switched off"));
            case TIDB, VITESS ->
                List.of(Remedy.of("Use a server of MySQL itself; "
                        + server.flavor().title() + " has no binary log that MySQL replicates from"));
            case MYSQL, PERCONA, MARIADB -> selfManaged(server, variables);
        };
    }

    private static Remedy amazonBackups() {
        return Remedy.of(
                "Switch automated backups on: a backup retention period of more than 0 days switches the binary"
                        + " log on and restarts the instance");
    }

    private static List<Remedy> selfManaged(Server server, ServerVariables variables) {
        long serverId = variables.number("server_id", 0);
        String setServerId = "server_id = " + (serverId == 0 ? ServerIds.proposal(variables, 0) : serverId);
        Remedy restart =
                SettingAdvice.atStart(server, "log_bin = binlog", setServerId).get(0);
        if (server.isMySql() && server.version().atLeast(8, 0, 0)) {
            return List.of(
                    restart,
                    Remedy.of("Take skip_log_bin or disable_log_bin away where it was set: without them the binary log"
                            + " is on from 8.0"));
        }
        return List.of(restart);
    }
}
