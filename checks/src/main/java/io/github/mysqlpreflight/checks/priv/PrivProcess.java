/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
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

/** The account sees what others are doing, and the tablespaces. */
final class PrivProcess implements Check {
    private static final String PROCESS = "PROCESS";

    private static final CheckInfo INFO = CheckInfo.of("priv.process", "The account holds PROCESS")
            .why("A dump waits behind long transactions and statements of others, and blocks the writes of all while it"
                    + " does; without PROCESS nobody can see them before (error 1227). On MySQL 5.7.31, 8.0.21 and later"
                    + " mysqldump also asks for the tablespaces: without PROCESS it prints an error, leaves them out and"
                    + " still ends with 0.")
            .fix("Grant PROCESS on *.*; or dump with --no-tablespaces, and look for long transactions yourself.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_process",
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_no-tablespaces")
            .effects(Effect.WARNING)
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Grants grants = source.get(Facts.GRANTS).effective();
        if (grants.hasGlobal(PROCESS)) {
            return Outcome.passed();
        }
        if (!grants.unparsed().isEmpty()) {
            return AccountAdvice.notUnderstood(PROCESS, grants);
        }
        Account account = source.get(Facts.SESSION).account();
        boolean tablespaces = plan.dumpTool() == DumpTool.MYSQLDUMP && asksForTablespaces(Server.of(source));
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.sql("As an administrator:", AccountAdvice.grantGlobal(List.of(PROCESS), account)));
        if (tablespaces) {
            remedies.add(Remedy.of("Dump with mysqldump --no-tablespaces, and see to it that nothing runs for long"
                    + " on the source while it starts"));
        }
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                "no PROCESS",
                PROCESS,
                account.quoted() + " lacks PROCESS: long transactions that hold up a dump cannot be seen"
                        + (tablespaces ? ", and mysqldump ends with 0 in spite of an error about tablespaces" : ""),
                remedies));
    }

    /** Whether the server demands PROCESS for {@code information_schema.FILES}. */
    private static boolean asksForTablespaces(Server server) {
        return server.isMySql()
                && (server.version().atLeast(8, 0, 21)
                        || (server.version().major() == 5 && server.version().atLeast(5, 7, 31)));
    }
}
