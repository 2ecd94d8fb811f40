/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The transactions of InnoDB that were open, without their statements.
 *
 * @param list one entry a transaction, at most {@link #MOST}, the oldest among them
 */
public record Transactions(List<Transaction> list) {
    /** More are not read. */
    public static final int MOST = 1_000;

    static FactCodec<Transactions> codec() {
        return new RowsCodec<>(
                Transactions::list,
                Transactions::new,
                one -> RowsCodec.fields(one.connection, one.ageSeconds, one.state, one.rowsModified),
                row -> new Transaction(row.number(0), row.number(1), row.text(2), row.number(3)));
    }

    public Transactions {
        list = List.copyOf(list);
    }

    /**
     * One transaction.
     *
     * @param connection number of the connection, 0 where there is none, as with a prepared XA transaction
     * @param ageSeconds time since it started, by the server's clock
     * @param state {@code RUNNING}, {@code LOCK WAIT} …
     * @param rowsModified rows it has changed so far
     */
    public record Transaction(long connection, long ageSeconds, String state, long rowsModified) {
        public Transaction {
            requireNonNull(state, "state is null");
        }
    }
}
