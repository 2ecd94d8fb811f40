/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Shared;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All triggers of the tables on which the account holds TRIGGER; the server shows no others, and says nothing of that. */
final class TriggersProbe implements Probe<Triggers> {
    @Override
    public FactKey<Triggers> key() {
        return Facts.TRIGGERS;
    }

    @Override
    public String remedy() {
        return "GRANT TRIGGER ON *.* to the account";
    }

    @Override
    public Triggers read(ProbeContext context) throws SQLException {
        List<Triggers.Trigger> triggers = new ArrayList<>();
        Shared<String> texts = new Shared<>();
        context.stream(
                "SELECT TRIGGER_SCHEMA, TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, DEFINER, SQL_MODE,"
                        + " ACTION_STATEMENT FROM information_schema.TRIGGERS"
                        + TablesProbe.notOfTheSystem("TRIGGER_SCHEMA"),
                row -> triggers.add(new Triggers.Trigger(
                        texts.of(ProbeContext.text(row, 1)),
                        ProbeContext.text(row, 2),
                        ProbeContext.text(row, 3),
                        texts.of(ProbeContext.text(row, 4)),
                        texts.of(ProbeContext.text(row, 5)),
                        texts.of(ProbeContext.text(row, 6, "")),
                        texts.of(ProbeContext.text(row, 7, "")),
                        ProbeContext.text(row, 8, ""))));
        return new Triggers(triggers);
    }
}
