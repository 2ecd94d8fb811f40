/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SqlNames;
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
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every name survives the tools that carry it.
 *
 * <p>mysqldump 9.7 and its load carry each of these names from 5.7.22 to 8.0.15 and 9.7.4 (tried), but for one case: it greets with a
 * collation that a server before 8.0 does not know. Such a server falls back to its own character set and is then asked for names that
 * are written in another: a database is not found (1049), a routine (1305), an event (1539), a table whose name that character set cannot
 * write (1146), and any such table once a view is among what is dumped.
 */
final class VerNameChars implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "ver.name-chars", "Names have no characters that tools trip over")
            .why(
                    "A name may hold any character, as long as it stands in back-ticks. Scripts and tools that put names together"
                            + " without them, or into file names, patterns and shell commands, fail at such a name or pass over it in"
                            + " silence. A mysqldump of 8.0 or newer does not find what has a name with other letters than ASCII on a"
                            + " server before 8.0 that falls back to latin1 (errors 1049, 1146, 1305, 1539).")
            .fix("Rename them, or try the tool with such a name before the migration.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/identifiers.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/identifier-mapping.html")
            .effects(Effect.WARNING, Effect.NOTICE)
            .needs(Facts.TABLES, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.ROUTINES, Facts.TRIGGERS, Facts.EVENTS)
            .privileges("any privilege on each table; a table without one is not visible")
            .build();

    private static final Outcome.Headline HEADLINE =
            new Outcome.Headline("1 name or group of names needs care", "{n} names or groups of names need care");

    /** What a server writes before the name of a directory or file that is not encoded as it does since 5.1. */
    private static final String UNENCODED = "#mysql50#";

    /** Characters that mean something to SQL, a file system or a pattern. */
    private static final String SPECIAL = "`'\"<>\\/%*?";

    /** From this release on, a name that begins with a dollar sign and stands without back-ticks earns a warning. */
    private static final ServerVersion DOLLAR_DEPRECATED = new ServerVersion(8, 0, 32);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    /** A name that was looked at. */
    private record Named(
            ObjectRef.Type type, String schema, @Nullable String name) {
        String last() {
            return name == null ? schema : name;
        }

        String label() {
            return name == null ? schema : schema + "." + name;
        }

        ObjectRef object() {
            return new ObjectRef(Side.SOURCE, type, schema, name, null);
        }
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        boolean dollar = Targets.atLeast(source, plan, DOLLAR_DEPRECATED);
        boolean lost = plan.dumpTool() == DumpTool.MYSQLDUMP && fallsBack(source);
        List<Finding> findings = new ArrayList<>();
        Map<String, List<String>> dollars = new TreeMap<>();
        Map<String, List<String>> foreign = new TreeMap<>();
        for (Named named : names(source, Selection.of(source, plan))) {
            String name = named.last();
            if (name.startsWith(UNENCODED)) {
                findings.add(unencoded(named, Server.of(source)));
                continue;
            }
            String special = special(name);
            if (special != null) {
                findings.add(hasSpecial(named, special));
            }
            if (dollar && name.charAt(0) == '$') {
                add(dollars, named);
            }
            if (!isAscii(name)) {
                if (lost && named.type() != ObjectRef.Type.TRIGGER) {
                    findings.add(notFound(named, source));
                } else {
                    add(foreign, named);
                }
            }
        }
        dollars.forEach((schema, names) -> findings.add(new Finding(
                Effect.NOTICE,
                ObjectRef.schema(schema),
                NameList.of(names),
                null,
                "names that begin with a dollar sign, which 8.0.32 and newer warn of where they stand without back-ticks: "
                        + NameList.of(names),
                List.of(Remedy.of("Put them into back-ticks in the applications, or rename them")))));
        foreign.forEach((schema, names) -> findings.add(new Finding(
                Effect.NOTICE,
                ObjectRef.schema(schema),
                NameList.of(names),
                null,
                "names with other letters than ASCII: " + NameList.of(names),
                List.of(Remedy.of("Nothing to do with mysqldump and replication; try other tools with them")))));
        return Outcome.of(findings, HEADLINE);
    }

    private static void add(Map<String, List<String>> bySchema, Named named) {
        bySchema.computeIfAbsent(named.schema(), schema -> new ArrayList<>()).add(named.label());
    }

    /** Databases, tables and views; programs as far as they can be seen. */
    private static List<Named> names(Snapshot source, Selection selection) {
        List<Named> names = new ArrayList<>();
        for (String database : selection.databases()) {
            names.add(new Named(ObjectRef.Type.SCHEMA, database, null));
        }
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (selection.contains(table.schema())) {
                names.add(new Named(
                        table.isView() ? ObjectRef.Type.VIEW : ObjectRef.Type.TABLE, table.schema(), table.name()));
            }
        }
        if (source.find(Facts.ROUTINES) instanceof Fact.Known<Routines> known) {
            for (Routines.Routine routine : known.value().list()) {
                if (selection.contains(routine.schema())) {
                    names.add(new Named(ObjectRef.Type.ROUTINE, routine.schema(), routine.name()));
                }
            }
        }
        if (source.find(Facts.TRIGGERS) instanceof Fact.Known<Triggers> known) {
            for (Triggers.Trigger trigger : known.value().list()) {
                if (selection.contains(trigger.schema())) {
                    names.add(new Named(ObjectRef.Type.TRIGGER, trigger.schema(), trigger.name()));
                }
            }
        }
        if (source.find(Facts.EVENTS) instanceof Fact.Known<Events> known) {
            for (Events.Event event : known.value().list()) {
                if (selection.contains(event.schema())) {
                    names.add(new Named(ObjectRef.Type.EVENT, event.schema(), event.name()));
                }
            }
        }
        return names;
    }

    /** Whether a client of 8.0 or newer is answered in a character set that it did not ask for. */
    private static boolean fallsBack(Snapshot source) {
        Server server = Server.of(source);
        String characterSet = source.get(Facts.VARIABLES).get("character_set_client");
        return !(server.isMySql() && server.version().atLeast(8, 0, 0))
                && characterSet != null
                && !characterSet.startsWith("utf8");
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** What a name holds that tools trip over, as words for a message; null for nothing. */
    private static @Nullable String special(String name) {
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                return "a control character";
            }
            if (SPECIAL.indexOf(c) >= 0 && found.indexOf(String.valueOf(c)) < 0) {
                found.append(found.isEmpty() ? "" : " ").append(c);
            }
        }
        if (name.charAt(0) == ' ' || name.charAt(name.length() - 1) == ' ') {
            return "a blank at an end";
        }
        return found.isEmpty() ? null : found.toString();
    }

    private static Finding hasSpecial(Named named, String special) {
        return new Finding(
                Effect.WARNING,
                named.object(),
                special,
                null,
                "the name " + named.label() + " holds what tools trip over: " + special,
                List.of(Remedy.of("Rename it, or try your tools with it; mysqldump and replication carry it")));
    }

    private static Finding unencoded(Named named, Server server) {
        String name = named.last();
        String plain = SqlNames.quote(name.substring(UNENCODED.length()));
        List<Remedy> remedies = new ArrayList<>();
        if (named.type() == ObjectRef.Type.SCHEMA
                && (!server.isMySql() || !server.version().atLeast(8, 0, 0))) {
            remedies.add(Remedy.sql(
                    "Let the server encode its directory:",
                    "ALTER DATABASE " + SqlNames.quote(name) + " UPGRADE DATA DIRECTORY NAME"));
        } else if (named.type() == ObjectRef.Type.TABLE) {
            remedies.add(Remedy.sql(
                    "Give it the name that it was meant to have:",
                    "RENAME TABLE " + SqlNames.quote(named.schema(), name) + " TO " + SqlNames.quote(named.schema())
                            + "." + plain));
        } else {
            remedies.add(Remedy.of("Move what is in it into a database with another name"));
        }
        return new Finding(
                Effect.WARNING,
                named.object(),
                name,
                plain,
                named.label()
                        + " is called so because its file name is not encoded, as before 5.1: the target calls it so,"
                        + " too, and tools take its files for those of others",
                remedies);
    }

    private static Finding notFound(Named named, Snapshot source) {
        String error = switch (named.type()) {
            case SCHEMA -> "1049";
            case ROUTINE -> "1305";
            case EVENT -> "1539";
            default -> "1146";
        };
        String fallBack = String.valueOf(source.get(Facts.VARIABLES).get("character_set_client"));
        return new Finding(
                Effect.WARNING,
                named.object(),
                fallBack,
                "utf8mb4",
                "a mysqldump of 8.0 or newer may not find " + named.label() + " (error " + error
                        + "): its greeting is unknown to the source, which falls back to " + fallBack,
                List.of(
                        Remedy.of(
                                "Dump with mysqldump --init-command='SET NAMES utf8mb4', or with the mysqldump of the source's"
                                        + " own series"),
                        Remedy.settings(
                                "Let the source fall back to UTF-8; in my.cnf, then restart the server:",
                                "[mysqld]",
                                "character_set_server = utf8mb4")));
    }
}
