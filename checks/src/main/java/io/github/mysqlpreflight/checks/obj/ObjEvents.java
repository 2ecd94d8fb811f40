/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * No event runs on both servers. A dump brings an enabled event as enabled, and a scheduler that is on begins with it at once; what
 * CREATE EVENT replicates is disabled on the replica by itself.
 *
 * <p>mysqldump puts {@code ;;} behind each event; it looks for ever for something else where the event holds that itself (9.7.4, tried; it
 * does not do so for routines and triggers).
 */
final class ObjEvents implements Check {
    /** What mysqldump puts behind an event. */
    private static final String DELIMITER = ";;";

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.events", "Events can be dumped, and none runs on the source and on the target")
            .why(
                    "An enabled event that is loaded into a server whose scheduler is on runs there while the source still runs"
                            + " it: what it does is done twice, and a replica stops at rows that are there already (error 1062). mysqldump does not"
                            + " come to an end at an event that holds two semicolons in a row.")
            .fix("Keep event_scheduler off on the target until the applications have moved.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-features-invoked.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_event_scheduler")
            .effects(Effect.BLOCKS_DUMP, Effect.WARNING)
            .needs(Facts.EVENTS, Facts.SCHEMAS, Facts.VARIABLES)
            .targetUses(Facts.VARIABLES)
            .privileges("EVENT on the databases to migrate; events are hidden without it")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        List<Finding> findings = new ArrayList<>();
        if (plan.dumpTool() == Plan.DumpTool.MYSQLDUMP) {
            addEndless(source, selection, findings);
        }
        addEnabled(source, plan, selection, findings);
        return Outcome.of(findings);
    }

    private static void addEndless(Snapshot source, Selection selection, List<Finding> findings) {
        for (Events.Event event : source.get(Facts.EVENTS).list()) {
            if (selection.contains(event.schema())
                    && (event.body().contains(DELIMITER) || event.name().contains(DELIMITER))) {
                findings.add(new Finding(
                        Effect.BLOCKS_DUMP,
                        new ObjectRef(ObjectRef.Side.SOURCE, ObjectRef.Type.EVENT, event.schema(), event.name(), null),
                        DELIMITER,
                        null,
                        "event " + event.schema() + "." + event.name()
                                + " holds two semicolons in a row: mysqldump does not come to an end there",
                        List.of(
                                Remedy.of("Write it without them, such as CONCAT(';', ';') in a text"),
                                Remedy.of("Dump without --events, and create the events on the target by hand"))));
            }
        }
    }

    private static void addEnabled(Snapshot source, Plan plan, Selection selection, List<Finding> findings) {
        Snapshot target = plan.target();
        boolean known = target != null && target.knows(Facts.VARIABLES);
        if (target != null && known && !target.get(Facts.VARIABLES).isOn("event_scheduler")) {
            return;
        }
        Map<String, List<String>> bySchema = new TreeMap<>();
        for (Events.Event event : source.get(Facts.EVENTS).list()) {
            if (event.isEnabled() && selection.contains(event.schema())) {
                bySchema.computeIfAbsent(event.schema(), schema -> new ArrayList<>())
                        .add(event.name());
            }
        }
        boolean runs = source.get(Facts.VARIABLES).isOn("event_scheduler");
        List<Remedy> remedies = target != null && known
                ? Targets.onTarget(SettingAdvice.online(
                        Server.of(target), "event_scheduler", "OFF", "until the applications have moved"))
                : List.of(Remedy.of("On the target: SET GLOBAL event_scheduler = OFF before the load, and ON when the"
                        + " applications have moved"));
        bySchema.forEach((schema, names) -> {
            names.sort(null);
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.schema(schema),
                    NameList.of(names),
                    null,
                    (names.size() == 1 ? "1 event of " : names.size() + " events of ") + schema
                            + (names.size() == 1 ? " is" : " are")
                            + " enabled: where event_scheduler is ON on the target, "
                            + (runs
                                    ? "they run on both servers"
                                    : "they begin to run there, which they do not on the source"),
                    remedies));
        });
    }
}
