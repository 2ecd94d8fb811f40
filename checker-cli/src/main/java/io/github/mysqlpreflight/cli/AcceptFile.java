/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Spelling;
import io.github.mysqlpreflight.core.engine.AcceptList;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.ObjectPattern;
import io.github.mysqlpreflight.server.yaml.Given;
import io.github.mysqlpreflight.server.yaml.UnusableInputException;
import io.github.mysqlpreflight.server.yaml.YamlMapping;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of accepted findings.
 *
 * <p>Knows the server's reader of YAML, whose jars are on the class path of a check only where {@code --accept} is given; nothing
 * else of a check may lead here.
 */
final class AcceptFile {
    private static final List<String> KEYS = List.of("check", "object", "reason", "until");
    private static final String EXAMPLE = "README.md has an example of a whole file.";
    private static final YamlMapping.Purpose PURPOSE = new YamlMapping.Purpose(
            EXAMPLE, "Check the name; --accept names the file.", "a key of an accepted finding");

    private final CheckRegistry registry;
    private final Map<String, Integer> lines = new HashMap<>();

    private AcceptFile(CheckRegistry registry) {
        this.registry = registry;
    }

    /**
     * What the file says.
     *
     * @param day the day of judging
     * @throws UsageException when it cannot be used
     */
    static AcceptList read(Path file, CheckRegistry registry, LocalDate day) {
        try {
            AcceptFile reader = new AcceptFile(registry);
            List<AcceptList.Rule> rules = new ArrayList<>();
            for (YamlMapping entry : YamlMapping.readList(file, PURPOSE)) {
                rules.add(reader.rule(entry));
            }
            return new AcceptList(file.toString(), day, rules);
        } catch (UnusableInputException e) {
            throw new UsageException(e.message(), e.advice());
        }
    }

    private AcceptList.Rule rule(YamlMapping entry) {
        entry.allow(KEYS);
        String check = check(required(entry, "check", "Name the check whose findings are accepted."));
        ObjectPattern object = object(entry.text("object"));
        String reason = required(entry, "reason", "Say why it is accepted; reports show it.")
                .value();
        LocalDate until = until(entry.text("until"));
        String meant = object == null ? "*" : object.toString();
        Integer before = lines.putIfAbsent(check + ' ' + meant, entry.line());
        if (before != null) {
            throw entry.wrong(
                    "check",
                    check + (object == null ? "" : " on " + meant) + " is accepted in line " + before + " already",
                    "Leave one of them out.");
        }
        return new AcceptList.Rule(entry.line(), check, object, oneLine(reason), until);
    }

    private static Given<String> required(YamlMapping entry, String key, String advice) {
        Given<String> text = entry.text(key);
        if (text == null) {
            throw entry.wrong(key, "is missing", advice);
        }
        return text;
    }

    private String check(Given<String> given) {
        String id = given.value();
        if (CheckRegistry.isEssential(id)) {
            throw given.wrong(
                    id + " cannot be accepted: without a connection nothing can be judged",
                    "Take the entry out, and see to it that the server can be reached.");
        }
        if (registry.find(id) != null) {
            return id;
        }
        for (Category category : Category.values()) {
            if (category.group().equals(id)) {
                throw given.wrong(id + " is a group of checks", "An entry is for one check; make one for each.");
            }
        }
        List<String> ids = new ArrayList<>();
        for (Check check : registry.all()) {
            ids.add(check.info().id());
        }
        String nearest = Spelling.nearest(id, ids);
        throw given.wrong(
                id + " is no check" + (nearest == null ? "" : " (did you mean " + nearest + "?)"),
                Tool.NAME + " checks lists them.");
    }

    private static @Nullable ObjectPattern object(@Nullable Given<String> given) {
        if (given == null) {
            return null;
        }
        try {
            return ObjectPattern.of(given.value());
        } catch (IllegalArgumentException e) {
            throw given.wrong(String.valueOf(e.getMessage()), "Write \\\\ for a backslash.");
        }
    }

    private static @Nullable LocalDate until(@Nullable Given<String> given) {
        if (given == null) {
            return null;
        }
        if (given.value().length() == 10) {
            try {
                return LocalDate.parse(given.value());
            } catch (DateTimeException e) {
                throw noDate(given);
            }
        }
        throw noDate(given);
    }

    private static UnusableInputException noDate(Given<String> given) {
        return given.wrong("must be a day of the calendar, such as 2026-12-31", "It counts through that day, UTC.");
    }

    /** The words of a text that may go over several lines. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!Character.isWhitespace(character)) {
                line.append(character);
            } else if (line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString();
    }
}
