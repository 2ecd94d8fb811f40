/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.State;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the checks that look into rows share: rows are only read where that was asked for, and not all of them. */
final class ScannedRows {
    /** Such tables have told nothing. */
    private static final Set<State> BLIND = EnumSet.of(State.FAILED, State.NOT_REACHED);

    private ScannedRows() {}

    /** Why there is nothing to judge; null where rows were read. */
    static @Nullable Outcome missing(Snapshot source) {
        if (source.find(Facts.DATA_SCAN) instanceof Fact.Unavailable<DataScan> open
                && open.cause() == Fact.Cause.NOT_READ) {
            return Outcome.notApplicable("rows are only read with --scan-data");
        }
        return null;
    }

    /** The tables that were looked into, of those that are migrated. */
    static List<DataScan.Table> of(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        List<DataScan.Table> tables = new ArrayList<>();
        for (DataScan.Table table : source.get(Facts.DATA_SCAN).tables()) {
            if (selection.contains(table.schema())) {
                tables.add(table);
            }
        }
        return tables;
    }

    /** The findings, and the tables whose rows could not be read. */
    static Outcome outcome(List<DataScan.Table> tables, List<Finding> findings, Outcome.Headline headline) {
        int blind = 0;
        DataScan.Table first = null;
        for (DataScan.Table table : tables) {
            if (BLIND.contains(table.state())) {
                blind++;
                first = first == null || compare(table, first) < 0 ? table : first;
            }
        }
        Outcome outcome = Outcome.of(findings, headline);
        if (first == null) {
            return outcome;
        }
        String problem = first.problem();
        return outcome.andUnseen(Outcome.unknown(
                "the rows of " + (blind == 1 ? "1 table" : blind + " tables") + " could not be looked into, such as "
                        + first.schema() + "." + first.name() + ": "
                        + (problem == null ? "the run's time was over" : problem),
                problem == null
                        ? Remedy.of("Give the run more time with --timeout")
                        : Remedy.of("GRANT SELECT ON *.* to the account, unless something else is in the way")));
    }

    private static int compare(DataScan.Table a, DataScan.Table b) {
        int bySchema = a.schema().compareTo(b.schema());
        return bySchema != 0 ? bySchema : a.name().compareTo(b.name());
    }

    /** How much of the table a number of rows is of, behind that number. */
    static String extent(DataScan.Table table) {
        return table.state() == State.WHOLE ? "" : " of the " + table.rows() + " that were read";
    }
}
