/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SharedTablespaces;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The partitions that lie in the system tablespace or in a general one. Only 5.7 can have them; there the question costs
 * nothing, and no other version is asked.
 */
final class SharedTablespacesProbe implements Probe<SharedTablespaces> {
    @Override
    public FactKey<SharedTablespaces> key() {
        return Facts.SHARED_TABLESPACES;
    }

    @Override
    public String remedy() {
        return "GRANT PROCESS ON *.* to the account";
    }

    @Override
    public SharedTablespaces read(ProbeContext context) throws SQLException {
        if (context.isMariaDb() || !context.isMySqlAtLeast(5, 7, 6) || context.isMySqlAtLeast(8, 0, 0)) {
            return new SharedTablespaces(List.of());
        }
        Map<List<String>, Long> partitions =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        context.stream(
                "SELECT NAME FROM information_schema.INNODB_SYS_TABLES"
                        + " WHERE SPACE_TYPE <> 'Single' AND NAME LIKE '%#p#%'",
                row -> {
                    String name = ProbeContext.text(row, 1);
                    int slash = name.indexOf('/');
                    int mark = name.toLowerCase(Locale.ROOT).indexOf("#p#");
                    if (slash > 0 && mark > slash) {
                        List<String> table = List.of(
                                InnoDbNames.decode(name.substring(0, slash)),
                                InnoDbNames.decode(name.substring(slash + 1, mark)));
                        partitions.merge(table, 1L, Long::sum);
                    }
                });
        List<SharedTablespaces.Partitioned> list = new ArrayList<>();
        partitions.forEach(
                (table, count) -> list.add(new SharedTablespaces.Partitioned(table.get(0), table.get(1), count)));
        return new SharedTablespaces(list);
    }
}
