/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.checks.sql.SqlTokens;
import io.github.mysqlpreflight.checks.sql.WordTable;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the source's SQL may say and the target no longer takes: what {@code removed-syntax.txt} says of one pair of releases.
 * Immutable.
 */
final class RemovedSyntax {
    private static final String RESOURCE = "removed-syntax.txt";
    private static final String START = "^";

    private final List<Rule> rules;
    /** Those that are looked for at a symbol. */
    private final List<Rule> symbolRules;

    private final WordTable words;
    /** Tables of the server's own databases, as {@code database.table} in lower case. */
    private final Map<String, Rule> tables;

    private final Map<String, ServerVersion> modes;
    private final Map<Limit.What, Limit> limits;

    private RemovedSyntax(
            List<Rule> rules,
            Map<String, Rule> tables,
            Map<String, ServerVersion> modes,
            Map<Limit.What, Limit> limits) {
        this.rules = List.copyOf(rules);
        this.tables = Map.copyOf(tables);
        this.symbolRules = rules.stream().filter(Rule::startsWithSymbol).toList();
        this.words = new WordTable(rules.stream().map(Rule::word).toList());
        this.modes = Map.copyOf(modes);
        this.limits = Map.copyOf(limits);
    }

    /** Where a text stands, for the server finds out sooner or later that a function is gone. */
    enum Place {
        /** A routine, trigger or event: when it runs. */
        PROGRAM(1305),
        /** A view: when it is made. */
        VIEW(1305),
        /** A generated column: when the table is made. */
        GENERATED_COLUMN(3763),
        /** A default: when the table is made. */
        DEFAULT(3770),
        /** An index: when the table is made. */
        INDEX(3758);

        private final int error;

        Place(int error) {
            this.error = error;
        }

        /** Whether it belongs to a table, where loadable functions are no help. */
        boolean isOfATable() {
            return this != PROGRAM && this != VIEW;
        }
    }

    /** What becomes of a text with something in it. */
    private enum Fate {
        /** It is something else. */
        NONE,
        /** It fails when it gets there. */
        FAILS,
        /** It is refused as a whole. */
        REFUSED;

        static Fate refusedIf(boolean gone) {
            return gone ? REFUSED : NONE;
        }
    }

    /** How a thing that is gone is recognised. */
    private enum Kind {
        FUNCTION,
        MARIADB,
        WAITING,
        KEYWORD,
        SYNTAX,
        CLAUSE,
        VARIABLE,
        TABLE,
        SQL_CACHE,
        LEADING_DOT,
        GROUP_BY_ORDER
    }

    /**
     * One thing that is gone.
     *
     * @param kind how it is recognised
     * @param removed the first release without it
     * @param pattern its words; the first one is where it is looked for
     * @param instead what to write in its place; null for nothing
     * @param component what brings it back; null for nothing
     */
    private record Rule(
            Kind kind,
            ServerVersion removed,
            List<String> pattern,
            @Nullable String instead,
            @Nullable String component) {
        /** The word at which it is looked for. */
        String word() {
            return pattern.get(pattern.get(0).equals(START) ? 1 : 0);
        }

        boolean startsWithSymbol() {
            return kind == Kind.LEADING_DOT || word().startsWith("\\");
        }

        String said() {
            return switch (kind) {
                case FUNCTION, MARIADB, WAITING, KEYWORD -> word() + "()";
                case SYNTAX ->
                    String.join(" ", pattern).replace(START + " ", "").replace(" (", "()");
                case CLAUSE -> pattern.get(0) + " with " + pattern.get(1);
                case VARIABLE -> "the variable " + word().toLowerCase(Locale.ROOT);
                case TABLE -> "the table " + word();
                case SQL_CACHE -> "SQL_CACHE";
                case LEADING_DOT -> "a name with a dot before it";
                case GROUP_BY_ORDER -> "GROUP BY with ASC or DESC";
            };
        }
    }

    /**
     * Something that is gone, in a text.
     *
     * @param what it, for a message
     * @param line where it stands, from 1
     * @param removed the first release without it; null where no MySQL ever had it
     * @param instead what to write in its place; null for nothing
     * @param component what brings it back; null for nothing
     * @param refused whether the text is refused as a whole, else it fails when it gets there
     * @param error the number of the error that says so
     */
    record Problem(
            String what,
            int line,
            @Nullable ServerVersion removed,
            @Nullable String instead,
            @Nullable String component,
            boolean refused,
            int error) {
        Problem {
            requireNonNull(what, "what is null");
        }
    }

    /**
     * A name or value that may not be longer.
     *
     * @param since the first release that holds to it
     * @param most characters
     * @param error the number of what it says otherwise
     */
    record Limit(ServerVersion since, int most, int error) {
        /** What is limited. */
        enum What {
            FOREIGN_KEY,
            SET_ELEMENT,
            VIEW_COLUMN
        }
    }

    /** Holds the file so that it is read only where a check asks. */
    private static final class BuiltIn {
        private static final DataFile FILE = DataFile.of(RemovedSyntax.class, RESOURCE);
    }

    /** What is gone between two servers. */
    static RemovedSyntax between(Server source, ServerVersion target) {
        return between(BuiltIn.FILE, source, target);
    }

    /**
     * What is gone between two servers, of a file.
     *
     * @throws IllegalArgumentException when a line is not understood, with its number
     */
    static RemovedSyntax between(DataFile file, Server source, ServerVersion target) {
        List<Rule> rules = new ArrayList<>();
        Map<String, Rule> tables = new LinkedHashMap<>();
        Map<String, ServerVersion> modes = new LinkedHashMap<>();
        Map<Limit.What, Limit> limits = new EnumMap<>(Limit.What.class);
        for (DataFile.Line line : file.lines()) {
            ServerVersion version = line.version(1);
            boolean concerns = target.compareTo(version) >= 0
                    && (!source.isMySql() || source.version().compareTo(version) < 0);
            if (line.kind().equals("mode")) {
                if (concerns) {
                    modes.put(line.text(2), version);
                }
            } else if (line.kind().equals("length")) {
                if (concerns) {
                    limits.put(Limit.What.valueOf(line.text(2)), new Limit(version, number(line, 3), number(line, 4)));
                }
            } else {
                Rule rule = rule(line, version);
                if (concerns && rule.kind() == Kind.TABLE) {
                    tables.put(rule.word(), rule);
                } else if (concerns) {
                    rules.add(rule);
                }
            }
        }
        return new RemovedSyntax(rules, tables, modes, limits);
    }

    private static Rule rule(DataFile.Line line, ServerVersion removed) {
        String word = line.text(2);
        return switch (line.kind()) {
            case "function" -> new Rule(Kind.FUNCTION, removed, List.of(word), line.textOrNull(3), line.textOrNull(4));
            case "mariadb" -> new Rule(Kind.MARIADB, removed, List.of(word), line.textOrNull(3), null);
            case "waiting" -> new Rule(Kind.WAITING, removed, List.of(word), line.textOrNull(3), null);
            case "keyword" -> new Rule(Kind.KEYWORD, removed, List.of(word), line.textOrNull(3), null);
            case "syntax" -> new Rule(Kind.SYNTAX, removed, List.of(word.split(" ", -1)), line.textOrNull(3), null);
            case "clause" -> new Rule(Kind.CLAUSE, removed, List.of(word, line.text(3)), line.textOrNull(4), null);
            case "variable" ->
                new Rule(Kind.VARIABLE, removed, List.of(word.toUpperCase(Locale.ROOT)), line.textOrNull(3), null);
            case "table" -> new Rule(Kind.TABLE, removed, List.of(word), line.textOrNull(3), null);
            case "special" -> special(line, removed, word);
            default -> throw line.wrong("an unknown kind of line: " + line.kind());
        };
    }

    private static Rule special(DataFile.Line line, ServerVersion removed, String word) {
        return switch (word) {
            case "SQL_CACHE" -> new Rule(Kind.SQL_CACHE, removed, List.of(word), line.textOrNull(3), null);
            case "LEADING_DOT" -> new Rule(Kind.LEADING_DOT, removed, List.of("."), line.textOrNull(3), null);
            case "GROUP_BY_ORDER" -> new Rule(Kind.GROUP_BY_ORDER, removed, List.of("GROUP"), line.textOrNull(3), null);
            default -> throw line.wrong("nothing knows how to find " + word);
        };
    }

    private static int number(DataFile.Line line, int index) {
        try {
            return Integer.parseInt(line.text(index));
        } catch (NumberFormatException e) {
            throw line.wrong("field " + (index + 1) + " is no number");
        }
    }

    /** Whether there is nothing that a text of that kind could say. */
    boolean isEmpty(Place place) {
        if (!tables.isEmpty() && !place.isOfATable()) {
            return false;
        }
        for (Rule rule : rules) {
            if (place == Place.PROGRAM || mayStandOutsideOfPrograms(rule.kind())) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayStandOutsideOfPrograms(Kind kind) {
        return switch (kind) {
            case FUNCTION, MARIADB, KEYWORD, SQL_CACHE, GROUP_BY_ORDER -> true;
            case WAITING, SYNTAX, CLAUSE, VARIABLE, TABLE, LEADING_DOT -> false;
        };
    }

    /** Those of the modes that are gone, in their order. */
    List<String> removedModes(String sqlMode) {
        List<String> removed = new ArrayList<>();
        if (!modes.isEmpty() && !sqlMode.isEmpty()) {
            for (String mode : sqlMode.split(",", -1)) {
                if (modes.containsKey(mode)) {
                    removed.add(mode);
                }
            }
        }
        return removed;
    }

    /** How long it may be; null where the source holds to that, too. */
    @Nullable
    Limit limit(Limit.What what) {
        return limits.get(what);
    }

    /**
     * What is gone of what a text says, in its order.
     *
     * @param functions names of the functions of users that the text can call without their database, in upper case
     */
    List<Problem> problems(SqlTokens tokens, Place place, Set<String> functions) {
        List<Problem> problems = new ArrayList<>();
        if (isEmpty(place)) {
            return problems;
        }
        for (int index = 0; index < tokens.size(); index++) {
            switch (tokens.kind(index)) {
                case WORD -> addWord(tokens, index, place, functions, problems);
                case SYSTEM_VARIABLE -> {
                    int number = tokens.findVariable(index, words);
                    if (number >= 0 && rules.get(number).kind() == Kind.VARIABLE) {
                        problems.add(problem(tokens, index, rules.get(number), place, Fate.REFUSED));
                    }
                }
                case SYMBOL -> addSymbol(tokens, index, place, problems);
                case NAME, STRING, NUMBER, USER_VARIABLE -> {}
            }
        }
        return problems;
    }

    private static Problem problem(SqlTokens tokens, int index, Rule rule, Place place, Fate fate) {
        return new Problem(
                rule.said(),
                tokens.line(index),
                rule.kind() == Kind.MARIADB ? null : rule.removed(),
                rule.instead(),
                place.isOfATable() ? null : rule.component(),
                fate == Fate.REFUSED,
                error(rule, place, fate));
    }

    private static int error(Rule rule, Place place, Fate fate) {
        return switch (rule.kind()) {
            case FUNCTION, MARIADB, WAITING -> place.error;
            case SQL_CACHE -> fate == Fate.FAILS ? 1054 : 1064;
            case VARIABLE -> 1193;
            case TABLE -> rule.word().startsWith("information_schema.") ? 1109 : 1146;
            case KEYWORD, SYNTAX, CLAUSE, LEADING_DOT, GROUP_BY_ORDER -> 1064;
        };
    }

    private void addWord(SqlTokens tokens, int index, Place place, Set<String> functions, List<Problem> problems) {
        if (tokens.isWord(index, "SET") && SqlShapes.isStatementStart(tokens, index)) {
            addAssignments(tokens, index, problems);
        }
        int first = tokens.find(index, words);
        if (first < 0) {
            return;
        }
        String word = rules.get(first).word();
        for (int number = first; number < rules.size(); number++) {
            Rule rule = rules.get(number);
            if (rule.word().equals(word)) {
                Fate fate = fate(tokens, index, rule, place, functions);
                if (fate != Fate.NONE) {
                    problems.add(problem(tokens, index, rule, place, fate));
                    return;
                }
            }
        }
    }

    private static Fate fate(SqlTokens tokens, int index, Rule rule, Place place, Set<String> functions) {
        return switch (rule.kind()) {
            case FUNCTION, MARIADB, WAITING -> {
                boolean gone = SqlShapes.isCall(tokens, index) && !functions.contains(rule.word());
                yield gone && place == Place.PROGRAM ? Fate.FAILS : Fate.refusedIf(gone);
            }
            case KEYWORD -> Fate.refusedIf(SqlShapes.isCall(tokens, index));
            case SYNTAX -> Fate.refusedIf(follows(tokens, index, rule.pattern()));
            case CLAUSE ->
                Fate.refusedIf(hasClause(tokens, index, rule.pattern().get(1)));
            case SQL_CACHE -> sqlCache(tokens, index);
            case GROUP_BY_ORDER -> Fate.refusedIf(ordersGroups(tokens, index));
            case VARIABLE, TABLE, LEADING_DOT -> Fate.NONE;
        };
    }

    /** A name that holds a dot, which stands there; a view is refused with it, a program fails when it runs. */
    private void addTable(SqlTokens tokens, int dot, Place place, List<Problem> problems) {
        if (tokens.isIdentifier(dot - 1) && tokens.isIdentifier(dot + 1) && !tokens.isSymbol(dot - 2, ".")) {
            String name = tokens.name(dot - 1) + "." + tokens.name(dot + 1);
            Rule rule = tables.get(name.toLowerCase(Locale.ROOT));
            if (rule != null) {
                problems.add(problem(tokens, dot - 1, rule, place, place == Place.PROGRAM ? Fate.FAILS : Fate.REFUSED));
            }
        }
    }

    private void addSymbol(SqlTokens tokens, int index, Place place, List<Problem> problems) {
        if (!tables.isEmpty() && !place.isOfATable() && tokens.isSymbol(index, ".")) {
            addTable(tokens, index, place, problems);
        }
        for (Rule rule : symbolRules) {
            if (tokens.isSymbol(index, rule.word())
                    && (rule.kind() != Kind.LEADING_DOT || isLeadingDot(tokens, index))) {
                problems.add(problem(tokens, index, rule, place, Fate.REFUSED));
            }
        }
    }

    private static boolean follows(SqlTokens tokens, int index, List<String> pattern) {
        int at = index;
        for (String word : pattern) {
            if (word.equals(START)) {
                if (!SqlShapes.isStatementStart(tokens, index)) {
                    return false;
                }
            } else if (tokens.isWord(at, word) || tokens.isSymbol(at, word)) {
                at++;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean hasClause(SqlTokens tokens, int index, String word) {
        if (!SqlShapes.isStatementStart(tokens, index)) {
            return false;
        }
        for (int at = index + 1; !SqlShapes.isStatementEnd(tokens, at); at++) {
            if (tokens.isWord(at, word)) {
                return true;
            }
        }
        return false;
    }

    /**
     * An option of SELECT that has become a name: alone before a comma or FROM what follows it is taken for its alias, and
     * the statement fails when it runs; anywhere else it does not parse.
     */
    private static Fate sqlCache(SqlTokens tokens, int index) {
        if (!tokens.isAnyWord(
                index - 1,
                "SELECT",
                "ALL",
                "DISTINCT",
                "DISTINCTROW",
                "HIGH_PRIORITY",
                "STRAIGHT_JOIN",
                "SQL_SMALL_RESULT",
                "SQL_BIG_RESULT",
                "SQL_BUFFER_RESULT",
                "SQL_CALC_FOUND_ROWS")) {
            return Fate.NONE;
        }
        boolean alias = tokens.isIdentifier(index + 1) || tokens.kind(index + 1) == SqlTokens.Kind.STRING;
        boolean alone = tokens.isSymbol(index + 2, ",")
                || tokens.isAnyWord(index + 2, "FROM", "INTO")
                || SqlShapes.isStatementEnd(tokens, index + 2);
        return alias && alone ? Fate.FAILS : Fate.REFUSED;
    }

    private static boolean ordersGroups(SqlTokens tokens, int index) {
        if (!tokens.isWord(index + 1, "BY")) {
            return false;
        }
        int depth = 0;
        for (int at = index + 2; at < tokens.size() && depth >= 0; at++) {
            if (tokens.isSymbol(at, "(")) {
                depth++;
            } else if (tokens.isSymbol(at, ")")) {
                depth--;
            } else if (depth == 0) {
                if (tokens.isAnyWord(at, "ASC", "DESC")) {
                    return true;
                }
                if (tokens.isSymbol(at, ";")
                        || tokens.isAnyWord(
                                at, "ORDER", "HAVING", "LIMIT", "INTO", "UNION", "PROCEDURE", "FOR", "LOCK", "DO")) {
                    return false;
                }
            }
        }
        return false;
    }

    /** {@code FROM .t} names a table of no database; {@code a .b} is a column. */
    private static boolean isLeadingDot(SqlTokens tokens, int index) {
        return tokens.kind(index + 1) == SqlTokens.Kind.NAME
                && (tokens.isAnyWord(index - 1, "FROM", "JOIN", "INTO", "UPDATE", "TABLE")
                        || tokens.isSymbol(index - 1, ",")
                        || tokens.isSymbol(index - 1, "("));
    }

    /** The targets of {@code SET a = 1, SESSION b = 2}: system variables, as far as nothing of that name is declared. */
    private void addAssignments(SqlTokens tokens, int start, List<Problem> problems) {
        int depth = 0;
        boolean target = true;
        for (int at = start + 1; !SqlShapes.isStatementEnd(tokens, at); at++) {
            if (tokens.isSymbol(at, "(")) {
                depth++;
            } else if (tokens.isSymbol(at, ")")) {
                depth--;
            } else if (tokens.isSymbol(at, ",") && depth == 0) {
                target = true;
                continue;
            }
            boolean scope = tokens.isAnyWord(at, "SESSION", "GLOBAL", "LOCAL", "PERSIST", "PERSIST_ONLY");
            if (target && scope && !SqlShapes.isAssignment(tokens, at + 1)) {
                continue;
            }
            if (target && SqlShapes.isAssignment(tokens, at + 1)) {
                int number = tokens.find(at, words);
                boolean scoped = tokens.isAnyWord(at - 1, "SESSION", "GLOBAL", "LOCAL", "PERSIST", "PERSIST_ONLY");
                if (number >= 0
                        && rules.get(number).kind() == Kind.VARIABLE
                        && (scoped || !declares(tokens, rules.get(number).word()))) {
                    problems.add(problem(tokens, at, rules.get(number), Place.PROGRAM, Fate.REFUSED));
                }
            }
            target = false;
        }
    }

    private static boolean declares(SqlTokens tokens, String name) {
        for (int at = 0; at < tokens.size(); at++) {
            if (tokens.isWord(at, "DECLARE")) {
                int variable = at + 1;
                while (tokens.isIdentifier(variable)) {
                    if (tokens.name(variable).equalsIgnoreCase(name)) {
                        return true;
                    }
                    if (!tokens.isSymbol(variable + 1, ",")) {
                        break;
                    }
                    variable += 2;
                }
            }
        }
        return false;
    }
}
