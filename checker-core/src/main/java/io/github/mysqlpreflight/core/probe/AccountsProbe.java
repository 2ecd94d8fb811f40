/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.Accounts;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All accounts and roles. Nothing of a password is asked for but whether there is one. */
final class AccountsProbe implements Probe<Accounts> {
    @Override
    public FactKey<Accounts> key() {
        return Facts.ACCOUNTS;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON mysql.user to the account";
    }

    @Override
    public Accounts read(ProbeContext context) throws SQLException {
        // account_locked came with 5.7.6; MariaDB has it elsewhere.
        boolean locks = context.isMySqlAtLeast(5, 7, 6);
        String password = context.isMySqlAtLeast(5, 7, 6) || context.isMariaDbAtLeast(10, 4, 0)
                ? "authentication_string <> ''"
                : "authentication_string <> '' OR Password <> ''";
        List<Accounts.Entry> accounts = new ArrayList<>();
        context.stream(
                "SELECT User, Host, plugin, ssl_type, " + (locks ? "account_locked" : "'N'")
                        + ", password_expired, Super_priv, " + password + " FROM mysql.user",
                row -> accounts.add(new Accounts.Entry(
                        new Account(ProbeContext.text(row, 1, ""), ProbeContext.text(row, 2, "")),
                        ProbeContext.text(row, 3, ""),
                        ProbeContext.text(row, 4, ""),
                        "Y".equals(row.getString(5)),
                        "Y".equals(row.getString(6)),
                        "Y".equals(row.getString(7)),
                        row.getBoolean(8))));
        return new Accounts(accounts);
    }
}
