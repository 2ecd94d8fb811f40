/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.BinaryLogStatus;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the databases to migrate get into the binary log.
 *
 * <p>What the server does, tried on 5.7.22, 8.0.15 and 9.7.4: with a Binlog_Do_DB the list of ignored databases does not count; rows
 * are judged by the database they are in, other statements by the session's default database; names are compared as names of databases
 * are. The status joins the names by commas, so that one option with a comma in its value, which names no database that exists and
 * switches logging off, looks like two options.
 */
final class BinlogFilters implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.filters", "No filter keeps changes of the databases out of the binary log")
            .why(
                    "What binlog_do_db and binlog_ignore_db keep out of the binary log never reaches a replica, and nothing"
                            + " reports that: the target silently lacks the changes. A filter that lets the migrated databases"
                            + " through still drops statements such as ALTER TABLE that are given while another database is"
                            + " the default one.")
            .fix(
                    "Take the filters out of my.cnf and restart the server, or leave the databases that are filtered out of"
                            + " the migration with --ignore-dbs. Filters stand in no variable, only in SHOW BINARY LOG STATUS"
                            + " (before 8.2 SHOW MASTER STATUS).")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-rules-db-options.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html#option_mysqld_binlog-do-db")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING, Effect.NOTICE)
            .needs(Facts.BINARY_LOG_STATUS, Facts.SCHEMAS, Facts.VARIABLES)
            .privileges("REPLICATION CLIENT")
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
        BinaryLogStatus.Position status = source.get(Facts.BINARY_LOG_STATUS).current();
        if (status == null) {
            return Outcome.notApplicable("the binary log is off; binlog.enabled judges it");
        }
        Server server = Server.of(source);
        Selection selection = Selection.of(source, plan);
        if (!status.doDatabases().isEmpty()) {
            return onlyThose(server, selection, status.doDatabases());
        }
        return status.ignoredDatabases().isEmpty()
                ? Outcome.passed()
                : allButThose(server, selection, status.ignoredDatabases());
    }

    private static Outcome onlyThose(Server server, Selection selection, String logged) {
        Set<String> names = names(selection, logged);
        List<Finding> findings = new ArrayList<>();
        for (String database : selection.databases()) {
            if (!names.contains(folded(selection, database))) {
                findings.add(new Finding(
                        Effect.BLOCKS_REPLICATION,
                        ObjectRef.schema(database),
                        "not in Binlog_Do_DB",
                        "no filter",
                        "changes of " + database + " are not in the binary log: Binlog_Do_DB of the source is "
                                + logged,
                        remedies(server, "binlog_do_db")));
            }
        }
        if (!findings.isEmpty()) {
            return Outcome.of(findings, headline("Binlog_Do_DB"));
        }
        if (names.size() > 1) {
            return Outcome.unknown(
                    "Binlog_Do_DB of the source is " + logged + ", which may be one option with a comma in its value:"
                            + " then no change of any database is logged",
                    remedies(server, "binlog_do_db").get(0));
        }
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, "binlog_do_db"),
                logged,
                "no filter",
                "Binlog_Do_DB of the source is " + logged
                        + ": statements other than changes of rows, such as ALTER TABLE,"
                        + " are not logged while another database is the default one",
                remedies(server, "binlog_do_db")));
    }

    private static Outcome allButThose(Server server, Selection selection, String ignored) {
        Set<String> names = names(selection, ignored);
        List<Finding> findings = new ArrayList<>();
        for (String database : selection.databases()) {
            if (names.contains(folded(selection, database))) {
                findings.add(new Finding(
                        Effect.BLOCKS_REPLICATION,
                        ObjectRef.schema(database),
                        "in Binlog_Ignore_DB",
                        "no filter",
                        "changes of " + database + " are not in the binary log: Binlog_Ignore_DB of the source is "
                                + ignored,
                        remedies(server, "binlog_ignore_db")));
            }
        }
        if (!findings.isEmpty()) {
            return Outcome.of(findings, headline("Binlog_Ignore_DB"));
        }
        return Outcome.found(new Finding(
                Effect.NOTICE,
                ObjectRef.setting(Side.SOURCE, "binlog_ignore_db"),
                ignored,
                "no filter",
                "Binlog_Ignore_DB of the source is " + ignored
                        + ": statements such as ALTER TABLE that are given while it"
                        + " is the default database are not logged, whatever they change",
                remedies(server, "binlog_ignore_db")));
    }

    private static Outcome.Headline headline(String filter) {
        return new Outcome.Headline(
                filter + " of the source keeps changes of 1 database out of the binary log",
                filter + " of the source keeps changes of {n} databases out of the binary log");
    }

    private static Set<String> names(Selection selection, String joined) {
        Set<String> names = new TreeSet<>();
        int start = 0;
        for (int comma = joined.indexOf(','); comma >= 0; comma = joined.indexOf(',', start)) {
            names.add(folded(selection, joined.substring(start, comma)));
            start = comma + 1;
        }
        names.add(folded(selection, joined.substring(start)));
        return names;
    }

    private static String folded(Selection selection, String name) {
        return selection.foldsCase() ? name.toLowerCase(Locale.ROOT) : name;
    }

    private static List<Remedy> remedies(Server server, String option) {
        return List.of(
                Remedy.of(
                        server.isManaged()
                                ? SettingAdvice.place(server) + ": leave " + option + " empty"
                                : "Take every line with " + option + " out of my.cnf, then restart the server"),
                Remedy.of("Leave the databases that are not logged out of the migration with --ignore-dbs"));
    }
}
