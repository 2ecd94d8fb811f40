/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

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
import io.github.mysqlpreflight.core.snapshot.PreparedTransactions;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** No XA transaction waits for its second phase. */
final class DumpXa implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 XA transaction of the source is prepared, and neither committed nor rolled back",
            "{n} XA transactions of the source are prepared, and neither committed nor rolled back");

    private static final CheckInfo INFO = CheckInfo.of("dump.xa", "No XA transaction is left prepared")
            .why(
                    "A prepared XA transaction holds its locks over restarts until its manager commits it or rolls it back. A dump"
                            + " does not hold what it changed, and LOCK TABLES and ALTER TABLE wait for it (error 1205). After the"
                            + " switch the manager finds it nowhere.")
            .fix("Have the transaction manager, or its owner, commit it or roll it back before the dump.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/xa-statements.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/xa-restrictions.html")
            .effects(Effect.WARNING)
            .needs(Facts.PREPARED_TRANSACTIONS)
            .privileges("XA_RECOVER_ADMIN, from MySQL 8.0 on")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        List<Finding> findings = new ArrayList<>();
        for (PreparedTransactions.Xid xid :
                source.get(Facts.PREPARED_TRANSACTIONS).list()) {
            findings.add(finding(xid.sql()));
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static Finding finding(String xid) {
        return new Finding(
                Effect.WARNING,
                new ObjectRef(Side.SOURCE, ObjectRef.Type.SERVER, null, null, "XA " + xid),
                null,
                null,
                "the XA transaction " + xid + " of the source is prepared, and neither committed nor rolled back",
                List.of(
                        Remedy.of(
                                "Let its transaction manager end it; where there is none any more, its owner has to say"
                                        + " whether XA COMMIT or XA ROLLBACK is right"),
                        Remedy.sql(
                                "Keep what it changed:",
                                List.of(new Remedy.Statement("XA COMMIT " + xid, "makes what it changed visible"))),
                        Remedy.sql(
                                "Undo it:",
                                List.of(new Remedy.Statement("XA ROLLBACK " + xid, "what it changed is gone")))));
    }
}
