/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.DataScan;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Defaults of dates are dates that the target takes, and so are the dates in rows, where rows are looked into.
 *
 * <p>Tried on 8.0.15 and 9.7.4: a dump of mysqldump loads a default of zeros, for it sets sql_mode itself; the next ALTER TABLE of the table
 * is refused in the target's own mode (1067). A day that the month does not have needs ALLOW_INVALID_DATES, which the dump does not set
 * (1067), and a replica takes over from the source. In rows such a day is no error at all: the load makes it 0000-00-00, with exit 0
 * (mysqldump of 9.7.4), while a replica gets it as it is.
 */
final class ObjDataZeroDates implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 table has defaults that are no dates", "{n} tables have defaults that are no dates");

    private static final Outcome.Headline WITH_ROWS = new Outcome.Headline(
            "1 column holds dates that are none", "{n} columns or tables' defaults are dates that are none");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.data-zero-dates", "Dates are dates: there are no zero and no invalid ones")
            .why(
                    "In its strict default mode a server takes neither 0000-00-00 nor a date with a month or day of zero: the next"
                            + " ALTER TABLE of a table with such a default is refused (error 1067), and so are its values (error"
                            + " 1292). A default such as 2001-02-30 stops the load of a dump; in a row, the load makes it 0000-00-00"
                            + " without a word. Rows are only read with --scan-data.")
            .fix(
                    "Change defaults and rows on the source, to NULL or a real date; or give the target the source's sql_mode.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html#sqlmode_no_zero_date",
                    "https://dev.mysql.com/doc/refman/8.4/en/date-and-time-types.html")
            .effects(Effect.BLOCKS_DUMP, Effect.WARNING)
            .needs(Facts.TABLES, Facts.COLUMNS, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.GRANTS, Facts.DATA_SCAN)
            .targetNeeds(Facts.VARIABLES)
            .privileges("SELECT on each table; the columns of others are not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        List<Finding> findings = new ArrayList<>();
        MigratedTables tables = MigratedTables.withColumns(source, plan);
        Mode mode = Mode.of(plan);
        addDefaults(tables, mode, findings);
        int ofDefaults = findings.size();
        if (source.knows(Facts.DATA_SCAN)) {
            addRows(ScannedRows.of(source, plan), source.get(Facts.COLUMNS), mode, findings);
        }
        Outcome outcome = tables.outcome(findings, findings.size() > ofDefaults ? WITH_ROWS : HEADLINE);
        if (ScannedRows.missing(source) != null) {
            return outcome;
        }
        return outcome.andUnseen(
                source.find(Facts.DATA_SCAN) instanceof Fact.Unavailable<DataScan> unavailable
                        ? Outcome.unread(Facts.DATA_SCAN, unavailable, ObjectRef.Side.SOURCE)
                        : ScannedRows.outcome(ScannedRows.of(source, plan), findings, WITH_ROWS)
                                .unseen());
    }

    private static void addRows(
            List<DataScan.Table> scanned, PerTable<Column> columns, Mode mode, List<Finding> findings) {
        for (DataScan.Table table : scanned) {
            Map<String, List<DataScan.Hit>> byColumn = new LinkedHashMap<>();
            for (DataScan.Hit hit : table.hits()) {
                if (mode.refuses(Oddity.of(hit.kind()))) {
                    byColumn.computeIfAbsent(hit.column(), name -> new ArrayList<>())
                            .add(hit);
                }
            }
            byColumn.forEach((name, hits) -> findings.add(
                    rows(table, MigratedTables.column(columns.of(table.schema(), table.name()), name), name, hits)));
        }
    }

    private static void addDefaults(MigratedTables tables, Mode mode, List<Finding> findings) {
        tables.forEach((table, columns) -> {
            List<Column> odd = List.of();
            Oddity worst = Oddity.NONE;
            for (Column column : columns) {
                Oddity oddity = Oddity.ofDefault(column);
                if (oddity != Oddity.NONE) {
                    odd = odd.isEmpty() ? new ArrayList<>() : odd;
                    odd.add(column);
                    worst = mode.refuses(oddity) && oddity.compareTo(worst) > 0 ? oddity : worst;
                }
            }
            if (worst != Oddity.NONE) {
                findings.add(defaults(table, odd, worst));
            }
        });
    }

    /** Why a date is none; the worse the later. */
    private enum Oddity {
        NONE,
        /** 2000-00-10. */
        ZERO_IN,
        /** 0000-00-00. */
        ZERO,
        /** 2001-02-30. */
        INVALID;

        /** Of dates in rows; nothing of what else is looked for there. */
        static Oddity of(DataScan.Kind kind) {
            return switch (kind) {
                case ZERO_DATE -> ZERO;
                case ZERO_IN_DATE -> ZERO_IN;
                case INVALID_DATE -> INVALID;
                case ENUM_ERROR, LONGEST -> NONE;
            };
        }

        private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

        static Oddity ofDefault(Column column) {
            String value = column.defaultValue();
            if (value == null
                    || !(column.type().startsWith("date") || column.type().startsWith("timestamp"))) {
                return NONE;
            }
            // MariaDB writes a default as an expression, with its quotes.
            return ofDate(value, value.startsWith("'") ? 1 : 0);
        }

        private static Oddity ofDate(String text, int start) {
            int year = number(text, start, 4);
            int month = number(text, start + 5, 2);
            int day = number(text, start + 8, 2);
            if (year < 0 || month < 0 || day < 0 || text.charAt(start + 4) != '-') {
                return NONE;
            }
            if (month == 0 || day == 0) {
                return year == 0 && month == 0 && day == 0 ? ZERO : ZERO_IN;
            }
            boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return month <= 12 && day > DAYS[month - 1] - (month == 2 && !leap ? 1 : 0) ? INVALID : NONE;
        }

        /** So many digits; -1 where there are others or none. */
        private static int number(String text, int start, int digits) {
            if (text.length() < start + digits) {
                return -1;
            }
            int number = 0;
            for (int i = start; i < start + digits; i++) {
                int digit = Character.digit(text.charAt(i), 10);
                if (digit < 0) {
                    return -1;
                }
                number = number * 10 + digit;
            }
            return number;
        }
    }

    private static Finding defaults(Tables.Table table, List<Column> columns, Oddity worst) {
        List<String> shown = new ArrayList<>();
        StringBuilder sql = new StringBuilder("ALTER TABLE ").append(SqlNames.quote(table.schema(), table.name()));
        for (Column column : columns) {
            sql.append(shown.isEmpty() ? " " : ", ")
                    .append("ALTER COLUMN ")
                    .append(SqlNames.quote(column.name()))
                    .append(" SET DEFAULT ")
                    .append(replacement(column));
            shown.add(column.name() + " " + column.defaultValue());
        }
        String names = NameList.of(shown);
        boolean blocks = worst == Oddity.INVALID;
        return new Finding(
                blocks ? Effect.BLOCKS_DUMP : Effect.WARNING,
                ObjectRef.table(table.schema(), table.name()),
                names,
                "dates",
                MigratedTables.label(table) + " has defaults that are no dates (" + names + "): "
                        + (blocks
                                ? "a load stops at it (error 1067)"
                                : "the target refuses to alter it, and to insert the default (errors 1067, 1292)"),
                List.of(
                        Remedy.sql(
                                "Choose other defaults, here NULL or the day after the epoch began:",
                                List.of(
                                        new Remedy.Statement(
                                                sql.toString(),
                                                "changes the definition alone; rows that are inserted without a value get the new one")))));
    }

    private static Finding rows(DataScan.Table table, @Nullable Column column, String name, List<DataScan.Hit> hits) {
        long rows = 0;
        boolean invalid = false;
        for (DataScan.Hit hit : hits) {
            rows += hit.number();
            invalid |= hit.kind() == DataScan.Kind.INVALID_DATE;
        }
        String found = Quantities.grouped(rows) + (rows == 1 ? " row" : " rows") + ScannedRows.extent(table);
        String quoted = SqlNames.quote(name);
        String where = " WHERE " + where(quoted, hits);
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.of("Give these rows real dates, or NULL; only their owner knows which"));
        String from = SqlNames.quote(table.schema(), table.name());
        remedies.add(Remedy.sql("See them:", "SELECT * FROM " + from + where + " LIMIT 100"));
        if (column != null && column.nullable()) {
            remedies.add(Remedy.sql(
                    "Where NULL will do:",
                    List.of(new Remedy.Statement(
                            "UPDATE " + from + " SET " + quoted + " = NULL" + where,
                            "what stands there is lost; locks the rows, and reads the whole table"))));
        }
        return new Finding(
                Effect.WARNING,
                new ObjectRef(ObjectRef.Side.SOURCE, ObjectRef.Type.COLUMN, table.schema(), table.name(), name),
                found,
                "dates",
                table.schema() + "." + table.name() + "." + name + " holds dates that are none in " + found + ": "
                        + (invalid
                                ? "a load makes days that a month does not have 0000-00-00, without an error"
                                : "the target refuses to write them again (error 1292)"),
                remedies);
    }

    /** Finds those rows in any sql_mode: the functions take dates apart that are none. */
    private static String where(String column, List<DataScan.Hit> hits) {
        String month = "MONTH(" + column + ")";
        String day = "DAYOFMONTH(" + column + ")";
        String zero = month + " = 0 OR " + day + " = 0";
        String invalid =
                day + " > DAYOFMONTH(LAST_DAY(MAKEDATE(YEAR(" + column + "), 1) + INTERVAL " + month + " - 1 MONTH))";
        boolean anyZero = false;
        boolean anyInvalid = false;
        for (DataScan.Hit hit : hits) {
            anyInvalid |= hit.kind() == DataScan.Kind.INVALID_DATE;
            anyZero |= hit.kind() != DataScan.Kind.INVALID_DATE;
        }
        return anyZero && anyInvalid ? zero + " OR " + invalid : anyZero ? zero : invalid;
    }

    private static String replacement(Column column) {
        if (column.nullable()) {
            return "NULL";
        }
        return column.type().equals("date") ? "'1970-01-02'" : "'1970-01-02 00:00:00'";
    }

    /** What the target takes; that of a server with its own defaults where it is not known. */
    private record Mode(boolean refusesZero, boolean refusesZeroIn) {
        static Mode of(Plan plan) {
            Snapshot target = plan.target();
            String text = target == null ? null : target.get(Facts.VARIABLES).get("sql_mode");
            if (text == null) {
                return new Mode(true, true);
            }
            String mode = text.toUpperCase(Locale.ROOT);
            boolean strict = mode.contains("STRICT_");
            return new Mode(strict && mode.contains("NO_ZERO_DATE"), strict && mode.contains("NO_ZERO_IN_DATE"));
        }

        boolean refuses(Oddity oddity) {
            return switch (oddity) {
                case NONE -> false;
                case ZERO_IN -> refusesZeroIn;
                case ZERO -> refusesZero;
                case INVALID -> true;
            };
        }
    }
}
