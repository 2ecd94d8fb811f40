/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.SqlNames;
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
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.Events;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Routines;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Triggers;
import io.github.mysqlpreflight.core.snapshot.Views;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The account of the target may load what comes, and set up replication.
 *
 * <p>Which statement asks for what was tried on 5.7.22, 8.0.15 and 9.7.4. A vendor's customer is not asked for what the vendor's own
 * procedures do.
 */
final class TgtPrivileges implements Check {
    private static final int FEW = 3;

    private static final CheckInfo INFO = CheckInfo.of("tgt.privileges", "The target's account may load the databases")
            .why(
                    "What the account may not do comes out after hours of loading: error 1044 or 1142 for a table, 1227 for"
                            + " GTIDs, definers and the channel, 1419 for functions and triggers.")
            .fix("Grant what is missing to the account on the target, or load with an administrator's.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/stored-programs-logging.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES, Facts.SCHEMAS)
            .uses(Facts.VIEWS, Facts.ROUTINES, Facts.TRIGGERS, Facts.EVENTS, Facts.FOREIGN_KEYS)
            .targetNeeds(Facts.VARIABLES, Facts.SESSION, Facts.GRANTS)
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
        Contents contents = Contents.of(source, plan);
        Grants grants = target.get(Facts.GRANTS).effective();
        List<Finding> findings = new ArrayList<>();
        addObjects(contents, target, grants, plan, findings);
        addAdministration(source, target, grants, plan, findings);
        addDefiners(contents, target, grants, findings);
        addCreators(contents, target, grants, findings);
        if (!findings.isEmpty() && !grants.unparsed().isEmpty()) {
            return Outcome.unknown(
                    "privileges of the target's account may be missing, but a line of SHOW GRANTS was not"
                            + " understood, such as " + grants.unparsed().get(0));
        }
        return Outcome.of(findings);
    }

    /**
     * What is to be loaded, as far as it can be seen.
     *
     * @param creators functions and triggers, which only SUPER may create on a server with a binary log
     * @param unsafe those functions that do not even SUPER creates there, for they do not say that they are harmless to it
     * @param definers who they and the views belong to
     */
    private record Contents(
            List<String> databases,
            boolean views,
            boolean routines,
            boolean triggers,
            boolean events,
            boolean foreignKeys,
            List<String> creators,
            List<String> unsafe,
            Set<String> definers) {
        static Contents of(Snapshot source, Plan plan) {
            Selection selection = Selection.of(source, plan);
            List<String> creators = new ArrayList<>();
            List<String> unsafe = new ArrayList<>();
            Set<String> definers = new TreeSet<>();
            boolean views = false;
            boolean routines = false;
            boolean triggers = false;
            boolean events = false;
            boolean foreignKeys = false;
            if (source.find(Facts.VIEWS) instanceof Fact.Known<Views> known) {
                for (Views.View view : known.value().list()) {
                    if (selection.contains(view.schema())) {
                        views = true;
                        definers.add(view.definer());
                    }
                }
            }
            if (source.find(Facts.ROUTINES) instanceof Fact.Known<Routines> known) {
                for (Routines.Routine routine : known.value().list()) {
                    if (selection.contains(routine.schema())) {
                        routines = true;
                        definers.add(routine.definer());
                        if (routine.type().equals("FUNCTION")) {
                            creators.add(routine.schema() + "." + routine.name());
                            if (isUnsafe(routine)) {
                                unsafe.add(routine.schema() + "." + routine.name());
                            }
                        }
                    }
                }
            }
            if (source.find(Facts.TRIGGERS) instanceof Fact.Known<Triggers> known) {
                for (Triggers.Trigger trigger : known.value().list()) {
                    if (selection.contains(trigger.schema())) {
                        triggers = true;
                        definers.add(trigger.definer());
                        creators.add(trigger.schema() + "." + trigger.name());
                    }
                }
            }
            if (source.find(Facts.EVENTS) instanceof Fact.Known<Events> known) {
                for (Events.Event event : known.value().list()) {
                    if (selection.contains(event.schema())) {
                        events = true;
                        definers.add(event.definer());
                    }
                }
            }
            if (source.find(Facts.FOREIGN_KEYS) instanceof Fact.Known<PerTable<ForeignKey>> known) {
                for (PerTable.Entry<ForeignKey> entry : known.value().entries()) {
                    foreignKeys |= selection.contains(entry.schema());
                }
            }
            return new Contents(
                    selection.databases(), views, routines, triggers, events, foreignKeys, creators, unsafe, definers);
        }

        private static boolean isUnsafe(Routines.Routine function) {
            return !function.deterministic()
                    && !function.dataAccess().equals("NO SQL")
                    && !function.dataAccess().equals("READS SQL DATA");
        }

        /** What it takes to make all this and fill it. */
        List<String> privileges(DumpTool tool) {
            List<String> needed = new ArrayList<>(List.of("CREATE", "ALTER", "INDEX", "INSERT"));
            if (tool == DumpTool.MYSQLDUMP) {
                // Its dumps drop each table first and lock it while it is filled, which takes SELECT, too.
                needed.addAll(List.of("DROP", "SELECT", "LOCK TABLES"));
            }
            if (foreignKeys) {
                needed.add("REFERENCES");
            }
            if (views) {
                needed.add("CREATE VIEW");
            }
            if (routines) {
                needed.addAll(List.of("CREATE ROUTINE", "ALTER ROUTINE"));
            }
            if (triggers) {
                needed.add("TRIGGER");
            }
            if (events) {
                needed.add("EVENT");
            }
            return needed;
        }
    }

    private static void addObjects(
            Contents contents, Snapshot target, Grants grants, Plan plan, List<Finding> findings) {
        GrantRules rules = AccountGrants.rules(target);
        Set<String> missing = new LinkedHashSet<>();
        List<String> databases = new ArrayList<>();
        for (String database : contents.databases()) {
            boolean all = true;
            for (String privilege : contents.privileges(plan.dumpTool())) {
                if (!grants.hasOnSchema(privilege, database, rules)) {
                    missing.add(privilege);
                    all = false;
                }
            }
            if (!all) {
                databases.add(database);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        databases.sort(null);
        String list = String.join(", ", missing);
        String account = target.get(Facts.SESSION).account().quoted();
        List<Remedy.Statement> statements = new ArrayList<>();
        if (databases.size() > FEW && grants.partialRevokes().isEmpty()) {
            statements.add(new Remedy.Statement("GRANT " + list + " ON *.* TO " + account, null));
        } else {
            for (String database : databases) {
                statements.add(new Remedy.Statement(
                        "GRANT " + list + " ON " + SqlNames.grantPattern(database, rules) + ".* TO " + account, null));
            }
        }
        findings.add(new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.account(Side.TARGET, account),
                "lacks " + list,
                String.join(", ", contents.privileges(plan.dumpTool())),
                "the target's account " + account + " cannot load the databases: it lacks " + list + " on "
                        + NameList.of(databases),
                List.of(Remedy.sql("On the target. As an administrator:", statements))));
    }

    /** What sets GTIDs and channels up; before 8.0 all of it is SUPER. */
    private static void addAdministration(
            Snapshot source, Snapshot target, Grants grants, Plan plan, List<Finding> findings) {
        Server server = Server.of(target);
        if (server.isManaged() || !server.isMySql() || grants.hasGlobal("SUPER")) {
            return;
        }
        boolean replicates = plan.considers(Method.REPLICATION);
        String gtidMode = source.get(Facts.VARIABLES).get("gtid_mode");
        boolean setsGtids = plan.dumpTool() == DumpTool.MYSQLDUMP && gtidMode != null && !gtidMode.equals("OFF");
        List<String> missing = new ArrayList<>();
        if (!server.version().atLeast(8, 0, 0)) {
            if (replicates || setsGtids) {
                missing.add("SUPER");
            }
        } else {
            if (replicates && !grants.hasGlobal("REPLICATION_SLAVE_ADMIN")) {
                missing.add("REPLICATION_SLAVE_ADMIN");
            }
            if ((replicates || setsGtids) && !grants.hasGlobal("SYSTEM_VARIABLES_ADMIN")) {
                missing.add("SYSTEM_VARIABLES_ADMIN");
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        String list = String.join(", ", missing);
        String account = target.get(Facts.SESSION).account().quoted();
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.sql("On the target. As an administrator:", "GRANT " + list + " ON *.* TO " + account));
        if (plan.considers(Method.DUMP)) {
            remedies.add(Remedy.of("A dump alone loads without them: mysqldump --set-gtid-purged=OFF"));
        }
        findings.add(new Finding(
                replicates ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ObjectRef.account(Side.TARGET, account),
                "lacks " + list,
                list,
                "the target's account " + account + " lacks " + list
                        + (replicates
                                ? " to set gtid_purged and start a replication channel (error 1227)"
                                : " to load the GTIDs that a dump of the source holds (error 1227)"),
                remedies));
    }

    private static void addDefiners(Contents contents, Snapshot target, Grants grants, List<Finding> findings) {
        Account account = target.get(Facts.SESSION).account();
        Set<String> others = new TreeSet<>(contents.definers());
        others.remove(account.user() + "@" + account.host());
        String privilege = definerPrivilege(Server.of(target));
        if (others.isEmpty() || grants.hasGlobal("SUPER") || grants.hasGlobal(privilege)) {
            return;
        }
        // Since the privilege was divided, a definer that does not exist on the target takes another one.
        String granted = privilege.equals("SET_ANY_DEFINER") ? privilege + ", ALLOW_NONEXISTENT_DEFINER" : privilege;
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.sql(
                "On the target. As an administrator:",
                List.of(new Remedy.Statement(
                        "GRANT " + granted + " ON *.* TO " + account.quoted(),
                        Server.of(target).version().atLeast(8, 0, 16)
                                ? "for definers with SYSTEM_USER, as root is, it needs that, too"
                                : null))));
        remedies.add(Remedy.of("Take the DEFINER clauses out of the dump, so that all belongs to the account"));
        findings.add(new Finding(
                Effect.WARNING,
                ObjectRef.account(Side.TARGET, account.quoted()),
                "lacks " + privilege,
                privilege,
                "the target's account " + account.quoted() + " lacks " + privilege
                        + " to create what belongs to others (error 1227): " + NameList.of(List.copyOf(others)),
                remedies));
    }

    /** What lets an account create things in the name of another. */
    private static String definerPrivilege(Server server) {
        if (!server.isMySql()) {
            return server.version().atLeast(10, 5, 2) ? "SET USER" : "SUPER";
        }
        if (server.version().atLeast(8, 2, 0)) {
            return "SET_ANY_DEFINER";
        }
        return server.version().atLeast(8, 0, 0) ? "SET_USER_ID" : "SUPER";
    }

    private static void addCreators(Contents contents, Snapshot target, Grants grants, List<Finding> findings) {
        ServerVariables variables = target.get(Facts.VARIABLES);
        if (!variables.isOn("log_bin") || variables.isOn("log_bin_trust_function_creators")) {
            return;
        }
        boolean isSuper = grants.hasGlobal("SUPER");
        List<String> refused = new ArrayList<>(isSuper ? contents.unsafe() : contents.creators());
        refused.sort(null);
        if (refused.isEmpty()) {
            return;
        }
        findings.add(new Finding(
                Effect.BLOCKS_MIGRATION,
                ObjectRef.setting(Side.TARGET, "log_bin_trust_function_creators"),
                "OFF",
                "ON",
                "log_bin_trust_function_creators is OFF on the target, which then "
                        + (isSuper
                                ? "takes no function that is not declared DETERMINISTIC, NO SQL or READS SQL DATA (error"
                                        + " 1418): "
                                : "lets only SUPER create functions and triggers (error 1419): ")
                        + NameList.of(refused),
                Targets.onTarget(SettingAdvice.online(
                        Server.of(target),
                        "log_bin_trust_function_creators",
                        "ON",
                        "for the time of the load; set it OFF again afterwards"))));
    }
}
