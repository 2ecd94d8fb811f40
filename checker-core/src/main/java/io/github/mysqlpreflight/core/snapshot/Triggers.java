/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The triggers that the account may see, those of the {@code sys} database left out: a server shows them only with the privilege
 * TRIGGER on their table.
 *
 * @param list one entry a trigger, in the server's order
 */
public record Triggers(List<Trigger> list) {
    static FactCodec<Triggers> codec() {
        return new RowsCodec<>(
                Triggers::list,
                Triggers::new,
                one -> RowsCodec.fields(
                        one.schema, one.name, one.table, one.timing, one.event, one.definer, one.sqlMode, one.body),
                row -> new Trigger(
                        row.text(0),
                        row.text(1),
                        row.text(2),
                        row.text(3),
                        row.text(4),
                        row.text(5),
                        row.text(6),
                        row.text(7)));
    }

    public Triggers {
        list = List.copyOf(list);
    }

    /**
     * One trigger.
     *
     * @param schema the database it is in
     * @param name as the server spells it
     * @param table the table it is on, in the same database
     * @param timing {@code BEFORE} or {@code AFTER}
     * @param event {@code INSERT}, {@code UPDATE} or {@code DELETE}
     * @param definer user@host, without quotes
     * @param sqlMode the mode it was created under
     * @param body its statement
     */
    public record Trigger(
            String schema,
            String name,
            String table,
            String timing,
            String event,
            String definer,
            String sqlMode,
            String body) {
        public Trigger {
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(table, "table is null");
            requireNonNull(timing, "timing is null");
            requireNonNull(event, "event is null");
            requireNonNull(definer, "definer is null");
            requireNonNull(sqlMode, "sqlMode is null");
            requireNonNull(body, "body is null");
        }
    }
}
