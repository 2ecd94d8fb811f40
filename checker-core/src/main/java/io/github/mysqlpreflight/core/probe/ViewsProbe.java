/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.snapshot.Views;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        Map<String, List<Views.Reference>> references = new HashMap<>();
        boolean tells = context.isMySqlAtLeast(8, 0, 13);
        if (tells) {
            context.stream(
                    "SELECT VIEW_SCHEMA, VIEW_NAME, TABLE_SCHEMA, TABLE_NAME FROM information_schema.VIEW_TABLE_USAGE"
                            + TablesProbe.notOfTheServer("VIEW_SCHEMA"),
                    row -> references
                            .computeIfAbsent(key(row), view -> new ArrayList<>())
                            .add(new Views.Reference(ProbeContext.text(row, 3), ProbeContext.text(row, 4))));
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
                            definition.isEmpty() ? null : definition,
                            references.getOrDefault(key(row), tells && !definition.isEmpty() ? List.of() : null)));
                });
        return new Views(views);
    }

    private static String key(ResultSet row) throws SQLException {
        return ProbeContext.text(row, 1) + '\0' + ProbeContext.text(row, 2);
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
