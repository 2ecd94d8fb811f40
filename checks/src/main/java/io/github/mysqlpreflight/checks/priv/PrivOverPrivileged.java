/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;

/** The account holds nothing that a vendor's own migration service stumbles over. */
final class PrivOverPrivileged implements Check {
    private static final String BACKUP_ADMIN = "BACKUP_ADMIN";

    private static final CheckInfo INFO = CheckInfo.of(
                    "priv.over-privileged", "The account holds no privilege that gets in a managed service's way")
            .why("Google's Database Migration Service asks that the account it migrates 8.0 to 8.4 with does not hold"
                    + " BACKUP_ADMIN: its own dump fails otherwise.")
            .fix("Revoke BACKUP_ADMIN from the account, or migrate with one that never had it.")
            .links("https://cloud.google.com/database-migration/docs/mysql/configure-source-database")
            .effects(Effect.WARNING, Effect.NOTICE)
            .versions("8.0 from or onto Google Cloud SQL")
            .needs(Facts.GRANTS, Facts.SESSION, Facts.VARIABLES)
            .targetUses(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (server.flavor() != Flavor.CLOUD_SQL && !ontoCloudSql(plan)) {
            return Outcome.notApplicable("neither source nor target is known to be Google Cloud SQL");
        }
        ServerVersion to = plan.targetVersionFor(source).series();
        if (!server.version().series().equals(new ServerVersion(8, 0, 0)) || !to.equals(new ServerVersion(8, 4, 0))) {
            return Outcome.notApplicable("it concerns migrations from 8.0 to 8.4, not from "
                    + server.version().seriesText() + " to " + to.seriesText());
        }
        Grants grants = source.get(Facts.GRANTS).effective();
        if (!grants.hasGlobal(BACKUP_ADMIN)) {
            return grants.unparsed().isEmpty()
                    ? Outcome.passed()
                    : Outcome.unknown(
                            "BACKUP_ADMIN may be held by a line of SHOW GRANTS that was not understood, such as "
                                    + grants.unparsed().get(0));
        }
        Account account = source.get(Facts.SESSION).account();
        return Outcome.found(new Finding(
                plan.considers(Method.DUMP) ? Effect.WARNING : Effect.NOTICE,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                BACKUP_ADMIN,
                "no " + BACKUP_ADMIN,
                account.quoted()
                        + " holds BACKUP_ADMIN, with which Google's Database Migration Service fails to dump 8.0 for"
                        + " 8.4",
                List.of(Remedy.sql(
                        "As an administrator, where that service is used:",
                        List.of(new Remedy.Statement(
                                "REVOKE BACKUP_ADMIN ON *.* FROM " + account.quoted(),
                                "the account can take no backup lock any more; a role may give it too"))))));
    }

    private static boolean ontoCloudSql(Plan plan) {
        Snapshot target = plan.target();
        return target != null
                && target.knows(Facts.VARIABLES)
                && Server.of(target).flavor() == Flavor.CLOUD_SQL;
    }
}
