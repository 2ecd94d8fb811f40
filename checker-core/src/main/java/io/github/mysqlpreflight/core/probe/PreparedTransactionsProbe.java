/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.PreparedTransactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The prepared XA transactions: XA RECOVER, in hexadecimal where the server knows how to say it (5.7.5). */
final class PreparedTransactionsProbe implements Probe<PreparedTransactions> {
    @Override
    public FactKey<PreparedTransactions> key() {
        return Facts.PREPARED_TRANSACTIONS;
    }

    @Override
    public String remedy() {
        return "GRANT XA_RECOVER_ADMIN ON *.* to the account";
    }

    @Override
    public PreparedTransactions read(ProbeContext context) throws SQLException {
        boolean converts = context.isMySqlAtLeast(5, 7, 5);
        List<PreparedTransactions.Xid> list = new ArrayList<>();
        context.query(converts ? "XA RECOVER CONVERT XID" : "XA RECOVER", row -> {
            String data = converts
                    ? ProbeContext.text(row, 4, "")
                    : HexFormat.of().withUpperCase().formatHex(row.getBytes(4));
            list.add(new PreparedTransactions.Xid(
                    row.getLong(1), row.getInt(2), row.getInt(3), data.startsWith("0x") ? data.substring(2) : data));
        });
        return new PreparedTransactions(list);
    }
}
