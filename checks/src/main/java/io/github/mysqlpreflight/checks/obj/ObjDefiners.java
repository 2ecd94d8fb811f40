/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.sql.StoredPrograms;
import io.github.mysqlpreflight.checks.sql.StoredPrograms.Program;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whoever a view, routine, trigger or event belongs to exists, here and on the target.
 *
 * <p>What runs with its definer's rights fails without that account (1449); what runs with its caller's does not (tried on 5.7.22, 8.0.15,
 * 9.7.4 and MariaDB 10.11). A dump with --single-transaction and its load pass over a missing definer, one with --lock-tables stops at such
 * a view. Whether the target's account may create things in the name of others is what tgt.privileges finds.
 */
final class ObjDefiners implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.definers", "The definers of views, routines, triggers and events exist")
            .why(
                    "A view, routine, trigger or event runs with the rights of its definer. Dumps do not bring accounts with them:"
                            + " where the definer is missing, the load goes through, and whoever uses the program gets error 1449, weeks"
                            + " later perhaps. An account of a cloud's own, such as rdsadmin, exists on no other server.")
            .fix(
                    "Create the definers' accounts on the target before the applications move; or give the programs a definer"
                            + " that exists, with SQL SECURITY INVOKER where the caller's rights will do.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/stored-objects-security.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/stored-objects-security.html#stored-objects-security-orphan-objects")
            .effects(Effect.WARNING, Effect.NOTICE)
            .needs(Facts.VIEWS, Facts.ROUTINES, Facts.TRIGGERS, Facts.EVENTS, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.ACCOUNTS)
            .targetUses(Facts.ACCOUNTS)
            .privileges("SELECT on mysql.user; SHOW VIEW, TRIGGER and EVENT on the databases to migrate")
            .build();

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "what belongs to 1 account needs it on the target",
            "what belongs to {n} accounts needs them on the target");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Map<String, List<Program>> byDefiner = byDefiner(source, Selection.of(source, plan));
        if (byDefiner.isEmpty()) {
            return Outcome.passed();
        }
        Set<Account> here = accountsOf(source);
        Snapshot target = plan.target();
        Set<Account> there = target == null ? null : accountsOf(target);
        List<Finding> findings = new ArrayList<>();
        byDefiner.forEach((definer, programs) -> {
            Account account = Account.of(definer);
            if (here != null && !here.contains(account)) {
                findings.add(orphans(source, account, programs));
            } else if (there == null) {
                findings.add(needed(account, programs));
            } else if (!there.contains(account)) {
                findings.add(missing(account, programs));
            }
        });
        if (here == null
                && there == null
                && findings.stream().noneMatch(finding -> finding.effect() == Effect.WARNING)) {
            return Outcome.unknown(
                    "the account may not see which accounts there are, nor whether the "
                            + (byDefiner.size() == 1 ? "definer exists" : byDefiner.size() + " definers exist") + ": "
                            + NameList.of(List.copyOf(byDefiner.keySet())),
                    Remedy.of("GRANT SELECT ON mysql.user to the account"));
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static Map<String, List<Program>> byDefiner(Snapshot source, Selection selection) {
        List<Program> all = new ArrayList<>(StoredPrograms.views(source, selection));
        all.addAll(StoredPrograms.withStatements(source, selection));
        Map<String, List<Program>> byDefiner = new TreeMap<>();
        for (Program program : all) {
            if (!program.invoker() && program.definer().indexOf('@') >= 0) {
                byDefiner
                        .computeIfAbsent(program.definer(), definer -> new ArrayList<>())
                        .add(program);
            }
        }
        return byDefiner;
    }

    private static @Nullable Set<Account> accountsOf(Snapshot server) {
        if (!(server.find(Facts.ACCOUNTS) instanceof Fact.Known<Accounts> known)) {
            return null;
        }
        Set<Account> accounts = new HashSet<>();
        for (Accounts.Entry entry : known.value().list()) {
            accounts.add(entry.account());
        }
        return accounts;
    }

    private static Finding orphans(Snapshot source, Account account, List<Program> programs) {
        List<Remedy> remedies = new ArrayList<>();
        if (canLock(Server.of(source))) {
            remedies.add(Remedy.sql(
                    "Create the account again, locked, and grant it what they need:",
                    List.of(new Remedy.Statement(
                            "CREATE USER " + account.quoted() + " ACCOUNT LOCK",
                            "nobody can log in with it; from 8.0.22 on it takes SET_USER_ID or what came after it"))));
        }
        remedies.add(Remedy.of("Define them anew in the name of an account that exists, or drop what nobody uses"));
        return finding(
                Effect.WARNING,
                Side.SOURCE,
                account,
                programs,
                "which does not exist on the source: using them fails (error 1449), there and on the target, and a dump that"
                        + " locks tables stops at such views",
                remedies);
    }

    /** Since 5.7.6, MariaDB since 10.4.2; earlier, an account without a password would be open. */
    private static boolean canLock(Server server) {
        return server.isMySql()
                ? server.version().atLeast(5, 7, 6)
                : server.version().atLeast(10, 4, 2);
    }

    private static Finding needed(Account account, List<Program> programs) {
        boolean vendors = KnownAccounts.ownerOf(account) == KnownAccounts.Owner.VENDOR;
        return finding(
                vendors ? Effect.WARNING : Effect.NOTICE,
                Side.SOURCE,
                account,
                programs,
                vendors
                        ? "which is the vendor's own and exists on no other server"
                        : "which has to exist on the target when they are used (error 1449)",
                List.of(Remedy.of(
                        vendors
                                ? "Take the DEFINER clauses out of the dump, or define them anew in the name of another account"
                                : "Create the account on the target before the applications move")));
    }

    private static Finding missing(Account account, List<Program> programs) {
        return finding(
                Effect.WARNING,
                Side.TARGET,
                account,
                programs,
                "which does not exist on the target: using them fails there (error 1449)",
                List.of(Remedy.of(
                        "On the target: create the account with what they need; or take the DEFINER clauses out of"
                                + " the dump, so that all belongs to the account that loads it")));
    }

    private static Finding finding(
            Effect effect, Side side, Account account, List<Program> programs, String which, List<Remedy> remedies) {
        String names = names(programs);
        String belongs = programs.size() == 1
                ? "1 view, routine, trigger or event belongs"
                : programs.size() + " views, routines, triggers and events belong";
        return new Finding(
                effect,
                ObjectRef.account(side, account.quoted()),
                names,
                null,
                belongs + " to " + account.quoted() + ", " + which + ": " + names,
                remedies);
    }

    private static String names(List<Program> programs) {
        List<String> labels = new ArrayList<>();
        for (Program program : programs) {
            labels.add(program.label());
        }
        return NameList.of(labels);
    }
}
