/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The events of the event scheduler that the account may see: a server shows them only with the privilege EVENT on their database.
 *
 * @param list one entry an event, in the server's order
 */
public record Events(List<Event> list) {
    static FactCodec<Events> codec() {
        return new RowsCodec<>(
                Events::list,
                Events::new,
                one -> RowsCodec.fields(
                        one.schema,
                        one.name,
                        one.definer,
                        one.status,
                        one.timeZone,
                        one.sqlMode,
                        one.recurring,
                        one.body),
                row -> new Event(
                        row.text(0),
                        row.text(1),
                        row.text(2),
                        row.text(3),
                        row.text(4),
                        row.text(5),
                        row.flag(6),
                        row.text(7)));
    }

    public Events {
        list = List.copyOf(list);
    }

    /**
     * One event.
     *
     * @param schema the database it is in
     * @param name as the server spells it
     * @param definer user@host, without quotes
     * @param status {@code ENABLED}, {@code DISABLED}, {@code SLAVESIDE_DISABLED} or {@code REPLICA_SIDE_DISABLED}
     * @param timeZone the zone its schedule is in, such as {@code SYSTEM}
     * @param sqlMode the mode it was created under
     * @param recurring whether it runs more than once
     * @param body its statement
     */
    public record Event(
            String schema,
            String name,
            String definer,
            String status,
            String timeZone,
            String sqlMode,
            boolean recurring,
            String body) {
        public Event {
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(definer, "definer is null");
            requireNonNull(status, "status is null");
            requireNonNull(timeZone, "timeZone is null");
            requireNonNull(sqlMode, "sqlMode is null");
            requireNonNull(body, "body is null");
        }

        /** Whether this server runs it, as far as its scheduler is on. */
        public boolean isEnabled() {
            return status.equals("ENABLED");
        }
    }
}
