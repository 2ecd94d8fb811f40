/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which tables were looked into in part: what the other checks of rows did not find there may be there all the same. */
final class ObjDataScan implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 table was not read to its end: what was not found may be there",
            "{n} tables were not read to their end: what was not found may be there");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.data-scan", "Tables that are looked into are read to their end")
            .why(
                    "With --scan-data the rows of tables are read that have dates, ENUM columns or large values, at most 100,000 of"
                            + " each and five seconds long, unless told otherwise. What was not found in a part of a table may be in the"
                            + " rest. Tables of other engines than InnoDB would be locked while they are read, and are left out.")
            .fix("Read more with --scan-rows and --scan-time, at an hour when the source has time for it.")
            .links("https://dev.mysql.com/doc/refman/8.4/en/optimizer-hints.html#optimizer-hints-execution-time")
            .effects(Effect.NOTICE)
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
            String found = found(table);
            if (found != null) {
                findings.add(new Finding(
                        Effect.NOTICE,
                        ObjectRef.table(table.schema(), table.name()),
                        found,
                        null,
                        table.schema() + "." + table.name() + " was not read to its end: " + found,
                        List.of(Remedy.of("Read more of each table with --scan-rows and --scan-time"))));
            }
        }
        return ScannedRows.outcome(tables, findings, HEADLINE);
    }

    /** How far it was read; null where that is to its end, or the server would not. */
    private static @Nullable String found(DataScan.Table table) {
        return switch (table.state()) {
            case ROWS -> "the first " + Quantities.grouped(table.rows()) + " rows were read";
            case TIME -> "its time was over after " + Quantities.grouped(table.rows()) + " rows";
            case OTHER_ENGINE -> "nothing was read, which would have locked it";
            case WHOLE, FAILED, NOT_REACHED -> null;
        };
    }
}
