/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerStatus;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A replica's login and that of a dump program can prove the password in the way the account's plugin wants it.
 *
 * <p>Tried with channels of 8.0.15 and 9.7.4: with TLS each of the three password plugins works, mysql_native_password of 9.7 included,
 * and so does sha256_password with the server's RSA key. caching_sha2_password without TLS is refused (error 2061) unless the channel
 * is told to fetch the key, and without a key (error 1045) always.
 */
final class ConnAuthPlugin implements Check {
    private static final String CACHING = "caching_sha2_password";
    private static final String SHA256 = "sha256_password";
    private static final Set<String> OF_PASSWORDS = Set.of("", "mysql_native_password", SHA256, CACHING);

    private static final CheckInfo INFO = CheckInfo.of(
                    "conn.auth-plugin", "A replica can log in by the account's authentication plugin")
            .why(
                    "caching_sha2_password, the default from 8.0 on, gives a password away over TLS or under the server's RSA"
                            + " key alone. Where the source has no TLS, a channel that is not told to fetch the key is refused"
                            + " (error 2061), though clients that logged in lately get through. Plugins other than those of"
                            + " passwords are not made for a channel.")
            .fix("Give the source certificates and the channel SOURCE_SSL=1; or, without TLS, SOURCE_SSL=0 and"
                    + " GET_SOURCE_PUBLIC_KEY=1 (before 8.0.23 GET_MASTER_PUBLIC_KEY=1). mysqldump takes"
                    + " --get-server-public-key.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/caching-sha2-pluggable-authentication.html"
                            + "#caching-sha2-pluggable-authentication-replication",
                    "https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html")
            .effects(Effect.BLOCKS_REPLICATION, Effect.WARNING)
            .needs(Facts.SESSION, Facts.CONNECTION, Facts.VARIABLES)
            .uses(Facts.ACCOUNTS, Facts.STATUS)
            .privileges("SELECT on mysql.user; without it the server's default plugin is taken for the account's")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Account account = source.get(Facts.SESSION).account();
        String own = ownPlugin(account, source);
        if (own != null && !OF_PASSWORDS.contains(own)) {
            return Outcome.found(unusual(account, own));
        }
        String plugin = own == null ? likelyPlugin(source) : own;
        if (offersTls(source) || !plugin.equals(CACHING)) {
            return Outcome.passed();
        }
        return Outcome.found(hasNoRsaKey(source) ? impossible(account, plan) : needsTheKey(account, own != null, plan));
    }

    private static Finding unusual(Account account, String plugin) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                plugin,
                "a plugin of passwords",
                account.quoted() + " authenticates by " + plugin
                        + ", which a replica's channel and a dump program may not be able to",
                List.of(Remedy.of("Migrate with an account that has a password (" + CACHING + ")")));
    }

    private static Finding needsTheKey(Account account, boolean certain, Plan plan) {
        return new Finding(
                Effect.WARNING,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                CACHING + " without TLS",
                "TLS, or the server's RSA key",
                account.quoted()
                        + (certain ? " authenticates by " : " probably authenticates by ")
                        + CACHING
                        + " and the source offers no TLS: "
                        + (plan.considers(Method.REPLICATION)
                                ? "a channel without GET_SOURCE_PUBLIC_KEY=1 is refused (error 2061)"
                                : "a dump program without --get-server-public-key is refused (error 2061)"),
                List.of(
                        certificates(),
                        Remedy.of("Have the key fetched, which a machine in the middle could replace: SOURCE_SSL=0 and"
                                + " GET_SOURCE_PUBLIC_KEY=1 for the channel (before 8.0.23 MASTER_SSL=0 and"
                                + " GET_MASTER_PUBLIC_KEY=1), --get-server-public-key for mysqldump")));
    }

    private static Finding impossible(Account account, Plan plan) {
        return new Finding(
                plan.considers(Method.REPLICATION) ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                ObjectRef.account(Side.SOURCE, account.quoted()),
                CACHING + " without TLS and RSA key",
                "TLS, or the server's RSA key",
                account.quoted() + " authenticates by " + CACHING
                        + ", and the source has neither TLS nor an RSA key: a new client is refused (error 1045)",
                List.of(certificates()));
    }

    private static Remedy certificates() {
        return Remedy.settings(
                "Give the source certificates, restart it, and the channel SOURCE_SSL=1:",
                "[mysqld]",
                "ssl_ca = ca.pem",
                "ssl_cert = server-cert.pem",
                "ssl_key = server-key.pem");
    }

    /** The plugin of the account itself; null where that cannot be seen. */
    private static @Nullable String ownPlugin(Account account, Snapshot source) {
        if (source.find(Facts.ACCOUNTS) instanceof Fact.Known<Accounts> accounts) {
            for (Accounts.Entry entry : accounts.value().list()) {
                if (entry.account().equals(account)) {
                    return entry.plugin().toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }

    /** What an account gets that is created without a word about it, unless the login itself shows more. */
    private static String likelyPlugin(Snapshot source) {
        if (source.get(Facts.CONNECTION).publicKeyRetrieved()) {
            return CACHING;
        }
        ServerVariables variables = source.get(Facts.VARIABLES);
        String plugin = variables.get("default_authentication_plugin");
        if (plugin != null) {
            return plugin.toLowerCase(Locale.ROOT);
        }
        String policy = variables.get("authentication_policy");
        if (policy == null) {
            return "";
        }
        String first = policy.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
        return first.equals("*") ? CACHING : first.substring(first.indexOf(':') + 1);
    }

    /** have_ssl is gone from 9.x, which always has TLS where it has a certificate. */
    private static boolean offersTls(Snapshot source) {
        if (source.get(Facts.SESSION).isEncrypted()) {
            return true;
        }
        ServerVariables variables = source.get(Facts.VARIABLES);
        String have = variables.get("have_ssl");
        if (have != null) {
            return have.equalsIgnoreCase("YES");
        }
        String certificate = variables.get("ssl_cert");
        return certificate != null && !certificate.isEmpty();
    }

    /** Only where the server says so. */
    private static boolean hasNoRsaKey(Snapshot source) {
        return source.find(Facts.STATUS) instanceof Fact.Known<ServerStatus> status
                && "".equals(status.value().get("caching_sha2_password_rsa_public_key"));
    }
}
