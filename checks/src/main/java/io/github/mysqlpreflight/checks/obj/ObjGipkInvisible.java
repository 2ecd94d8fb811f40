/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.SqlNames;
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
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;

/**
 * Invisible columns stay invisible, and generated keys are dumped.
 *
 * <p>Tried: MySQL writes {@code INVISIBLE} into a versioned comment, so that a target before 8.0.23 makes the column visible; MariaDB writes
 * it bare, and such a target refuses it (1064). mysqldump 9.7 names the columns in its INSERTs. With
 * show_gipk_in_create_table_and_information_schema OFF it dumps a table without its generated key.
 */
final class ObjGipkInvisible implements Check {
    private static final ServerVersion WITH_INVISIBLE_COLUMNS = new ServerVersion(8, 0, 23);
    private static final String SHOWN = "show_gipk_in_create_table_and_information_schema";
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "Invisible columns are not kept in 1 case", "Invisible columns are not kept in {n} cases");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.gipk-invisible", "Invisible columns and generated primary keys stay what they are")
            .why(
                    "An invisible column is left out by SELECT * and by an INSERT without a list of columns. A target before"
                            + " 8.0.23 makes it visible, so that such statements fail there (error 1136) or return more; a dump by an"
                            + " older program leaves its values out. Primary keys that the server generated (8.0.30) are missing in"
                            + " a dump while the server hides them.")
            .fix("Migrate to 8.0.23 or newer and dump with a program that is as new, with"
                    + " show_gipk_in_create_table_and_information_schema ON; or make the columns visible.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/invisible-columns.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/create-table-gipks.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING, Effect.NOTICE)
            .needs(Facts.TABLES, Facts.COLUMNS, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.GRANTS)
            .targetNeeds(Facts.VARIABLES)
            .versions("MySQL 8.0.23 and newer, MariaDB 10.3 and newer")
            .privileges("SELECT on each table; the columns of others are not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        boolean kept = Targets.atLeast(source, plan, WITH_INVISIBLE_COLUMNS);
        List<Finding> findings = new ArrayList<>();
        List<String> invisible = new ArrayList<>();
        int[] generated = new int[1];
        MigratedTables tables = MigratedTables.withColumns(source, plan);
        tables.forEach((table, columns) -> {
            List<Column> hidden = invisible(columns);
            if (!hidden.isEmpty()) {
                invisible.add(MigratedTables.label(table));
                generated[0] += hidden.stream().anyMatch(ObjGipkInvisible::isGenerated) ? 1 : 0;
                if (!kept) {
                    findings.add(lost(server, plan.targetVersionText(source), table, hidden));
                }
            }
        });
        ServerVariables variables = source.get(Facts.VARIABLES);
        if (generated[0] > 0 && variables.get(SHOWN) != null && !variables.isOn(SHOWN)) {
            findings.add(notDumped(server, generated[0]));
        }
        if (kept && !invisible.isEmpty()) {
            findings.add(known(invisible));
        }
        return tables.outcome(findings, kept ? null : HEADLINE);
    }

    private static List<Column> invisible(List<Column> columns) {
        List<Column> invisible = List.of();
        for (Column column : columns) {
            if (!column.extra().isEmpty() && column.isInvisible()) {
                invisible = invisible.isEmpty() ? new ArrayList<>() : invisible;
                invisible.add(column);
            }
        }
        return invisible;
    }

    private static boolean isGenerated(Column column) {
        return column.isAutoIncrement() && column.name().equalsIgnoreCase("my_row_id");
    }

    private static Finding lost(Server server, String target, Tables.Table table, List<Column> hidden) {
        List<String> names = hidden.stream().map(Column::name).toList();
        StringBuilder sql = new StringBuilder("ALTER TABLE ").append(SqlNames.quote(table.schema(), table.name()));
        for (int i = 0; i < names.size(); i++) {
            sql.append(i == 0 ? " ALTER COLUMN " : ", ALTER COLUMN ")
                    .append(SqlNames.quote(names.get(i)))
                    .append(" SET VISIBLE");
        }
        Remedy visible = server.isMySql()
                ? Remedy.sql(
                        "Make it visible, and see whether the application bears it:",
                        List.of(new Remedy.Statement(
                                sql.toString(), "SELECT * and INSERT without a list of columns see it from then on")))
                : Remedy.of(
                        "Make it visible with ALTER TABLE ... MODIFY, which repeats all of its definition but INVISIBLE");
        String what = MigratedTables.label(table) + " has invisible columns (" + NameList.of(names) + "), which "
                + target + " does not know: ";
        return new Finding(
                server.isMySql() ? Effect.WARNING : Effect.BLOCKS_MIGRATION,
                ObjectRef.table(table.schema(), table.name()),
                "invisible",
                "visible, or a target of 8.0.23 or newer",
                what
                        + (server.isMySql()
                                ? "it makes them visible"
                                : "it refuses the statement that creates the table (error 1064)"),
                List.of(Remedy.of("Choose a target of 8.0.23 or newer"), visible));
    }

    private static Finding notDumped(Server server, int count) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, SHOWN),
                "OFF",
                "ON",
                "the server hides the primary keys that it generated for " + tables(count)
                        + ": a dump creates them without a primary key",
                SettingAdvice.online(server, SHOWN, "ON", null));
    }

    private static Finding known(List<String> tables) {
        return new Finding(
                Effect.NOTICE,
                ObjectRef.server(Side.SOURCE),
                tables(tables.size()),
                null,
                tables(tables.size()) + (tables.size() == 1 ? " has" : " have") + " invisible columns ("
                        + NameList.of(tables) + "): a dump by a program older than 8.0.23 leaves their values out",
                List.of(Remedy.of("Dump with mysqldump or MySQL Shell of 8.0.23 or newer")));
    }

    private static String tables(int count) {
        return count == 1 ? "1 table" : count + " tables";
    }
}
