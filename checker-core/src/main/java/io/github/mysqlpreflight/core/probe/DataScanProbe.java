/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.DataScan.Kind;
import io.github.mysqlpreflight.core.snapshot.DataScan.State;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.Tables;
import io.github.mysqlpreflight.core.source.ScanLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks into rows, only where that was asked for, and the one probe that has a statement for each table: a bounded read of the columns in
 * which something may be wrong. What the server sends are numbers, not values.
 *
 * <p>Rows come in the order in which the server has them, usually that of the primary key, so that the oldest are seen. Tables of
 * other engines than InnoDB are left alone: they would be locked while they are read.
 */
final class DataScanProbe implements Probe<DataScan> {
    private static final Set<String> OF_THE_SERVER =
            Set.of("information_schema", "performance_schema", "sys", "mysql", "ndbinfo");

    private static final Set<String> DATES = Set.of("date", "datetime", "timestamp");
    /** Those that can hold more than a {@link Kind#LONG_BYTES}; a JSON document is written as text to be measured. */
    private static final Set<String> LARGE = Set.of("mediumtext", "longtext", "mediumblob", "longblob", "json");

    /** A server that cannot be told to end a statement after a time gets so much less to read. */
    private static final int WITHOUT_A_LIMIT = 10;

    private static final int ZERO = 1;
    private static final int ZERO_IN = 2;
    private static final int INVALID = 3;

    private final ScanLimits limits;
    private final long end;

    /**
     * The probe of one run.
     *
     * @param end when the last table may be begun, as {@link System#nanoTime()} counts
     */
    DataScanProbe(ScanLimits limits, long end) {
        this.limits = limits;
        this.end = end;
    }

    @Override
    public FactKey<DataScan> key() {
        return Facts.DATA_SCAN;
    }

    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public DataScan read(ProbeContext context) throws SQLException {
        Tables tables = context.required(Facts.TABLES);
        PerTable<Column> columns = context.required(Facts.COLUMNS);
        ServerVariables variables = context.required(Facts.VARIABLES);
        boolean foldCase = variables.number("lower_case_table_names", 0) != 0;
        Set<String> ignored = new HashSet<>();
        for (String database : limits.ignoredDatabases()) {
            ignored.add(foldCase ? database.toLowerCase(Locale.ROOT) : database);
        }
        boolean timed = context.isMariaDb() || context.isMySqlAtLeast(5, 7, 8);
        if (context.isMariaDb()) {
            // Nothing is read behind it, so it need not be put back.
            context.set("max_statement_time = " + limits.time().toMillis() / 1000.0);
        }
        List<DataScan.Table> scanned = new ArrayList<>();
        long read = 0;
        for (Tables.Table table : tables.list()) {
            String database = foldCase ? table.schema().toLowerCase(Locale.ROOT) : table.schema();
            if (!table.isBaseTable() || OF_THE_SERVER.contains(database) || ignored.contains(database)) {
                continue;
            }
            List<Look> looks = looks(columns.of(table.schema(), table.name()), timed);
            if (!looks.isEmpty()) {
                DataScan.Table one = scan(context, table, looks, timed, read);
                read += one.rows();
                scanned.add(one);
            }
        }
        return new DataScan(scanned);
    }

    private DataScan.Table scan(
            ProbeContext context, Tables.Table table, List<Look> looks, boolean timed, long readBefore) {
        if (!"InnoDB".equalsIgnoreCase(table.engine())) {
            return result(table, State.OTHER_ENGINE, 0, null, looks);
        }
        if (System.nanoTime() >= end || context.isCut()) {
            return result(table, State.NOT_REACHED, 0, null, looks);
        }
        long most = timed ? limits.rows() : Math.max(1, limits.rows() / WITHOUT_A_LIMIT);
        StringBuilder sql = new StringBuilder("SELECT ");
        if (timed) {
            // MariaDB takes it for a comment.
            sql.append("/*+ MAX_EXECUTION_TIME(")
                    .append(limits.time().toMillis())
                    .append(") */ ");
        }
        for (int i = 0; i < looks.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(looks.get(i).expression);
        }
        sql.append(" FROM ").append(quote(table.schema())).append('.').append(quote(table.name()));
        sql.append(" LIMIT ").append(most);
        long[] rows = new long[1];
        try {
            context.stream(
                    sql.toString(),
                    row -> {
                        rows[0]++;
                        for (int i = 0; i < looks.size(); i++) {
                            looks.get(i).take(row, i + 1);
                        }
                    },
                    readBefore);
        } catch (SQLException e) {
            boolean late = ProbeRun.causeOf(e) == Fact.Cause.TIMEOUT;
            return result(table, late ? State.TIME : State.FAILED, rows[0], late ? null : message(e), looks);
        }
        return result(table, rows[0] < most ? State.WHOLE : State.ROWS, rows[0], null, looks);
    }

    private static String message(SQLException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.replace('\n', ' ');
    }

    private static DataScan.Table result(
            Tables.Table table, State state, long rows, @Nullable String problem, List<Look> looks) {
        List<DataScan.Hit> hits = new ArrayList<>();
        for (Look look : looks) {
            look.addTo(hits);
        }
        return new DataScan.Table(table.schema(), table.name(), state, rows, problem, hits);
    }

    private static List<Look> looks(List<Column> columns, boolean timed) {
        List<Look> looks = new ArrayList<>();
        for (Column column : columns) {
            String type = column.dataType();
            if (column.isGenerated()) {
                continue;
            }
            if (DATES.contains(type)) {
                looks.add(new DateLook(column.name()));
            } else if (type.equals("enum")) {
                looks.add(new EnumLook(column.name()));
            } else if (timed && LARGE.contains(type)) {
                // To measure them the server has to read them, which has to have an end.
                looks.add(new LengthLook(column.name()));
            }
        }
        return looks;
    }

    private static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** What is looked for in one column. */
    private abstract static class Look {
        final String column;
        final String expression;

        Look(String column, String expression) {
            this.column = column;
            this.expression = expression;
        }

        abstract void take(ResultSet row, int index) throws SQLException;

        abstract void addTo(List<DataScan.Hit> hits);

        void add(List<DataScan.Hit> hits, Kind kind, long number) {
            if (number > 0) {
                hits.add(new DataScan.Hit(column, kind, number));
            }
        }
    }

    /** Tried on 5.6.14, 5.7.22, 8.0.15, 9.7.4 and MariaDB 10.11.19: the functions take dates apart that are none. */
    private static final class DateLook extends Look {
        private final long[] numbers = new long[INVALID + 1];

        DateLook(String column) {
            super(column, expression(quote(column)));
        }

        private static String expression(String name) {
            String month = "MONTH(" + name + ")";
            String day = "DAYOFMONTH(" + name + ")";
            return "IF(" + month + " = 0 OR " + day + " = 0, IF(YEAR(" + name + ") + " + month + " + " + day + " = 0, "
                    + ZERO + ", " + ZERO_IN + "), IF(" + day + " > 28 AND " + day
                    + " > DAYOFMONTH(LAST_DAY(MAKEDATE(YEAR(" + name + "), 1) + INTERVAL " + month + " - 1 MONTH)), "
                    + INVALID + ", 0))";
        }

        @Override
        void take(ResultSet row, int index) throws SQLException {
            numbers[row.getInt(index)]++;
        }

        @Override
        void addTo(List<DataScan.Hit> hits) {
            add(hits, Kind.ZERO_DATE, numbers[ZERO]);
            add(hits, Kind.ZERO_IN_DATE, numbers[ZERO_IN]);
            add(hits, Kind.INVALID_DATE, numbers[INVALID]);
        }
    }

    private static final class EnumLook extends Look {
        private long number;

        EnumLook(String column) {
            super(column, "(" + quote(column) + " + 0) = 0");
        }

        @Override
        void take(ResultSet row, int index) throws SQLException {
            number += row.getInt(index);
        }

        @Override
        void addTo(List<DataScan.Hit> hits) {
            add(hits, Kind.ENUM_ERROR, number);
        }
    }

    private static final class LengthLook extends Look {
        private long longest;

        LengthLook(String column) {
            super(column, "LENGTH(" + quote(column) + ")");
        }

        @Override
        void take(ResultSet row, int index) throws SQLException {
            longest = Math.max(longest, row.getLong(index));
        }

        @Override
        void addTo(List<DataScan.Hit> hits) {
            add(hits, Kind.LONGEST, longest < Kind.LONG_BYTES ? 0 : longest);
        }
    }
}
