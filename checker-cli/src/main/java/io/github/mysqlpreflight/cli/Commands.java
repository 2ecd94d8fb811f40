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
    static final List<String> NAMES =
            List.of("check", "snapshot", "checks", "explain", "serve", "token", "service", "completion");

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
            case "service" -> service();
            case "service task-create" -> taskCreate();
            case "service task-get" -> taskGet();
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
        spec.addOption(
                text("SIZE", "Data that the dump takes a second (50M), to estimate its time by.", "--dump-throughput"));
        spec.addOption(flag(
                "Block replication from a replica that does not keep the order of commits.",
                "--require-preserve-commit-order"));
        spec.addOption(list(
                "CHECKS",
                "Make only these checks: ids or groups, separated by commas. No method is recommended then.",
                "--include"));
        spec.addOption(list("CHECKS", "Leave these checks out: ids or groups, separated by commas.", "--exclude"));
        spec.addOption(file(
                "Findings that are accepted, YAML: told with their reason, and no reason against a method.",
                "--accept"));
        spec.addOption(text("METHOD", "replication or dump: end with exit code 3 unless it can be used.", "--require"));
        spec.addOption(
                flag("End with exit code 3 if something that could block the method could not be seen.", "--strict"));
        spec.addOption(text("FORMAT", "text (the default), json, or html: one page by itself.", "--format"));
        spec.addOption(file(
                "Write the report into a file, which is there whole or not at all; - is standard output.", "--output"));
        spec.addOption(file(
                "Write what mends the findings into a file of SQL, in a safe order; what is no SQL stands there as"
                        + " comments.",
                "--fixes"));
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
        codes.put("0", "it was told to stop, by SIGTERM or SIGINT, and has");
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

    private static CommandSpec service() {
        CommandSpec spec = command(
                "service",
                "COMMAND",
                "Has a server make a check as a task, and gets what came of it; options and output are those of avn.");
        spec.addSubcommand(ServiceCommand.CREATE, new CommandLine(taskCreate()));
        spec.addSubcommand(ServiceCommand.GET, new CommandLine(taskGet()));
        spec.usageMessage().footer("", "mysql-preflight service COMMAND --help tells more of a command.");
        return spec;
    }

    private static CommandSpec taskCreate() {
        CommandSpec spec = command(
                "service task-create",
                "--operation migration_check [OPTIONS] SERVICE",
                "Makes a task of a server, which then runs by itself, and prints its id.");
        spec.addPositional(serviceName());
        spec.addOption(text(
                "OPERATION",
                "migration_check, or upgrade_check (the default, as with avn; needs --target-version).",
                "--operation"));
        spec.addOption(text(
                "URI",
                "The source, mysql://user:password@host:port/. Other users of this machine see an argument, so better"
                        + " give --source-uri-file or the environment variable MYSQL_PREFLIGHT_SOURCE_URI; - is standard"
                        + " input.",
                "--source-service-uri"));
        spec.addOption(file("A file that holds the URI and nothing else; - is standard input.", "--source-uri-file"));
        spec.addOption(text("NAMES", "Databases that are not migrated, separated by commas.", "--ignore-dbs"));
        spec.addOption(text("METHOD", "replication or dump: judge for that method alone.", "--method"));
        spec.addOption(text("VERSION", "upgrade_check: the version to upgrade to, such as 8.4.", "--target-version"));
        task(spec, "Wait for the end, and print and end as task-get --wait does.");
        return spec;
    }

    private static CommandSpec taskGet() {
        CommandSpec spec = command(
                "service task-get", "--task-id ID [OPTIONS] SERVICE", "Prints how far a task is, or what came of it.");
        spec.addPositional(serviceName());
        spec.addOption(text("ID", "The task's id, which task-create prints.", "--task-id"));
        task(spec, "Wait for the end; the exit code then tells whether the checks have passed.");
        return spec;
    }

    private static PositionalParamSpec serviceName() {
        return PositionalParamSpec.builder()
                .paramLabel("SERVICE")
                .hideParamSyntax(true)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("A profile of the server; mysql is the one it has without a configuration.")
                .build();
    }

    private static void task(CommandSpec spec, String waiting) {
        spec.addOption(
                text("PROJECT", "The project. Also: the environment variable MYSQL_PREFLIGHT_PROJECT.", "--project"));
        spec.addOption(flag("Print the task as a JSON array.", "--json"));
        spec.addOption(text("FORMAT", "Print the task this way, such as '{success}|{result}'.", "--format"));
        spec.addOption(flag(waiting, "--wait"));
        spec.addOption(text("TIME", "Most time to wait, such as 90s or 5m (no limit).", "--timeout"));
        spec.addOption(text(
                "URL",
                "The server (http://127.0.0.1:8765). Also: the environment variable MYSQL_PREFLIGHT_URL.",
                "--url"));
        spec.addOption(text(
                "TOKEN",
                "The token to show, which other users of this machine see; better give the environment variable"
                        + " MYSQL_PREFLIGHT_TOKEN.",
                "--auth-token"));
        spec.addOption(file("Trust servers whose certificate this one signed (PEM).", "--auth-ca"));
        spec.addOption(text("TIME", "Most time for one answer, such as 90s (60s).", "--request-timeout"));
        spec.addOption(flag("Send token and URI unencrypted to another machine.", "--insecure-http"));
        spec.usageMessage()
                .footer(
                        "",
                        "avn's AIVEN_WEB_URL, AIVEN_AUTH_TOKEN, AIVEN_PROJECT, AIVEN_CA_CERT, AIVEN_CREDENTIALS_FILE,",
                        "AIVEN_CLIENT_CONFIG and AIVEN_CONFIG_DIR count where nothing of ours is set. Options that tell",
                        "of the server may stand before the command, as with avn.");
        exitCodes(
                spec,
                "the request worked; with --wait: the checks have passed",
                "wrong use, or the server refuses the request",
                "with --wait: the task has ended without success",
                "the server could not be reached, is busy or broken; with --timeout: the task goes on");
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
        spec.addOption(
                text("TIME", "How long to watch how much is written (as long as reading takes anyway).", "--sample"));
        spec.addOption(flag(
                "Look into rows too, for dates that are none, ENUM errors and values too long for a packet; a"
                        + " statement for each table.",
                "--scan-data"));
        spec.addOption(text("NUMBER", "Most rows of a table to look into (100000).", "--scan-rows"));
        spec.addOption(text("TIME", "Most time for a table (5s).", "--scan-time"));
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
        exitCodes(
                spec,
                "success",
                "wrong use, or an unusable URI or file",
                "the pre-checks failed, or the method of --require cannot be used",
                "the source or the target could not be reached, or refused the login");
    }

    private static void exitCodes(CommandSpec spec, String success, String wrong, String failed, String unreachable) {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", success);
        codes.put("1", "the tool broke: a bug");
        codes.put("2", wrong);
        codes.put("3", failed);
        codes.put("4", unreachable);
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
