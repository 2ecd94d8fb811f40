/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Defaults of dates are dates that the target takes.
 *
 * <p>Tried on 8.0.15 and 9.7.4: a dump of mysqldump loads a default of zeros, for it sets sql_mode itself; the next ALTER TABLE of the table
 * is refused in the target's own mode (1067). A day that the month does not have needs ALLOW_INVALID_DATES, which the dump does not set
 * (1067), and a replica takes over from the source.
 */
final class ObjDataZeroDates implements Check {
    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 table has defaults that are no dates", "{n} tables have defaults that are no dates");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.data-zero-dates", "Dates are dates: there are no zero and no invalid ones")
            .since("1.1")
            .why(
                    "In its strict default mode a server takes neither 0000-00-00 nor a date with a month or day of zero: the next"
                            + " ALTER TABLE of a table with such a default is refused (error 1067), and so are its values (error"
                            + " 1292). A default such as 2001-02-30 stops the load of a dump.")
            .fix("Change the defaults on the source, to NULL or a real date; or give the target the source's sql_mode.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html#sqlmode_no_zero_date",
                    "https://dev.mysql.com/doc/refman/8.4/en/date-and-time-types.html")
            .guards(Method.DUMP)
            .effects(Effect.BLOCKS_DUMP, Effect.WARNING)
            .needs(Facts.TABLES, Facts.COLUMNS, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.GRANTS)
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
        addDefaults(tables, Mode.of(plan), findings);
        return tables.outcome(findings, HEADLINE);
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
