/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The server's accounts, without anything of their passwords.
 *
 * @param list one entry a row of {@code mysql.user}, roles included, in the server's order
 */
public record Accounts(List<Entry> list) {
    static FactCodec<Accounts> codec() {
        return new RowsCodec<>(
                Accounts::list,
                Accounts::new,
                one -> RowsCodec.fields(
                        one.account.user(),
                        one.account.host(),
                        one.plugin,
                        one.tls,
                        one.locked,
                        one.expired,
                        one.superUser,
                        one.hasPassword),
                row -> new Entry(
                        new Account(row.text(0), row.text(1)),
                        row.text(2),
                        row.text(3),
                        row.flag(4),
                        row.flag(5),
                        row.flag(6),
                        row.flag(7)));
    }

    public Accounts {
        list = List.copyOf(list);
    }

    /**
     * One account or role.
     *
     * @param account its name
     * @param plugin authentication plugin; empty where the server does not say
     * @param tls what it demands of its connections: empty for nothing, {@code ANY}, {@code X509} or {@code SPECIFIED}
     * @param locked whether it may not log in; roles are locked
     * @param expired whether its password has expired
     * @param superUser whether it holds SUPER
     * @param hasPassword whether it has one; that it is empty is all that is known of a password
     */
    public record Entry(
            Account account,
            String plugin,
            String tls,
            boolean locked,
            boolean expired,
            boolean superUser,
            boolean hasPassword) {
        public Entry {
            requireNonNull(account, "account is null");
            requireNonNull(plugin, "plugin is null");
            requireNonNull(tls, "tls is null");
        }
    }
}
