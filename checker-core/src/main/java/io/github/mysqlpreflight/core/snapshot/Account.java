/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An account or a role, as the server names it.
 *
 * @param user the user or role name, unquoted; empty for the anonymous user
 * @param host the host pattern, unquoted; empty where there is none: MariaDB's roles and {@code PUBLIC}
 */
public record Account(String user, String host) {

    public Account {
        requireNonNull(user, "user is null");
        requireNonNull(host, "host is null");
    }

    /** The account that a server writes as user@host without quotes: a host has no at sign, a user name may; without one it has no host. */
    public static Account of(String userAtHost) {
        int at = userAtHost.lastIndexOf('@');
        return at < 0
                ? new Account(userAtHost, "")
                : new Account(userAtHost.substring(0, at), userAtHost.substring(at + 1));
    }

    // Written out, as in other records that each check compares: Java links a record's own methods at run time, which a
    // start pays for.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Account account && user.equals(account.user) && host.equals(account.host);
    }

    @Override
    public int hashCode() {
        return 31 * user.hashCode() + host.hashCode();
    }

    /** True if this is a role of MariaDB or {@code PUBLIC}: MySQL gives its roles a host, MariaDB does not. */
    public boolean withoutHost() {
        return host.isEmpty();
    }

    /** True if this is MariaDB's {@code PUBLIC}, whose privileges everybody has. */
    public boolean isPublic() {
        return host.isEmpty() && user.equals("PUBLIC");
    }

    /**
     * The account as SQL text, for example {@code 'mig'@'%'}.
     *
     * <p>A part that holds a backslash is put into back-ticks, every other one into single quotes: so the text means the same
     * whatever {@code ANSI_QUOTES} and {@code NO_BACKSLASH_ESCAPES} are (tried on 5.6.14, 5.7.22, 8.0.15, 9.7.4 and MariaDB
     * 10.11.19). {@code PUBLIC} stays bare; an account without a host is its name alone.
     */
    public String quoted() {
        if (isPublic()) {
            return user;
        }
        return withoutHost() ? quote(user) : quote(user) + "@" + quote(host);
    }

    private static String quote(String name) {
        return name.indexOf('\\') >= 0 ? "`" + name.replace("`", "``") + "`" : "'" + name.replace("'", "''") + "'";
    }
}
