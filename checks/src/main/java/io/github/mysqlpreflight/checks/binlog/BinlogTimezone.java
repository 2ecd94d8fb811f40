/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerExtensions;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Both servers live in the same time zone, and the target knows it by name. */
final class BinlogTimezone implements Check {
    private static final String UTC = "UTC";

    /** Names of UTC, as servers and their systems have them. */
    private static final Set<String> UTC_NAMES = Set.of(
            UTC,
            "UCT",
            "ZULU",
            "UNIVERSAL",
            "+00:00",
            "-00:00",
            "ETC/UTC",
            "ETC/UCT",
            "ETC/GMT",
            "ETC/ZULU",
            "ETC/UNIVERSAL",
            "COORDINATED UNIVERSAL TIME");

    /** What a system calls its zone in summer, and in winter; which of them a server shows depends on when it was started. */
    private static final Map<String, String> SUMMER = Map.ofEntries(
            Map.entry("BST", "GMT"),
            Map.entry("CEST", "CET"),
            Map.entry("MEST", "MET"),
            Map.entry("EEST", "EET"),
            Map.entry("WEST", "WET"),
            Map.entry("EDT", "EST"),
            Map.entry("CDT", "CST"),
            Map.entry("MDT", "MST"),
            Map.entry("PDT", "PST"),
            Map.entry("AKDT", "AKST"),
            Map.entry("ADT", "AST"),
            Map.entry("NDT", "NST"),
            Map.entry("AEDT", "AEST"),
            Map.entry("ACDT", "ACST"),
            Map.entry("NZDT", "NZST"));

    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.timezone", "Both servers are in one time zone, and the target knows its name")
            .why(
                    "A change that involves the time carries the name of its session's time zone in the binary log: a replica"
                            + " whose time zone tables are empty stops at it (error 1298, Unknown or incorrect time zone). And"
                            + " where the servers' zones differ, NOW() gives another time after the switch, and TIMESTAMP columns"
                            + " are shown shifted.")
            .fix(
                    "Load the time zone tables of the target (mysql_tzinfo_to_sql), and give both servers the same time_zone.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/time-zone-support.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-features-timezone.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .targetUses(Facts.EXTENSIONS)
            .privileges("SELECT on mysql.* of the target, to see whether its time zone tables are loaded")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ServerVariables ofSource = source.get(Facts.VARIABLES);
        Snapshot target = plan.target();
        ServerVariables ofTarget = target == null ? null : target.get(Facts.VARIABLES);
        List<Finding> findings = new ArrayList<>();
        String name = zoneName(ofSource);
        if (name != null && plan.considers(Method.REPLICATION)) {
            Boolean loaded = target == null ? null : zonesLoaded(target);
            if (loaded == null || !loaded) {
                findings.add(needsTables(name, loaded != null));
            }
        }
        String sourceZone = zone(ofSource);
        String targetZone = ofTarget == null ? null : zone(ofTarget);
        if (target != null
                && sourceZone != null
                && targetZone != null
                && !canonical(sourceZone).equals(canonical(targetZone))) {
            findings.add(different(ofSource, sourceZone, target, targetZone));
        }
        return Outcome.of(findings);
    }

    /** The zone that sessions start with; null where the server does not tell. */
    private static @Nullable String zone(ServerVariables variables) {
        String zone = variables.get("time_zone");
        String effective = zone == null || zone.equalsIgnoreCase("SYSTEM") ? variables.get("system_time_zone") : zone;
        return effective == null || effective.isEmpty() ? null : effective;
    }

    /** The zone that sessions start with where the server took it from its time zone tables, else null. */
    private static @Nullable String zoneName(ServerVariables variables) {
        String zone = variables.get("time_zone");
        return zone == null || zone.isEmpty() || zone.equalsIgnoreCase("SYSTEM") || isOffset(zone) ? null : zone;
    }

    private static boolean isOffset(String zone) {
        return zone.startsWith("+") || zone.startsWith("-");
    }

    private static String canonical(String zone) {
        String upper = zone.toUpperCase(Locale.ROOT);
        return UTC_NAMES.contains(upper) ? UTC : SUMMER.getOrDefault(upper, upper);
    }

    /** Whether the server has its time zone tables loaded, as one that lives in a named zone has; null where that cannot be seen. */
    private static @Nullable Boolean zonesLoaded(Snapshot server) {
        if (zoneName(server.get(Facts.VARIABLES)) != null) {
            return true;
        }
        return server.find(Facts.EXTENSIONS) instanceof Fact.Known<ServerExtensions> extensions
                ? extensions.value().timeZones()
                : null;
    }

    private static Finding needsTables(String name, boolean missing) {
        return new Finding(
                missing ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ObjectRef.setting(Side.SOURCE, "time_zone"),
                name,
                "known to the target",
                "time_zone of the source is " + name
                        + (missing
                                ? ", which the target does not know, for its time zone tables are empty: a replica stops at"
                                        + " the first change that involves the time (error 1298)"
                                : ": a replica without that zone in its time zone tables stops at the first change that"
                                        + " involves the time (error 1298)"),
                List.of(Remedy.of("Load the time zone tables of the target: mysql_tzinfo_to_sql /usr/share/zoneinfo |"
                        + " mysql -u root mysql; managed ones have them loaded")));
    }

    private static Finding different(ServerVariables ofSource, String sourceZone, Snapshot target, String targetZone) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.TARGET, "time_zone"),
                targetZone,
                sourceZone,
                "the time zone of the target is " + targetZone + ", that of the source " + sourceZone
                        + ": NOW() gives another time after the switch, and TIMESTAMP columns are shown shifted",
                remedies(ofSource, sourceZone, Server.of(target)));
    }

    private static List<Remedy> remedies(ServerVariables ofSource, String zone, Server target) {
        String value = canonical(zone).equals(UTC) ? "+00:00" : isOffset(zone) ? zone : zoneName(ofSource);
        if (value == null) {
            return List.of(
                    Remedy.of("Give both servers the same time_zone by its name, such as Europe/Berlin, after loading"
                            + " the time zone tables (mysql_tzinfo_to_sql)"));
        }
        return Targets.onTarget(SettingAdvice.online(
                target,
                "time_zone",
                "'" + value.replace("'", "''") + "'",
                isOffset(value)
                        ? "sessions keep the old one until they reconnect"
                        : "needs the time zone tables; sessions keep the old one until they reconnect"));
    }
}
