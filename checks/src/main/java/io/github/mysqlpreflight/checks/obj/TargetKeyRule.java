/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the target creates a table that has no primary key.
 *
 * <p>Tried: with sql_require_primary_key 8.0.15 wants a primary key by that name (so does the code of 8.4.4), while for 9.7.4 a unique key
 * over whole columns without NULL of an InnoDB table will do; with sql_generate_invisible_primary_key the server adds what is missing, but
 * not next to an AUTO_INCREMENT column (4109), to a column of the name it would choose (4108) or to a partitioned table (1235).
 *
 * @param required sql_require_primary_key is ON
 * @param generates sql_generate_invisible_primary_key is ON
 * @param takesUniqueKeys a unique key is as good as a primary key
 */
record TargetKeyRule(boolean required, boolean generates, boolean takesUniqueKeys) {
    static final String REQUIRE = "sql_require_primary_key";
    static final String GENERATE = "sql_generate_invisible_primary_key";
    private static final String GENERATED_NAME = "my_row_id";
    private static final TargetKeyRule NONE = new TargetKeyRule(false, false, false);

    /** The rule of the plan's target; none where there is no target. */
    static TargetKeyRule of(Plan plan) {
        Snapshot target = plan.target();
        if (target == null) {
            return NONE;
        }
        ServerVariables variables = target.get(Facts.VARIABLES);
        return new TargetKeyRule(
                variables.isOn(REQUIRE),
                variables.isOn(GENERATE),
                Server.of(target).version().atLeast(9, 7, 0));
    }

    /** What the target refuses the table with; null where it takes it. */
    @Nullable
    Refusal refusal(Tables.Table table, List<Column> columns, List<Index> indexes) {
        if ((!required && !generates) || RowIdentity.of(indexes) == RowIdentity.PRIMARY_KEY) {
            return null;
        }
        boolean innoDb = "InnoDB".equalsIgnoreCase(table.engine());
        Index candidate = RowIdentity.candidate(indexes);
        if (takesUniqueKeys && innoDb && candidate != null && RowIdentity.isWhole(candidate)) {
            return null;
        }
        if (generates && innoDb) {
            return ofGenerating(table, columns);
        }
        return required ? new Refusal(REQUIRE, 3750, null) : null;
    }

    private static @Nullable Refusal ofGenerating(Tables.Table table, List<Column> columns) {
        for (Column column : columns) {
            if (column.isAutoIncrement()) {
                return new Refusal(GENERATE, 4109, "it has an AUTO_INCREMENT column");
            }
        }
        if (MigratedTables.column(columns, GENERATED_NAME) != null) {
            return new Refusal(GENERATE, 4108, "it has a column " + GENERATED_NAME);
        }
        return table.isPartitioned() ? new Refusal(GENERATE, 1235, "it is partitioned") : null;
    }

    /**
     * Why a table is refused.
     *
     * @param variable the target's variable that has to be OFF for it
     * @param error the number of the error
     * @param because why the server cannot add a key itself; null where it was not asked to
     */
    record Refusal(String variable, int error, @Nullable String because) {}
}
