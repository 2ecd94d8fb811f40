/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The open transactions, the oldest ones where there are very many; not their statements. */
final class TransactionsProbe implements Probe<Transactions> {
    @Override
    public FactKey<Transactions> key() {
        return Facts.TRANSACTIONS;
    }

    @Override
    public String remedy() {
        return "GRANT PROCESS ON *.* to the account";
    }

    @Override
    public Transactions read(ProbeContext context) throws SQLException {
        List<Transactions.Transaction> transactions = new ArrayList<>();
        context.query(
                "SELECT trx_mysql_thread_id, GREATEST(0, TIMESTAMPDIFF(SECOND, trx_started, NOW())), trx_state, trx_rows_modified"
                        + " FROM information_schema.INNODB_TRX ORDER BY trx_started LIMIT " + Transactions.MOST,
                row -> transactions.add(new Transactions.Transaction(
                        row.getLong(1), row.getLong(2), ProbeContext.text(row, 3, ""), row.getLong(4))));
        return new Transactions(transactions);
    }
}
