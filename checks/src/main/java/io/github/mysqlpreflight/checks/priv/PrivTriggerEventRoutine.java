/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.GrantedTables;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Triggers, events and routines of every database that is migrated may be read.
 *
 * <p>What a missing privilege hides cannot be counted, so a right that is missing is a finding wherever something may be hidden.
 */
final class PrivTriggerEventRoutine implements Check {
    private static final String TRIGGER = "TRIGGER";
    private static final String EVENT = "EVENT";
    private static final String SHOW_ROUTINE = "SHOW_ROUTINE";
    private static final String SHOW_CREATE_ROUTINE = "SHOW CREATE ROUTINE";

    /** Whoever holds one of these on a database sees the names of its routines, and not their statements. */
    private static final List<String> SHOWING_ROUTINES = List.of("EXECUTE", "ALTER ROUTINE", "CREATE ROUTINE");

    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.trigger-event-routine", "The account can read triggers, events and stored routines")
            .why("mysqldump leaves out triggers and stored routines that the account may not see, says nothing and ends"
                    + " with 0: they are missed when the application calls them. Without EVENT it stops"
                    + " (error 1044), and so it does at a routine that may be called and not read.")
            .fix("Grant TRIGGER and EVENT; and for routines SELECT on *.* or, from 8.0.20, SHOW_ROUTINE; on 5.7 and"
                    + " MariaDB SELECT on mysql.proc. All privileges on a database are not enough for its routines.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_routines",
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_show-routine",
                    "https://dev.mysql.com/doc/refman/8.4/en/show-create-procedure.html")
            .effects(Effect.BLOCKS_DUMP)
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES, Facts.SCHEMAS, Facts.TABLES)
            .uses(Facts.ROUTINES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Judge judge = new Judge(source, plan);
        judge.triggers();
        judge.events();
        judge.routines();
        if (!judge.missing.isEmpty() && !judge.grants.unparsed().isEmpty()) {
            return AccountAdvice.notUnderstood(String.join(", ", judge.missing), judge.grants);
        }
        Outcome outcome = Outcome.of(judge.findings);
        for (Outcome.Unknown unseen : judge.unseen) {
            outcome = outcome.andUnseen(unseen);
        }
        return outcome;
    }

    private static final class Judge {
        private final Snapshot source;
        private final Server server;
        private final Grants grants;
        private final GrantRules rules;
        private final Account account;
        private final List<String> databases;
        private final List<String> missing = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        /** What mysqldump would leave out and end with 0. */
        private final List<Outcome.Unknown> unseen = new ArrayList<>();

        Judge(Snapshot source, Plan plan) {
            this.source = source;
            server = Server.of(source);
            grants = source.get(Facts.GRANTS).effective();
            rules = AccountGrants.rules(source);
            account = source.get(Facts.SESSION).account();
            databases = new ArrayList<>(Selection.of(source, plan).databases());
            databases.sort(null);
        }

        void triggers() {
            List<String> without = withUncoveredTables(AccountAdvice.withoutOn(TRIGGER, databases, grants, rules));
            if (!without.isEmpty()) {
                missing.add(TRIGGER);
                unseen.add(Outcome.unknown(
                        "without TRIGGER the account does not see the triggers of " + AccountAdvice.some(without)
                                + ", and mysqldump leaves them out without an error",
                        AccountAdvice.grant(TRIGGER, without, grants, account, rules)
                                .toArray(new Remedy[0])));
            }
        }

        void events() {
            List<String> without = AccountAdvice.withoutOn(EVENT, databases, grants, rules);
            if (!without.isEmpty()) {
                add(
                        EVENT,
                        without,
                        EVENT,
                        "see events of " + AccountAdvice.some(without)
                                + ": without EVENT a dump with events stops (error 1044)",
                        AccountAdvice.grant(EVENT, without, grants, account, rules));
            }
        }

        void routines() {
            List<String> without = new ArrayList<>();
            for (String database : databases) {
                if (!readsRoutines(database)) {
                    without.add(database);
                }
            }
            int unreadable = withoutReadable(without);
            if (!without.isEmpty()) {
                String right = routineRight();
                List<Remedy> remedies = toReadRoutines(without);
                if (unreadable == 0) {
                    missing.add(right);
                    unseen.add(Outcome.unknown(
                            "without " + right + " the account does not see the stored routines of "
                                    + AccountAdvice.some(without) + ", and mysqldump leaves them out without an error",
                            remedies.toArray(new Remedy[0])));
                } else {
                    add(
                            "ROUTINE",
                            without,
                            right,
                            "read stored routines of " + AccountAdvice.some(without) + ": without " + right
                                    + " mysqldump stops at the first of the " + unreadable + " that it sees",
                            remedies);
                }
            }
        }

        /**
         * Takes those databases away whose routines are all seen and read, as their definer reads them, and those that are seen
         * to have none.
         *
         * @return how many are seen and cannot be read in what is left
         */
        private int withoutReadable(List<String> without) {
            if (without.isEmpty() || !(source.find(Facts.ROUTINES) instanceof Fact.Known<Routines> routines)) {
                return 0;
            }
            Map<String, Integer> unreadable = new HashMap<>();
            for (Routines.Routine routine : routines.value().list()) {
                if (routine.body() == null) {
                    unreadable.merge(routine.schema(), 1, Integer::sum);
                }
            }
            without.removeIf(database -> !unreadable.containsKey(database) && seesRoutines(database));
            int count = 0;
            for (String database : without) {
                count += unreadable.getOrDefault(database, 0);
            }
            return count;
        }

        private boolean seesRoutines(String database) {
            for (String privilege : SHOWING_ROUTINES) {
                if (grants.hasOnSchema(privilege, database, rules)) {
                    return true;
                }
            }
            return false;
        }

        private void add(String kind, List<String> without, String needed, String message, List<Remedy> remedies) {
            missing.add(needed);
            findings.add(new Finding(
                    Effect.BLOCKS_DUMP,
                    new ObjectRef(Side.SOURCE, ObjectRef.Type.ACCOUNT, null, account.quoted(), kind),
                    "missing on " + (without.size() == 1 ? "1 database" : without.size() + " databases"),
                    needed,
                    account.quoted() + " cannot " + message,
                    remedies));
        }

        /** Those of the databases that have a table which no grant of its own makes up for. */
        private List<String> withUncoveredTables(List<String> without) {
            Map<String, Boolean> uncovered = new HashMap<>();
            without.forEach(database -> uncovered.put(database, false));
            GrantedTables granted = grants.tablesWith(TRIGGER, rules);
            for (Tables.Table table : source.get(Facts.TABLES).list()) {
                if (!table.type().equals("VIEW") && !granted.contains(table.schema(), table.name())) {
                    uncovered.computeIfPresent(table.schema(), (database, seen) -> true);
                }
            }
            List<String> result = new ArrayList<>(without);
            result.removeIf(database -> Boolean.FALSE.equals(uncovered.get(database)));
            return result;
        }

        /**
         * As the servers have it (tried on 5.7.22, 8.0.15, 9.7.4 and MariaDB 10.11.19): up to 5.7 and on MariaDB who reads
         * mysql.proc reads every routine; 8.0 asks for SELECT on *.*, less what a partial revoke takes away.
         */
        private boolean readsRoutines(String database) {
            if (!server.isMySql() || !server.version().atLeast(8, 0, 0)) {
                return grants.hasOnTable(AccountAdvice.SELECT, "mysql", "proc", rules)
                        || (knowsShowCreateRoutine() && grants.hasOnSchema(SHOW_CREATE_ROUTINE, database, rules));
            }
            return (grants.hasGlobal(AccountAdvice.SELECT) && grants.hasOnSchema(AccountAdvice.SELECT, database, rules))
                    || (knowsShowRoutine() && grants.hasGlobal(SHOW_ROUTINE));
        }

        private boolean knowsShowRoutine() {
            return server.isMySql() && server.version().atLeast(8, 0, 20);
        }

        private boolean knowsShowCreateRoutine() {
            return server.flavor() == Flavor.MARIADB && server.version().atLeast(11, 3, 0);
        }

        private String routineRight() {
            if (knowsShowRoutine()) {
                return SHOW_ROUTINE;
            }
            return server.isMySql() && server.version().atLeast(8, 0, 0) ? "SELECT on *.*" : "SELECT on mysql.proc";
        }

        private List<Remedy> toReadRoutines(List<String> without) {
            // Where SELECT is held on *.* and restricted here, granting it there once more changes nothing.
            boolean restricted = grants.hasGlobal(AccountAdvice.SELECT);
            List<Remedy> bySelect = restricted
                    ? AccountAdvice.grant(AccountAdvice.SELECT, without, grants, account, rules)
                    : List.of(AccountAdvice.selectEverywhere(account));
            if (server.isMySql() && server.version().atLeast(8, 0, 0) && !knowsShowRoutine()) {
                return bySelect;
            }
            List<Remedy> remedies = new ArrayList<>();
            remedies.add(Remedy.sql(
                    "As an administrator:",
                    knowsShowRoutine()
                            ? AccountAdvice.grantGlobal(List.of(SHOW_ROUTINE), account)
                            : "GRANT SELECT ON mysql.proc TO " + account.quoted()));
            remedies.addAll(bySelect);
            return remedies;
        }
    }
}
