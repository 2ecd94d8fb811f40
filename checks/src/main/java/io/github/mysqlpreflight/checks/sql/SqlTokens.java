/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.sql;

import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.util.Arrays;

/**
 * The words of an SQL text, as the lexer of a MySQL server of a certain version sees them.
 *
 * <p>Read anew for each text, which reuses the room: {@link #read} goes over the text once and makes no object. Not for use by several
 * threads. Tried on 5.7.22, 8.0.15 and 9.7.4:
 *
 * <ul>
 *   <li>A word that follows a dot without a blank is a name, whatever it says: {@link Kind#NAME}, like one in quotes.
 *   <li>What stands in {@code /*!50003 … *}{@code /} is part of the text for servers of that version and newer ones; hints and MariaDB's
 *       {@code /*M! … *}{@code /} are comments.
 *   <li>{@code "…"} is a name with {@code ANSI_QUOTES}; a backslash is ordinary with {@code NO_BACKSLASH_ESCAPES}.
 *   <li>A name may start with a digit, as {@code 2nd}; {@code 1e5} and {@code 0x1F} are numbers.
 * </ul>
 */
public final class SqlTokens {
    /** What a token is. */
    public enum Kind {
        /** A keyword, or a name without quotes. */
        WORD,
        /** A name that cannot be a keyword: quoted, or behind a dot. */
        NAME,
        /** A string, or a bit or hexadecimal literal in quotes. */
        STRING,
        NUMBER,
        /** A user variable, with its {@code @}. */
        USER_VARIABLE,
        /** A system variable with its {@code @@} and its scope. */
        SYSTEM_VARIABLE,
        /** Anything else: one character, or one of {@code :=}, {@code \N}. */
        SYMBOL
    }

    private static final String ASSIGNMENT = ":=";

    private final int version;
    private String text = "";
    private boolean ansiQuotes;
    private boolean backslashEscapes = true;
    private Kind[] kinds = new Kind[256];
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int count;
    private int position;
    private boolean inVersionComment;

    /** Tokens as a server of that version sees them. */
    public SqlTokens(ServerVersion version) {
        this.version = version.major() * 10_000 + version.minor() * 100 + version.patch();
    }

    /** Reads a text that was written under that {@code sql_mode}; gives itself. */
    public SqlTokens read(String sql, String sqlMode) {
        text = sql;
        ansiQuotes = hasMode(sqlMode, "ANSI_QUOTES");
        backslashEscapes = !hasMode(sqlMode, "NO_BACKSLASH_ESCAPES");
        count = 0;
        position = 0;
        inVersionComment = false;
        while (position < text.length()) {
            readToken();
        }
        return this;
    }

    /** Whether a {@code sql_mode}, a list of names with commas between, has that one. */
    public static boolean hasMode(String sqlMode, String name) {
        for (int at = sqlMode.indexOf(name); at >= 0; at = sqlMode.indexOf(name, at + 1)) {
            int end = at + name.length();
            if ((at == 0 || sqlMode.charAt(at - 1) == ',') && (end == sqlMode.length() || sqlMode.charAt(end) == ',')) {
                return true;
            }
        }
        return false;
    }

    /** How many tokens there are. */
    public int size() {
        return count;
    }

    /** What that token is; {@link Kind#SYMBOL} before the first and behind the last. */
    public Kind kind(int index) {
        return index < 0 || index >= count ? Kind.SYMBOL : kinds[index];
    }

    /** That token as it is written; empty before the first and behind the last. */
    public String text(int index) {
        return index < 0 || index >= count ? "" : text.substring(starts[index], ends[index]);
    }

    /** Whether that token is this keyword, given in upper case. */
    public boolean isWord(int index, String keyword) {
        return kind(index) == Kind.WORD && matches(starts[index], ends[index], keyword);
    }

    /** Whether that token is one of those keywords. */
    public boolean isAnyWord(int index, String... keywords) {
        for (String keyword : keywords) {
            if (isWord(index, keyword)) {
                return true;
            }
        }
        return false;
    }

    /** Whether that token is this symbol. */
    public boolean isSymbol(int index, String symbol) {
        return index >= 0
                && index < count
                && kinds[index] == Kind.SYMBOL
                && ends[index] - starts[index] == symbol.length()
                && text.startsWith(symbol, starts[index]);
    }

    /** Whether that token is a name, with or without quotes; a keyword counts. */
    public boolean isIdentifier(int index) {
        Kind kind = kind(index);
        return kind == Kind.NAME || kind == Kind.WORD;
    }

    /** The name that an identifier or variable stands for: without quotes, {@code @} and scope. */
    public String name(int index) {
        int start = starts[index];
        int end = ends[index];
        switch (kinds[index]) {
            case USER_VARIABLE -> start++;
            case SYSTEM_VARIABLE -> start = startOfVariable(index);
            case WORD, NAME, STRING, NUMBER, SYMBOL -> {}
        }
        char quote = start < end ? text.charAt(start) : ' ';
        if (end - start < 2 || (quote != '`' && quote != '"' && quote != '\'')) {
            return text.substring(start, end);
        }
        String inner = text.substring(start + 1, end - 1);
        return inner.indexOf(quote) < 0 ? inner : inner.replace(("" + quote) + quote, "" + quote);
    }

    /** The line in which that token starts, from 1. */
    public int line(int index) {
        int line = 1;
        for (int at = text.indexOf('\n'); at >= 0 && at < starts[index]; at = text.indexOf('\n', at + 1)) {
            line++;
        }
        return line;
    }

    /** The token's number in that table of words, or -1. */
    public int find(int index, WordTable words) {
        return kind(index) == Kind.WORD ? words.find(text, starts[index], ends[index]) : -1;
    }

    /** The number of the name of a system variable in that table, or -1. */
    public int findVariable(int index, WordTable words) {
        return kind(index) == Kind.SYSTEM_VARIABLE ? words.find(text, startOfVariable(index), ends[index]) : -1;
    }

    private int startOfVariable(int index) {
        int dot = text.lastIndexOf('.', ends[index] - 1);
        return dot > starts[index] ? dot + 1 : starts[index] + 2;
    }

    private boolean matches(int start, int end, String keyword) {
        return end - start == keyword.length() && text.regionMatches(true, start, keyword, 0, keyword.length());
    }

    private void readToken() {
        char first = text.charAt(position);
        if (first <= ' ') {
            position++;
        } else if (isComment(first)) {
            skipComment(first);
        } else if (inVersionComment && first == '*' && at(1) == '/') {
            inVersionComment = false;
            position += 2;
        } else if (first == '\'' || (first == '"' && !ansiQuotes)) {
            add(Kind.STRING, position, endOfString(position));
        } else if (first == '`' || first == '"') {
            add(Kind.NAME, position, endOfName(position));
        } else if (first == '@') {
            readVariable();
        } else if (isDigit(first) || (first == '.' && isDigit(at(1)) && !followsName())) {
            readNumber();
        } else if (isNameCharacter(first)) {
            readWord();
        } else {
            boolean pair = text.startsWith(ASSIGNMENT, position) || text.startsWith("\\N", position);
            add(Kind.SYMBOL, position, position + (pair ? 2 : 1));
        }
    }

    private boolean isComment(char first) {
        return first == '#' || (first == '-' && at(1) == '-' && at(2) <= ' ') || (first == '/' && at(1) == '*');
    }

    private void skipComment(char first) {
        if (first != '/') {
            int end = text.indexOf('\n', position);
            position = end < 0 ? text.length() : end + 1;
            return;
        }
        if (at(2) == '!') {
            int digits = digitsFrom(position + 3);
            if (versionAt(position + 3, digits) <= version) {
                inVersionComment = true;
                position += 3 + digits;
                return;
            }
        }
        int end = text.indexOf("*/", position + 2);
        position = end < 0 ? text.length() : end + 2;
    }

    /** How many digits of a version stand there: five, or six as 9.x and newer write it; none where there are fewer. */
    private int digitsFrom(int start) {
        int digits = 0;
        while (digits < 6 && start + digits < text.length() && isDigit(text.charAt(start + digits))) {
            digits++;
        }
        return digits < 5 ? 0 : digits;
    }

    private int versionAt(int start, int digits) {
        int number = 0;
        for (int i = start; i < start + digits; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private void readVariable() {
        int start = position;
        boolean system = at(1) == '@';
        int end = start + (system ? 2 : 1);
        if (end < text.length() && isQuote(text.charAt(end))) {
            end = text.charAt(end) == '`' ? endOfName(end) : endOfString(end);
        } else {
            while (end < text.length() && (isNameCharacter(text.charAt(end)) || text.charAt(end) == '.')) {
                end++;
            }
        }
        add(system ? Kind.SYSTEM_VARIABLE : Kind.USER_VARIABLE, start, end);
    }

    private void readNumber() {
        int start = position;
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        boolean name = end < text.length() && isNameCharacter(text.charAt(end)) && end > start;
        if (name && !isExponent(end) && !isBaseLiteral(start, end)) {
            readWord();
            return;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            end++;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
        }
        if (isExponent(end)) {
            end += isDigit(charAt(end + 1)) ? 1 : 2;
        }
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        add(Kind.NUMBER, start, end);
    }

    private boolean isExponent(int at) {
        char letter = charAt(at);
        if (letter != 'e' && letter != 'E') {
            return false;
        }
        char next = charAt(at + 1);
        if (next == '+' || next == '-') {
            return isDigit(charAt(at + 2));
        }
        int end = at + 1;
        while (isDigit(charAt(end))) {
            end++;
        }
        return end > at + 1 && !isNameCharacter(charAt(end));
    }

    private boolean isBaseLiteral(int start, int end) {
        char letter = charAt(end);
        if (end - start != 1 || text.charAt(start) != '0' || (letter != 'x' && letter != 'b')) {
            return false;
        }
        int at = end + 1;
        while (letter == 'x' ? isHexDigit(charAt(at)) : charAt(at) == '0' || charAt(at) == '1') {
            at++;
        }
        return at > end + 1 && !isNameCharacter(charAt(at));
    }

    private void readWord() {
        int start = position;
        int end = start + 1;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        if (end - start == 1 && charAt(end) == '\'' && isLiteralPrefix(text.charAt(start))) {
            add(Kind.STRING, start, endOfString(end));
        } else {
            add(start > 0 && text.charAt(start - 1) == '.' ? Kind.NAME : Kind.WORD, start, end);
        }
    }

    private static boolean isLiteralPrefix(char letter) {
        return letter == 'n' || letter == 'N' || letter == 'x' || letter == 'X' || letter == 'b' || letter == 'B';
    }

    /** Whether a dot here divides names: {@code t.1a} is a column, {@code +.1} a number. */
    private boolean followsName() {
        return count > 0 && ends[count - 1] == position && isIdentifier(count - 1);
    }

    private int endOfString(int start) {
        char quote = text.charAt(start);
        int at = start + 1;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == '\\' && backslashEscapes) {
                at++;
            } else if (character == quote) {
                if (charAt(at + 1) != quote) {
                    return at + 1;
                }
                at++;
            }
            at++;
        }
        return text.length();
    }

    private int endOfName(int start) {
        char quote = text.charAt(start);
        int at = text.indexOf(quote, start + 1);
        while (at >= 0 && charAt(at + 1) == quote) {
            at = text.indexOf(quote, at + 2);
        }
        return at < 0 ? text.length() : at + 1;
    }

    private void add(Kind kind, int start, int end) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count++] = end;
        position = end;
    }

    private char at(int offset) {
        return charAt(position + offset);
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isQuote(char character) {
        return character == '`' || character == '\'' || character == '"';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isHexDigit(char character) {
        return isDigit(character) || (character >= 'a' && character <= 'f') || (character >= 'A' && character <= 'F');
    }

    private static boolean isNameCharacter(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || isDigit(character)
                || character == '_'
                || character == '$'
                || character >= '\u0080';
    }
}
