/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The XA transactions that are prepared and neither committed nor rolled back: XA RECOVER.
 *
 * @param list one entry a transaction
 */
public record PreparedTransactions(List<Xid> list) {
    static FactCodec<PreparedTransactions> codec() {
        return new RowsCodec<>(
                PreparedTransactions::list,
                PreparedTransactions::new,
                one -> RowsCodec.fields(one.formatId, one.globalLength, one.branchLength, one.data),
                row -> new Xid(row.number(0), (int) row.number(1), (int) row.number(2), row.text(3)));
    }

    public PreparedTransactions {
        list = List.copyOf(list);
    }

    /**
     * The name of a transaction.
     *
     * @param formatId number of the name's format
     * @param globalLength bytes of the global part
     * @param branchLength bytes of the branch's part
     * @param data both parts in hexadecimal, without a prefix
     */
    public record Xid(long formatId, int globalLength, int branchLength, String data) {
        public Xid {
            requireNonNull(data, "data is null");
        }

        /** As XA COMMIT and XA ROLLBACK take it. */
        public String sql() {
            String global = data.substring(0, Math.min(data.length(), 2 * globalLength));
            return "X'" + global + "', X'" + data.substring(global.length()) + "', " + formatId;
        }
    }
}
