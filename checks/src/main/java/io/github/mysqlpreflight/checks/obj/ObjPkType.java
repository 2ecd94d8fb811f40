/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keys are over types that the target takes as keys.
 *
 * <p>Tried: 9.7.4 refuses AUTO_INCREMENT on FLOAT and DOUBLE (1063), 8.0.15 and 9.7.4 refuse a prefix of a geometry in any key (1089), which
 * 5.6, 5.7 and MariaDB 10.11 take; a replica stops at the same statement. A dump rounds FLOATs to six digits, so that two of them may
 * become equal (1062).
 */
final class ObjPkType implements Check {
    private static final ServerVersion WITHOUT_FLOAT_COUNTERS = new ServerVersion(8, 4, 0);
    private static final ServerVersion WITHOUT_GEOMETRY_PREFIXES = new ServerVersion(8, 0, 0);
    private static final Set<String> GEOMETRIES = Set.of(
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
            "geomcollection");
    private static final Outcome.Headline HEADLINE =
            new Outcome.Headline("1 key is over an unsuitable type", "{n} keys are over unsuitable types");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.pk-type", "Keys and AUTO_INCREMENT are over types that suit them")
            .why(
                    "From 8.4 on a FLOAT or DOUBLE column cannot be AUTO_INCREMENT (error 1063), and from 8.0 on a key cannot"
                            + " hold a prefix of a geometry (error 1089): such a table cannot be created on the target, by a dump or"
                            + " by a replica. A primary key of inexact numbers is rounded in a dump: rows collide (error 1062), or a"
                            + " replica does not find them (error 1032).")
            .fix("Make the column a BIGINT or a DECIMAL; put a SPATIAL index in place of a key over a geometry.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/numeric-type-attributes.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/problems-with-float.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/creating-spatial-indexes.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(Facts.TABLES, Facts.COLUMNS, Facts.INDEXES, Facts.SCHEMAS, Facts.VARIABLES)
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
        boolean refusesCounters = Targets.atLeast(source, plan, WITHOUT_FLOAT_COUNTERS);
        boolean refusesPrefixes = Targets.atLeast(source, plan, WITHOUT_GEOMETRY_PREFIXES);
        PerTable<Index> indexes = source.get(Facts.INDEXES);
        List<Finding> findings = new ArrayList<>();
        MigratedTables tables = MigratedTables.withColumns(source, plan);
        tables.forEach((table, columns) -> {
            for (Column column : columns) {
                if (isInexact(column)) {
                    if (column.isAutoIncrement()) {
                        findings.add(counter(table, column, refusesCounters));
                    } else if (isInPrimaryKey(indexes.of(table.schema(), table.name()), column)) {
                        findings.add(primaryKey(table, column));
                    }
                } else if (refusesPrefixes && isGeometry(column)) {
                    addGeometries(table, column, indexes.of(table.schema(), table.name()), findings);
                }
            }
        });
        return tables.outcome(findings, HEADLINE);
    }

    private static boolean isInexact(Column column) {
        return column.type().startsWith("float") || column.type().startsWith("double");
    }

    private static boolean isGeometry(Column column) {
        char first = column.type().charAt(0);
        return (first == 'g' || first == 'p' || first == 'l' || first == 'm') && GEOMETRIES.contains(column.type());
    }

    private static boolean isInPrimaryKey(List<Index> indexes, Column column) {
        for (Index index : indexes) {
            if (index.isPrimary()) {
                return holds(index, column);
            }
        }
        return false;
    }

    private static boolean holds(Index index, Column column) {
        for (Index.Part part : index.parts()) {
            if (column.name().equalsIgnoreCase(part.column())) {
                return true;
            }
        }
        return false;
    }

    private static ObjectRef part(ObjectRef.Type type, Tables.Table table, String name) {
        return new ObjectRef(Side.SOURCE, type, table.schema(), table.name(), name);
    }

    private static Finding counter(Tables.Table table, Column column, boolean refused) {
        String sign = column.type().contains("unsigned") ? " UNSIGNED" : "";
        Remedy.Statement change = new Remedy.Statement(
                "ALTER TABLE " + SqlNames.quote(table.schema(), table.name()) + " MODIFY "
                        + SqlNames.quote(column.name()) + " BIGINT" + sign + " NOT NULL AUTO_INCREMENT",
                "rebuilds the table, blocks writes to it; drops the column's comment");
        String what = "the AUTO_INCREMENT column " + MigratedTables.label(table) + "." + column.name() + " is a "
                + column.type();
        return new Finding(
                refused ? Effect.BLOCKS_MIGRATION : Effect.WARNING,
                part(ObjectRef.Type.COLUMN, table, column.name()),
                column.type() + " AUTO_INCREMENT",
                "BIGINT",
                refused
                        ? what + ", which the target refuses (error 1063)"
                        : what + ": it counts inexactly, and MySQL refuses it from 8.4 on",
                List.of(Remedy.sql("Count in whole numbers:", List.of(change))));
    }

    private static Finding primaryKey(Tables.Table table, Column column) {
        boolean single = column.type().startsWith("float");
        return new Finding(
                Effect.WARNING,
                part(ObjectRef.Type.COLUMN, table, column.name()),
                column.type(),
                "an exact type",
                "the primary key of " + MigratedTables.label(table) + " holds " + column.name() + ", a " + column.type()
                        + (single
                                ? ": a dump rounds it to six digits, so that rows collide (error 1062) or are not found by a"
                                        + " replica (error 1032)"
                                : ": rows are found by the equality of inexact numbers"),
                List.of(Remedy.of("Make it a DECIMAL with the digits it needs, or make another key the primary one")));
    }

    private static void addGeometries(Tables.Table table, Column column, List<Index> indexes, List<Finding> findings) {
        for (Index index : indexes) {
            if (!index.type().equals("SPATIAL") && holds(index, column)) {
                findings.add(geometry(table, column, index));
            }
        }
    }

    private static Finding geometry(Tables.Table table, Column column, Index index) {
        boolean replaceable = !index.unique() && index.parts().size() == 1 && !column.nullable();
        String name = SqlNames.quote(index.name());
        Remedy remedy = replaceable
                ? Remedy.sql(
                        "Put a SPATIAL index in its place:",
                        List.of(new Remedy.Statement(
                                "ALTER TABLE " + SqlNames.quote(table.schema(), table.name()) + " DROP INDEX " + name
                                        + ", ADD SPATIAL INDEX " + name + " (" + SqlNames.quote(column.name()) + ")",
                                "blocks writes while the index is built; 5.6 takes it for MyISAM alone")))
                : Remedy.of("Put the key over other columns, or over a hash of the geometry in a column of its own");
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                part(ObjectRef.Type.INDEX, table, index.name()),
                "a prefix of " + column.name(),
                "no geometry in a key",
                "the key " + index.name() + " of " + MigratedTables.label(table) + " is over the " + column.type() + " "
                        + column.name() + ", which the target refuses (error 1089)",
                List.of(remedy));
    }
}
