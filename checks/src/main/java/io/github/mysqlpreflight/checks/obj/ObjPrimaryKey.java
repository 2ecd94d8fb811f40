/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Fact;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every table has a primary key, or a unique one that serves as such, and none is refused by the target for want of it. Tables whose
 * unique keys take NULL are left to obj.pk-nullable-unique, unless the target refuses them.
 */
final class ObjPrimaryKey implements Check {
    private static final Outcome.Headline HEADLINE =
            new Outcome.Headline("1 table has no primary key", "{n} tables have no primary key");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.primary-key", "Every table has a primary key, or a unique key without NULL")
            .why(
                    "A replica looks for each changed row in the whole table where no key tells it which one: after an UPDATE of"
                            + " many rows it falls behind for hours. A target with sql_require_primary_key refuses to create such a"
                            + " table (error 3750), as managed ones often do.")
            .fix(
                    "Add a primary key on the source; or let the session that loads the dump set sql_require_primary_key to OFF,"
                            + " and replication be as slow as it is.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_sql_require_primary_key",
                    "https://dev.mysql.com/doc/refman/8.4/en/create-table-gipks.html")
            .effects(Effect.BLOCKS_MIGRATION, Effect.WARNING)
            .needs(Facts.TABLES, Facts.INDEXES, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.COLUMNS, Facts.TABLE_SIZES)
            .targetNeeds(Facts.VARIABLES)
            .privileges("any privilege on each table; a table without one is not visible")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        TargetKeyRule rule = TargetKeyRule.of(plan);
        PerTable<Index> indexes = source.get(Facts.INDEXES);
        PerTable<Column> columns =
                source.find(Facts.COLUMNS) instanceof Fact.Known<PerTable<Column>> known ? known.value() : null;
        List<Case> cases = new ArrayList<>();
        for (Tables.Table table : MigratedTables.of(source, plan)) {
            List<Index> keys = indexes.of(table.schema(), table.name());
            RowIdentity identity = RowIdentity.of(keys);
            if (identity == RowIdentity.PRIMARY_KEY) {
                continue;
            }
            List<Column> list = columns == null ? List.of() : columns.of(table.schema(), table.name());
            TargetKeyRule.Refusal refusal = rule.refusal(table, list, keys);
            if (refusal != null || identity == RowIdentity.NOTHING) {
                cases.add(new Case(table, list, keys, identity, refusal));
            }
        }
        return Outcome.of(cases.isEmpty() ? List.of() : findings(cases, source, plan), HEADLINE);
    }

    /** A table that lacks a key. */
    private record Case(
            Tables.Table table,
            List<Column> columns,
            List<Index> indexes,
            RowIdentity identity,
            TargetKeyRule.@Nullable Refusal refusal) {}

    private static List<Finding> findings(List<Case> cases, Snapshot source, Plan plan) {
        Server server = Server.of(source);
        Map<String, Map<String, String>> sizes = sizes(cases, source);
        List<Finding> findings = new ArrayList<>(cases.size());
        for (Case one : cases) {
            Tables.Table table = one.table;
            String size = sizes.getOrDefault(table.schema(), Map.of()).get(table.name());
            TargetKeyRule.Refusal refusal = one.refusal;
            List<Remedy> remedies = new ArrayList<>();
            remedies.add(KeyAdvice.primaryKey(server, table, one.columns, one.indexes));
            if (refusal != null) {
                remedies.addAll(ofTarget(refusal, plan));
            }
            String keys = switch (one.identity) {
                case PRIMARY_KEY, NOTHING -> "no key";
                case UNIQUE_KEY -> "only a unique key";
                case NULLABLE_UNIQUE_KEY -> "only unique keys that take NULL";
            };
            findings.add(new Finding(
                    refusal == null ? Effect.WARNING : Effect.BLOCKS_MIGRATION,
                    ObjectRef.table(table.schema(), table.name()),
                    size == null ? keys : keys + ", " + size,
                    "a primary key",
                    message(table, one.identity, size, refusal),
                    remedies));
        }
        return findings;
    }

    private static String message(
            Tables.Table table, RowIdentity identity, @Nullable String size, TargetKeyRule.@Nullable Refusal refusal) {
        String what = MigratedTables.label(table) + (size == null ? "" : " (" + size + ")") + " has no primary key"
                + (identity == RowIdentity.NOTHING ? " and no unique one" : "");
        if (refusal == null) {
            return what + ": a replica searches the whole table for each row that changes";
        }
        return refusal.because() == null
                ? what + ", and the target refuses such tables: " + refusal.variable() + " is ON (error "
                        + refusal.error() + ")"
                : what + ", and the target cannot generate one: " + refusal.because() + " (error " + refusal.error()
                        + ", " + refusal.variable() + " is ON)";
    }

    private static List<Remedy> ofTarget(TargetKeyRule.Refusal refusal, Plan plan) {
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.of("Switch it off in the session that loads the dump: SET SESSION " + refusal.variable()
                + " = OFF (needs SESSION_VARIABLES_ADMIN; --init-command of the mysql client)"));
        remedies.addAll(Targets.onTarget(
                SettingAdvice.online(Server.of(Targets.of(plan)), refusal.variable(), "OFF", "for all new tables")));
        return remedies;
    }

    /** The sizes of these tables, for people. */
    private static Map<String, Map<String, String>> sizes(List<Case> cases, Snapshot source) {
        Map<String, Map<String, String>> sizes = new HashMap<>();
        if (source.find(Facts.TABLE_SIZES) instanceof Fact.Known<TableSizes> known) {
            for (Case one : cases) {
                sizes.computeIfAbsent(one.table.schema(), schema -> new HashMap<>())
                        .put(one.table.name(), "");
            }
            for (TableSizes.Size size : known.value().list()) {
                Map<String, String> tables = sizes.get(size.schema());
                if (tables != null && tables.containsKey(size.table())) {
                    tables.put(
                            size.table(),
                            Quantities.size(size.bytes()) + ", about " + size.rows()
                                    + (size.rows() == 1 ? " row" : " rows"));
                }
            }
            sizes.values().forEach(tables -> tables.values().removeIf(String::isEmpty));
        }
        return sizes;
    }
}
