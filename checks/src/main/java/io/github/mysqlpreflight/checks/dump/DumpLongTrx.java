/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.checks.advice.Sessions;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Processes;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Transactions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Nothing runs that the locks of a dump would wait for.
 *
 * <p>FLUSH TABLES WITH READ LOCK waits for statements that run, not for transactions between two statements; LOCK TABLES … READ and
 * changes of definitions wait for both (tried on 5.7.22, 8.0.15, 9.7.4 and MariaDB 10.11.19).
 */
final class DumpLongTrx implements Check {
    private static final long LONG_SECONDS = 60;
    /** What every dump waits for in passing is not worth a word. */
    private static final long PASSING_SECONDS = 2;

    /** What a connection does that waits for a lock of the whole server, or keeps one from being had. */
    private static final Set<String> WAITING = Set.of(
            "Waiting for global read lock",
            "Waiting for table flush",
            "Waiting for commit lock",
            "Waiting for backup lock");

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 connection may hold up the locks of a dump, and then every write behind them",
            "{n} connections may hold up the locks of a dump, and then every write behind them");

    private static final CheckInfo INFO = CheckInfo.of("dump.long-trx", "No long transaction or statement is running")
            .why(
                    "A dump that locks waits for what is running: FLUSH TABLES WITH READ LOCK for statements, LOCK TABLES for open"
                            + " transactions too. While it waits, every write of the application waits behind it (error 1205 in the"
                            + " end), so that the migration itself causes an outage. Transactions that stay open also make the source"
                            + " keep old versions of rows for as long.")
            .fix("Start the dump when no transaction or statement has run for a minute. mydumper ends or gives up with"
                    + " --kill-long-queries and --long-query-guard; MySQL Shell and mysqldump wait.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/flush.html#flush-tables-with-read-lock",
                    "https://dev.mysql.com/doc/refman/8.4/en/information-schema-innodb-trx-table.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/metadata-locking.html")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES, Facts.TRANSACTIONS, Facts.PROCESSES)
            .privileges("PROCESS")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        List<Finding> findings = new ArrayList<>();
        Set<Long> told = new HashSet<>();
        List<Processes.Busy> busy = source.get(Facts.PROCESSES).list();
        Set<Long> appliers = new HashSet<>();
        for (Processes.Busy one : busy) {
            if (one.user().equals("system user")) {
                appliers.add(one.connection());
            }
        }
        for (Transactions.Transaction transaction :
                source.get(Facts.TRANSACTIONS).list()) {
            // Without a connection it is a prepared one, which dump.xa judges.
            if (transaction.connection() > 0 && transaction.ageSeconds() >= LONG_SECONDS) {
                told.add(transaction.connection());
                findings.add(finding(
                        server,
                        transaction.connection(),
                        "a transaction open for " + Quantities.duration(transaction.ageSeconds())
                                + (transaction.rowsModified() == 0
                                        ? ""
                                        : ", " + Quantities.grouped(transaction.rowsModified()) + " rows changed"),
                        appliers.contains(transaction.connection())));
            }
        }
        for (Processes.Busy one : busy) {
            boolean waits = WAITING.contains(one.state()) && one.seconds() >= PASSING_SECONDS;
            if ((waits || runsLong(one)) && told.add(one.connection())) {
                String what = waits
                        ? one.state() + " for " + Quantities.duration(one.seconds())
                        : "a statement running for " + Quantities.duration(one.seconds());
                findings.add(finding(server, one.connection(), what, false));
            }
        }
        return Outcome.of(findings, HEADLINE);
    }

    /** Changes of definitions are dump.ddl-quiet's. */
    private static boolean runsLong(Processes.Busy one) {
        return one.seconds() >= LONG_SECONDS
                && (one.command().equals("Query") || one.command().equals("Execute"))
                && !one.user().equals("system user")
                && one.statement() == null;
    }

    private static Finding finding(Server server, long connection, String found, boolean applier) {
        List<Remedy> remedies = new ArrayList<>();
        if (applier) {
            remedies.add(Remedy.of("Wait until the replica that the source is has applied it"));
        } else {
            remedies.add(Remedy.of("Wait until it has ended, or have its owner end it, before the dump"));
            remedies.add(Remedy.sql("End it:", List.of(Sessions.kill(server, connection))));
        }
        return new Finding(
                Effect.WARNING,
                Sessions.object(connection),
                found,
                null,
                "connection " + connection + " of the source may hold up the locks of a dump: " + found,
                remedies);
    }
}
