/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.checks.data.DataFile;
import io.github.mysqlpreflight.checks.sql.SqlTokens;
import io.github.mysqlpreflight.checks.sql.SqlTokens.Kind;
import io.github.mysqlpreflight.checks.sql.WordTable;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words that are names on the source and keywords on the target: what {@code keywords.txt} says of one pair of releases.
 * Immutable.
 */
final class Keywords {
    private static final String RESOURCE = "keywords.txt";
    private static final String CALL = "(";

    private final List<Word> words;
    private final List<Exemption> exemptions;
    private final WordTable table;
    private final boolean mariaDb;

    private Keywords(List<Word> words, List<Exemption> exemptions, boolean mariaDb) {
        this.words = List.copyOf(words);
        this.exemptions = List.copyOf(exemptions);
        this.table = new WordTable(words.stream().map(Word::text).toList());
        this.mariaDb = mariaDb;
    }

    /** In which place a word is no name any more. */
    enum Place {
        RESERVED,
        CALL,
        LABEL,
        ASSIGNED
    }

    /**
     * A name that is a keyword on the target.
     *
     * @param word as it is written
     * @param line in the text, from 1
     * @param since the release that first refuses it there
     */
    record Use(String word, int line, ServerVersion since) {
        Use {
            requireNonNull(word, "word is null");
            requireNonNull(since, "since is null");
        }
    }

    private record Word(
            Place place, ServerVersion from, @Nullable ServerVersion until, String onMariaDb, String text) {
        boolean isKeywordIn(ServerVersion version) {
            return version.compareTo(from) >= 0 && (until == null || version.compareTo(until) < 0);
        }
    }

    private record Exemption(String word, String place, List<String> neighbours) {}

    /** Holds the file so that it is read only where a check asks. */
    private static final class BuiltIn {
        private static final DataFile FILE = DataFile.of(Keywords.class, RESOURCE);
    }

    /** The words between two servers. */
    static Keywords between(Server source, ServerVersion target) {
        return between(BuiltIn.FILE, source, target);
    }

    /**
     * The words of a file between two servers.
     *
     * @throws IllegalArgumentException when a line is not understood, with its number
     */
    static Keywords between(DataFile file, Server source, ServerVersion target) {
        List<Word> words = new ArrayList<>();
        List<Exemption> exemptions = new ArrayList<>();
        for (DataFile.Line line : file.lines()) {
            if (line.kind().equals("but")) {
                String neighbours = line.textOrNull(3);
                exemptions.add(new Exemption(
                        line.text(1),
                        line.text(2),
                        neighbours == null ? List.of() : List.of(neighbours.split(" ", -1))));
            } else {
                for (String text : line.text(4).split(" ", -1)) {
                    Word word = new Word(place(line), line.version(1), line.versionOrNull(2), line.text(3), text);
                    if (word.isKeywordIn(target) && isName(word, source)) {
                        words.add(word);
                    }
                }
            }
        }
        return new Keywords(words, exemptions, !source.isMySql());
    }

    private static boolean isName(Word word, Server source) {
        return source.isMySql()
                ? !word.isKeywordIn(source.version())
                : !word.onMariaDb().equals("keyword");
    }

    private static Place place(DataFile.Line line) {
        return switch (line.kind()) {
            case "reserved" -> Place.RESERVED;
            case "call" -> Place.CALL;
            case "label" -> Place.LABEL;
            case "assigned" -> Place.ASSIGNED;
            default -> throw line.wrong("an unknown kind of line: " + line.kind());
        };
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Since when the target reserves that name; null where it does not, or the source does so too. */
    @Nullable
    ServerVersion reservedSince(String name) {
        for (int number = table.find(name); number >= 0 && number < words.size(); number++) {
            Word word = words.get(number);
            if (word.text().equalsIgnoreCase(name) && word.place() == Place.RESERVED) {
                return word.from();
            }
        }
        return null;
    }

    /**
     * The names in a text that are keywords on the target, in their order.
     *
     * @param functions names of the functions that the text can call without their database, in upper case
     */
    List<Use> uses(SqlTokens tokens, Set<String> functions) {
        List<Use> uses = new ArrayList<>();
        for (int index = 0; index < tokens.size(); index++) {
            int first = tokens.find(index, table);
            if (first >= 0) {
                Word word = refused(tokens, index, first, functions);
                if (word != null) {
                    uses.add(new Use(tokens.text(index), tokens.line(index), word.from()));
                }
            }
        }
        return uses;
    }

    private @Nullable Word refused(SqlTokens tokens, int index, int first, Set<String> functions) {
        String text = words.get(first).text();
        for (int number = first; number < words.size(); number++) {
            Word word = words.get(number);
            if (word.text().equals(text) && isRefused(tokens, index, word, functions)) {
                return word;
            }
        }
        return null;
    }

    private boolean isRefused(SqlTokens tokens, int index, Word word, Set<String> functions) {
        return switch (word.place()) {
            case RESERVED -> !isExempt(tokens, index, word) && !isCallOnMariaDb(tokens, index, word);
            case CALL -> functions.contains(word.text()) && SqlShapes.isCall(tokens, index);
            case LABEL ->
                tokens.isAnyWord(index - 1, "LEAVE", "ITERATE")
                        || (tokens.isSymbol(index + 1, ":")
                                && tokens.isAnyWord(index + 2, "BEGIN", "LOOP", "REPEAT", "WHILE"));
            case ASSIGNED -> tokens.isWord(index - 1, "SET") && SqlShapes.isAssignment(tokens, index + 1);
        };
    }

    private boolean isCallOnMariaDb(SqlTokens tokens, int index, Word word) {
        return mariaDb && word.onMariaDb().equals("call") && tokens.isSymbol(index + 1, CALL);
    }

    private boolean isExempt(SqlTokens tokens, int index, Word word) {
        for (Exemption exemption : exemptions) {
            if (exemption.word().equals(word.text()) && applies(exemption, tokens, index)) {
                return true;
            }
        }
        return false;
    }

    private static boolean applies(Exemption exemption, SqlTokens tokens, int index) {
        return switch (exemption.place()) {
            case "before" -> isOneOf(tokens, index + 1, exemption.neighbours());
            case "after" -> isOneOf(tokens, index - 1, exemption.neighbours());
            case "value" -> SqlShapes.isAssignment(tokens, index - 1) && tokens.kind(index - 2) != Kind.USER_VARIABLE;
            default -> throw new IllegalArgumentException(RESOURCE + ": an unknown place: " + exemption.place());
        };
    }

    private static boolean isOneOf(SqlTokens tokens, int index, List<String> neighbours) {
        for (String neighbour : neighbours) {
            if (tokens.isWord(index, neighbour) || tokens.isSymbol(index, neighbour)) {
                return true;
            }
        }
        return false;
    }
}
