/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.checks.sql.SqlTokens;
import io.github.mysqlpreflight.checks.sql.StoredPrograms.Program;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Plan.DumpTool;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Column;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ForeignKey;
import io.github.mysqlpreflight.core.snapshot.Index;
import io.github.mysqlpreflight.core.snapshot.PerTable;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@code ver.upgrade-syntax} says of tables' and views' definitions, and of the modes of programs. */
final class RefusedDefinitions {
    /** What a server of 5.7 shows of a longer name in REFERENTIAL_CONSTRAINTS. */
    private static final int SHOWN = 64;

    private final Snapshot source;
    private final Selection selection;
    private final RemovedSyntax removed;
    private final String target;
    private final boolean modesAreKept;

    RefusedDefinitions(Snapshot source, Plan plan, Selection selection, RemovedSyntax removed) {
        this.source = source;
        this.selection = selection;
        this.removed = removed;
        this.target = plan.targetVersionText(source);
        // MySQL Shell leaves modes that are gone out when it loads.
        this.modesAreKept = plan.dumpTool() != DumpTool.MYSQL_SHELL;
    }

    /** Generated columns, defaults and indexes with an expression. */
    void addExpressions(RefusedTexts texts, SqlTokens tokens, Server server, List<Finding> findings) {
        if (removed.isEmpty(RemovedSyntax.Place.GENERATED_COLUMN)) {
            return;
        }
        boolean escaped = server.isMySql() && server.version().atLeast(8, 0, 0);
        // MariaDB shows every default as SQL, from 10.2.1 on.
        boolean sqlDefaults = !server.isMySql() && server.version().atLeast(10, 2, 1);
        for (PerTable.Entry<Column> table : source.get(Facts.COLUMNS).entries()) {
            if (selection.contains(table.schema())) {
                for (Column column : table.items()) {
                    RemovedSyntax.Place place = column.expression() == null
                            ? RemovedSyntax.Place.DEFAULT
                            : RemovedSyntax.Place.GENERATED_COLUMN;
                    boolean computed = sqlDefaults || column.extra().contains("DEFAULT_GENERATED");
                    String expression =
                            column.expression() == null && computed ? column.defaultValue() : column.expression();
                    if (expression != null) {
                        tokens.read(escaped ? unescaped(expression) : expression, "");
                        String label = "column " + table.schema() + "." + table.table() + "." + column.name();
                        texts.addExpression(
                                part(ObjectRef.Type.COLUMN, table, column.name()), label, place, tokens, findings);
                    }
                }
            }
        }
        for (PerTable.Entry<Index> table : source.get(Facts.INDEXES).entries()) {
            if (selection.contains(table.schema())) {
                for (Index index : table.items()) {
                    for (Index.Part indexed : index.parts()) {
                        String expression = indexed.expression();
                        if (expression != null) {
                            tokens.read(escaped ? unescaped(expression) : expression, "");
                            String label = "index " + table.schema() + "." + table.table() + "." + index.name();
                            texts.addExpression(
                                    part(ObjectRef.Type.INDEX, table, index.name()),
                                    label,
                                    RemovedSyntax.Place.INDEX,
                                    tokens,
                                    findings);
                        }
                    }
                }
            }
        }
    }

    /** MySQL 8.0 and newer show each quote and each backslash of an expression with a backslash before it. */
    private static String unescaped(String expression) {
        if (expression.indexOf('\\') < 0) {
            return expression;
        }
        StringBuilder text = new StringBuilder(expression.length());
        for (int i = 0; i < expression.length(); i++) {
            char character = expression.charAt(i);
            if (character == '\\' && i + 1 < expression.length()) {
                character = expression.charAt(++i);
            }
            text.append(character);
        }
        return text.toString();
    }

    /** Names and values that are too long. */
    void addNames(List<Finding> findings) {
        RemovedSyntax.Limit key = removed.limit(RemovedSyntax.Limit.What.FOREIGN_KEY);
        if (key != null) {
            addForeignKeys(key, findings);
        }
        RemovedSyntax.Limit element = removed.limit(RemovedSyntax.Limit.What.SET_ELEMENT);
        if (element != null) {
            addElements(element, findings);
        }
    }

    private void addForeignKeys(RemovedSyntax.Limit limit, List<Finding> findings) {
        for (PerTable.Entry<ForeignKey> table : source.get(Facts.FOREIGN_KEYS).entries()) {
            if (selection.contains(table.schema())) {
                for (ForeignKey key : table.items()) {
                    int length = length(key.name());
                    boolean cut = length == SHOWN && (table.table() + "_ibfk_").startsWith(key.name());
                    if (length > limit.most() || cut) {
                        findings.add(tooLong(
                                part(ObjectRef.Type.FOREIGN_KEY, table, key.name()),
                                cut ? "more than " + SHOWN : Integer.toString(length),
                                limit,
                                "the name of foreign key " + table.schema() + "." + table.table() + "." + key.name(),
                                renamed(table, key, cut)));
                    }
                }
            }
        }
    }

    private Remedy renamed(PerTable.Entry<ForeignKey> table, ForeignKey key, boolean cut) {
        if (cut) {
            return Remedy.of("Make the key anew with a shorter name; SHOW CREATE TABLE "
                    + SqlNames.quote(table.schema(), table.table()) + " has the whole of the old one");
        }
        Set<String> taken = new HashSet<>();
        for (PerTable.Entry<ForeignKey> other : source.get(Facts.FOREIGN_KEYS).entries()) {
            if (other.schema().equals(table.schema())) {
                other.items().forEach(item -> taken.add(item.name()));
            }
        }
        String beginning = table.table().substring(0, Math.min(table.table().length(), 50)) + "_fk_";
        int number = 1;
        while (taken.contains(beginning + number)) {
            number++;
        }
        String sql = "ALTER TABLE " + SqlNames.quote(table.schema(), table.table()) + " DROP FOREIGN KEY "
                + SqlNames.quote(key.name()) + ", ADD CONSTRAINT " + SqlNames.quote(beginning + number)
                + " FOREIGN KEY (" + columns(key.columns()) + ") REFERENCES "
                + SqlNames.quote(key.referencedSchema(), key.referencedTable()) + " ("
                + columns(key.referencedColumns()) + ") ON UPDATE " + key.updateRule() + " ON DELETE "
                + key.deleteRule();
        return Remedy.sql(
                "Give it a shorter name:",
                List.of(new Remedy.Statement(sql, "copies the table to check its rows, blocks writes to it")));
    }

    private static String columns(List<String> names) {
        List<String> quoted = new ArrayList<>();
        names.forEach(name -> quoted.add(SqlNames.quote(name)));
        return String.join(", ", quoted);
    }

    private void addElements(RemovedSyntax.Limit limit, List<Finding> findings) {
        for (PerTable.Entry<Column> table : source.get(Facts.COLUMNS).entries()) {
            if (selection.contains(table.schema())) {
                for (Column column : table.items()) {
                    boolean listed = column.type().length() > limit.most()
                            && (column.type().startsWith("enum(")
                                    || column.type().startsWith("set("));
                    int longest = listed ? longestElement(column.type()) : 0;
                    if (longest > limit.most()) {
                        findings.add(tooLong(
                                part(ObjectRef.Type.COLUMN, table, column.name()),
                                Integer.toString(longest),
                                limit,
                                "a value of " + column.dataType().toUpperCase(Locale.ROOT) + " column " + table.schema()
                                        + "." + table.table() + "." + column.name(),
                                Remedy.of("Shorten its values to " + limit.most() + " characters, or make it a"
                                        + " VARCHAR, with ALTER TABLE on the source")));
                    }
                }
            }
        }
    }

    /** Of {@code enum('a','it''s')}, in characters. */
    private static int longestElement(String type) {
        int longest = 0;
        int length = -1;
        for (int i = 0; i < type.length(); i++) {
            char character = type.charAt(i);
            boolean quote = character == '\'';
            char next = i + 1 < type.length() ? type.charAt(i + 1) : ' ';
            if (length < 0) {
                length = quote ? 0 : -1;
            } else if ((quote && next == '\'') || (character == '\\' && next == '\\')) {
                length++;
                i++;
            } else if (quote) {
                longest = Math.max(longest, length);
                length = -1;
            } else if (!Character.isLowSurrogate(character)) {
                length++;
            }
        }
        return longest;
    }

    /** The columns of a view, whose tokens those are: a server shows their names whole in its text alone. */
    void addViewColumns(Program view, SqlTokens tokens, List<Finding> findings) {
        RemovedSyntax.Limit limit = removed.limit(RemovedSyntax.Limit.What.VIEW_COLUMN);
        int depth = 0;
        for (int index = 0; limit != null && index < tokens.size(); index++) {
            if (tokens.isSymbol(index, "(")) {
                depth++;
            } else if (tokens.isSymbol(index, ")")) {
                depth--;
            } else if (depth == 0 && tokens.isAnyWord(index, "FROM", "UNION")) {
                return;
            } else if (depth == 0 && tokens.isWord(index, "AS") && tokens.isIdentifier(index + 1)) {
                String name = tokens.name(index + 1);
                int length = length(name);
                if (length > limit.most()) {
                    findings.add(tooLong(
                            new ObjectRef(Side.SOURCE, ObjectRef.Type.COLUMN, view.schema(), view.name(), name),
                            Integer.toString(length),
                            limit,
                            "the name of column " + name + " of " + view.label(),
                            Remedy.of("Create the view anew on the source, with a shorter name for the column")));
                }
            }
        }
    }

    private Finding tooLong(ObjectRef object, String length, RemovedSyntax.Limit limit, String what, Remedy remedy) {
        return new Finding(
                Effect.BLOCKS_MIGRATION,
                object,
                length + " characters",
                "at most " + limit.most(),
                what + " has " + length + " characters, " + target + " takes at most " + limit.most() + " (error "
                        + limit.error() + ")",
                List.of(remedy));
    }

    /** Modes that are gone, of the programs of each database. */
    void addModes(List<Program> programs, List<Finding> findings) {
        if (!modesAreKept) {
            return;
        }
        Map<String, Map<String, Integer>> bySchema = new TreeMap<>();
        for (Program program : programs) {
            for (String mode : removed.removedModes(program.sqlMode())) {
                bySchema.computeIfAbsent(program.schema(), schema -> new TreeMap<>())
                        .merge(mode, 1, Integer::sum);
            }
        }
        bySchema.forEach((schema, modes) -> findings.add(modesOf(schema, modes)));
    }

    private Finding modesOf(String schema, Map<String, Integer> modes) {
        int most = 0;
        for (int count : modes.values()) {
            most = Math.max(most, count);
        }
        String names = String.join(", ", modes.keySet());
        return new Finding(
                Effect.WARNING,
                ObjectRef.schema(schema),
                names,
                null,
                (most == 1 ? "a program of " : most + " programs of ") + schema + (most == 1 ? " has" : " have")
                        + " the SQL mode " + names + ", which " + target
                        + " does not take: a dump that sets it stops there (error 1231)",
                List.of(
                        Remedy.of("Take " + names + " out of the dump before it is loaded, such as with sed" + " 's/"
                                + modes.keySet().iterator().next() + "//'; MySQL Shell does so itself"),
                        Remedy.of("Create the programs anew on the source, under an sql_mode without it")));
    }

    private static ObjectRef part(ObjectRef.Type type, PerTable.Entry<?> table, String name) {
        return new ObjectRef(Side.SOURCE, type, table.schema(), table.table(), name);
    }

    private static int length(String name) {
        return name.codePointCount(0, name.length());
    }
}
