/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands and their options.
 *
 * <p>Built by picocli's own model and only where asked for: reading annotations would cost every start a tenth of a second.
 */
final class Commands {
    static final List<String> NAMES = List.of("check", "snapshot", "checks", "explain", "serve", "token", "completion");

    private Commands() {}

    /** The whole tool, for its help and for completion. */
    static CommandLine all() {
        CommandSpec spec = CommandSpec.create().name(Tool.NAME);
        spec.usageMessage()
                .description(
                        "Checks a MySQL server before it is migrated, and says whether replication or a dump will work.")
                .footer("", "mysql-preflight COMMAND --help tells more of a command.");
        spec.addOption(flag("Show this help.", "-?", "--help"));
        spec.addOption(flag("Show the version.", "--version"));
        exitCodes(spec);
        for (String name : NAMES) {
            spec.addSubcommand(name, new CommandLine(ofName(name)));
        }
        return configured(spec);
    }

    /** One command. */
    static CommandLine one(String name) {
        CommandSpec spec = ofName(name);
        spec.name(Tool.NAME + " " + name);
        return configured(spec);
    }

    private static CommandLine configured(CommandSpec spec) {
        return new CommandLine(spec)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100);
    }

    private static CommandSpec ofName(String name) {
        return switch (name) {
            case "check" -> check();
            case "snapshot" -> snapshot();
            case "checks" -> checks();
            case "explain" -> explain();
            case "serve" -> serve();
            case "token" -> token();
            case "completion" -> completion();
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }

    private static CommandSpec check() {
        CommandSpec spec = command(
                "check",
                "[OPTIONS] [URI]",
                "Reads a server, judges it, and prints what blocks the migration and how to mend it.");
        spec.addPositional(uri());
        connection(spec);
        spec.addOption(file("A snapshot to judge instead of a server.", "--snapshot"));
        spec.addOption(list("NAMES", "Databases that are not migrated, separated by commas.", "--ignore-dbs"));
        spec.addOption(text("METHOD", "replication or dump: judge for that method alone.", "--method"));
        spec.addOption(text("VERSION", "The version to migrate to, such as 8.4 (the default).", "--target-version"));
        spec.addOption(text(
                "URI",
                "The server to migrate to; it is read like the source. Also: the environment variable "
                        + CheckCommand.TARGET_VARIABLE + ".",
                "--target-uri"));
        spec.addOption(file("A snapshot of the server to migrate to.", "--target-snapshot"));
        spec.addOption(text(
                "SIZE", "Most data the target takes, such as 500G (K, M, G, T: powers of 1024).", "--max-total-size"));
        spec.addOption(
                text("TOOL", "mysqldump (the default), mydumper or mysqlsh: what makes the dump.", "--dump-tool"));
        spec.addOption(flag(
                "Block replication from a replica that does not keep the order of commits.",
                "--require-preserve-commit-order"));
        spec.addOption(list("CHECKS", "Make only these checks: ids or groups, separated by commas.", "--include"));
        spec.addOption(list("CHECKS", "Leave these checks out: ids or groups, separated by commas.", "--exclude"));
        spec.addOption(text("METHOD", "replication or dump: end with exit code 3 unless it can be used.", "--require"));
        spec.addOption(text("FORMAT", "text (the default), json, or html: one page by itself.", "--format"));
        spec.addOption(file(
                "Write the report into a file, which is there whole or not at all; - is standard output.", "--output"));
        spec.addOption(flag("Show long lists of objects whole.", "--all"));
        spec.addOption(text("WHEN", "auto (the default), always or never.", "--color"));
        exitCodes(spec);
        return spec;
    }

    private static CommandSpec snapshot() {
        CommandSpec spec = command(
                "snapshot",
                "[OPTIONS] [URI] -o FILE",
                "Reads a server into a file that check --snapshot judges, on another day or another machine.");
        spec.addPositional(uri());
        connection(spec);
        spec.addOption(file("The file to write; compressed where its name ends in .gz.", "-o", "--output"));
        exitCodes(spec);
        return spec;
    }

    private static CommandSpec checks() {
        CommandSpec spec = command("checks", "[--format=json]", "Lists all checks.");
        spec.addOption(text("FORMAT", "text (the default) or json.", "--format"));
        return spec;
    }

    private static CommandSpec explain() {
        CommandSpec spec = command(
                "explain",
                "CHECK-ID",
                "Says what a check verifies, why, and what to do; of a group, which checks it has.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("CHECK-ID")
                .hideParamSyntax(true)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("A check such as gtid.mode, or a group such as gtid.")
                .build());
        return spec;
    }

    private static CommandSpec serve() {
        CommandSpec spec = command(
                "serve",
                "[OPTIONS]",
                "Answers for checks as tasks over HTTP, until it is told to stop. What the options say comes before the"
                        + " configuration file; docs/serve.md describes that.");
        spec.addOption(text("ADDRESS", "Where to listen, host:port (127.0.0.1:8765).", "--listen"));
        spec.addOption(text(
                "STORE",
                "Where tasks are kept: a directory, or jdbc:mysql://host/database or jdbc:postgresql://host/database"
                        + " ($XDG_STATE_HOME/mysql-preflight).",
                "--store"));
        spec.addOption(
                file("The configuration, YAML: tokens, TLS, services, sources that may be checked.", "--config"));
        spec.addOption(flag("Let others than this machine in without TLS; a proxy has to encrypt.", "--insecure-http"));
        spec.addOption(verbose());
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("143", "it was told to stop by SIGTERM, and has (130: by SIGINT)");
        codes.put("1", "the tool broke: a bug");
        codes.put("2", "wrong use, an unusable file, or the port or the store cannot be had");
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
        return spec;
    }

    private static CommandSpec token() {
        CommandSpec spec = command(
                "token",
                "[--project=NAMES] [NAME]",
                "Makes a token for a server, and prints it with the lines that let its holder in.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("[NAME]")
                .hideParamSyntax(true)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Who it is for; tasks name it as who asked.")
                .build());
        spec.addOption(list("NAMES", "The projects it opens, separated by commas (all).", "--project"));
        return spec;
    }

    private static CommandSpec completion() {
        return command(
                "completion", "", "Prints a completion script for bash and zsh: source <(mysql-preflight completion)");
    }

    private static CommandSpec command(String name, String arguments, String description) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .customSynopsis((Tool.NAME + " " + name + " " + arguments).strip())
                .description(description)
                .sortOptions(false);
        spec.addOption(flag("Show this help.", "-?", "--help"));
        return spec;
    }

    private static PositionalParamSpec uri() {
        return PositionalParamSpec.builder()
                .paramLabel("[URI]")
                .hideParamSyntax(true)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(
                        "mysql://user:password@host:port/?ssl-mode=REQUIRED with ssl-mode, ssl-ca, ssl-cert, ssl-key;"
                                + " the password percent-encoded. Also: the environment variable"
                                + " MYSQL_PREFLIGHT_SOURCE_URI.")
                .build();
    }

    private static void connection(CommandSpec spec) {
        spec.addOption(text("HOST", "Name or address of the server.", "-h", "--host"));
        spec.addOption(text("PORT", "Its TCP port (3306).", "-P", "--port"));
        spec.addOption(text("USER", "The account.", "-u", "--user"));
        // Taken out of the arguments by Arguments before picocli sees them: as with mysql, the value has to be
        // attached.
        spec.addOption(flag(
                "-pPASSWORD or --password=PASSWORD: its password; without a value it is asked for.",
                "-p",
                "--password"));
        spec.addOption(file("An option file of MySQL with a group [client].", "--defaults-file"));
        spec.addOption(file("A file that holds the URI and nothing else; - is standard input.", "--source-uri-file"));
        spec.addOption(text("TIME", "Most time the run may take, such as 90s or 5m (10m).", "--timeout"));
        spec.addOption(verbose());
    }

    private static OptionSpec verbose() {
        return OptionSpec.builder("-v", "--verbose")
                .type(boolean[].class)
                .arity("0")
                .description("Tell on standard error what is done; -vv tells everything.")
                .build();
    }

    private static void exitCodes(CommandSpec spec) {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "success");
        codes.put("1", "the tool broke: a bug");
        codes.put("2", "wrong use, or an unusable URI or file");
        codes.put("3", "the pre-checks failed, or the method of --require cannot be used");
        codes.put("4", "the source or the target could not be reached, or refused the login");
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .usageHelp(names[0].equals("-?"))
                .description(description)
                .build();
    }

    private static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec file(String description, String... names) {
        return text("FILE", description, names);
    }

    private static OptionSpec list(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }
}
