/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.sql;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.core.snapshot.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a database holds that is written in SQL and belongs to somebody: routines, triggers, events and views. */
public final class StoredPrograms {
    private StoredPrograms() {}

    private static int compare(Program one, Program other) {
        int order = one.object().compareTo(other.object());
        return order != 0 ? order : one.kind().compareTo(other.kind());
    }

    /**
     * One of them.
     *
     * @param type what it is to a report
     * @param kind the same in a word, such as {@code procedure}
     * @param schema the database it is in
     * @param name as the server spells it
     * @param definer user@host, without quotes; empty where the server does not say
     * @param invoker whether it runs with the rights of its caller
     * @param sqlMode the mode it was created under; empty for a view, whose text does not depend on it
     * @param table the table a trigger is on; null for others
     * @param text its statements, or a view's SELECT; null where the account may not read it
     */
    public record Program(
            ObjectRef.Type type,
            String kind,
            String schema,
            String name,
            String definer,
            boolean invoker,
            String sqlMode,
            @Nullable String table,
            @Nullable String text) {
        public Program {
            requireNonNull(type, "type is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(schema, "schema is null");
            requireNonNull(name, "name is null");
            requireNonNull(definer, "definer is null");
            requireNonNull(sqlMode, "sqlMode is null");
        }

        /** The object of a finding. */
        public ObjectRef object() {
            return new ObjectRef(Side.SOURCE, type, schema, name, null);
        }

        /** For a message, such as {@code procedure shop.pay}. */
        public String label() {
            return kind + " " + schema + "." + name;
        }
    }

    /** Everything but views in the databases that are migrated, in a fixed order; needs routines, triggers and events. */
    public static List<Program> withStatements(Snapshot source, Selection selection) {
        List<Program> programs = new ArrayList<>();
        for (Routines.Routine routine : source.get(Facts.ROUTINES).list()) {
            if (selection.contains(routine.schema())) {
                programs.add(new Program(
                        ObjectRef.Type.ROUTINE,
                        routine.type().toLowerCase(Locale.ROOT),
                        routine.schema(),
                        routine.name(),
                        routine.definer(),
                        isInvoker(routine.security()),
                        routine.sqlMode(),
                        null,
                        routine.body()));
            }
        }
        for (Triggers.Trigger trigger : source.get(Facts.TRIGGERS).list()) {
            if (selection.contains(trigger.schema())) {
                programs.add(new Program(
                        ObjectRef.Type.TRIGGER,
                        "trigger",
                        trigger.schema(),
                        trigger.name(),
                        trigger.definer(),
                        false,
                        trigger.sqlMode(),
                        trigger.table(),
                        trigger.body()));
            }
        }
        for (Events.Event event : source.get(Facts.EVENTS).list()) {
            if (selection.contains(event.schema())) {
                programs.add(new Program(
                        ObjectRef.Type.EVENT,
                        "event",
                        event.schema(),
                        event.name(),
                        event.definer(),
                        false,
                        event.sqlMode(),
                        null,
                        event.body()));
            }
        }
        programs.sort(StoredPrograms::compare);
        return programs;
    }

    /** The views in the databases that are migrated, in a fixed order; needs views. */
    public static List<Program> views(Snapshot source, Selection selection) {
        List<Program> programs = new ArrayList<>();
        for (Views.View view : source.get(Facts.VIEWS).list()) {
            if (selection.contains(view.schema())) {
                programs.add(new Program(
                        ObjectRef.Type.VIEW,
                        "view",
                        view.schema(),
                        view.name(),
                        view.definer(),
                        isInvoker(view.security()),
                        "",
                        null,
                        view.definition()));
            }
        }
        programs.sort(StoredPrograms::compare);
        return programs;
    }

    private static boolean isInvoker(String security) {
        return security.equalsIgnoreCase("INVOKER");
    }
}
