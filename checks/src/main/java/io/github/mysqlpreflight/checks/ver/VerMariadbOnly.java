/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Flavor;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB holds no table that MySQL cannot be told of.
 *
 * <p>Tried with dumps of MariaDB 10.11.19 into MySQL 8.0.15: each of these stops the load. Functions in views and columns are what
 * ver.upgrade-syntax finds; collations, stored pages and invisible columns have checks of their own. The PERIOD of a table is not told
 * by information_schema before 11.4.
 */
final class VerMariadbOnly implements Check {
    /** The first MySQL that takes an expression as a default. */
    private static final ServerVersion EXPRESSION_DEFAULTS = new ServerVersion(8, 0, 13);

    private static final String NOW = "current_timestamp";
    private static final Set<String> TYPES = Set.of("uuid", "inet4", "inet6", "vector", "xmltype");
    private static final Set<String> WITHOUT_DEFAULT = Set.of(
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "geometry",
            "point");

    private static final CheckInfo INFO = CheckInfo.of("ver.mariadb-only", "No table is made of what only MariaDB has")
            .why(
                    "Sequences, system-versioned tables, the types UUID and INET6, ignored indexes, Aria's options and defaults"
                            + " that call functions stand in the CREATE TABLE of a dump, and MySQL does not understand them: the load"
                            + " stops (error 1064; 1101 for the default of a TEXT or BLOB).")
            .fix("Change those tables on the source before the dump, as each finding says.")
            .links(
                    "https://mariadb.com/docs/release-notes/community-server/about/compatibility-and-differences/incompatibilities-and-feature-differences-between-mariadb-and-mysql-unmaintained",
                    "https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html")
            .versions("MariaDB")
            .effects(Effect.BLOCKS_DUMP)
            .needs(Facts.TABLES, Facts.COLUMNS, Facts.INDEXES, Facts.SCHEMAS, Facts.VARIABLES)
            .targetNeeds(Facts.VARIABLES)
            .privileges("any privilege on each table; a table without one is not visible")
            .build();

    private static final Outcome.Headline HEADLINE = new Outcome.Headline(
            "1 table, column or index is of a kind that only MariaDB has",
            "{n} tables, columns and indexes are of kinds that only MariaDB has");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Server server = Server.of(source);
        if (server.flavor() != Flavor.MARIADB) {
            return Outcome.notApplicable("the source is no MariaDB");
        }
        if (!Targets.isMySql(plan)) {
            return Outcome.notApplicable("the target is no MySQL");
        }
        Selection selection = Selection.of(source, plan);
        List<Finding> findings = new ArrayList<>();
        for (Tables.Table table : source.get(Facts.TABLES).list()) {
            if (selection.contains(table.schema())) {
                addTable(table, findings);
            }
        }
        // From 10.2.1 on MariaDB shows every default as SQL.
        boolean sqlDefaults = server.version().atLeast(10, 2, 1);
        boolean expressions = Targets.atLeast(source, plan, EXPRESSION_DEFAULTS);
        for (PerTable.Entry<Column> table : source.get(Facts.COLUMNS).entries()) {
            if (selection.contains(table.schema())) {
                for (Column column : table.items()) {
                    if (TYPES.contains(column.dataType())) {
                        findings.add(type(table, column));
                    }
                    String value = column.defaultValue();
                    if (sqlDefaults && value != null && column.expression() == null) {
                        addDefault(table, column, value, expressions, findings);
                    }
                }
            }
        }
        for (PerTable.Entry<Index> table : source.get(Facts.INDEXES).entries()) {
            if (selection.contains(table.schema())) {
                for (Index index : table.items()) {
                    if (!index.visible()) {
                        findings.add(ignored(table, index));
                    }
                }
            }
        }
        return Outcome.of(findings, HEADLINE);
    }

    private static void addTable(Tables.Table table, List<Finding> findings) {
        String name = SqlNames.quote(table.schema(), table.name());
        boolean isAria = "Aria".equalsIgnoreCase(table.engine());
        if (table.type().equals("SEQUENCE")) {
            findings.add(table(
                    table,
                    "a sequence",
                    Remedy.of("Give the tables that use it AUTO_INCREMENT columns, and leave it out of the dump:"
                            + " --ignore-table")));
        } else if (table.type().equals("SYSTEM VERSIONED")) {
            findings.add(table(
                    table,
                    "a system-versioned table",
                    Remedy.sql(
                            "Keep its present rows alone:",
                            List.of(new Remedy.Statement(
                                    "ALTER TABLE " + name + " DROP SYSTEM VERSIONING",
                                    "the rows of before are lost")))));
        } else if (isAria || hasOptionOfAria(table)) {
            List<Remedy.Statement> statements = new ArrayList<>();
            if (isAria) {
                statements.add(new Remedy.Statement(
                        "ALTER TABLE " + name + " ENGINE=InnoDB ROW_FORMAT=DEFAULT",
                        "rebuilds the table, blocks writes to it"));
            }
            // Which an ALTER TABLE that converts the table does not take out (10.11.19).
            statements.add(
                    new Remedy.Statement("ALTER TABLE " + name + " PAGE_CHECKSUM=DEFAULT TRANSACTIONAL=DEFAULT", null));
            findings.add(table(
                    table,
                    isAria ? "a table of Aria, whose options stand in its definition" : "one with options of Aria",
                    Remedy.sql(isAria ? "Convert it, and take the options out:" : "Take them out:", statements)));
        }
    }

    private static boolean hasOptionOfAria(Tables.Table table) {
        String options = table.createOptions().toLowerCase(Locale.ROOT);
        return options.contains("page_checksum=") || options.contains("transactional=");
    }

    private static Finding table(Tables.Table table, String what, Remedy remedy) {
        return new Finding(
                Effect.BLOCKS_DUMP,
                ObjectRef.table(table.schema(), table.name()),
                what,
                null,
                table.schema() + "." + table.name() + " is " + what
                        + ": MySQL does not take its definition (error 1064)",
                List.of(remedy));
    }

    private static Finding type(PerTable.Entry<Column> table, Column column) {
        return column(
                table,
                column,
                column.type(),
                "has the type " + column.type() + ", which MySQL does not know (error 1064)",
                Remedy.of(
                        "Change it with ALTER TABLE ... MODIFY, which repeats the rest of its definition: UUID to CHAR(36),"
                                + " INET4 and INET6 to VARCHAR(39)"));
    }

    private static void addDefault(
            PerTable.Entry<Column> table, Column column, String value, boolean expressions, List<Finding> findings) {
        boolean literal = isLiteral(value);
        if (literal && WITHOUT_DEFAULT.contains(column.dataType())) {
            if (!value.equals("NULL") && !value.equals("''")) {
                findings.add(column(
                        table,
                        column,
                        value,
                        "has a default, which MySQL does not allow for its type (error 1101)",
                        dropDefault(table, column)));
            }
        } else if (!literal && !(expressions && value.startsWith("("))) {
            findings.add(column(
                    table,
                    column,
                    value,
                    "has the default " + value + ", which MySQL "
                            + (value.startsWith("(")
                                    ? "takes from 8.0.13 on"
                                    : "takes in parentheses alone, in which MariaDB does not write it")
                            + " (error 1064)",
                    dropDefault(table, column)));
        }
    }

    /** Whether MySQL takes it as it is: a text, number, NULL or the present time. */
    private static boolean isLiteral(String value) {
        if (value.isEmpty()) {
            return true;
        }
        char first = value.charAt(0);
        if (first == '\'' || first == '-' || first == '.' || (first >= '0' && first <= '9') || value.equals("NULL")) {
            return true;
        }
        boolean prefixed = value.length() > 1 && value.charAt(1) == '\'';
        return prefixed || isNow(value);
    }

    /** Whether it is the present time alone, with parentheses or not and with a precision or not. */
    private static boolean isNow(String value) {
        if (!value.startsWith(NOW)) {
            return false;
        }
        String rest = value.substring(NOW.length());
        boolean precise = rest.length() == 3
                && rest.charAt(0) == '('
                && Character.isDigit(rest.charAt(1))
                && rest.charAt(2) == ')';
        return rest.isEmpty() || rest.equals("()") || precise;
    }

    private static Remedy dropDefault(PerTable.Entry<Column> table, Column column) {
        return Remedy.sql(
                "Do without it on the source, and set it on the target after the load:",
                List.of(new Remedy.Statement(
                        "ALTER TABLE " + SqlNames.quote(table.schema(), table.table()) + " ALTER COLUMN "
                                + SqlNames.quote(column.name()) + " DROP DEFAULT",
                        "rows that leave the column out are refused, or get NULL, from then on")));
    }

    private static Finding column(
            PerTable.Entry<Column> table, Column column, @Nullable String found, String what, Remedy remedy) {
        return new Finding(
                Effect.BLOCKS_DUMP,
                new ObjectRef(Side.SOURCE, ObjectRef.Type.COLUMN, table.schema(), table.table(), column.name()),
                found,
                null,
                "column " + table.schema() + "." + table.table() + "." + column.name() + " " + what,
                List.of(remedy));
    }

    private static Finding ignored(PerTable.Entry<Index> table, Index index) {
        return new Finding(
                Effect.BLOCKS_DUMP,
                new ObjectRef(Side.SOURCE, ObjectRef.Type.INDEX, table.schema(), table.table(), index.name()),
                "IGNORED",
                null,
                "index " + table.schema() + "." + table.table() + "." + index.name()
                        + " is ignored, a word that MySQL does not know (error 1064)",
                List.of(Remedy.sql(
                        "Use it again, or drop it:",
                        "ALTER TABLE " + SqlNames.quote(table.schema(), table.table()) + " ALTER INDEX "
                                + SqlNames.quote(index.name()) + " NOT IGNORED")));
    }
}
