/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
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
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target's group, where it is in one, takes what comes; and what it takes can be restored.
 *
 * <p>Whether a vendor's backups are on cannot be seen from a connection, and whether databases of the same names are there already is
 * looked at in {@code obj}.
 */
final class TgtEmptyOrHa implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "tgt.empty-or-ha", "The target's group takes what comes, and it can be restored")
            .why(
                    "Group Replication refuses to write to a table without a primary key (error 3098), a strict Galera cluster"
                            + " too (error 1105), and in the middle of a load. With wsrep_OSU_method = RSU the nodes of a cluster"
                            + " are left with different tables. Without a binary log there is no point-in-time recovery of the"
                            + " target and no replica of it.")
            .fix(
                    "Give every table a primary key, load before the target joins its group, and switch the binary log on.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/group-replication-requirements.html",
                    "https://docs.percona.com/percona-xtradb-cluster/8.0/strict-mode.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/point-in-time-recovery.html")
            .effects(Effect.WARNING, Effect.NOTICE)
            .uses(Facts.VARIABLES, Facts.SCHEMAS, Facts.TABLES, Facts.INDEXES)
            .targetNeeds(Facts.VARIABLES)
            .privileges("any privilege on each table, where the target is in a group")
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
        Snapshot target = Targets.of(plan);
        ServerVariables variables = target.get(Facts.VARIABLES);
        List<Finding> findings = new ArrayList<>();
        String group = group(variables);
        if (group != null) {
            addTablesWithoutKey(source, plan, group, findings);
        }
        if (variables.isOn("wsrep_on") && "RSU".equalsIgnoreCase(variables.get("wsrep_osu_method"))) {
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.setting(Side.TARGET, "wsrep_osu_method"),
                    "RSU",
                    "TOI",
                    "wsrep_OSU_method of the target is RSU: tables are made on this node of the cluster alone",
                    Targets.onTarget(
                            SettingAdvice.online(Server.of(target), "wsrep_osu_method", "TOI", "sessions keep RSU"))));
        }
        if (variables.get("log_bin") != null && !variables.isOn("log_bin")) {
            findings.add(new Finding(
                    Effect.NOTICE,
                    ObjectRef.setting(Side.TARGET, "log_bin"),
                    "OFF",
                    "ON",
                    "the target writes no binary log: it can have no replica and no point-in-time recovery after the"
                            + " switch",
                    Targets.onTarget(SettingAdvice.atStart(Server.of(target), "log_bin = binlog"))));
        }
        return Outcome.of(findings);
    }

    /** The kind of group that refuses tables without a key; null where the target is in none. */
    private static @Nullable String group(ServerVariables variables) {
        String name = variables.get("group_replication_group_name");
        if (name != null && !name.isEmpty()) {
            return "a member of Group Replication, which refuses to write to them (error 3098)";
        }
        String strict = variables.get("pxc_strict_mode");
        boolean refuses = "ENFORCING".equalsIgnoreCase(strict) || "MASTER".equalsIgnoreCase(strict);
        return variables.isOn("wsrep_on") && refuses
                ? "a node of a strict Galera cluster, which refuses to write to them (error 1105)"
                : null;
    }

    private static void addTablesWithoutKey(Snapshot source, Plan plan, String group, List<Finding> findings) {
        Selection selection = Selection.of(source, plan);
        PerTable<Index> indexes = source.get(Facts.INDEXES);
        List<String> names = new ArrayList<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (table.isBaseTable()
                    && selection.contains(table.schema())
                    && !identifiesRows(indexes.of(table.schema(), table.name()))) {
                names.add(table.schema() + "." + table.name());
            }
        }
        names.sort(null);
        if (!names.isEmpty()) {
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.server(Side.TARGET),
                    names.size() == 1 ? "1 table without a key" : names.size() + " tables without a key",
                    "a primary key in every table",
                    (names.size() == 1 ? "1 table has" : names.size() + " tables have")
                            + " no primary key, and the target is " + group + ": " + NameList.of(names),
                    List.of(
                            Remedy.of("Give each of them a primary key on the source"),
                            Remedy.of("Load before the target joins its group, and add the keys before it does"))));
        }
    }

    private static boolean identifiesRows(List<Index> indexes) {
        for (Index index : indexes) {
            if (index.identifiesRows()) {
                return true;
            }
        }
        return false;
    }
}
