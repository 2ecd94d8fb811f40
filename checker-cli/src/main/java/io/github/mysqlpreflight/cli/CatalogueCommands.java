/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** {@code checks}, {@code explain} and {@code completion}: what can be told without a server. */
final class CatalogueCommands {
    private static final String FORMAT = "mysql-preflight-checks/1";

    private CatalogueCommands() {}

    static int checks(Arguments arguments, Environment environment) {
        if (arguments.helpWanted()) {
            return help(arguments, environment);
        }
        CheckRegistry registry = CheckRegistry.installed();
        if ("json".equals(arguments.word("--format", "text", "json"))) {
            writeJson(registry, environment);
        } else {
            environment.out().print(list(registry.all()));
        }
        return ExitCode.SUCCESS;
    }

    static int explain(Arguments arguments, Environment environment) {
        if (arguments.helpWanted()) {
            return help(arguments, environment);
        }
        if (arguments.positional().size() != 1) {
            throw new UsageException(
                    "explain takes one check or group",
                    Tool.NAME + " checks lists them; for example explain gtid.mode.");
        }
        String name = arguments.positional().get(0).strip().toLowerCase(Locale.ROOT);
        CheckRegistry registry = CheckRegistry.installed();
        Check check = registry.find(name);
        if (check != null) {
            environment.out().print(explanation(check.info(), environment.width()));
            return ExitCode.SUCCESS;
        }
        List<Check> group = registry.all().stream()
                .filter(candidate -> candidate.info().category().group().equals(name))
                .toList();
        if (group.isEmpty()) {
            registry.select(List.of(name), List.of()); // says that there is none, and which one is near
        }
        environment.out().print(list(group));
        return ExitCode.SUCCESS;
    }

    static int completion(Arguments arguments, Environment environment) {
        if (arguments.helpWanted()) {
            return help(arguments, environment);
        }
        environment.out().print(AutoComplete.bash(Tool.NAME, Commands.all()));
        return ExitCode.SUCCESS;
    }

    private static int help(Arguments arguments, Environment environment) {
        environment.out().print(arguments.help());
        return ExitCode.SUCCESS;
    }

    private static String list(List<Check> checks) {
        int width = 0;
        for (Check check : checks) {
            width = Math.max(width, check.info().id().length());
        }
        StringBuilder text = new StringBuilder();
        Category last = null;
        for (Check check : checks) {
            CheckInfo info = check.info();
            if (info.category() != last) {
                text.append(last == null ? "" : "\n")
                        .append(info.category().title())
                        .append('\n');
                last = info.category();
            }
            text.append("  ").append(info.id());
            text.append(" ".repeat(width - info.id().length() + 2))
                    .append(info.title())
                    .append('\n');
        }
        return text.toString();
    }

    private static String explanation(CheckInfo info, int width) {
        StringBuilder text = new StringBuilder();
        text.append(info.id()).append("  ").append(info.title()).append("\n\n");
        section(text, "Why", info.why(), width);
        section(text, "Fix", info.fix(), width);
        StringBuilder effects = new StringBuilder();
        for (Effect effect : Effect.values()) {
            if (info.effects().contains(effect)) {
                effects.append(effects.length() == 0 ? "" : "; ").append(words(effect));
            }
        }
        section(text, "Effect", effects.toString(), width);
        if (info.canBlock(Method.REPLICATION)) {
            section(text, "Unknown", "Where it cannot be judged, replication is not recommended", width);
        }
        if (!info.privileges().isEmpty()) {
            section(text, "Needs", info.privileges(), width);
        }
        if (!info.versions().isEmpty()) {
            section(text, "Sources", info.versions(), width);
        }
        if (!info.facts().isEmpty()) {
            section(text, "Cost", info.cost().words(), width);
        }
        for (int i = 0; i < info.links().size(); i++) {
            text.append(i == 0 ? "  Links    " : "           ")
                    .append(info.links().get(i))
                    .append('\n');
        }
        text.append("  Since    ").append(info.since()).append('\n');
        return text.toString();
    }

    private static void section(StringBuilder text, String name, String words, int width) {
        text.append("  ").append(name).append(" ".repeat(9 - name.length()));
        TextLines.wrap(text, words, 11, 11, width);
    }

    private static String words(Effect effect) {
        return switch (effect) {
            case BLOCKS_MIGRATION -> "blocks the migration";
            case BLOCKS_REPLICATION -> "blocks replication, not a dump";
            case BLOCKS_DUMP -> "blocks a dump, not replication";
            case WARNING -> "a warning";
            case NOTICE -> "a notice";
        };
    }

    private static void writeJson(CheckRegistry registry, Environment environment) {
        JsonFactory json = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), environment.out())) {
            out.writeStartObject();
            out.writeStringProperty("format", FORMAT);
            out.writeArrayPropertyStart("checks");
            for (Check check : registry.all()) {
                writeJson(check.info(), out);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        environment.out().println();
    }

    private static void writeJson(CheckInfo info, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", info.id());
        out.writeStringProperty("title", info.title());
        out.writeStringProperty("category", info.category().group());
        out.writeStringProperty("since", info.since());
        out.writeStringProperty("why", info.why());
        out.writeStringProperty("fix", info.fix());
        out.writeArrayPropertyStart("effects");
        for (Effect effect : Effect.values()) {
            if (info.effects().contains(effect)) {
                out.writeString(effect.name());
            }
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("guards");
        for (Method method : Method.values()) {
            if (info.canBlock(method)) {
                out.writeString(method.name().toLowerCase(Locale.ROOT));
            }
        }
        out.writeEndArray();
        out.writeStringProperty("versions", info.versions());
        out.writeStringProperty("privileges", info.privileges());
        out.writeStringProperty("cost", info.cost().name());
        out.writeArrayPropertyStart("links");
        for (String link : info.links()) {
            out.writeString(link);
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
