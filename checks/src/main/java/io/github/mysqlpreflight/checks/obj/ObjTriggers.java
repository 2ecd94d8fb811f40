/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * No trigger changes rows that are loaded.
 *
 * <p>mysqldump, mydumper and MySQL Shell create triggers after the rows, and a replica applies rows without firing triggers; what remains
 * are triggers that are on the target before, and loaders of one's own.
 */
final class ObjTriggers implements Check {
    private static final CheckInfo INFO = CheckInfo.of("obj.triggers", "No trigger fires while rows are loaded")
            .why(
                    "Rows that are loaded were changed by the source's triggers already. A trigger that is on the target before"
                            + " them changes them again, or writes them a second time into the tables it keeps.")
            .fix(
                    "Create the triggers after the rows, as mysqldump does; take those away that are on the target before.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_triggers",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-features-triggers.html")
            .effects(Effect.WARNING, Effect.NOTICE)
            .needs(Facts.TRIGGERS, Facts.SCHEMAS, Facts.VARIABLES)
            .targetUses(Facts.TRIGGERS)
            .privileges("TRIGGER on the databases to migrate; triggers are hidden without it")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        List<Finding> findings = new ArrayList<>();
        bySchema(source.get(Facts.TRIGGERS), selection)
                .forEach((schema, names) -> findings.add(new Finding(
                        Effect.NOTICE,
                        ObjectRef.schema(schema),
                        NameList.of(names),
                        null,
                        schema + " has " + count(names) + ": created before the rows, they would change them again",
                        List.of(Remedy.of(
                                "Nothing to do with mysqldump, mydumper and MySQL Shell, which create triggers"
                                        + " last; do so, too, with a loader of your own")))));
        Snapshot target = plan.target();
        if (target != null && target.find(Facts.TRIGGERS) instanceof Fact.Known<Triggers> known) {
            bySchema(known.value(), selection)
                    .forEach((schema, names) -> findings.add(new Finding(
                            Effect.WARNING,
                            new ObjectRef(ObjectRef.Side.TARGET, ObjectRef.Type.SCHEMA, schema, null, null),
                            NameList.of(names),
                            "none before the load",
                            "the target has " + count(names) + " in " + schema
                                    + " already: they fire for every row that is" + " loaded",
                            List.of(Remedy.of(
                                    "On the target: drop them before the load, and let the dump create those of"
                                            + " the source")))));
        }
        return Outcome.of(findings);
    }

    private static String count(List<String> names) {
        return names.size() == 1 ? "1 trigger" : names.size() + " triggers";
    }

    private static Map<String, List<String>> bySchema(Triggers triggers, Selection selection) {
        Map<String, List<String>> bySchema = new TreeMap<>();
        for (Triggers.Trigger trigger : triggers.list()) {
            if (selection.contains(trigger.schema())) {
                bySchema.computeIfAbsent(trigger.schema(), schema -> new ArrayList<>())
                        .add(trigger.name());
            }
        }
        bySchema.values().forEach(names -> names.sort(null));
        return bySchema;
    }
}
