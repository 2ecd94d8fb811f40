/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.Shared;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All routines, with their statements where the account may read them. */
final class RoutinesProbe implements Probe<Routines> {
    @Override
    public FactKey<Routines> key() {
        return Facts.ROUTINES;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public Routines read(ProbeContext context) throws SQLException {
        List<Routines.Routine> routines = new ArrayList<>();
        Shared<String> texts = new Shared<>();
        context.stream(
                "SELECT ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_TYPE, DEFINER, SECURITY_TYPE, SQL_DATA_ACCESS, IS_DETERMINISTIC, SQL_MODE,"
                        + " DTD_IDENTIFIER, DATABASE_COLLATION, ROUTINE_DEFINITION FROM information_schema.ROUTINES"
                        + TablesProbe.notOfTheSystem("ROUTINE_SCHEMA"),
                row -> routines.add(new Routines.Routine(
                        texts.of(ProbeContext.text(row, 1)),
                        ProbeContext.text(row, 2),
                        texts.of(ProbeContext.text(row, 3)),
                        texts.of(ProbeContext.text(row, 4, "")),
                        texts.of(ProbeContext.text(row, 5, "")),
                        texts.of(ProbeContext.text(row, 6, "")),
                        "YES".equals(row.getString(7)),
                        texts.of(ProbeContext.text(row, 8, "")),
                        texts.ofNullable(row.getString(9)),
                        texts.ofNullable(row.getString(10)),
                        row.getString(11))));
        return new Routines(routines);
    }
}
