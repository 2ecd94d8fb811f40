/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * The account may read the system tables that other checks look into. None of them is needed to migrate; what was refused leaves those
 * checks unknown, and here it says once what would show it.
 */
final class PrivSystemTables implements Check {
    /** From 8.0 on. */
    private static final String COMPONENTS = "mysql.component";

    private static final List<Area> AREAS = List.of(
            new Area(Facts.ACCOUNTS, List.of("mysql.user"), "the accounts", false),
            new Area(
                    Facts.EXTENSIONS,
                    List.of("mysql.func", "mysql.time_zone_name", COMPONENTS),
                    "loadable functions, components and time zones",
                    false),
            new Area(
                    Facts.RDS_CONFIGURATION,
                    List.of("mysql.rds_configuration"),
                    "how long RDS keeps its binary log",
                    true),
            new Area(
                    Facts.SESSION_FORMATS,
                    List.of("performance_schema.variables_by_thread"),
                    "sessions that write another binlog_format",
                    true));

    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.system-tables", "The account can read the system tables that checks look into")
            .why(
                    "Accounts, loadable functions and sessions are listed in tables of the server itself. An account that may not"
                            + " read them (error 1142) can migrate all the same; what they would show stays unknown.")
            .fix("Grant SELECT on *.*, or on the tables named; or look yourself.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/system-schema.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/performance-schema.html")
            .effects(Effect.NOTICE)
            .needs(Facts.SESSION, Facts.VARIABLES)
            .uses(Facts.ACCOUNTS, Facts.EXTENSIONS, Facts.RDS_CONFIGURATION, Facts.SESSION_FORMATS)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Account account = source.get(Facts.SESSION).account();
        Server server = Server.of(source);
        boolean components = server.isMySql() && server.version().atLeast(8, 0, 0);
        List<String> tables = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        for (Area area : AREAS) {
            if (area.matters(server, plan)
                    && source.find(area.fact) instanceof Fact.Unavailable<?> refused
                    && refused.cause() == Fact.Cause.PRIVILEGE) {
                tables.addAll(area.tables);
                hidden.add(area.content);
            }
        }
        if (!components) {
            tables.remove(COMPONENTS);
        }
        if (tables.isEmpty()) {
            return Outcome.passed();
        }
        List<String> grants = new ArrayList<>();
        for (String table : tables) {
            grants.add("GRANT SELECT ON " + table + " TO " + account.quoted());
        }
        return Outcome.found(new Finding(
                Effect.NOTICE,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                "no SELECT",
                "SELECT on " + String.join(", ", tables),
                account.quoted() + " may not read all system tables: " + String.join("; ", hidden) + " cannot be seen",
                List.of(
                        Remedy.sql("As an administrator, if it shall be seen:", grants.toArray(new String[0])),
                        AccountAdvice.selectEverywhere(account))));
    }

    /**
     * One place that checks look into.
     *
     * @param fact what is read of it
     * @param tables what to grant SELECT on
     * @param content what stays hidden without, in words
     * @param replication whether it only matters where a replica is considered
     */
    private record Area(FactKey<?> fact, List<String> tables, String content, boolean replication) {
        boolean matters(Server server, Plan plan) {
            return existsOn(server) && (!replication || plan.considers(Method.REPLICATION));
        }

        /** A server refuses access to a table that it does not have in the same words. */
        private boolean existsOn(Server server) {
            if (fact.equals(Facts.RDS_CONFIGURATION)) {
                return server.flavor() == Flavor.RDS || server.flavor() == Flavor.AURORA || server.managedOnRds();
            }
            return !fact.equals(Facts.SESSION_FORMATS)
                    || (server.isMySql() && server.version().atLeast(5, 7, 6));
        }
    }
}
