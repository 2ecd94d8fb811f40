/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import io.github.mysqlpreflight.checks.advice.Applicability;
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
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source's name fits into a replication channel. */
final class ConnSourceHostLength implements Check {
    /** From this release on a channel takes the long names. */
    private static final ServerVersion LONG_NAMES = new ServerVersion(8, 0, 17);

    private static final int SHORT = 60;
    private static final int LONG = 255;

    private static final CheckInfo INFO = CheckInfo.of(
                    "conn.source-host-length", "The source's name is short enough for a replication channel")
            .why(
                    "A target older than 8.0.17 keeps 60 characters of the source's name and drops the rest without a word;"
                            + " the channel then looks for a host that does not exist (error 2005, Unknown MySQL server host)."
                            + " Newer ones keep 255. Names of managed databases are often longer than 60.")
            .fix("Give the source a shorter name (a CNAME in the DNS) or use its address, or take a newer target.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html",
                    "https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-17.html")
            .effects(Effect.BLOCKS_REPLICATION)
            .needs(Facts.CONNECTION, Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Applicability.replicationOnly(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        String host = source.get(Facts.CONNECTION).host();
        int limit = Targets.atLeast(source, plan, LONG_NAMES) ? LONG : SHORT;
        if (host.length() <= limit) {
            return Outcome.passed();
        }
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.of("Name the source by its address, or by a CNAME of at most " + limit + " characters"));
        if (limit == SHORT) {
            remedies.add(Remedy.of("Take a target of MySQL 8.0.17 or newer"));
        }
        return Outcome.found(new Finding(
                Effect.BLOCKS_REPLICATION,
                ObjectRef.server(Side.SOURCE),
                host.length() + " characters",
                "at most " + limit + " characters",
                "the source's name has " + host.length() + " characters, and a channel of the target "
                        + plan.targetVersionText(source) + " silently cuts it off after " + limit + ": " + host,
                remedies));
    }
}
