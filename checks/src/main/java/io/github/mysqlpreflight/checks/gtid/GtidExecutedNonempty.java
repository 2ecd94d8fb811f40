/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.gtid;

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
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source has at least one transaction with a GTID, where a replica can begin. */
final class GtidExecutedNonempty implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "gtid.executed-nonempty", "The source has executed a transaction with a GTID")
            .why("While gtid_executed is empty a dump carries no GTID_PURGED: the replica does not know that it has the"
                    + " dump's rows already, starts at the first binary log file and repeats what is in there (error"
                    + " 1062), or asks for files that are gone (error 1236).")
            .fix("Commit a transaction on the source once gtid_mode is ON; any write makes one.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-gtids.html#sysvar_gtid_executed",
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_set-gtid-purged")
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
        Server server = Server.of(source);
        if (!server.isMySql()) {
            return Outcome.notApplicable(server.flavor().title() + " has no gtid_executed");
        }
        ServerVariables variables = source.get(Facts.VARIABLES);
        String executed = variables.get("gtid_executed");
        if (executed != null && !executed.isBlank()) {
            return Outcome.passed();
        }
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.setting(Side.SOURCE, "gtid_executed"),
                "empty",
                "at least one transaction",
                "GTID mode should be enabled on the source: Executed_Gtid_Set is empty, no transaction has a GTID yet",
                remedies("ON".equals(variables.get("gtid_mode")))));
    }

    private static List<Remedy> remedies(boolean numbering) {
        String text = numbering
                ? "Wait for any write, or on an idle server run a statement that is logged and changes nothing:"
                : "When gtid_mode is ON: wait for any write, or on an idle server run a statement that is logged and"
                        + " changes nothing:";
        return List.of(Remedy.sql(
                text, List.of(new Remedy.Statement("FLUSH PRIVILEGES", "needs RELOAD; reads the grant tables again"))));
    }
}
