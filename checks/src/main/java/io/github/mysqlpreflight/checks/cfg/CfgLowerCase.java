/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names of databases and tables are compared alike on both servers.
 *
 * <p>Tried on 5.7.22, 8.0.15 and 9.7.4: from 0 onto 1 replication works, and names with upper-case letters silently become lower-case
 * ones; from 1 onto 0 changes of rows arrive, and the first ALTER TABLE that spells a name in another case stops the replica.
 */
final class CfgLowerCase implements Check {
    private static final CheckInfo INFO = CheckInfo.of("cfg.lower-case", "Both servers compare names alike")
            .why(
                    "With lower_case_table_names = 0 Orders and orders are two tables, else one. A source where they are one"
                            + " takes statements that spell a name in any case, and a replica where they are two stops at them"
                            + " (error 1146); views, routines and applications fail there in the same way. In the other"
                            + " direction names with upper-case letters become lower-case ones.")
            .fix("Give the target the source's lower_case_table_names; from 8.0 on it can only be chosen when the data"
                    + " directory is made.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/identifier-case-sensitivity.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_lower_case_table_names")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES)
            .uses(Facts.SCHEMAS, Facts.TABLES)
            .targetNeeds(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Targets.missing(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        long ofSource = source.get(Facts.VARIABLES).number("lower_case_table_names", 0);
        long ofTarget = Targets.of(plan).get(Facts.VARIABLES).number("lower_case_table_names", 0);
        if (ofTarget == 0 && ofSource != 0) {
            return Outcome.found(strict(plan, ofSource));
        }
        if (ofTarget == 1 && ofSource != 1) {
            return renamed(source, plan, ofSource);
        }
        return Outcome.passed();
    }

    private static Finding strict(Plan plan, long ofSource) {
        String difference = "lower_case_table_names is " + ofSource + " on the source and 0 on the target: ";
        boolean replicates = plan.considers(Method.REPLICATION);
        return finding(
                replicates ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ofSource,
                0,
                difference
                        + (replicates
                                ? "a statement that spells a name in another case stops the replica (error 1146)"
                                : "views, routines and applications that spell a name in another case fail there"
                                        + " (error 1146)"),
                plan);
    }

    private static Outcome renamed(Snapshot source, Plan plan, long ofSource) {
        Selection selection = Selection.of(source, plan);
        Set<String> names = new TreeSet<>();
        for (String database : selection.databases()) {
            if (hasUpperCase(database)) {
                names.add(database);
            }
        }
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (hasUpperCase(table.name()) && selection.contains(table.schema())) {
                names.add(table.schema() + "." + table.name());
            }
        }
        if (names.isEmpty()) {
            return Outcome.passed();
        }
        return Outcome.found(finding(
                Effect.WARNING,
                ofSource,
                1,
                "lower_case_table_names is " + ofSource + " on the source and 1 on the target: "
                        + (names.size() == 1 ? "1 name" : names.size() + " names")
                        + " with upper-case letters will be in lower case there (" + NameList.of(List.copyOf(names))
                        + ")",
                plan));
    }

    private static boolean hasUpperCase(String name) {
        return !name.equals(name.toLowerCase(Locale.ROOT));
    }

    private static Finding finding(Effect effect, long ofSource, long ofTarget, String message, Plan plan) {
        Server server = Server.of(Targets.of(plan));
        String place = server.isManaged() ? SettingAdvice.place(server) : "In my.cnf";
        return new Finding(
                effect,
                ObjectRef.setting(Side.TARGET, "lower_case_table_names"),
                Long.toString(ofTarget),
                Long.toString(ofSource),
                message,
                List.of(
                        Remedy.settings(
                                "Make the target anew with the source's value, for from 8.0 on it cannot be changed later. "
                                        + place + ":",
                                "lower_case_table_names = " + ofSource),
                        Remedy.of(
                                ofTarget == 0
                                        ? "See to it that every statement, view and routine spells names in lower case"
                                        : "Rename what has upper-case letters before the migration")));
    }
}
