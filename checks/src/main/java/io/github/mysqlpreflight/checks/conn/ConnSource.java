/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.PlainText;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The source lets the account in. */
final class ConnSource implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "conn.source", "The source can be reached and lets the account in")
            .why("Everything else is read over this connection; without it nothing is known of the source, and neither"
                    + " method can migrate it.")
            .fix("Open the way from this machine to the server (name, port, firewall, allow-list), and give user name,"
                    + " password and ssl-mode as the server wants them. A database in the URI's path is accepted and"
                    + " filters nothing.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/problems-connecting.html",
                    "https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.NOTICE)
            .needs(Facts.CONNECTION)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ConnectionFacts connection = source.get(Facts.CONNECTION);
        List<Finding> findings = new ArrayList<>();
        ConnectionFacts.Failure failure = connection.failure();
        if (failure != null) {
            findings.add(new Finding(
                    Effect.BLOCKS_MIGRATION,
                    ObjectRef.server(Side.SOURCE),
                    failure.problem().name(),
                    null,
                    "Connection to source failed: " + failure.message(),
                    List.of(Remedy.of(failure.advice()))));
        }
        String path = connection.path();
        if (path != null) {
            String name = PlainText.name(path);
            findings.add(new Finding(
                    Effect.NOTICE,
                    ObjectRef.schema(path),
                    "the database in the URI's path (" + name + ") is not a filter: the whole server is checked",
                    Remedy.of("Leave databases out with --ignore-dbs")));
        }
        return Outcome.of(findings);
    }
}
