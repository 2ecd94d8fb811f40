/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

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
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account may fetch the binary log and ask for its position.
 *
 * <p>SUPER stands in for REPLICATION CLIENT, and never for REPLICATION SLAVE, as the servers have it.
 */
final class PrivReplication implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.replication", "The account holds REPLICATION SLAVE and REPLICATION CLIENT")
            .why(
                    "Without REPLICATION SLAVE the source refuses to send its binary log to the replica (error 1227, on the"
                            + " channel 1597); without REPLICATION CLIENT nobody can ask it where the binary log stands.")
            .fix("Grant both on *.*; they cannot be granted on a database. MariaDB calls the second one BINLOG MONITOR."
                    + " SUPER will do in its place.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_replication-slave",
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_replication-client")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES)
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
        Grants grants = source.get(Facts.GRANTS).effective();
        Account account = source.get(Facts.SESSION).account();
        List<String> missing = AccountAdvice.missingForReplication(grants);
        if (missing.isEmpty()) {
            return Outcome.passed();
        }
        String text = String.join(" and ", missing);
        if (!grants.unparsed().isEmpty()) {
            return AccountAdvice.notUnderstood(text, grants);
        }
        List<String> held = new ArrayList<>(AccountAdvice.FOR_REPLICATION);
        held.removeAll(missing);
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                held.isEmpty() ? "neither" : "only " + held.get(0),
                String.join(", ", AccountAdvice.FOR_REPLICATION),
                "User does not have replication permissions: " + account.quoted() + " lacks " + text + " on *.*",
                List.of(Remedy.sql("As an administrator:", AccountAdvice.grantGlobal(missing, account)))));
    }
}
