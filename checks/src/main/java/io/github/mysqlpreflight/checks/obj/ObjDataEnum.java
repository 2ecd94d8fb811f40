/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.Kind;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** No ENUM holds the value that stands for one it does not know. */
final class ObjDataEnum implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 column of type ENUM holds the error value", "{n} columns of type ENUM hold the error value");

    private static final CheckInfo INFO = CheckInfo.of("obj.data-enum", "No ENUM holds its error value")
            .why(
                    "Without strict mode a server puts an empty text with the number 0 in place of a value that an ENUM does not"
                            + " list. A server in strict mode, the default since 5.7, takes no such row: loading it there, or copying it"
                            + " into another table, is error 1265 (Data truncated). Rows are only read with --scan-data.")
            .fix("Give these rows a value that the column lists, or NULL; or load without strict mode, as the output of"
                    + " mysqldump does by itself.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/enum.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES, Facts.SCHEMAS)
            .uses(Facts.TABLES, Facts.COLUMNS, Facts.DATA_SCAN)
            .privileges("SELECT on each table")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Outcome missing = ScannedRows.missing(source);
        if (missing != null) {
            return missing;
        }
        List<Finding> findings = new ArrayList<>();
        List<DataScan.Table> tables = ScannedRows.of(source, plan);
        for (DataScan.Table table : tables) {
            for (DataScan.Hit hit : table.hits()) {
                if (hit.kind() == Kind.ENUM_ERROR) {
                    findings.add(finding(table, hit));
                }
            }
        }
        return ScannedRows.outcome(tables, findings, HEADLINE);
    }

    private static Finding finding(DataScan.Table table, DataScan.Hit hit) {
        String rows = hit.number() + (hit.number() == 1 ? " row" : " rows") + ScannedRows.extent(table);
        String name = SqlNames.quote(hit.column());
        String quoted = SqlNames.quote(table.schema(), table.name());
        return new Finding(
                Effect.WARNING,
                new ObjectRef(Side.SOURCE, ObjectRef.Type.COLUMN, table.schema(), table.name(), hit.column()),
                rows,
                "a value that the column lists",
                table.schema() + "." + table.name() + "." + hit.column() + " holds the error value of an ENUM in "
                        + rows + ": a load in strict mode stops there (error 1265)",
                List.of(
                        Remedy.of("Give these rows a value that the column lists; only their owner knows which"),
                        Remedy.sql("See them:", "SELECT * FROM " + quoted + " WHERE " + name + " = 0 LIMIT 100")));
    }
}
