/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

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
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The accounts that cannot be created on the target as they are; accounts are not part of a dump of databases. */
final class ObjAccounts implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 account needs a look before it is created on the target",
            "{n} accounts need a look before they are created on the target");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.accounts", "The accounts can be created on the target as they are")
            .why(
                    "Accounts are not in a dump of databases. One whose authentication plugin the target lacks cannot be created"
                            + " there (error 1524), and one without a name or a password is refused or a risk on managed servers.")
            .fix(
                    "Create the accounts on the target, with a plugin that it has and a password; drop those nobody needs.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/native-pluggable-authentication.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/account-names.html")
            .effects(Effect.NOTICE)
            .needs(Facts.ACCOUNTS, Facts.VARIABLES)
            .targetUses(Facts.VARIABLES)
            .privileges("SELECT on mysql.user")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ServerVersion release = Targets.release(source, plan);
        List<Finding> findings = new ArrayList<>();
        for (Accounts.Entry entry : source.get(Facts.ACCOUNTS).list()) {
            boolean role = entry.locked() && !entry.hasPassword();
            if (!role && KnownAccounts.ownerOf(entry.account()) == KnownAccounts.Owner.USER) {
                String why = why(entry, release, plan.targetVersionText(source));
                if (why != null) {
                    findings.add(finding(entry, why));
                }
            }
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static @Nullable String why(Accounts.Entry entry, ServerVersion release, String target) {
        KnownAccounts.Plugin plugin = KnownAccounts.plugin(entry.plugin());
        if (plugin != null) {
            ServerVersion removed = plugin.removed();
            ServerVersion off = plugin.off();
            if (!plugin.ofMySql() || (removed != null && release.compareTo(removed) >= 0)) {
                return "uses " + plugin.name() + ", which " + target + " does not have; " + plugin.instead()
                        + " takes its place";
            }
            if (off != null && release.compareTo(off) >= 0) {
                return "uses " + plugin.name() + ", which " + target + " has switched off; " + plugin.instead()
                        + " takes its place";
            }
        }
        if (entry.account().user().isEmpty()) {
            return "has no name and lets anybody in";
        }
        return entry.hasPassword() || entry.locked() || !usesPassword(entry.plugin()) ? null : "has no password";
    }

    private static boolean usesPassword(String plugin) {
        return plugin.isEmpty() || plugin.endsWith("_password");
    }

    private static Finding finding(Accounts.Entry entry, String why) {
        String account = entry.account().quoted();
        return new Finding(
                Effect.NOTICE,
                ObjectRef.account(Side.SOURCE, account),
                why,
                null,
                "account " + account + " " + why,
                List.of(Remedy.of(
                        "Create it on the target with another plugin and a password of its own, or drop it where"
                                + " nobody needs it")));
    }
}
