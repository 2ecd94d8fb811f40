/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.engine;

import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.PlainText;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** Whether a server was read as far as any verdict needs it. */
final class Reading {
    /** Without these, nobody knows what would be migrated. */
    private static final List<FactKey<?>> BASIC =
            List.of(Facts.VARIABLES, Facts.SCHEMAS, Facts.TABLES, Facts.COLUMNS, Facts.GRANTS);

    private Reading() {}

    /** Whether the server could not be connected to, or was lost while it was read. */
    static boolean isLost(Snapshot snapshot) {
        return Preflight.failure(snapshot) != null
                || !because(snapshot, Fact.Cause.CONNECTION_LOST).isEmpty();
    }

    /** What keeps every method from being recommended because it was not read, one line each; empty if the reading is complete. */
    static List<String> missing(Snapshot snapshot, ObjectRef.Side side) {
        List<String> missing = new ArrayList<>();
        if (Preflight.failure(snapshot) != null) {
            return missing;
        }
        for (Fact.Cause cause : List.of(Fact.Cause.CONNECTION_LOST, Fact.Cause.RUN_TIMEOUT)) {
            List<FactKey<?>> keys = because(snapshot, cause);
            if (!keys.isEmpty() && snapshot.find(keys.get(0)) instanceof Fact.Unavailable<?> first) {
                missing.add(PlainText.line("the " + side.text() + " was not read completely: " + first.message()));
                return missing;
            }
        }
        for (FactKey<?> key : BASIC) {
            boolean wanted = snapshot.mentions(key);
            if (wanted && snapshot.find(key) instanceof Fact.Unavailable<?> open) {
                missing.add(PlainText.line(
                        key.title() + " of the " + side.text() + " could not be read: " + open.message()));
            }
        }
        return missing;
    }

    private static List<FactKey<?>> because(Snapshot snapshot, Fact.Cause cause) {
        List<FactKey<?>> keys = new ArrayList<>();
        for (FactKey<?> key : Facts.all()) {
            if (snapshot.find(key) instanceof Fact.Unavailable<?> open && open.cause() == cause) {
                keys.add(key);
            }
        }
        return keys;
    }
}
