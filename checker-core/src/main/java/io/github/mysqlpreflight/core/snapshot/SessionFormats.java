/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How many sessions write the binary log in which format, by {@code performance_schema.variables_by_thread}.
 *
 * @param list one entry a format other than ROW
 */
public record SessionFormats(List<Sessions> list) {
    static FactCodec<SessionFormats> codec() {
        return new RowsCodec<>(
                SessionFormats::list,
                SessionFormats::new,
                one -> RowsCodec.fields(one.format, one.sessions),
                row -> new Sessions(row.text(0), row.number(1)));
    }

    public SessionFormats {
        list = List.copyOf(list);
    }

    /**
     * The sessions of one format.
     *
     * @param format {@code STATEMENT} or {@code MIXED}
     * @param sessions how many there are
     */
    public record Sessions(String format, long sessions) {
        public Sessions {
            requireNonNull(format, "format is null");
        }
    }
}
