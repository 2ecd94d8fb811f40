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
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that decide what statements do are alike on both servers. */
final class CfgMisc implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 setting of the target makes statements work differently",
            "{n} settings of the target make statements work differently");

    /** When two values are told apart. */
    private enum When {
        DIFFERENT,
        SMALLER_ON_TARGET,
        /** Only where the target lacks what the source has switched on. */
        OFF_ON_TARGET
    }

    /**
     * One setting.
     *
     * @param older the name it had before; the same where it had none
     * @param online whether it can be changed while the server runs
     * @param consequence what differs
     */
    private record Setting(String name, String older, When when, boolean online, String consequence) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting(
                    "block_encryption_mode",
                    "block_encryption_mode",
                    When.DIFFERENT,
                    true,
                    "AES_DECRYPT() there does not read what AES_ENCRYPT() wrote on the source"),
            new Setting(
                    "explicit_defaults_for_timestamp",
                    "explicit_defaults_for_timestamp",
                    When.DIFFERENT,
                    true,
                    "TIMESTAMP columns that are added without NULL and DEFAULT come out otherwise"),
            new Setting(
                    "group_concat_max_len",
                    "group_concat_max_len",
                    When.SMALLER_ON_TARGET,
                    true,
                    "GROUP_CONCAT() cuts its results off earlier"),
            new Setting(
                    "innodb_autoinc_lock_mode",
                    "innodb_autoinc_lock_mode",
                    When.DIFFERENT,
                    false,
                    "ids that one INSERT ... SELECT is given may have gaps, or have none any more"),
            new Setting(
                    "log_bin_trust_function_creators",
                    "log_bin_trust_function_creators",
                    When.OFF_ON_TARGET,
                    true,
                    "accounts without SUPER can no longer create functions and triggers (error 1418 or 1419)"),
            new Setting(
                    "performance_schema",
                    "performance_schema",
                    When.OFF_ON_TARGET,
                    false,
                    "what watches the server by performance_schema or sys sees nothing"),
            new Setting(
                    "transaction_isolation",
                    "tx_isolation",
                    When.DIFFERENT,
                    true,
                    "transactions see and lock other rows"));

    private static final CheckInfo INFO = CheckInfo.of("cfg.misc", "Settings that change what statements do are alike")
            .why(
                    "Some settings, several of which have other defaults in newer releases, change what a statement gives or"
                            + " whether it is allowed. Neither a dump nor a replica minds; applications may, after the switch.")
            .fix("Give the target the source's value where an application depends on it.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html",
                    "https://dev.mysql.com/doc/refman/8.0/en/upgrading-from-previous-series.html")
            .effects(Effect.NOTICE)
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
        List<Finding> findings = new ArrayList<>();
        for (Setting setting : SETTINGS) {
            String wanted = from.firstOf(setting.name(), setting.older());
            String found = onto.firstOf(setting.name(), setting.older());
            if (wanted != null && found != null && matters(setting.when(), wanted, found)) {
                String name = onto.get(setting.name()) != null ? setting.name() : setting.older();
                findings.add(finding(Server.of(target), setting, name, wanted, found));
            }
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static boolean matters(When when, String source, String target) {
        return switch (when) {
            case DIFFERENT -> !source.equalsIgnoreCase(target);
            case SMALLER_ON_TARGET -> ServerVariables.parse(target, 0) < ServerVariables.parse(source, 0);
            case OFF_ON_TARGET -> source.equalsIgnoreCase("ON") && target.equalsIgnoreCase("OFF");
        };
    }

    private static Finding finding(Server target, Setting setting, String name, String wanted, String found) {
        String value = isWord(wanted) ? wanted : "'" + wanted + "'";
        return new Finding(
                Effect.NOTICE,
                ObjectRef.setting(Side.TARGET, name),
                found,
                wanted,
                name + " is " + found + " on the target and " + wanted + " on the source: " + setting.consequence(),
                Targets.onTarget(
                        setting.online()
                                ? SettingAdvice.online(
                                        target, name, value, "sessions keep the old one until they reconnect")
                                : SettingAdvice.atStart(target, name + " = " + wanted)));
    }

    /** Whether SQL takes the value without quotes. */
    private static boolean isWord(String value) {
        return value.indexOf('-') < 0;
    }
}
