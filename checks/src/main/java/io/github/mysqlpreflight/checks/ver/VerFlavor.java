/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

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
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both servers are MySQL, whoever built or runs it. */
final class VerFlavor implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "ver.flavor", "Both servers are MySQL, not only compatible with it")
            .why("MariaDB, TiDB and Vitess speak MySQL's protocol, but not its GTIDs and binary log: a MySQL"
                    + " replica cannot"
                    + " follow them. Their dumps may hold what MySQL does not know.")
            .fix("Migrate with a dump, and look through it for what only the source knows. Percona Server and the"
                    + " managed"
                    + " MySQL of the cloud vendors are MySQL.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-compatibility.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-concepts.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        List<Finding> findings = new ArrayList<>();
        Flavor flavor = Server.of(source).flavor();
        if (!flavor.isMySql()) {
            if (plan.considers(Method.REPLICATION)) {
                findings.add(cannotReplicate(Side.SOURCE, source, source, plan));
            }
            if (plan.considers(Method.DUMP)) {
                addDumpWarning(flavor, findings);
            }
        }
        Snapshot target = plan.target();
        if (target != null && !Server.of(target).flavor().isMySql() && plan.considers(Method.REPLICATION)) {
            findings.add(cannotReplicate(Side.TARGET, target, source, plan));
        }
        return Outcome.of(findings);
    }

    private static Finding cannotReplicate(Side side, Snapshot server, Snapshot source, Plan plan) {
        Flavor flavor = Server.of(server).flavor();
        return new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.server(side),
                flavor.title(),
                "MySQL",
                VersionWords.cannotReplicate(
                        source,
                        plan,
                        "the " + side.text() + " is " + flavor.title()
                                + ", not MySQL, and its GTIDs and binary log are not MySQL's"),
                List.of(
                        switch (side) {
                            case SOURCE -> Remedy.of("Migrate with a dump, while nothing is written to the source");
                            case TARGET -> Remedy.of("Name a MySQL server as the target");
                        }));
    }

    private static void addDumpWarning(Flavor flavor, List<Finding> findings) {
        String trips = trips(flavor);
        if (trips != null) {
            findings.add(new Finding(
                    Effect.WARNING,
                    ObjectRef.server(Side.SOURCE),
                    flavor.title(),
                    "MySQL",
                    "a dump of " + flavor.title() + " may not load into MySQL as it is: " + trips,
                    List.of(Remedy.of(
                            "Load a dump without data first (mysqldump --no-data --routines --events --triggers)"
                                    + " and rewrite what is refused"))));
        }
    }

    private static @Nullable String trips(Flavor flavor) {
        return switch (flavor) {
            case MARIADB ->
                "sequences, system-versioned tables, the types UUID and INET6, and the collations uca1400 and nopad are"
                        + " unknown there, and JSON columns are LONGTEXT";
            case TIDB -> "sequences, AUTO_RANDOM, placement policies and cached tables are unknown there";
            case VITESS ->
                "sequence tables and the sharding of a keyspace are unknown there, and a dump over several shards"
                        + " is not of one moment";
            case MYSQL, PERCONA, AURORA, RDS, CLOUD_SQL, AZURE, ALIBABA, DIGITALOCEAN -> null;
        };
    }
}
