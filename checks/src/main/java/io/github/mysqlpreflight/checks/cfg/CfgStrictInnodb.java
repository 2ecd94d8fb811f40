/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

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
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** InnoDB on the target takes the tables that it took on the source. */
final class CfgStrictInnodb implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "cfg.strict-innodb", "InnoDB takes the same tables on both servers")
            .why(
                    "A dump creates each table as it was created on the source. A target whose InnoDB is stricter, has smaller"
                            + " pages or another default row format refuses some of them: error 1118 (Row size too large), 1031 or"
                            + " 1478 (row format), 1071 and 1709 (key too long).")
            .fix(
                    "Give the target the source's settings, at least while the dump is loaded; pages have the size that the"
                            + " data directory was made with.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html#sysvar_innodb_strict_mode",
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-limits.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/innodb-row-format.html")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Targets.missing(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Snapshot target = Targets.of(plan);
        ServerVariables from = source.get(Facts.VARIABLES);
        ServerVariables onto = target.get(Facts.VARIABLES);
        Server server = Server.of(target);
        List<Finding> findings = new ArrayList<>();
        if (isOff(from, "innodb_strict_mode") && onto.isOn("innodb_strict_mode")) {
            findings.add(differs(
                    server,
                    "innodb_strict_mode",
                    "ON",
                    "OFF",
                    "tables whose rows or options the source let pass are refused there (error 1118, 1031 or 1478)",
                    "for the time of the load; set it ON again afterwards"));
        }
        if (from.isOn("innodb_file_per_table") && isOff(onto, "innodb_file_per_table")) {
            findings.add(differs(
                    server,
                    "innodb_file_per_table",
                    "OFF",
                    "ON",
                    "compressed tables are refused there (error 1031), and space of dropped ones is never given back",
                    "for tables that are made from then on"));
        }
        String format = onto.get("innodb_default_row_format");
        if ("dynamic".equalsIgnoreCase(from.get("innodb_default_row_format"))
                && format != null
                && !format.equalsIgnoreCase("dynamic")) {
            findings.add(differs(
                    server,
                    "innodb_default_row_format",
                    format,
                    "dynamic",
                    "keys of more than 767 bytes are refused there (error 1709)",
                    "for tables that are made from then on"));
        }
        long sourcePage = from.number("innodb_page_size", 0);
        long targetPage = onto.number("innodb_page_size", 0);
        if (sourcePage != targetPage && sourcePage > 0 && targetPage > 0) {
            findings.add(pages(server, sourcePage, targetPage));
        }
        return Outcome.of(findings);
    }

    private static boolean isOff(ServerVariables variables, String name) {
        return variables.get(name) != null && !variables.isOn(name);
    }

    private static Finding differs(
            Server target, String variable, String found, String needed, String consequence, String note) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.TARGET, variable),
                found,
                needed,
                variable + " is " + found + " on the target and " + needed + " on the source: " + consequence,
                Targets.onTarget(SettingAdvice.online(target, variable, needed, note)));
    }

    private static Finding pages(Server target, long source, long size) {
        String consequence = size < source
                ? "long rows and keys are refused there (error 1118 or 1071)"
                : "compressed tables are refused there where the pages are larger than 16 KiB (error 1031)";
        String place = target.isManaged() ? SettingAdvice.place(target) : "In my.cnf";
        return new Finding(
                Effect.WARNING,
                ObjectRef.setting(Side.TARGET, "innodb_page_size"),
                Long.toString(size),
                Long.toString(source),
                "innodb_page_size is " + size + " on the target and " + source + " on the source: " + consequence,
                List.of(Remedy.settings(
                        "Make the target anew with pages of that size, which cannot be changed later. " + place + ":",
                        "innodb_page_size = " + source)));
    }
}
