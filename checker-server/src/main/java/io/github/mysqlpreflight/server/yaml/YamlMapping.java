/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.yaml;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.check.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of a YAML file, whose values are read as what they have to be. Every failure names file, line and key, and no value.
 *
 * <p>Read from the nodes, not from objects made of them: those have no line, and turn {@code 8.10} into a number.
 */
public final class YamlMapping {
    private static final int LARGEST_FILE = 1 << 20;
    private static final int DEEPEST = 20;

    private final @Nullable Path file;
    private final Purpose purpose;
    private final int line;
    /** Where it begins, for messages about what it lacks: {@code preflight.yaml:7: }. */
    private final String start;

    private final String prefix;
    private final Map<String, Node> values;
    private final Map<String, String> places;

    private YamlMapping(
            @Nullable Path file,
            Purpose purpose,
            int line,
            String prefix,
            Map<String, Node> values,
            Map<String, String> places) {
        this.file = file;
        this.purpose = purpose;
        this.line = line;
        this.start = file == null ? "" : file + (line > 0 ? ":" + line : "") + ": ";
        this.prefix = prefix;
        this.values = values;
        this.places = places;
    }

    /**
     * What a file is for, as far as messages about it say so.
     *
     * @param example where an example of a whole file is, in a sentence
     * @param name what to do about a file that is not there, in a sentence
     * @param key what a key that is not known is not, such as {@code a setting}
     */
    public record Purpose(String example, String name, String key) {
        public Purpose {
            requireNonNull(example, "example is null");
            requireNonNull(name, "name is null");
            requireNonNull(key, "key is null");
        }
    }

    /** Nothing at all: where there is no file. */
    public static YamlMapping empty() {
        return new YamlMapping(null, new Purpose("", "", ""), 0, "", Map.of(), Map.of());
    }

    /**
     * Reads a file that is one mapping.
     *
     * @throws UnusableInputException when it cannot be read or is no YAML with a mapping
     */
    public static YamlMapping read(Path file, Purpose purpose) {
        Optional<Node> root = root(file, purpose);
        return root.isEmpty()
                ? new YamlMapping(file, purpose, 0, "", Map.of(), Map.of())
                : of(file, purpose, "", root.get(), "the file");
    }

    /**
     * Reads a file that is a list of mappings; one with nothing in it is an empty list.
     *
     * @throws UnusableInputException when it cannot be read or is no YAML with such a list
     */
    public static List<YamlMapping> readList(Path file, Purpose purpose) {
        Optional<Node> root = root(file, purpose);
        if (root.isEmpty() || isNothing(root.get())) {
            return List.of();
        }
        if (!(root.get() instanceof SequenceNode sequence) || !isPlain(sequence)) {
            throw new UnusableInputException(
                    file + ":" + line(root.get()) + ": the file must be a list, each entry behind a dash",
                    purpose.example());
        }
        List<YamlMapping> mappings = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            mappings.add(of(file, purpose, "", item, "entry number " + (mappings.size() + 1)));
        }
        return mappings;
    }

    private static Optional<Node> root(Path file, Purpose purpose) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setCodePointLimit(LARGEST_FILE)
                    .setAllowRecursiveKeys(false)
                    .setMaxAliasesForCollections(50)
                    .build();
            String text = text(file, purpose);
            verifyDepth(file, purpose, settings, text);
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new UnusableInputException(
                    file + ":" + line + ": this is not YAML: " + problem(e), purpose.example());
        } catch (YamlEngineException e) {
            throw new UnusableInputException(file + ": this is not YAML", purpose.example());
        }
    }

    /** What is nested deeper than anything of ours is refused before nodes are made of it, which takes a stack as deep. */
    private static void verifyDepth(Path file, Purpose purpose, LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                throw new UnusableInputException(file + ":" + line + ": this is nested too deeply", purpose.example());
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    /** What the parser says, as far as it repeats no text of the file. */
    private static String problem(MarkedYamlEngineException e) {
        String problem = e.getProblem();
        return problem == null || problem.indexOf('\n') >= 0 ? "the syntax is wrong" : problem;
    }

    private static String text(Path file, Purpose purpose) {
        String advice = purpose.name();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new UnusableInputException(file + " is larger than 1 MiB", advice);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new UnusableInputException("the file " + file + " does not exist", advice);
        } catch (AccessDeniedException e) {
            throw new UnusableInputException(
                    "the file " + file + " may not be read by this user", "Check its permissions.");
        } catch (CharacterCodingException e) {
            throw new UnusableInputException(file + " is not UTF-8 text", purpose.example());
        } catch (IOException e) {
            throw new UnusableInputException("the file " + file + " cannot be read", advice);
        }
    }

    private static YamlMapping of(Path file, Purpose purpose, String prefix, Node node, String what) {
        if (isNothing(node)) {
            return new YamlMapping(file, purpose, line(node), prefix, Map.of(), Map.of());
        }
        if (!(node instanceof MappingNode mapping) || !isPlain(node)) {
            throw new UnusableInputException(
                    file + ":" + line(node) + ": " + what + " must be a mapping of keys to values", purpose.example());
        }
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            int line = line(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode key) || !isPlain(key)) {
                throw new UnusableInputException(file + ":" + line + ": a key must be a word", purpose.example());
            }
            String name = prefix + key.getValue();
            if (values.put(key.getValue(), entry.getValueNode()) != null) {
                throw new UnusableInputException(
                        file + ":" + line + ": " + name + " is there twice", "Leave one of them out.");
            }
            places.put(key.getValue(), file + ":" + line(entry.getValueNode(), line) + ": " + name);
        }
        return new YamlMapping(file, purpose, line(node), prefix, values, places);
    }

    /** Without a tag of its own, such as {@code !!binary}, that would have it mean something else. */
    private static boolean isPlain(Node node) {
        return node.getTag().getValue().startsWith(Tag.PREFIX) && !node.getTag().equals(Tag.BINARY);
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty() || scalar.getTag().equals(Tag.NULL));
    }

    private static int line(Node node) {
        return line(node, 0);
    }

    /** The line of a value; that of its key where it begins on another one. */
    private static int line(Node node, int keyLine) {
        Optional<Mark> mark = node.getStartMark();
        return keyLine > 0 && !(node instanceof ScalarNode)
                ? keyLine
                : mark.map(start -> start.getLine() + 1).orElse(keyLine);
    }

    /** Where the file is; null where there is none. */
    public @Nullable Path file() {
        return file;
    }

    /** The line it begins in; 0 where there is no file, or nothing in it. */
    public int line() {
        return line;
    }

    /** Refuses any other key. */
    public void allow(List<String> keys) {
        for (String key : values.keySet()) {
            if (!keys.contains(key)) {
                String nearest = Spelling.nearest(key, keys);
                String place = String.valueOf(places.get(key));
                throw new UnusableInputException(
                        place + " is not " + purpose.key()
                                + (nearest == null ? "" : " (did you mean " + prefix + nearest + "?)"),
                        nearest == null ? "There are: " + String.join(", ", keys) + "." : "");
            }
        }
    }

    /** The keys, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** Whether the key is there. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** How a message about the key begins. */
    public String place(String key) {
        String place = places.get(key);
        return place == null ? start + prefix + key : place;
    }

    /** The failure of a key's value, or of its absence. */
    public UnusableInputException wrong(String key, String what, String advice) {
        return new UnusableInputException(place(key) + " " + what, advice);
    }

    /** Text, without blanks around it, never empty; null where the key is not there. */
    public @Nullable Given<String> text(String key) {
        Node node = values.get(key);
        return node == null ? null : new Given<>(text(node, place(key)), place(key));
    }

    private String text(Node node, String place) {
        if (isNothing(node)) {
            throw new UnusableInputException(place + " has no value", "Give it one, or remove the line.");
        }
        if (!(node instanceof ScalarNode scalar) || !isPlain(node)) {
            throw new UnusableInputException(place + " must be a single value", purpose.example());
        }
        String text = scalar.getValue().strip();
        if (text.isEmpty()) {
            throw new UnusableInputException(place + " is empty", "Give it a value, or remove the line.");
        }
        return text;
    }

    /** A whole number within bounds; null where the key is not there. */
    public @Nullable Integer number(String key, int least, int most) {
        Given<String> text = text(key);
        if (text == null) {
            return null;
        }
        String digits = text.value();
        boolean number = digits.length() <= 9;
        for (int i = 0; i < digits.length(); i++) {
            number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        int value = number ? Integer.parseInt(digits) : -1;
        if (value < least || value > most) {
            throw text.wrong("must be a whole number from " + least + " to " + most, "");
        }
        return value;
    }

    /** {@code true} or {@code false}; false where the key is not there. */
    public boolean flag(String key) {
        Given<String> text = text(key);
        if (text == null || text.value().equals("false")) {
            return false;
        }
        if (!text.value().equals("true")) {
            throw text.wrong("must be true or false", "");
        }
        return true;
    }

    /** A size in bytes within bounds; null where the key is not there. */
    public @Nullable Long bytes(String key, long least, long most, String bounds) {
        Given<String> text = text(key);
        if (text == null) {
            return null;
        }
        Long bytes = Quantities.bytes(text.value());
        if (bytes == null || bytes < least || bytes > most) {
            throw text.wrong("must be a size " + bounds, "Sizes are bytes, or a number with K, M, G or T.");
        }
        return bytes;
    }

    /** A time within bounds; null where the key is not there. */
    public @Nullable Duration time(String key, Duration least, Duration most, String bounds) {
        Given<String> text = text(key);
        if (text == null) {
            return null;
        }
        Duration time = Quantities.time(text.value());
        if (time == null || time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw text.wrong("must be a time " + bounds, "Times are seconds, or a number with s, m, h or d.");
        }
        return time;
    }

    /** A file's name, which counts from the folder of this file; null where the key is not there. */
    public @Nullable Given<Path> path(String key) {
        Given<String> text = text(key);
        return text == null ? null : text.with(resolved(text));
    }

    /** The path that a text of this file means. */
    public Path resolved(Given<String> text) {
        try {
            Path path = Path.of(text.value());
            Path folder = file == null ? null : file.toAbsolutePath().getParent();
            return folder == null ? path : folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw text.wrong("is not a file name", "");
        }
    }

    /** A list of texts, each with its own place, at least one; null where the key is not there. */
    public @Nullable List<Given<String>> texts(String key) {
        Node node = values.get(key);
        if (node == null) {
            return null;
        }
        List<Given<String>> texts = new ArrayList<>();
        for (Node item : items(key, node)) {
            String place = file + ":" + line(item) + ": " + prefix + key;
            texts.add(new Given<>(text(item, place), place));
        }
        return texts;
    }

    private List<Node> items(String key, Node node) {
        if (!(node instanceof SequenceNode sequence)
                || !isPlain(node)
                || sequence.getValue().isEmpty()) {
            throw wrong(
                    key, "must be a list with at least one entry", "Write it as [a, b], or each entry behind a dash.");
        }
        return sequence.getValue();
    }

    /** A mapping below this one; an empty one where the key is not there. */
    public YamlMapping mapping(String key) {
        Node node = values.get(key);
        Path where = file;
        return node == null || where == null
                ? new YamlMapping(file, purpose, line, prefix + key + ".", Map.of(), Map.of())
                : of(where, purpose, prefix + key + ".", node, prefix + key);
    }

    /** A list of mappings; empty where the key is not there. */
    public List<YamlMapping> mappings(String key) {
        Node node = values.get(key);
        Path where = file;
        if (node == null || where == null) {
            return List.of();
        }
        List<YamlMapping> mappings = new ArrayList<>();
        for (Node item : items(key, node)) {
            int number = mappings.size() + 1;
            mappings.add(of(where, purpose, prefix + key + ".", item, prefix + key + " number " + number));
        }
        return mappings;
    }
}
