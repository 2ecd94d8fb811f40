/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.source.Password;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Runs the program inside the test, with its surroundings made up. */
final class Cli {
    private final Map<String, String> variables = new HashMap<>();
    private String input = "";
    private boolean terminal;
    private Supplier<@Nullable Password> typed = () -> null;

    /** How a run ended. */
    record Result(int code, String out, String err) {
        /** What was told in any way. */
        String all() {
            return out + err;
        }

        /** The value of a top-level field of the one JSON document that standard output is; null for null and absent. */
        @Nullable
        String field(String name) {
            return Cli.fields(out).get(name);
        }
    }

    /** A run with nothing special around it. */
    static Result run(String... arguments) {
        return new Cli().go(arguments);
    }

    Cli variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Cli input(String text) {
        input = text;
        return this;
    }

    Cli terminal() {
        terminal = true;
        return this;
    }

    /** A person sits there and types that. */
    Cli types(Supplier<@Nullable Password> password) {
        typed = password;
        return this;
    }

    Result go(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal screen = new Terminal() {
            @Override
            public boolean isOut() {
                return terminal;
            }

            @Override
            public boolean isErr() {
                return terminal;
            }

            @Override
            public @Nullable Password askPassword(String prompt) {
                return typed.get();
            }
        };
        PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        int code = Main.run(
                arguments,
                new Environment(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        outStream,
                        errStream,
                        variables,
                        screen));
        outStream.flush();
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /**
     * The top-level fields of a text that is exactly one JSON document; objects and arrays stand as an empty text.
     *
     * @throws AssertionError when there is something behind the document
     */
    static Map<String, @Nullable String> fields(String json) {
        Map<String, @Nullable String> fields = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AssertionError("no JSON object: " + json);
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                boolean container = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
                fields.put(name, container ? "" : token == JsonToken.VALUE_NULL ? null : parser.getString());
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one document: " + json);
            }
        }
        return fields;
    }
}
