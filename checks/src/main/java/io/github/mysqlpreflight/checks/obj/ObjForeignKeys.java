/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.checks.advice.SettingAdvice;
import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.checks.advice.Targets;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.snapshot.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Foreign keys refer to tables that are migrated too, by keys and types that the target takes.
 *
 * <p>Tried with the real mysqldump, which switches foreign_key_checks off: a load stops all the same where the parent is created without a
 * fitting key (1822 on 8.0, 6125 from 8.4 on where it is not unique) or with a column of another type or collation (3780). A replica that
 * replays the source's own statements takes all of these. It stops at a parent that it does not have (1824, 1452).
 */
final class ObjForeignKeys implements Check {
    private static final ServerVersion WITH_DICTIONARY = new ServerVersion(8, 0, 0);
    private static final ServerVersion RESTRICTED = new ServerVersion(8, 4, 0);
    private static final String RESTRICT = "restrict_fk_on_non_standard_key";
    private static final Set<String> WHOLE_NUMBERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Outcome.Headline HEADLINE =
            new Outcome.Headline("1 foreign key does not fit the target", "{n} foreign keys do not fit the target");

    private static final CheckInfo INFO = CheckInfo.of(
                    "obj.foreign-keys", "Foreign keys refer to migrated tables, by keys that the target takes")
            .why(
                    "A table whose parent is in a database that is left out takes no more rows on the target (error 1452), and a"
                            + " replica stops at the first. A load stops where the parent has no fitting key (error 1822), none that"
                            + " is unique (error 6125, from 8.4 on) or a column of another type or collation (error 3780), even with"
                            + " foreign_key_checks off.")
            .fix(
                    "Migrate databases together that foreign keys connect; give the parent a unique key over the columns referred"
                            + " to, and both sides the same type and collation.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_restrict_fk_on_non_standard_key")
            .effects(Effect.BLOCKS_REPLICATION, Effect.BLOCKS_DUMP, Effect.WARNING)
            .needs(Facts.FOREIGN_KEYS, Facts.TABLES, Facts.COLUMNS, Facts.INDEXES, Facts.SCHEMAS, Facts.VARIABLES)
            .uses(Facts.GRANTS)
            .targetNeeds(Facts.VARIABLES)
            .targetUses(Facts.TABLES)
            .privileges("SELECT on each table; before 8.0 PROCESS spares the server the opening of every table")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        Selection selection = Selection.of(source, plan);
        List<Child> children = new ArrayList<>();
        for (PerTable.Entry<ForeignKey> entry : source.get(Facts.FOREIGN_KEYS).entries()) {
            if (selection.contains(entry.schema())) {
                for (ForeignKey key : entry.items()) {
                    children.add(new Child(entry.schema(), entry.table(), key));
                }
            }
        }
        if (children.isEmpty()) {
            return Outcome.passed();
        }
        children.sort(Comparator.comparing(Child::object));
        MigratedTables tables = MigratedTables.withColumns(source, plan);
        Judge judge = new Judge(source, plan, selection, tables);
        List<Finding> findings = new ArrayList<>();
        for (Child child : children) {
            Finding finding = judge.finding(child);
            if (finding != null) {
                findings.add(finding);
            }
        }
        return tables.outcome(findings, HEADLINE);
    }

    /** A foreign key with the table it is in. */
    private record Child(String schema, String table, ForeignKey key) {
        ObjectRef object() {
            return new ObjectRef(Side.SOURCE, ObjectRef.Type.FOREIGN_KEY, schema, table, key.name());
        }

        /** How a message begins. */
        String refers() {
            return "the foreign key " + key.name() + " of " + schema + "." + table + " refers to " + parent();
        }

        String parent() {
            return key.referencedSchema() + "." + key.referencedTable();
        }

        Finding finding(Effect effect, String found, String needed, String message, List<Remedy> remedies) {
            return new Finding(effect, object(), found, needed, message, remedies);
        }

        /** Takes the key away; never the first thing to do. */
        Remedy drop() {
            return Remedy.sql(
                    "Do without it:",
                    List.of(new Remedy.Statement(
                            "ALTER TABLE " + SqlNames.quote(schema, table) + " DROP FOREIGN KEY "
                                    + SqlNames.quote(key.name()),
                            "the source no longer checks it either")));
        }
    }

    /** The tables of the source by name, and what the target takes. */
    private static final class Judge {
        private final Plan plan;
        private final boolean foldsCase;
        private final MigratedTables migrated;
        private final PerTable<Index> indexes;
        private final Set<String> databases = new HashSet<>();
        private final Set<String> ignored = new HashSet<>();
        private final Map<String, Map<String, Tables.Table>> tables;
        private final Map<String, Map<String, Tables.Table>> targetTables;
        private final boolean checksKeys;
        private final boolean restricts;
        /** The first foreign key that wants a key over these columns of a parent. */
        private final Map<List<String>, Child> wanted = new HashMap<>();

        Judge(Snapshot source, Plan plan, Selection selection, MigratedTables migrated) {
            this.plan = plan;
            this.foldsCase = selection.foldsCase();
            this.migrated = migrated;
            this.indexes = source.get(Facts.INDEXES);
            selection.databases().forEach(database -> databases.add(fold(database)));
            plan.ignoredDatabases().forEach(database -> ignored.add(fold(database)));
            this.checksKeys = Targets.atLeast(source, plan, WITH_DICTIONARY);
            Snapshot target = plan.target();
            this.restricts = Targets.atLeast(source, plan, RESTRICTED)
                    && (target == null
                            || target.get(Facts.VARIABLES).get(RESTRICT) == null
                            || target.get(Facts.VARIABLES).isOn(RESTRICT));
            this.tables = byName(source.get(Facts.TABLES));
            this.targetTables =
                    target != null && target.knows(Facts.TABLES) ? byName(target.get(Facts.TABLES)) : Map.of();
        }

        private Map<String, Map<String, Tables.Table>> byName(Tables list) {
            Map<String, Map<String, Tables.Table>> byName = new HashMap<>();
            for (Tables.Table table : list.list()) {
                byName.computeIfAbsent(fold(table.schema()), schema -> new HashMap<>())
                        .put(fold(table.name()), table);
            }
            return byName;
        }

        /** As the source compares names of tables; most are lower case already and stay the same object. */
        private String fold(String name) {
            return foldsCase ? name.toLowerCase(Locale.ROOT) : name;
        }

        private Tables.@Nullable Table parent(Child child, Map<String, Map<String, Tables.Table>> server) {
            return server.getOrDefault(fold(child.key.referencedSchema()), Map.of())
                    .get(fold(child.key.referencedTable()));
        }

        @Nullable
        Finding finding(Child child) {
            Tables.Table parent = parent(child, tables);
            String schema = fold(child.key.referencedSchema());
            if (!databases.contains(schema)) {
                return parent == null && !ignored.contains(schema) ? missing(child) : left(child);
            }
            if (parent == null) {
                return missing(child);
            }
            if (!checksKeys || !"InnoDB".equalsIgnoreCase(parent.engine())) {
                return null;
            }
            Finding types = types(child, parent);
            return types != null ? types : keys(child, parent);
        }

        private Finding left(Child child) {
            boolean replicates = plan.considers(Method.REPLICATION) && parent(child, targetTables) == null;
            return child.finding(
                    replicates ? Effect.BLOCKS_REPLICATION : Effect.WARNING,
                    child.parent(),
                    "a table that is migrated",
                    child.refers() + ", which is not migrated: "
                            + (replicates
                                    ? "a replica stops at the first row that refers to it"
                                    : "the target refuses rows that refer to it")
                            + " (error 1452)",
                    List.of(
                            Remedy.of("Migrate " + child.key.referencedSchema()
                                    + " too: take it out of --ignore-dbs, and" + " let the account see it"),
                            child.drop()));
        }

        private static Finding missing(Child child) {
            return child.finding(
                    Effect.WARNING,
                    child.parent(),
                    "a table that exists",
                    child.refers()
                            + ", which does not exist, or is not visible to the account: rows that refer to it are"
                            + " refused (error 1452)",
                    List.of(Remedy.of("Create " + child.parent() + ", or let the account see it"), child.drop()));
        }

        private @Nullable Finding types(Child child, Tables.Table parent) {
            List<Column> own = migrated.columns(child.schema, child.table);
            List<Column> others = migrated.columns(parent.schema(), parent.name());
            ForeignKey key = child.key;
            for (int i = 0;
                    i < Math.min(key.columns().size(), key.referencedColumns().size());
                    i++) {
                Column column = MigratedTables.column(own, key.columns().get(i));
                Column other =
                        MigratedTables.column(others, key.referencedColumns().get(i));
                if (column != null && other != null && !column.equals(other)) {
                    if (differ(column.collation(), other.collation())) {
                        return collations(child, parent, column, other);
                    }
                    if (isOtherNumber(column, other)) {
                        return numbers(child, column, other);
                    }
                }
            }
            return null;
        }

        private static boolean differ(@Nullable String collation, @Nullable String other) {
            return collation != null && other != null && !collation.equals(other);
        }

        private static boolean isOtherNumber(Column column, Column other) {
            String type = column.dataType();
            String otherType = other.dataType();
            return WHOLE_NUMBERS.contains(type)
                    && WHOLE_NUMBERS.contains(otherType)
                    && (!type.equals(otherType)
                            || column.type().contains("unsigned")
                                    != other.type().contains("unsigned"));
        }

        private static Finding collations(Child child, Tables.Table parent, Column column, Column other) {
            // The wider character set wins, so that no character is lost.
            boolean convertsParent = "utf8mb4".equals(column.characterSet()) && !"utf8mb4".equals(other.characterSet());
            String table = convertsParent
                    ? SqlNames.quote(parent.schema(), parent.name())
                    : SqlNames.quote(child.schema, child.table);
            Column model = convertsParent ? column : other;
            String comment = "/* " + table.replace("*/", "").replace("/*", "") + " */";
            return child.finding(
                    Effect.BLOCKS_DUMP,
                    column.collation() + " to " + other.collation(),
                    "the same collation",
                    child.refers() + " by columns of different collations (" + column.collation() + " and "
                            + other.collation() + "): a load stops at it (error 3780)",
                    List.of(
                            Remedy.sql(
                                            "Give both tables the same collation:",
                                            List.of(
                                                    // The comment keeps scripts apart that several findings bring.
                                                    new Remedy.Statement(
                                                            "SET SESSION foreign_key_checks = 0 " + comment, null),
                                                    new Remedy.Statement(
                                                            "ALTER TABLE " + table + " CONVERT TO CHARACTER SET "
                                                                    + model.characterSet() + " COLLATE "
                                                                    + model.collation(),
                                                            "rebuilds the table, blocks writes to it; converts all its texts, TEXT"
                                                                    + " may become MEDIUMTEXT"),
                                                    new Remedy.Statement(
                                                            "SET SESSION foreign_key_checks = DEFAULT " + comment,
                                                            null)))
                                    // Before a unique key on the parent: 8.0.15 refuses that while another key does not
                                    // match.
                                    .inTurn(-1),
                            child.drop()));
        }

        private static Finding numbers(Child child, Column column, Column other) {
            return child.finding(
                    Effect.BLOCKS_DUMP,
                    column.type() + " to " + other.type(),
                    "the same type",
                    child.refers() + " by columns of different types (" + column.type() + " and " + other.type()
                            + "): a load stops at it (error 3780)",
                    List.of(
                            Remedy.of("Give " + column.name() + " of " + child.schema + "." + child.table + " and "
                                    + other.name() + " of " + child.parent() + " the same type"),
                            child.drop()));
        }

        private @Nullable Finding keys(Child child, Tables.Table parent) {
            boolean fits = false;
            for (Index index : indexes.of(parent.schema(), parent.name())) {
                if (begins(index, child.key.referencedColumns())) {
                    fits = true;
                    if (index.unique()
                            && index.parts().size()
                                    == child.key.referencedColumns().size()) {
                        return null;
                    }
                }
            }
            if (fits && !restricts) {
                return null;
            }
            int error = restricts ? 6125 : 1822;
            List<Remedy> remedies = new ArrayList<>();
            Child first = wanted.putIfAbsent(wanted(child, parent), child);
            remedies.add(
                    first == null
                            ? key(child, parent)
                            : Remedy.of("The key that " + first.key.name() + " of " + first.schema + "." + first.table
                                    + " needs will do"));
            if (fits) {
                remedies.add(Remedy.of("Let the session that loads the dump take it: SET SESSION " + RESTRICT
                        + " = OFF (needs SESSION_VARIABLES_ADMIN; --init-command of the mysql client)"));
                if (plan.target() != null) {
                    remedies.addAll(Targets.onTarget(SettingAdvice.online(
                            Server.of(Targets.of(plan)), RESTRICT, "OFF", "for all new foreign keys")));
                }
            }
            return child.finding(
                    Effect.BLOCKS_DUMP,
                    fits ? "a key that is not unique" : "no key",
                    restricts ? "a unique key over exactly the columns referred to" : "a key",
                    child.refers() + " by columns that " + (fits ? "no unique key" : "no key")
                            + " of it is over: a load stops at it (error " + error + ")",
                    remedies);
        }

        private static List<String> wanted(Child child, Tables.Table parent) {
            List<String> wanted = new ArrayList<>(List.of(parent.schema(), parent.name()));
            for (String column : child.key.referencedColumns()) {
                wanted.add(column.toLowerCase(Locale.ROOT));
            }
            return wanted;
        }

        private static boolean begins(Index index, List<String> referenced) {
            if (index.parts().size() < referenced.size()
                    || index.type().equals("FULLTEXT")
                    || index.type().equals("SPATIAL")) {
                return false;
            }
            for (int i = 0; i < referenced.size(); i++) {
                Index.Part part = index.parts().get(i);
                if (part.prefix() != null || !referenced.get(i).equalsIgnoreCase(part.column())) {
                    return false;
                }
            }
            return true;
        }

        private Remedy key(Child child, Tables.Table parent) {
            StringBuilder sql = new StringBuilder("ALTER TABLE ")
                    .append(SqlNames.quote(parent.schema(), parent.name()))
                    .append(restricts ? " ADD UNIQUE KEY " : " ADD KEY ")
                    .append(SqlNames.quote(freeName(child, parent)))
                    .append(" (");
            for (int i = 0; i < child.key.referencedColumns().size(); i++) {
                sql.append(i == 0 ? "" : ", ")
                        .append(SqlNames.quote(child.key.referencedColumns().get(i)));
            }
            return Remedy.sql(
                    "Give the parent such a key:",
                    List.of(new Remedy.Statement(
                            sql.append(')').toString(),
                            restricts
                                    ? "builds an index; fails with error 1062 where values are there twice, and forbids them"
                                            + " from then on"
                                    : "builds an index")));
        }

        /** Always the same, so that a statement that is run twice fails the second time instead of adding another key. */
        private String freeName(Child child, Tables.Table parent) {
            String name = "referenced_" + String.join("_", child.key.referencedColumns());
            String start = name.length() > 60 ? name.substring(0, 60) : name;
            String free = start;
            for (int i = 2; isTaken(free, parent); i++) {
                free = start + "_" + i;
            }
            return free;
        }

        private boolean isTaken(String name, Tables.Table parent) {
            for (Index index : indexes.of(parent.schema(), parent.name())) {
                if (index.name().equalsIgnoreCase(name)) {
                    return true;
                }
            }
            return false;
        }
    }
}
