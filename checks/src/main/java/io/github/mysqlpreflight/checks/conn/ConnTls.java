/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.ConnectionFacts;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** Password and data travel encrypted. */
final class ConnTls implements Check {
    private static final String NEEDED = "TLSv1.2 or newer";
    private static final String IN_THE_OPEN = "the password exchange and all data travel in the open";

    private static final CheckInfo INFO = CheckInfo.of("conn.tls", "The session is encrypted")
            .why("Over a connection without TLS everybody on the way can read the data and much of the login; where the"
                    + " server's RSA key is fetched over it too, whoever sits in the middle can pass off a key of his"
                    + " own"
                    + " and read the password itself. The dump and the replica will use the same way.")
            .fix("Give the server certificates and TLS 1.2 or newer (MySQL 8.0 makes certificates for itself at its"
                    + " first"
                    + " start), and connect with ssl-mode=REQUIRED; VERIFY_CA and VERIFY_IDENTITY keep"
                    + " impostors out too.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/using-encrypted-connections.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/caching-sha2-pluggable-authentication.html")
            .effects(Effect.WARNING, Effect.NOTICE)
            .needs(Facts.CONNECTION, Facts.SESSION)
            .targetNeeds(Facts.CONNECTION, Facts.SESSION)
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        List<Finding> findings = new ArrayList<>();
        inspect(Side.SOURCE, source, findings);
        Snapshot target = plan.target();
        if (target != null) {
            inspect(Side.TARGET, target, findings);
        }
        return Outcome.of(findings);
    }

    private static void inspect(Side side, Snapshot snapshot, List<Finding> findings) {
        ConnectionFacts connection = snapshot.get(Facts.CONNECTION);
        SessionFacts session = snapshot.get(Facts.SESSION);
        if (!session.isEncrypted()) {
            boolean chosen = connection.sslMode().equals("DISABLED");
            findings.add(chosen ? asChosen(side) : fellBack(side, connection));
        }
        if (connection.publicKeyRetrieved()) {
            findings.add(keyInTheOpen(side, session));
        }
    }

    private static Finding asChosen(Side side) {
        return new Finding(
                Effect.NOTICE,
                ObjectRef.server(side),
                "plain text",
                NEEDED,
                "the session to the " + side.text() + " is not encrypted, as ssl-mode=DISABLED asks for: "
                        + IN_THE_OPEN,
                List.of(Remedy.of("Where the network between is not trusted, leave ssl-mode=DISABLED out of the "
                        + side.text() + "'s URI: REQUIRED is the default")));
    }

    private static Finding fellBack(Side side, ConnectionFacts connection) {
        String because = connection.plainTextBecause();
        return new Finding(
                Effect.WARNING,
                ObjectRef.server(side),
                "plain text",
                NEEDED,
                "the session to the " + side.text() + " is not encrypted although ssl-mode=" + connection.sslMode()
                        + " asks for it: " + (because == null ? "the server reports no cipher" : because) + "; "
                        + IN_THE_OPEN,
                List.of(
                        Remedy.settings(
                                "Give the server certificates and a TLS version of today, restart it, and connect with"
                                        + " ssl-mode=REQUIRED, which never falls back:",
                                "[mysqld]",
                                "ssl_ca = ca.pem",
                                "ssl_cert = server-cert.pem",
                                "ssl_key = server-key.pem"),
                        Remedy.of(
                                "A server whose TLS library is too old for TLS 1.2 has to be upgraded first (MySQL has"
                                        + " it"
                                        + " from 5.7.28 and 8.0 on)"),
                        Remedy.of("Where the network between is trusted, say so with ssl-mode=DISABLED")));
    }

    private static Finding keyInTheOpen(Side side, SessionFacts session) {
        String account = session.account().quoted();
        return new Finding(
                Effect.WARNING,
                ObjectRef.account(side, account),
                "RSA key fetched over plain text",
                NEEDED,
                "the RSA key that hid the password of " + account + " was fetched from the " + side.text()
                        + " over an unencrypted connection: a machine in the middle could have replaced it and read the"
                        + " password",
                List.of(
                        Remedy.of("Connect with ssl-mode=REQUIRED; the key is not needed then"),
                        Remedy.of("Where somebody may have listened, give the account another password")));
    }
}
