/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * mysqldump may flush and lock the tables, as it does for a dump that a replica can start from.
 *
 * <p>Where a vendor keeps that lock to himself is judged in {@code dump.ftwrl}; programs that lock table by table instead, in
 * {@code priv.lock-tables}.
 */
final class PrivReload implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.reload", "The account may flush and lock all tables for a moment")
            .why("For a dump that says which GTIDs it holds, mysqldump 8.0.32 and later sends FLUSH TABLES even with"
                    + " --single-transaction, and so do all of them with --source-data. Without the privilege it ends at"
                    + " its start (error 1227, exit code 2), and no replica can be set up from it.")
            .fix("Grant RELOAD on *.*, or from 8.0.23 FLUSH_TABLES, which allows less. A dump alone can do without, by"
                    + " --single-transaction --set-gtid-purged=OFF. mydumper and MySQL Shell can lock table by table"
                    + " instead.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_flush-tables",
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_set-gtid-purged")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return plan.dumpTool() == DumpTool.MYSQLDUMP
                ? null
                : plan.dumpTool().command() + " can lock table by table instead, which priv.lock-tables judges";
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (!server.isMySql()) {
            return Outcome.notApplicable("a dump of " + server.flavor().title() + " holds no GTIDs of MySQL");
        }
        if (server.isManaged()) {
            return Outcome.notApplicable("whether " + server.flavor().title()
                    + " lets itself be locked is a matter of the vendor, see dump.ftwrl");
        }
        Grants grants = source.get(Facts.GRANTS).effective();
        if (AccountAdvice.mayFlush(grants, server)) {
            return Outcome.passed();
        }
        boolean replication = plan.considers(Method.REPLICATION);
        if (!replication && !dumpHoldsGtids(source)) {
            return Outcome.passed();
        }
        String needed = AccountAdvice.toFlush(server);
        if (!grants.unparsed().isEmpty()) {
            return AccountAdvice.notUnderstood(needed, grants);
        }
        Account account = source.get(Facts.SESSION).account();
        return Outcome.found(new Finding(
                replication ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                "no " + needed,
                needed.equals("RELOAD") ? needed : "RELOAD or " + needed,
                account.quoted() + " lacks " + needed
                        + ": mysqldump ends with error 1227 where its dump shall hold GTIDs"
                        + (replication ? ", which a replica starts from" : ""),
                remedies(plan, needed, account)));
    }

    /** As mysqldump has it: any other mode than OFF. */
    private static boolean dumpHoldsGtids(Snapshot source) {
        String mode = source.get(Facts.VARIABLES).get("gtid_mode");
        return mode != null && !mode.equalsIgnoreCase("OFF");
    }

    private static List<Remedy> remedies(Plan plan, String needed, Account account) {
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.sql("As an administrator:", AccountAdvice.grantGlobal(List.of(needed), account)));
        if (plan.considers(Method.DUMP)) {
            remedies.add(Remedy.of("For a dump alone: mysqldump --single-transaction --set-gtid-purged=OFF"));
        }
        if (plan.considers(Method.REPLICATION)) {
            remedies.add(
                    Remedy.of("For replication: or dump by mydumper or MySQL Shell (--dump-tool mydumper or mysqlsh),"
                            + " which can lock table by table"));
        }
        return remedies;
    }
}
