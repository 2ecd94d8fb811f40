/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

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
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mysqldump gets the global read lock it wants; told by the vendor, never by taking the lock. */
final class DumpFtwrl implements Check {
    private static final CheckInfo INFO = CheckInfo.of("dump.ftwrl", "mysqldump can take the global read lock")
            .why("For a dump that a replica can start from, mysqldump stops all writes by FLUSH TABLES WITH READ LOCK"
                    + " and notes the position. A vendor who runs the server does not allow that (error 1045 or 1227),"
                    + " and the dump dies at its start.")
            .fix(
                    "For a dump alone use --single-transaction --set-gtid-purged=OFF. For replication use mydumper or MySQL"
                            + " Shell, or dump a replica whose applier is stopped.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_source-data",
                    "https://dev.mysql.com/doc/refman/8.4/en/flush.html#flush-tables-with-read-lock")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES, Facts.TABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return plan.dumpTool() == DumpTool.MYSQLDUMP
                ? null
                : "the dump is made by " + plan.dumpTool().command() + ", not by mysqldump";
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (!server.isManaged()) {
            return Outcome.passed();
        }
        String vendor = server.managedOnRds()
                ? "Amazon RDS for MariaDB"
                : server.flavor().title();
        return Outcome.found(new Finding(
                Effect.WARNING,
                ObjectRef.server(Side.SOURCE),
                vendor,
                "a server whose account may lock it, or another dump tool",
                "The database doesn't support 'FLUSH TABLES WITH READ LOCK', which mysqldump takes for a dump that a"
                        + " replica can start from (" + vendor + ")",
                remedies(server, plan)));
    }

    private static List<Remedy> remedies(Server server, Plan plan) {
        List<Remedy> remedies = new ArrayList<>();
        if (plan.considers(Method.REPLICATION) && server.isMySql()) {
            remedies.add(
                    Remedy.of("For replication: dump by mydumper or MySQL Shell (--dump-tool mydumper or mysqlsh)"));
            remedies.add(Remedy.of("For replication: or dump a replica of it whose applier is stopped"));
        }
        if (plan.considers(Method.DUMP)) {
            // MariaDB's dump program has no GTID_PURGED to leave out.
            String options = server.isMySql() ? "--single-transaction --set-gtid-purged=OFF" : "--single-transaction";
            remedies.add(Remedy.of("For a dump alone: mysqldump " + options));
        }
        if (remedies.isEmpty()) {
            remedies.add(Remedy.of("Dump with mydumper, or take the dump from a replica whose applier is stopped"));
        }
        return List.copyOf(remedies);
    }
}
