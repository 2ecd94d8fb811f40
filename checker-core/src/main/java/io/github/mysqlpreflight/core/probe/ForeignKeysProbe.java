/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Shared;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All foreign keys. The standard's own tables are cheap from 8.0 on; before, the server opens every table for them, and InnoDB's
 * dictionary is asked instead where the account may (PROCESS).
 */
final class ForeignKeysProbe implements Probe<PerTable<ForeignKey>> {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignKeysProbe.class);

    private static final int DELETE_CASCADE = 1;
    private static final int DELETE_SET_NULL = 2;
    private static final int UPDATE_CASCADE = 4;
    private static final int UPDATE_SET_NULL = 8;
    private static final int DELETE_NO_ACTION = 16;
    private static final int UPDATE_NO_ACTION = 32;

    @Override
    public FactKey<PerTable<ForeignKey>> key() {
        return Facts.FOREIGN_KEYS;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public PerTable<ForeignKey> read(ProbeContext context) throws SQLException {
        if (!context.isMySqlAtLeast(8, 0, 0)) {
            try {
                PerTable<ForeignKey> keys = ofInnoDb(context);
                if (keys != null) {
                    return keys;
                }
            } catch (SQLException e) {
                LOG.debug("the dictionary of InnoDB does not tell of foreign keys", e);
            }
        }
        return ofTheStandard(context);
    }

    /** A foreign key while its columns arrive. */
    private static final class Draft {
        private final String schema;
        private final String table;
        private final String name;
        private String referencedSchema = "";
        private String referencedTable = "";
        private String updateRule = "RESTRICT";
        private String deleteRule = "RESTRICT";
        private final List<Integer> positions = new ArrayList<>(1);
        private final List<String> columns = new ArrayList<>(1);
        private final List<String> referenced = new ArrayList<>(1);

        private Draft(String schema, String table, String name) {
            this.schema = schema;
            this.table = table;
            this.name = name;
        }

        /** They come in any order. */
        private void column(int position, String column, String referencedColumn) {
            int index = columns.size();
            while (index > 0 && positions.get(index - 1) > position) {
                index--;
            }
            positions.add(index, position);
            columns.add(index, column);
            referenced.add(index, referencedColumn);
        }
    }

    private static PerTable<ForeignKey> ofDrafts(Map<String, Draft> drafts) {
        PerTable.Builder<ForeignKey> keys = PerTable.builder();
        List<Draft> inOrder = new ArrayList<>(drafts.values());
        inOrder.sort((a, b) -> a.name.compareTo(b.name));
        for (Draft draft : inOrder) {
            if (!draft.columns.isEmpty() && !draft.referencedTable.isEmpty()) {
                keys.add(
                        draft.schema,
                        draft.table,
                        0,
                        new ForeignKey(
                                draft.name,
                                draft.columns,
                                draft.referencedSchema,
                                draft.referencedTable,
                                draft.referenced,
                                draft.updateRule,
                                draft.deleteRule));
            }
        }
        return keys.build();
    }

    private static PerTable<ForeignKey> ofTheStandard(ProbeContext context) throws SQLException {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        Shared<String> texts = new Shared<>();
        context.stream(
                "SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, UNIQUE_CONSTRAINT_SCHEMA, REFERENCED_TABLE_NAME,"
                        + " UPDATE_RULE, DELETE_RULE FROM information_schema.REFERENTIAL_CONSTRAINTS",
                row -> {
                    Draft draft = new Draft(
                            texts.of(ProbeContext.text(row, 1)),
                            texts.of(ProbeContext.text(row, 2)),
                            ProbeContext.text(row, 3));
                    draft.referencedSchema = texts.of(ProbeContext.text(row, 4, ""));
                    draft.referencedTable = texts.of(ProbeContext.text(row, 5, ""));
                    draft.updateRule = texts.of(ProbeContext.text(row, 6, ""));
                    draft.deleteRule = texts.of(ProbeContext.text(row, 7, ""));
                    drafts.put(draft.schema + '\0' + draft.table + '\0' + draft.name, draft);
                });
        if (!drafts.isEmpty()) {
            context.stream(
                    "SELECT TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION, COLUMN_NAME, REFERENCED_COLUMN_NAME"
                            + " FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_SCHEMA IS NOT NULL",
                    row -> {
                        Draft draft = drafts.get(ProbeContext.text(row, 1)
                                + '\0'
                                + ProbeContext.text(row, 2)
                                + '\0'
                                + ProbeContext.text(row, 3));
                        if (draft != null) {
                            draft.column(
                                    row.getInt(4),
                                    texts.of(ProbeContext.text(row, 5)),
                                    texts.of(ProbeContext.text(row, 6)));
                        }
                    });
        }
        return ofDrafts(drafts);
    }

    /** By InnoDB's own dictionary; null where a name in there cannot be read back. */
    private static @Nullable PerTable<ForeignKey> ofInnoDb(ProbeContext context) throws SQLException {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        boolean[] unreadable = new boolean[1];
        Shared<String> texts = new Shared<>();
        context.stream("SELECT ID, FOR_NAME, REF_NAME, TYPE FROM information_schema.INNODB_SYS_FOREIGN", row -> {
            String id = ProbeContext.text(row, 1);
            Names child = Names.of(ProbeContext.text(row, 2), texts);
            Names parent = Names.of(ProbeContext.text(row, 3), texts);
            if (child == null || parent == null) {
                unreadable[0] = true;
                return;
            }
            Draft draft = new Draft(child.schema, child.table, id.substring(id.indexOf('/') + 1));
            draft.referencedSchema = parent.schema;
            draft.referencedTable = parent.table;
            int type = row.getInt(4);
            draft.deleteRule = rule(type, DELETE_CASCADE, DELETE_SET_NULL, DELETE_NO_ACTION);
            draft.updateRule = rule(type, UPDATE_CASCADE, UPDATE_SET_NULL, UPDATE_NO_ACTION);
            drafts.put(id, draft);
        });
        if (unreadable[0]) {
            return null;
        }
        if (!drafts.isEmpty()) {
            context.stream(
                    "SELECT ID, POS, FOR_COL_NAME, REF_COL_NAME FROM information_schema.INNODB_SYS_FOREIGN_COLS",
                    row -> {
                        Draft draft = drafts.get(ProbeContext.text(row, 1));
                        if (draft != null) {
                            draft.column(
                                    row.getInt(2),
                                    texts.of(ProbeContext.text(row, 3)),
                                    texts.of(ProbeContext.text(row, 4)));
                        }
                    });
        }
        return ofDrafts(drafts);
    }

    /** The database and the table of a name, in which a slash can only stand between them. */
    private record Names(String schema, String table) {
        static @Nullable Names of(String name, Shared<String> texts) {
            int slash = name.indexOf('/');
            if (slash < 0 || InnoDbNames.isEncoded(name)) {
                return null;
            }
            return new Names(
                    texts.of(InnoDbNames.decode(name.substring(0, slash))),
                    texts.of(InnoDbNames.decode(name.substring(slash + 1))));
        }
    }

    private static String rule(int type, int cascade, int setNull, int noAction) {
        if ((type & cascade) != 0) {
            return "CASCADE";
        }
        if ((type & setNull) != 0) {
            return "SET NULL";
        }
        return (type & noAction) != 0 ? "NO ACTION" : "RESTRICT";
    }
}
