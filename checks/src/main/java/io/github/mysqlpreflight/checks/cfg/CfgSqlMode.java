/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The target takes the SQL modes of the source, and has them.
 *
 * <p>NO_AUTO_CREATE_USER stands in the sql_mode of every 5.7 and says nothing from 8.0 on, where no GRANT makes an account; there it only
 * counts where something was created under it, for a dump sets the mode again.
 */
final class CfgSqlMode implements Check {
    private static final String NO_AUTO_CREATE_USER = "NO_AUTO_CREATE_USER";
    private static final CheckInfo INFO = CheckInfo.of("cfg.sql-mode", "The target takes the SQL modes of the source")
            .why(
                    "A dump creates each routine, trigger and event under the SQL mode that it was made under, and a target"
                            + " that does not know one of its parts refuses it (error 1231, Variable sql_mode can't be set to the"
                            + " value of NO_AUTO_CREATE_USER). And where the servers' modes differ, the same statement means"
                            + " something else after the switch, or is refused.")
            .fix("Take removed modes out of the dump, or dump with MySQL Shell, which does that; give the target the"
                    + " source's sql_mode.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html",
                    "https://dev.mysql.com/doc/refman/8.0/en/upgrading-from-previous-series.html")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES)
            .uses(Facts.SCHEMAS, Facts.ROUTINES, Facts.TRIGGERS, Facts.EVENTS)
            .targetNeeds(Facts.VARIABLES)
            .privileges("TRIGGER, EVENT and what shows routines, for those created under a removed mode")
            .build();

    /** What the target is, as far as modes go. */
    private record Taker(boolean mySql, ServerVersion version, String text) {
        static Taker of(Snapshot source, Plan plan) {
            Snapshot target = plan.target();
            return new Taker(
                    target == null || Server.of(target).isMySql(),
                    plan.targetVersionFor(source),
                    plan.targetVersionText(source));
        }

        boolean knows(String mode) {
            return SqlModes.builtIn().isKnown(mode, mySql, version);
        }
    }

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Taker taker = Taker.of(source, plan);
        List<String> modes = SqlModes.split(text(source.get(Facts.VARIABLES)));
        List<Finding> findings = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String mode : modes) {
            if (!taker.knows(mode) && !mode.equals(NO_AUTO_CREATE_USER)) {
                unknown.add(mode);
            }
        }
        if (!unknown.isEmpty()) {
            findings.add(gone(taker, unknown));
        }
        Snapshot target = plan.target();
        if (target != null) {
            addDifference(modes, taker, target, findings);
        }
        Server server = Server.of(source);
        boolean had = SqlModes.builtIn().isKnown(NO_AUTO_CREATE_USER, server.isMySql(), server.version());
        boolean judgesPrograms = had && !taker.knows(NO_AUTO_CREATE_USER) && plan.dumpTool() != DumpTool.MYSQL_SHELL;
        if (judgesPrograms && source.knows(Facts.SCHEMAS)) {
            addCreatedUnder(source, plan, taker, findings);
        }
        Outcome outcome = Outcome.of(findings);
        for (FactKey<?> key : List.of(Facts.SCHEMAS, Facts.ROUTINES, Facts.TRIGGERS, Facts.EVENTS)) {
            if (judgesPrograms && source.find(key) instanceof Fact.Unavailable<?> unavailable) {
                outcome = outcome.andUnseen(Outcome.unread(key, unavailable, Side.SOURCE));
            }
        }
        return outcome;
    }

    private static String text(ServerVariables variables) {
        String value = variables.get("sql_mode");
        return value == null ? "" : value;
    }

    private static Finding gone(Taker taker, List<String> unknown) {
        String names = String.join(", ", unknown);
        return new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, "sql_mode"),
                names,
                "modes that the target knows",
                "sql_mode of the source has " + names + ", which the target " + taker.text()
                        + " does not take (error 1231)",
                List.of(Remedy.of(
                        "Make the applications do without before the switch, and look for sessions that set the"
                                + " mode themselves")));
    }

    private static void addDifference(List<String> ofSource, Taker taker, Snapshot target, List<Finding> findings) {
        List<String> wanted = new ArrayList<>();
        for (String mode : ofSource) {
            if (taker.knows(mode) && !SqlModes.builtIn().isSeveral(mode)) {
                wanted.add(mode);
            }
        }
        List<String> there = new ArrayList<>();
        for (String mode : SqlModes.split(text(target.get(Facts.VARIABLES)))) {
            if (!SqlModes.builtIn().isSeveral(mode)) {
                there.add(mode);
            }
        }
        there.remove(NO_AUTO_CREATE_USER);
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(there);
        missing.remove(NO_AUTO_CREATE_USER);
        List<String> added = new ArrayList<>(there);
        added.removeAll(wanted);
        if (missing.isEmpty() && added.isEmpty()) {
            return;
        }
        String difference = (missing.isEmpty() ? "" : " lacks " + String.join(", ", missing))
                + (missing.isEmpty() || added.isEmpty() ? "" : " and")
                + (added.isEmpty() ? "" : " adds " + String.join(", ", added));
        findings.add(new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.TARGET, "sql_mode"),
                String.join(",", there),
                String.join(",", wanted),
                "sql_mode of the target" + difference
                        + ": the same statement may mean something else there, or be refused",
                Targets.onTarget(SettingAdvice.online(
                        Server.of(target),
                        "sql_mode",
                        "'" + String.join(",", wanted) + "'",
                        "sessions keep the old one until they reconnect"))));
    }

    /** One finding, not one for each: there is one remedy, and on 5.7 it is every routine. */
    private static void addCreatedUnder(Snapshot source, Plan plan, Taker taker, List<Finding> findings) {
        List<String> names = new ArrayList<>();
        Set<String> modes = new TreeSet<>();
        Selection selection = Selection.of(source, plan);
        if (source.find(Facts.ROUTINES) instanceof Fact.Known<Routines> routines) {
            for (Routines.Routine routine : routines.value().list()) {
                add(routine.schema(), routine.name(), routine.sqlMode(), selection, taker, names, modes);
            }
        }
        if (source.find(Facts.TRIGGERS) instanceof Fact.Known<Triggers> triggers) {
            for (Triggers.Trigger trigger : triggers.value().list()) {
                add(trigger.schema(), trigger.name(), trigger.sqlMode(), selection, taker, names, modes);
            }
        }
        if (source.find(Facts.EVENTS) instanceof Fact.Known<Events> events) {
            for (Events.Event event : events.value().list()) {
                add(event.schema(), event.name(), event.sqlMode(), selection, taker, names, modes);
            }
        }
        if (names.isEmpty()) {
            return;
        }
        names.sort(null);
        String mode = String.join(", ", modes);
        String first = modes.iterator().next();
        findings.add(new Finding(
                Effect.WARNING,
                ObjectRef.server(Side.SOURCE),
                mode,
                "modes that the target knows",
                (names.size() == 1
                                ? "1 routine, trigger or event was"
                                : names.size() + " routines, triggers and events were")
                        + " created under " + mode + ", which the target " + taker.text()
                        + " does not take: loading a dump of them stops with error 1231 (" + NameList.of(names) + ")",
                List.of(
                        Remedy.of("Take it out of the dump before loading: sed -e 's/" + first + ",//' -e 's/," + first
                                + "//'"),
                        Remedy.of("Dump with MySQL Shell (--dump-tool mysqlsh), which takes it out"))));
    }

    private static void add(
            String schema,
            String name,
            String sqlMode,
            Selection selection,
            Taker taker,
            List<String> names,
            Set<String> modes) {
        if (!selection.contains(schema)) {
            return;
        }
        boolean refused = false;
        for (String mode : SqlModes.split(sqlMode)) {
            if (!taker.knows(mode)) {
                modes.add(mode);
                refused = true;
            }
        }
        if (refused) {
            names.add(schema + "." + name);
        }
    }
}
