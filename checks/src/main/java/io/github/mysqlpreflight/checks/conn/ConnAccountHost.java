/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

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
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account is not tied to one machine, which is seldom the target.
 *
 * <p>A pattern or a network passes: whether the target is in it cannot be told, for the address it comes from need not be the one
 * it listens on.
 */
final class ConnAccountHost implements Check {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private static final CheckInfo INFO = CheckInfo.of(
                    "conn.account-host", "The account may log in from more than one machine")
            .why(
                    "The account lets in the machine that checks. The target comes from another one: where the account is made"
                            + " for one address, the replica, or a dump that runs there, is refused (errors 1045 and 1130).")
            .fix(
                    "Make an account of the same name for the target's address or network, or for any host ('mig'@'%'), with"
                            + " the same privileges.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/account-names.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/connection-access.html")
            .effects(Effect.WARNING, Effect.NOTICE)
            .needs(Facts.SESSION, Facts.CONNECTION)
            .uses(Facts.ACCOUNTS)
            .targetUses(Facts.CONNECTION)
            .privileges("SELECT on mysql.user, to see whether another account lets the target in")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Account account = source.get(Facts.SESSION).account();
        if (!isNarrow(account.host()) || isTheTarget(account.host(), source, plan)) {
            return Outcome.passed();
        }
        Account wider = wider(account, source);
        return Outcome.found(wider == null ? narrow(account) : takenByAnother(account, wider));
    }

    private static Finding narrow(Account account) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                account.host(),
                "a host or network that takes in the target, such as %",
                account.quoted() + " may log in from " + account.host()
                        + " alone: a replica, or a dump on another machine, is refused (error 1045 or 1130)",
                List.of(Remedy.of("Make an account "
                        + new Account(account.user(), "%").quoted()
                        + ", or with the target's address or network in place of %, with the same privileges, and check"
                        + " with that one")));
    }

    private static Finding takenByAnother(Account account, Account wider) {
        return new Finding(
                Effect.NOTICE,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                account.host(),
                "the account that the target will be let in as",
                "the target will not be let in as " + account.quoted() + " but perhaps as " + wider.quoted()
                        + ", whose privileges were not looked at",
                List.of(Remedy.of("Check from a machine that is let in as " + wider.quoted()
                        + ", or see to it that it has the same privileges and password")));
    }

    /** One machine: no wildcard and no network behind a slash. */
    private static boolean isNarrow(String host) {
        return !host.isEmpty() && host.indexOf('%') < 0 && host.indexOf('_') < 0 && host.indexOf('/') < 0;
    }

    /** Whether the one machine is where the target is, or all of them are one machine. */
    private static boolean isTheTarget(String host, Snapshot source, Plan plan) {
        Snapshot target = plan.target();
        if (target == null || !(target.find(Facts.CONNECTION) instanceof Fact.Known<ConnectionFacts> connection)) {
            return false;
        }
        String targetHost = connection.value().host();
        if (isLoopback(targetHost)) {
            return isLoopback(host) && isLoopback(source.get(Facts.CONNECTION).host());
        }
        return targetHost.equalsIgnoreCase(host);
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.contains(host);
    }

    /** Another account of that name that lets in more than one machine; null where none is seen. */
    private static @Nullable Account wider(Account account, Snapshot source) {
        Account widest = null;
        if (source.find(Facts.ACCOUNTS) instanceof Fact.Known<Accounts> accounts) {
            for (Accounts.Entry entry : accounts.value().list()) {
                Account other = entry.account();
                if (other.user().equals(account.user())
                        && !other.withoutHost()
                        && !entry.locked()
                        && !isNarrow(other.host())
                        && (widest == null || other.host().compareTo(widest.host()) < 0)) {
                    widest = other;
                }
            }
        }
        return widest;
    }
}
