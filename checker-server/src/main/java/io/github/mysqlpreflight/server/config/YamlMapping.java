/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

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
final class YamlMapping {
    private static final int LARGEST_FILE = 1 << 20;
    private static final int DEEPEST = 20;
    private static final String SYNTAX = "docs/serve.md has an example of a whole file.";

    private final @Nullable Path file;
    /** Where it begins, for messages about what it lacks: {@code preflight.yaml:7: }. */
    private final String start;

    private final String prefix;
    private final Map<String, Node> values;
    private final Map<String, String> places;

    private YamlMapping(
            @Nullable Path file, String start, String prefix, Map<String, Node> values, Map<String, String> places) {
        this.file = file;
        this.start = start;
        this.prefix = prefix;
        this.values = values;
        this.places = places;
    }

    /** Nothing at all: where there is no file. */
    static YamlMapping empty() {
        return new YamlMapping(null, "", "", Map.of(), Map.of());
    }

    /**
     * Reads a file.
     *
     * @throws UnusableSettingsException when it cannot be read or is no YAML with a mapping
     */
    static YamlMapping read(Path file) {
        Optional<Node> root;
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setCodePointLimit(LARGEST_FILE)
                    .setAllowRecursiveKeys(false)
                    .setMaxAliasesForCollections(50)
                    .build();
            String text = text(file);
            verifyDepth(file, settings, text);
            root = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new UnusableSettingsException(file + ":" + line + ": this is not YAML: " + problem(e), SYNTAX);
        } catch (YamlEngineException e) {
            throw new UnusableSettingsException(file + ": this is not YAML", SYNTAX);
        }
        return root.isEmpty()
                ? new YamlMapping(file, file + ": ", "", Map.of(), Map.of())
                : of(file, "", root.get(), "the file");
    }

    /** What is nested deeper than anything of ours is refused before nodes are made of it, which takes a stack as deep. */
    private static void verifyDepth(Path file, LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                throw new UnusableSettingsException(file + ":" + line + ": this is nested too deeply", SYNTAX);
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

    private static String text(Path file) {
        String advice = "Check the name; --config names the file.";
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new UnusableSettingsException(file + " is larger than 1 MiB", advice);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new UnusableSettingsException("the file " + file + " does not exist", advice);
        } catch (AccessDeniedException e) {
            throw new UnusableSettingsException(
                    "the file " + file + " may not be read by this user", "Check its permissions.");
        } catch (CharacterCodingException e) {
            throw new UnusableSettingsException(file + " is not UTF-8 text", SYNTAX);
        } catch (IOException e) {
            throw new UnusableSettingsException("the file " + file + " cannot be read", advice);
        }
    }

    private static YamlMapping of(Path file, String prefix, Node node, String what) {
        String start = file + ":" + line(node) + ": ";
        if (isNothing(node)) {
            return new YamlMapping(file, start, prefix, Map.of(), Map.of());
        }
        if (!(node instanceof MappingNode mapping) || !isPlain(node)) {
            throw new UnusableSettingsException(start + what + " must be a mapping of keys to values", SYNTAX);
        }
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            int line = line(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode key) || !isPlain(key)) {
                throw new UnusableSettingsException(file + ":" + line + ": a key must be a word", SYNTAX);
            }
            String name = prefix + key.getValue();
            if (values.put(key.getValue(), entry.getValueNode()) != null) {
                throw new UnusableSettingsException(
                        file + ":" + line + ": " + name + " is there twice", "Leave one of them out.");
            }
            places.put(key.getValue(), file + ":" + line(entry.getValueNode(), line) + ": " + name);
        }
        return new YamlMapping(file, start, prefix, values, places);
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
    @Nullable
    Path file() {
        return file;
    }

    /** Refuses any other key. */
    void allow(List<String> keys) {
        for (String key : values.keySet()) {
            if (!keys.contains(key)) {
                String nearest = Spelling.nearest(key, keys);
                String place = String.valueOf(places.get(key));
                throw new UnusableSettingsException(
                        place + " is not a setting"
                                + (nearest == null ? "" : " (did you mean " + prefix + nearest + "?)"),
                        nearest == null ? "There are: " + String.join(", ", keys) + "." : "");
            }
        }
    }

    /** The keys, in the order of the file. */
    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** Whether the key is there. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    /** How a message about the key begins. */
    String place(String key) {
        String place = places.get(key);
        return place == null ? start + prefix + key : place;
    }

    /** The failure of a key's value, or of its absence. */
    UnusableSettingsException wrong(String key, String what, String advice) {
        return new UnusableSettingsException(place(key) + " " + what, advice);
    }

    /** Text, without blanks around it, never empty; null where the key is not there. */
    @Nullable
    Given<String> text(String key) {
        Node node = values.get(key);
        return node == null ? null : new Given<>(text(node, place(key)), place(key));
    }

    private static String text(Node node, String place) {
        if (isNothing(node)) {
            throw new UnusableSettingsException(place + " has no value", "Give it one, or remove the line.");
        }
        if (!(node instanceof ScalarNode scalar) || !isPlain(node)) {
            throw new UnusableSettingsException(place + " must be a single value", SYNTAX);
        }
        String text = scalar.getValue().strip();
        if (text.isEmpty()) {
            throw new UnusableSettingsException(place + " is empty", "Give it a value, or remove the line.");
        }
        return text;
    }

    /** A whole number within bounds; null where the key is not there. */
    @Nullable
    Integer number(String key, int least, int most) {
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
    boolean flag(String key) {
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
    @Nullable
    Long bytes(String key, long least, long most, String bounds) {
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
    @Nullable
    Duration time(String key, Duration least, Duration most, String bounds) {
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
    @Nullable
    Given<Path> path(String key) {
        Given<String> text = text(key);
        return text == null ? null : text.with(resolved(text));
    }

    /** The path that a text of this file means. */
    Path resolved(Given<String> text) {
        try {
            Path path = Path.of(text.value());
            Path folder = file == null ? null : file.toAbsolutePath().getParent();
            return folder == null ? path : folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw text.wrong("is not a file name", "");
        }
    }

    /** A list of texts, each with its own place, at least one; null where the key is not there. */
    @Nullable
    List<Given<String>> texts(String key) {
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
    YamlMapping mapping(String key) {
        Node node = values.get(key);
        Path where = file;
        return node == null || where == null
                ? new YamlMapping(file, start, prefix + key + ".", Map.of(), Map.of())
                : of(where, prefix + key + ".", node, prefix + key);
    }

    /** A list of mappings; empty where the key is not there. */
    List<YamlMapping> mappings(String key) {
        Node node = values.get(key);
        Path where = file;
        if (node == null || where == null) {
            return List.of();
        }
        List<YamlMapping> mappings = new ArrayList<>();
        for (Node item : items(key, node)) {
            int number = mappings.size() + 1;
            mappings.add(of(where, prefix + key + ".", item, prefix + key + " number " + number));
        }
        return mappings;
    }
}
