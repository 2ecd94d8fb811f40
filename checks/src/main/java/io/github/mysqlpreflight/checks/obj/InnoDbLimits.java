/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.List;
import java.util.Locale;

/**
 * How long a row and an index of InnoDB on the target may be.
 *
 * <p>InnoDB refuses a table (1118, in strict mode) when the longest record it has to reckon with does not fit twice into a page. A column
 * that can be stored elsewhere counts with 40 bytes in DYNAMIC and COMPRESSED; in COMPACT and REDUNDANT it counts the same up to 8.0.15,
 * and with the 768 bytes that really stay plus a reference of 20 in 8.0.32 (its code) and 9.7.4. Compared with 5.7.22, 8.0.15 and
 * 9.7.4 over hundreds of random tables around the limit.
 *
 * @param pageSize innodb_page_size
 * @param defaultFormat innodb_default_row_format, in upper case
 * @param strict innodb_strict_mode
 * @param countsPrefixes whether COMPACT and REDUNDANT count with what stays in the page
 */
record InnoDbLimits(int pageSize, String defaultFormat, boolean strict, boolean countsPrefixes) {
    private static final ServerVersion COUNTING_PREFIXES = new ServerVersion(8, 0, 32);
    private static final int STORED_ELSEWHERE = 40;
    private static final int STORED_ELSEWHERE_WITH_PREFIX = 768 + 20;
    private static final int LONGEST_FIXED = 768;

    static InnoDbLimits of(Snapshot source, Plan plan) {
        boolean countsPrefixes = Targets.atLeast(source, plan, COUNTING_PREFIXES);
        Snapshot target = plan.target();
        if (target == null) {
            return new InnoDbLimits(16_384, "DYNAMIC", true, countsPrefixes);
        }
        ServerVariables variables = target.get(Facts.VARIABLES);
        String format = variables.get("innodb_default_row_format");
        return new InnoDbLimits(
                (int) variables.number("innodb_page_size", 16_384),
                format == null ? "DYNAMIC" : format.toUpperCase(Locale.ROOT),
                variables.get("innodb_strict_mode") == null || variables.isOn("innodb_strict_mode"),
                countsPrefixes);
    }

    /** The format that a table with these options gets. */
    String format(StorageOptions options) {
        if (options.isCompressed()) {
            return "COMPRESSED";
        }
        String format = options.rowFormat();
        return format == null || format.equals("DEFAULT") ? defaultFormat : format;
    }

    private static boolean keepsPrefixes(String format) {
        return format.equals("COMPACT") || format.equals("REDUNDANT");
    }

    /** How many bytes of one column an index takes. */
    int indexPart(String format) {
        return keepsPrefixes(format) ? Math.min(767, index()) : index();
    }

    /** How many bytes an index takes altogether. */
    int index() {
        return pageSize >= 16_384 ? 3072 : pageSize == 8_192 ? 1536 : 768;
    }

    /** What a row has to be shorter than. */
    int row(String format) {
        if (pageSize >= 65_536) {
            return 16_383;
        }
        return (pageSize - (format.equals("REDUNDANT") ? 138 : 132)) / 2;
    }

    /** The longest record that InnoDB reckons with; never more than that, and 0 where it cannot reach the limit. */
    int longestRow(List<Column> columns, List<Index> indexes, String format) {
        if ((long) columns.size() * (STORED_ELSEWHERE_WITH_PREFIX + 4) + 40 < row(format)) {
            return 0;
        }
        boolean redundant = format.equals("REDUNDANT");
        int elsewhere = countsPrefixes && keepsPrefixes(format) ? STORED_ELSEWHERE_WITH_PREFIX : STORED_ELSEWHERE;
        RowIdentity identity = RowIdentity.of(indexes);
        boolean hasKey = identity == RowIdentity.PRIMARY_KEY || identity == RowIdentity.UNIQUE_KEY;
        int fields = hasKey ? 2 : 3;
        int nullable = 0;
        int bytes = hasKey ? 13 : 19;
        for (Column column : columns) {
            if (isVirtual(column)) {
                continue;
            }
            fields++;
            nullable += column.nullable() ? 1 : 0;
            int length = ColumnSize.bytes(column);
            boolean varies = !ColumnSize.isFixed(column, redundant) || length > LONGEST_FIXED;
            int stays = varies ? Math.min(length, elsewhere) : length;
            bytes += stays;
            if (varies && !redundant) {
                bytes += (stays == STORED_ELSEWHERE && stays < length) || length < 256 ? 1 : 2;
            }
        }
        return bytes + (redundant ? 6 + 2 * fields : 5 + (nullable + 7) / 8);
    }

    private static boolean isVirtual(Column column) {
        return !column.extra().isEmpty()
                && column.extra().toLowerCase(Locale.ROOT).contains("virtual");
    }
}
