/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

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
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The password fits into a replication channel, which takes 32 bytes. */
final class ConnReplPasswordLength implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "conn.repl-password-length", "The password is short enough for a replication channel")
            .why("A client may log in with a longer password, but CHANGE REPLICATION SOURCE TO (before 8.0.23 CHANGE"
                    + " MASTER TO) refuses one of more than 32 bytes with error 3056. A dump does not care.")
            .fix("Give the account a password of at most 32 bytes (characters outside ASCII take two to four each),"
                    + " or use"
                    + " an account of its own for the replica.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.CONNECTION)
            .uses(Facts.SESSION, Facts.VARIABLES)
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
        if (!source.get(Facts.CONNECTION).passwordTooLongForReplication()) {
            return Outcome.passed();
        }
        Account account = account(source);
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                account == null ? ObjectRef.server(Side.SOURCE) : ObjectRef.account(Side.SOURCE, account.quoted()),
                "more than 32 bytes",
                "at most 32 bytes",
                "The password for the replication user must not exceed 32 characters, counted in bytes: the one given"
                        + " is"
                        + " longer, and a replication channel refuses it (error 3056)",
                remedies(source, account)));
    }

    /** The account the session was let in as; null where there is no session. */
    private static @Nullable Account account(Snapshot source) {
        return source.find(Facts.SESSION) instanceof Fact.Known<SessionFacts> session
                ? session.value().account()
                : null;
    }

    private static List<Remedy> remedies(Snapshot source, @Nullable Account account) {
        Remedy ofItsOwn = Remedy.of("Migrate with an account of its own that has a shorter password");
        if (account == null || !source.knows(Facts.VARIABLES)) {
            return List.of(Remedy.of("Give the account a password of at most 32 bytes"), ofItsOwn);
        }
        Server server = Server.of(source);
        boolean alterUser = server.isMySql()
                ? server.version().atLeast(5, 7, 6)
                : server.version().atLeast(10, 2, 0);
        String statement = alterUser
                ? "ALTER USER " + account.quoted() + " IDENTIFIED BY 'at most 32 bytes'"
                : "SET PASSWORD FOR " + account.quoted() + " = PASSWORD('at most 32 bytes')";
        return List.of(
                Remedy.sql(
                        "Give the account a shorter password (your own, not this one):",
                        List.of(new Remedy.Statement(
                                statement, "everybody who uses the account has to know the new one"))),
                ofItsOwn);
    }
}
