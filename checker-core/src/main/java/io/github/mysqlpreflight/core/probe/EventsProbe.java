/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All events of the databases on which the account holds EVENT; the server shows no others, and says nothing of that. */
final class EventsProbe implements Probe<Events> {
    @Override
    public FactKey<Events> key() {
        return Facts.EVENTS;
    }

    @Override
    public String remedy() {
        return "GRANT EVENT ON *.* to the account";
    }

    @Override
    public Events read(ProbeContext context) throws SQLException {
        List<Events.Event> events = new ArrayList<>();
        context.stream(
                "SELECT EVENT_SCHEMA, EVENT_NAME, DEFINER, STATUS, TIME_ZONE, SQL_MODE, EVENT_TYPE, EVENT_DEFINITION"
                        + " FROM information_schema.EVENTS",
                row -> events.add(new Events.Event(
                        ProbeContext.text(row, 1),
                        ProbeContext.text(row, 2),
                        ProbeContext.text(row, 3, ""),
                        ProbeContext.text(row, 4, ""),
                        ProbeContext.text(row, 5, ""),
                        ProbeContext.text(row, 6, ""),
                        "RECURRING".equals(row.getString(7)),
                        ProbeContext.text(row, 8, ""))));
        return new Events(events);
    }
}
