/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.report.CheckResult;
import io.github.mysqlpreflight.core.report.Coverage;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What each privilege lets an account see, and so what an account without it has not shown
 * (<a href="https://dev.mysql.com/doc/refman/8.4/en/information-schema-introduction.html#information-schema-privileges">manual</a>;
 * tried on 5.6 to 9.7 and MariaDB 10.11).
 */
final class Sights {
    /** How far a privilege reaches. */
    private enum Reach {
        /** On each database by itself, or on all. */
        DATABASES,
        /** On the whole server only. */
        SERVER
    }

    /**
     * One privilege and what is hidden without it.
     *
     * @param privilege its name
     * @param reach how far it reaches
     * @param what what it shows, in words
     * @param facts where that would stand
     */
    private record Sight(String privilege, Reach reach, String what, Set<FactKey<?>> facts) {}

    private static final List<Sight> SIGHTS = List.of(
            new Sight(
                    "SELECT",
                    Reach.DATABASES,
                    "databases and tables that it has no privilege on",
                    Set.of(Facts.SCHEMAS, Facts.TABLES, Facts.COLUMNS, Facts.INDEXES, Facts.FOREIGN_KEYS)),
            new Sight("SHOW VIEW", Reach.DATABASES, "the text of views", Set.of(Facts.VIEWS)),
            new Sight("TRIGGER", Reach.DATABASES, "triggers", Set.of(Facts.TRIGGERS)),
            new Sight("EVENT", Reach.DATABASES, "events", Set.of(Facts.EVENTS)),
            new Sight("SHOW_ROUTINE", Reach.SERVER, "routines and their text", Set.of(Facts.ROUTINES)),
            new Sight(
                    "PROCESS",
                    Reach.SERVER,
                    "transactions and what other accounts' connections do",
                    Set.of(Facts.TRANSACTIONS, Facts.PROCESSES, Facts.TABLE_PLACES)),
            new Sight(
                    "REPLICATION CLIENT",
                    Reach.SERVER,
                    "the binary logs and the replica status",
                    Set.of(Facts.BINARY_LOG_STATUS, Facts.BINARY_LOGS, Facts.REPLICA_STATUS)),
            new Sight("REPLICATION SLAVE", Reach.SERVER, "connected replicas", Set.of(Facts.REPLICAS)),
            new Sight(
                    "XA_RECOVER_ADMIN", Reach.SERVER, "prepared XA transactions", Set.of(Facts.PREPARED_TRANSACTIONS)));

    /** Facts that stand in tables of the server's own databases, which SELECT on everything shows. */
    private static final List<FactKey<?>> OWN_TABLES =
            List.of(Facts.ACCOUNTS, Facts.EXTENSIONS, Facts.SESSION_FORMATS, Facts.RDS_CONFIGURATION);

    private final Snapshot source;
    private final List<String> databases;
    private final List<CheckResult> results;
    private final Server server;
    private final Grants grants;
    private final GrantRules rules;

    private Sights(Snapshot source, List<String> databases, List<CheckResult> results) {
        this.source = source;
        this.databases = databases;
        this.results = results;
        this.server = Server.of(source);
        this.grants = source.get(Facts.GRANTS).effective();
        this.rules = AccountGrants.rules(source);
    }

    /** What was judged of those databases, and what the account did not see of what these checks look at. */
    static Coverage of(Snapshot source, List<String> databases, List<CheckResult> results) {
        int tables = tables(source, databases);
        if (!source.knows(Facts.GRANTS) || !source.knows(Facts.VARIABLES) || !source.knows(Facts.SESSION)) {
            return new Coverage(databases.size(), tables, List.of(), null);
        }
        return new Sights(source, databases, results).coverage(tables);
    }

    private static int tables(Snapshot source, List<String> databases) {
        if (!(source.find(Facts.TABLES) instanceof Fact.Known<Tables> known)) {
            return -1;
        }
        Set<String> selected = new HashSet<>(databases);
        int count = 0;
        for (Tables.Table table : known.value().list()) {
            count += selected.contains(table.schema()) ? 1 : 0;
        }
        return count;
    }

    private Coverage coverage(int tables) {
        List<Coverage.Unseen> unseen = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (Sight sight : SIGHTS) {
            List<String> checks = concerned(sight.facts);
            String what = checks.isEmpty() ? "" : hidden(sight);
            if (!what.isEmpty()) {
                String privilege = spelled(sight.privilege);
                unseen.add(new Coverage.Unseen(what, privilege, checks));
                missing.add(privilege);
            }
        }
        for (FactKey<?> key : OWN_TABLES) {
            List<String> checks = concerned(Set.of(key));
            if (!checks.isEmpty() && isDenied(key)) {
                unseen.add(new Coverage.Unseen(key.title(), "SELECT", checks));
                missing.add("SELECT");
            }
        }
        String grant = missing.isEmpty()
                ? null
                : "GRANT " + String.join(", ", missing) + " ON *.* TO "
                        + source.get(Facts.SESSION).account().quoted();
        return new Coverage(databases.size(), tables, unseen, grant);
    }

    /** The checks that look at one of the facts and concern this migration. */
    private List<String> concerned(Set<FactKey<?>> facts) {
        List<String> checks = new ArrayList<>();
        for (CheckResult result : results) {
            boolean looks = false;
            for (FactKey<?> key : result.info().facts()) {
                looks |= facts.contains(key);
            }
            if (looks && !(result.outcome() instanceof Outcome.NotApplicable)) {
                checks.add(result.info().id());
            }
        }
        return checks;
    }

    /** What stays hidden without the privilege; empty where the account holds it. */
    private String hidden(Sight sight) {
        return switch (sight.privilege) {
            case "SELECT" -> grants.seesAllSchemas(rules) && grants.seesAllTables(rules) ? "" : sight.what;
            case "SHOW_ROUTINE" -> seesRoutines() ? "" : sight.what;
            case "REPLICATION CLIENT", "REPLICATION SLAVE", "XA_RECOVER_ADMIN" -> denied(sight) ? sight.what : "";
            default ->
                sight.reach == Reach.SERVER ? grants.hasGlobal(sight.privilege) ? "" : sight.what : inDatabases(sight);
        };
    }

    private String inDatabases(Sight sight) {
        int without = 0;
        for (String database : databases) {
            without += grants.hasOnSchema(sight.privilege, database, rules) ? 0 : 1;
        }
        if (without == 0) {
            return "";
        }
        return without == databases.size()
                ? sight.what
                : sight.what + " of " + without + " of " + databases.size() + " databases";
    }

    /** From 8.0 on SELECT on everything shows them, or SHOW_ROUTINE (8.0.20); before, SELECT on mysql.proc. */
    private boolean seesRoutines() {
        boolean older = !server.isMySql() || !server.version().atLeast(8, 0, 0);
        return grants.hasGlobal("SELECT")
                || grants.hasGlobal("SHOW_ROUTINE")
                || (older && grants.hasOnTable("SELECT", "mysql", "proc", rules));
    }

    /** What that server calls it: SHOW_ROUTINE came with 8.0.20, and MariaDB divided the replication privileges with 10.5. */
    private String spelled(String privilege) {
        boolean divided = server.flavor() == Flavor.MARIADB && server.version().atLeast(10, 5, 0);
        boolean knowsRoutines = server.isMySql() && server.version().atLeast(8, 0, 20);
        return switch (privilege) {
            case "SHOW_ROUTINE" -> knowsRoutines ? privilege : "SELECT";
            case "REPLICATION CLIENT" -> divided ? "BINLOG MONITOR, SLAVE MONITOR" : privilege;
            case "REPLICATION SLAVE" -> divided ? "REPLICATION MASTER ADMIN" : privilege;
            default -> privilege;
        };
    }

    private boolean denied(Sight sight) {
        for (FactKey<?> key : sight.facts) {
            if (isDenied(key)) {
                return true;
            }
        }
        return false;
    }

    private boolean isDenied(FactKey<?> key) {
        return source.find(key) instanceof Fact.Unavailable<?> open && open.cause() == Fact.Cause.PRIVILEGE;
    }
}
