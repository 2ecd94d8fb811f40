/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where the global read lock is out of reach, the tables may be locked one by one. */
final class PrivLockTables implements Check {
    private static final String LOCK_TABLES = "LOCK TABLES";

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "The account lacks LOCK TABLES on 1 database, which takes the place of a global read lock",
            "The account lacks LOCK TABLES on {n} databases, which takes the place of a global read lock");

    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.lock-tables", "The account may lock tables where it cannot lock the server")
            .why(
                    "A dump in several threads, and its position in the binary log, are consistent because nothing is written"
                            + " while it begins. Where FLUSH TABLES WITH READ LOCK is refused, mydumper and MySQL Shell lock"
                            + " table by table instead; without LOCK TABLES that is refused too (error 1044) and the dump ends.")
            .fix(
                    "Grant LOCK TABLES on each database that is migrated. With RELOAD (from 8.0.23 FLUSH_TABLES) on a server"
                            + " of one's own it is not needed, nor for mysqldump with --single-transaction alone.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_lock-tables",
                    "https://dev.mysql.com/doc/mysql-shell/8.4/en/mysql-shell-utilities-dump-instance-schema.html",
                    "https://mydumper.github.io/mydumper/docs/html/locks.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES, Facts.SCHEMAS, Facts.TABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        Grants grants = source.get(Facts.GRANTS).effective();
        boolean mysqldump = plan.dumpTool() == DumpTool.MYSQLDUMP;
        if (!server.isManaged() && (mysqldump || AccountAdvice.mayFlush(grants, server))) {
            return Outcome.notApplicable(
                    mysqldump
                            ? "mysqldump --single-transaction locks no table"
                            : "the account may lock the whole server");
        }
        boolean replication = plan.considers(Method.REPLICATION);
        if (mysqldump && !replication) {
            return Outcome.notApplicable("mysqldump --single-transaction locks no table");
        }
        GrantRules rules = AccountGrants.rules(source);
        List<String> without = AccountAdvice.withoutOn(LOCK_TABLES, databasesWithTables(source, plan), grants, rules);
        if (!without.isEmpty() && !grants.unparsed().isEmpty()) {
            return AccountAdvice.notUnderstood(LOCK_TABLES + " on " + AccountAdvice.some(without), grants);
        }
        Account account = source.get(Facts.SESSION).account();
        List<Finding> findings = new ArrayList<>();
        for (String database : without) {
            findings.add(new Finding(
                    replication ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                    ObjectRef.schema(database),
                    "no LOCK TABLES",
                    LOCK_TABLES,
                    account.quoted() + " lacks LOCK TABLES on the database " + database
                            + ", and cannot lock the whole server either: a dump has no consistent position",
                    remedies(database, server, grants, account, rules)));
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static List<String> databasesWithTables(Snapshot source, Plan plan) {
        Set<String> withTables = new HashSet<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (!table.type().equals("VIEW")) {
                withTables.add(table.schema());
            }
        }
        List<String> databases = new ArrayList<>(Selection.of(source, plan).databases());
        databases.retainAll(withTables);
        databases.sort(null);
        return databases;
    }

    private static List<Remedy> remedies(
            String database, Server server, Grants grants, Account account, GrantRules rules) {
        List<Remedy> remedies =
                new ArrayList<>(AccountAdvice.grant(LOCK_TABLES, List.of(database), grants, account, rules));
        if (!server.isManaged()) {
            remedies.add(Remedy.sql(
                    "Let it lock the whole server:",
                    AccountAdvice.grantGlobal(List.of(AccountAdvice.toFlush(server)), account)));
        }
        return remedies;
    }
}
