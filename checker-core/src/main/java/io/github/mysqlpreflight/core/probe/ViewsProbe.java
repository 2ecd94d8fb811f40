/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.snapshot.Views;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All views; their text only where the account holds SHOW VIEW, the server says it is empty otherwise. */
final class ViewsProbe implements Probe<Views> {
    @Override
    public FactKey<Views> key() {
        return Facts.VIEWS;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT, SHOW VIEW ON *.* to the account";
    }

    @Override
    public Views read(ProbeContext context) throws SQLException {
        Tables tables = context.known(Facts.TABLES);
        if (tables != null && !hasViews(tables)) {
            return new Views(List.of());
        }
        List<Views.View> views = new ArrayList<>();
        context.stream(
                "SELECT TABLE_SCHEMA, TABLE_NAME, DEFINER, SECURITY_TYPE, VIEW_DEFINITION FROM information_schema.VIEWS"
                        + TablesProbe.NOT_OF_THE_SERVER,
                row -> {
                    String definition = ProbeContext.text(row, 5, "");
                    views.add(new Views.View(
                            ProbeContext.text(row, 1),
                            ProbeContext.text(row, 2),
                            ProbeContext.text(row, 3, ""),
                            ProbeContext.text(row, 4, ""),
                            definition.isEmpty() ? null : definition));
                });
        return new Views(views);
    }

    /** Where there is none, nothing is asked: before 8.0 the server would look through the files of all tables. */
    private static boolean hasViews(Tables tables) {
        for (Tables.Table table : tables.list()) {
            if (table.isView()) {
                return true;
            }
        }
        return false;
    }
}
