/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of {@code SHOW GRANTS} of MySQL 5.6 to 9.x and MariaDB.
 *
 * <p>A line is understood as a whole or not at all: one that leaves a doubt goes to {@link Grants#unparsed()} and grants nothing. Doubts
 * are possible because 5.6 and 5.7 (and MariaDB before 10.4) print user and column names without escaping what is in them.
 * Password hashes are skipped and kept nowhere.
 */
public final class GrantParser {

    private static final int LONGEST_REDACTED_TEXT = 400;
    private static final Set<String> TAIL_STARTS = Set.of("IDENTIFIED", "REQUIRE", "WITH");
    private static final Set<String> OBJECT_KINDS = Set.of("TABLE", "FUNCTION", "PROCEDURE", "LIBRARY", "PACKAGE");

    private final List<Grant> grants = new ArrayList<>();
    private final List<RoleGrant> roleGrants = new ArrayList<>();
    private final List<Account> defaultRoles = new ArrayList<>();
    private final List<PartialRevoke> partialRevokes = new ArrayList<>();
    private final List<String> unparsed = new ArrayList<>();

    private GrantParser() {}

    /**
     * Reads lines; never fails.
     *
     * @param lines one statement each, as the server returned them, without a semicolon
     */
    public static Grants parse(List<String> lines) {
        GrantParser parser = new GrantParser();
        for (String line : lines) {
            if (!parser.line(line)) {
                parser.unparsed.add(redacted(line));
            }
        }
        return new Grants(
                parser.grants, parser.roleGrants, parser.defaultRoles, parser.partialRevokes, parser.unparsed);
    }

    private static String redacted(String line) {
        int secret = line.length();
        for (int i = 0; i < line.length(); i++) {
            if (line.regionMatches(true, i, "IDENTIFIED", 0, "IDENTIFIED".length())) {
                secret = i;
                break;
            }
        }
        return line.substring(0, Math.min(secret, LONGEST_REDACTED_TEXT));
    }

    private boolean line(String line) {
        Cursor cursor = new Cursor(line);
        if (cursor.acceptWord("GRANT")) {
            if (cursor.copy().acceptWords("PROXY", "ON")) {
                return proxy(line);
            }
            return roles(cursor) || grant(cursor) || grantOnBareColumns(line);
        }
        if (cursor.acceptWord("REVOKE")) {
            return revoke(cursor);
        }
        return cursor.acceptWords("SET", "DEFAULT", "ROLE") && defaultRole(cursor);
    }

    /** One privilege of a list; the columns are empty where it is for the whole object. */
    private record Item(String privilege, List<String> columns) {}

    private record Tail(boolean grantOption, boolean adminOption) {}

    private record Receiver(Account account, boolean singleQuoted, Tail tail) {}

    private boolean grant(Cursor start) {
        Cursor cursor = start.copy();
        List<Item> items = privileges(cursor);
        if (items == null || !cursor.acceptWord("ON")) {
            return false;
        }
        GrantScope scope = object(cursor);
        if (scope == null || !cursor.acceptWord("TO")) {
            return false;
        }
        Receiver receiver = receiver(cursor);
        if (receiver == null || (hasColumns(items) && receiver.singleQuoted())) {
            return false;
        }
        return add(items, scope, receiver);
    }

    /**
     * The form {@code SELECT (a, b), DELETE ON `s`.`t` TO 'u'@'h'}, in which column names are not quoted and may hold anything. It is
     * about one table and quotes that; the line must have exactly one place that reads so to its end.
     */
    private boolean grantOnBareColumns(String line) {
        Cursor found = null;
        int end = -1;
        for (int at = line.indexOf(" ON "); at >= 0; at = line.indexOf(" ON ", at + 1)) {
            Cursor cursor = new Cursor(line, at);
            if (cursor.acceptWord("ON")
                    && cursor.atQuote()
                    && object(cursor) instanceof GrantScope.Table
                    && cursor.acceptWord("TO")
                    && receiver(cursor.copy()) != null) {
                if (found != null) {
                    return false;
                }
                found = cursor;
                end = at;
            }
        }
        if (found == null) {
            return false;
        }
        Receiver receiver = receiver(found);
        Cursor object = new Cursor(line, end);
        List<Item> items = object.acceptWord("ON") ? bareColumns(line.substring("GRANT ".length(), end)) : null;
        GrantScope scope = object(object);
        return receiver != null && scope != null && items != null && hasColumns(items) && add(items, scope, receiver);
    }

    private static @Nullable List<Item> bareColumns(String list) {
        List<Item> items = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        int at = 0;
        while (at < list.length()) {
            int word = at;
            while (at < list.length() && (isUpperLetter(list.charAt(at)) || list.charAt(at) == ' ')) {
                at++;
            }
            String privilege = list.substring(word, at).strip();
            List<String> columns = List.of();
            if (at < list.length() && list.charAt(at) == '(') {
                int close = closing(list, at + 1);
                if (close < 0) {
                    return null;
                }
                columns = split(list.substring(at + 1, close));
                at = close + 1;
            }
            if (columns.contains("") || !Privileges.OF_TABLES.contains(privilege) || !seen.add(privilege)) {
                return null;
            }
            items.add(new Item(privilege, columns));
            if (at < list.length()) {
                if (!list.startsWith(", ", at)) {
                    return null;
                }
                at += 2;
            }
        }
        return items;
    }

    /** The parenthesis after which the list ends or goes on with a privilege. */
    private static int closing(String list, int from) {
        for (int close = list.indexOf(')', from); close >= 0; close = list.indexOf(')', close + 1)) {
            if (close == list.length() - 1) {
                return close;
            }
            if (list.startsWith(", ", close + 1)) {
                int at = close + 3;
                int word = at;
                while (at < list.length() && (isUpperLetter(list.charAt(at)) || list.charAt(at) == ' ')) {
                    at++;
                }
                if (Privileges.OF_TABLES.contains(list.substring(word, at).strip())) {
                    return close;
                }
            }
        }
        return -1;
    }

    private static boolean isUpperLetter(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static List<String> split(String columns) {
        List<String> result = new ArrayList<>();
        int from = 0;
        for (int comma = columns.indexOf(", "); comma >= 0; comma = columns.indexOf(", ", from)) {
            result.add(columns.substring(from, comma));
            from = comma + 2;
        }
        result.add(columns.substring(from));
        return result;
    }

    private static boolean hasColumns(List<Item> items) {
        for (Item item : items) {
            if (!item.columns().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean add(List<Item> items, GrantScope scope, Receiver receiver) {
        boolean grantOption = receiver.tail().grantOption();
        List<Grant> ofColumns = new ArrayList<>();
        TreeSet<String> whole = new TreeSet<>();
        for (Item item : items) {
            if (item.columns().isEmpty()) {
                whole.add(item.privilege());
            } else if (scope instanceof GrantScope.Table table) {
                GrantScope columns = new GrantScope.Columns(table.schema(), table.table(), item.columns());
                ofColumns.add(
                        new Grant(receiver.account(), columns, new TreeSet<>(List.of(item.privilege())), grantOption));
            } else {
                return false;
            }
        }
        if (!whole.isEmpty()) {
            grants.add(new Grant(receiver.account(), scope, whole, grantOption));
        }
        grants.addAll(ofColumns);
        return true;
    }

    private boolean proxy(String line) {
        for (int at = line.lastIndexOf(" TO "); at >= 0; at = line.lastIndexOf(" TO ", at - 1)) {
            Receiver receiver = receiver(new Cursor(line, at + 3));
            if (receiver != null) {
                grants.add(new Grant(
                        receiver.account(),
                        new GrantScope.Proxy(),
                        new TreeSet<>(List.of("PROXY")),
                        receiver.tail().grantOption()));
                return true;
            }
        }
        return false;
    }

    private boolean roles(Cursor start) {
        Cursor cursor = start.copy();
        List<Account> roles = new ArrayList<>();
        do {
            Account role = cursor.atQuote() ? quotedAccount(cursor) : bareRole(cursor);
            if (role == null) {
                return false;
            }
            roles.add(role);
        } while (cursor.accept(','));
        Receiver receiver = cursor.acceptWord("TO") ? receiver(cursor) : null;
        if (receiver == null) {
            return false;
        }
        for (Account role : roles) {
            roleGrants.add(
                    new RoleGrant(role, receiver.account(), receiver.tail().adminOption()));
        }
        return true;
    }

    private static @Nullable Account bareRole(Cursor cursor) {
        StringBuilder name = new StringBuilder();
        while (true) {
            Cursor ahead = cursor.copy();
            String word = ahead.bareWord();
            if (word.isEmpty() || word.equalsIgnoreCase("TO") || word.equalsIgnoreCase("ON")) {
                break;
            }
            name.append(name.length() == 0 ? "" : " ").append(word);
            cursor.moveTo(ahead);
        }
        return name.length() == 0 ? null : new Account(name.toString(), "");
    }

    private boolean defaultRole(Cursor cursor) {
        Account role = cursor.atQuote() ? quotedAccount(cursor) : new Account(cursor.bareWord(), "");
        if (role == null || role.user().isEmpty() || !cursor.acceptWord("FOR") || receiver(cursor) == null) {
            return false;
        }
        if (!role.user().equalsIgnoreCase("NONE")) {
            defaultRoles.add(role);
        }
        return true;
    }

    private boolean revoke(Cursor cursor) {
        List<Item> items = privileges(cursor);
        if (items == null || hasColumns(items) || !cursor.acceptWord("ON")) {
            return false;
        }
        if (!(object(cursor) instanceof GrantScope.Schema scope) || !cursor.acceptWord("FROM")) {
            return false;
        }
        if (receiver(cursor) == null) {
            return false;
        }
        TreeSet<String> privileges = new TreeSet<>();
        for (Item item : items) {
            privileges.add(item.privilege());
        }
        partialRevokes.add(new PartialRevoke(scope.pattern(), privileges));
        return true;
    }

    private static @Nullable List<Item> privileges(Cursor cursor) {
        List<Item> items = new ArrayList<>();
        do {
            StringBuilder name = new StringBuilder();
            while (!cursor.copy().acceptWord("ON")) {
                String word = cursor.asciiWord();
                if (word.isEmpty()) {
                    break;
                }
                name.append(name.length() == 0 ? "" : " ").append(word);
            }
            if (name.length() == 0) {
                return null;
            }
            List<String> columns = List.of();
            if (cursor.accept('(')) {
                columns = columns(cursor);
                if (columns.isEmpty()) {
                    return null;
                }
            }
            items.add(new Item(Privileges.canonical(name.toString()), columns));
        } while (cursor.accept(','));
        return items;
    }

    /** Quoted columns up to the closing parenthesis; empty where they are not quoted. */
    private static List<String> columns(Cursor cursor) {
        List<String> columns = new ArrayList<>();
        do {
            String column = cursor.atQuote() ? cursor.quotedName() : cursor.bareWord();
            if (column == null || column.isEmpty()) {
                return List.of();
            }
            columns.add(column);
        } while (cursor.accept(','));
        return cursor.accept(')') ? columns : List.of();
    }

    private static @Nullable GrantScope object(Cursor cursor) {
        String kind = objectKind(cursor);
        boolean anySchema = cursor.accept('*');
        String schema = anySchema ? "" : name(cursor);
        if (schema == null || !cursor.acceptHere('.')) {
            return null;
        }
        if (cursor.acceptHere('*')) {
            if (!kind.equals("TABLE")) {
                return null;
            }
            return anySchema ? new GrantScope.Global() : new GrantScope.Schema(schema);
        }
        String name = anySchema ? null : name(cursor);
        if (name == null) {
            return null;
        }
        return kind.equals("TABLE") ? new GrantScope.Table(schema, name) : new GrantScope.Routine(kind, schema, name);
    }

    private static String objectKind(Cursor cursor) {
        Cursor ahead = cursor.copy();
        String word = ahead.bareWord().toUpperCase(Locale.ROOT);
        if (!OBJECT_KINDS.contains(word) || ahead.acceptHere('.')) {
            return "TABLE";
        }
        cursor.moveTo(ahead);
        return word.equals("PACKAGE") && cursor.acceptWord("BODY") ? "PACKAGE BODY" : word;
    }

    private static @Nullable String name(Cursor cursor) {
        if (cursor.atQuote()) {
            return cursor.quotedName();
        }
        String word = cursor.bareWord();
        return word.isEmpty() ? null : word;
    }

    /** The account after {@code TO}, {@code FROM} or {@code FOR} and what follows it to the end of the line. */
    private static @Nullable Receiver receiver(Cursor cursor) {
        if (cursor.at('\'')) {
            return rawReceiver(cursor);
        }
        boolean quoted = cursor.atQuote();
        Account account = quoted ? quotedAccount(cursor) : new Account(cursor.bareWord(), "");
        if (account == null || (!quoted && account.user().isEmpty())) {
            return null;
        }
        Tail tail = tail(cursor, quoted);
        return tail == null ? null : new Receiver(account, false, tail);
    }

    /**
     * {@code 'user'@'host'} with the user's name as it is, quotes and all. There must be one {@code '@'} only that fits; without any it
     * is the name of an old MariaDB's role.
     */
    private static @Nullable Receiver rawReceiver(Cursor cursor) {
        String rest = cursor.rest();
        int middle = rest.indexOf("'@'", 1);
        if (middle < 0) {
            int end = rest.indexOf('\'', 1);
            Tail tail = end < 0 ? null : tail(new Cursor(rest, end + 1), true);
            return tail == null ? null : new Receiver(new Account(rest.substring(1, end), ""), true, tail);
        }
        int end = rest.indexOf('\'', middle + 3);
        if (end < 0 || rest.indexOf("'@'", middle + 1) >= 0) {
            return null;
        }
        Tail tail = tail(new Cursor(rest, end + 1), true);
        Account account = new Account(rest.substring(1, middle), rest.substring(middle + 3, end));
        return tail == null ? null : new Receiver(account, true, tail);
    }

    private static @Nullable Account quotedAccount(Cursor cursor) {
        String user = cursor.quotedName();
        if (user == null) {
            return null;
        }
        if (!cursor.acceptHere('@')) {
            return new Account(user, "");
        }
        String host = cursor.atQuote() ? cursor.quotedName() : cursor.bareWord();
        return host == null ? null : new Account(user, host);
    }

    /**
     * What follows the account. Only the options after the last quote count: what is before it may be anybody's text (5.7 does not escape
     * a certificate's subject).
     */
    private static @Nullable Tail tail(Cursor cursor, boolean quotesAllowed) {
        Cursor ahead = cursor.copy();
        String first = ahead.bareWord().toUpperCase(Locale.ROOT);
        if (first.isEmpty()) {
            return cursor.atEnd() ? new Tail(false, false) : null;
        }
        String rest = cursor.rest();
        if (!TAIL_STARTS.contains(first) || !Character.isWhitespace(rest.charAt(0))) {
            return null;
        }
        int lastQuote = Math.max(rest.lastIndexOf('\''), Math.max(rest.lastIndexOf('"'), rest.lastIndexOf('`')));
        if (lastQuote >= 0 && (!quotesAllowed || first.equals("WITH"))) {
            return null;
        }
        Cursor options = new Cursor(rest, lastQuote + 1);
        boolean with = false;
        boolean grantOption = false;
        boolean adminOption = false;
        while (!options.atEnd()) {
            String word = options.optionWord().toUpperCase(Locale.ROOT);
            if (word.isEmpty()) {
                return null;
            }
            if (with && word.equals("GRANT") && options.acceptWord("OPTION")) {
                grantOption = true;
            } else if (with && word.equals("ADMIN") && options.acceptWord("OPTION")) {
                adminOption = true;
            } else if (with && !(word.startsWith("MAX_") && isNumber(options.optionWord()))) {
                return null;
            }
            with |= word.equals("WITH");
        }
        return new Tail(grantOption, adminOption);
    }

    private static boolean isNumber(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /** A place in a line. Every method but the ones named "here" passes over white space first. */
    private static final class Cursor {

        private final String text;
        private int at;

        Cursor(String text) {
            this(text, 0);
        }

        Cursor(String text, int at) {
            this.text = text;
            this.at = at;
        }

        Cursor copy() {
            return new Cursor(text, at);
        }

        void moveTo(Cursor other) {
            at = other.at;
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        boolean atEnd() {
            int next = at;
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            return next == text.length();
        }

        /** The text from here on, blanks included unless another method has passed over them. */
        String rest() {
            return text.substring(at);
        }

        boolean at(char c) {
            skipBlanks();
            return at < text.length() && text.charAt(at) == c;
        }

        boolean atQuote() {
            return at('`') || at('"') || at('\'');
        }

        boolean accept(char c) {
            skipBlanks();
            return acceptHere(c);
        }

        boolean acceptHere(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        /** Passes over this word, in any case, or stays. */
        boolean acceptWord(String word) {
            int before = at;
            if (bareWord().equalsIgnoreCase(word)) {
                return true;
            }
            at = before;
            return false;
        }

        boolean acceptWords(String... words) {
            for (String word : words) {
                if (!acceptWord(word)) {
                    return false;
                }
            }
            return true;
        }

        /** Letters, digits, underscore and dollar, as in an identifier that needs no quotes; empty if there is none here. */
        String bareWord() {
            skipBlanks();
            int from = at;
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at))
                            || text.charAt(at) == '_'
                            || text.charAt(at) == '$'
                            || text.charAt(at) > '\u00ff')) {
                at++;
            }
            return text.substring(from, at);
        }

        /** A word of a privilege's name: ASCII letters, digits, underscore. */
        String asciiWord() {
            skipBlanks();
            int from = at;
            while (at < text.length() && (isUpperLetter((char) (text.charAt(at) & ~0x20)) || isDigitOrUnderscore())) {
                at++;
            }
            return text.substring(from, at);
        }

        private boolean isDigitOrUnderscore() {
            char c = text.charAt(at);
            return (c >= '0' && c <= '9') || c == '_';
        }

        /** Anything up to the next blank. */
        String optionWord() {
            skipBlanks();
            int from = at;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        /** A name in back-ticks, double or single quotes, in which the quote is doubled; null if it does not end. */
        @Nullable
        String quotedName() {
            char quote = text.charAt(at);
            StringBuilder name = new StringBuilder();
            for (int i = at + 1; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != quote) {
                    name.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    name.append(c);
                    i++;
                } else {
                    at = i + 1;
                    return name.toString();
                }
            }
            return null;
        }
    }
}
