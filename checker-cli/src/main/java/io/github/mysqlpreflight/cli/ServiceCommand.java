/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.check.Spelling;
import io.github.mysqlpreflight.core.render.SafeText;
import io.github.mysqlpreflight.core.source.SourceInputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** {@code service task-create} and {@code service task-get}: a check as a task of a server, asked for as with {@code avn}. */
final class ServiceCommand {
    static final String CREATE = "task-create";
    static final String GET = "task-get";

    /** With a value; avn takes them before the command, where these may stand too. */
    private static final List<String> LEADING =
            List.of("--url", "--auth-token", "--auth-ca", "--request-timeout", "--insecure-http");

    private static final String WITHOUT_VALUE = "--insecure-http";
    private static final int LARGEST_URI = 1 << 16;
    private static final long FIRST_PAUSE_NANOS = 200_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000_000L;
    /** A server that is restarted comes back within that. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Arguments arguments;
    private final Environment environment;
    private final TaskPrinter printer;

    private ServiceCommand(Arguments arguments, Environment environment) {
        this.arguments = arguments;
        this.environment = environment;
        this.printer = new TaskPrinter(arguments.has("--json"), arguments.value("--format"));
        printer.verify();
    }

    /** Whether a line of arguments that begins with it may be one of avn's, with its options before the command. */
    static boolean mayBeginWith(String argument) {
        int equals = argument.indexOf('=');
        return LEADING.contains(equals < 0 ? argument : argument.substring(0, equals));
    }

    /**
     * Runs one of the two.
     *
     * @param all the program's arguments from the first on
     */
    static int run(List<String> all, Environment environment) {
        List<String> options = new ArrayList<>();
        int next = leading(all, 0, options);
        if (next == all.size() || !all.get(next).equals("service")) {
            throw new UsageException(
                    "only the command service takes options before it",
                    "For example: " + Tool.NAME + " --url URL service task-get --task-id ID SERVICE.");
        }
        next = leading(all, next + 1, options);
        if (next == all.size()) {
            environment.err().print(Commands.one("service").getUsageMessage(Ansi.OFF));
            return ExitCode.WRONG_USE;
        }
        String name = all.get(next);
        options.addAll(all.subList(next + 1, all.size()));
        return switch (name) {
            case CREATE, GET -> run(name, options, environment);
            case "--help", "-?", "help" -> {
                environment.out().print(Commands.one("service").getUsageMessage(Ansi.OFF));
                yield ExitCode.SUCCESS;
            }
            default -> throw unknown(name);
        };
    }

    private static int run(String name, List<String> options, Environment environment) {
        Arguments arguments = Arguments.of("service " + name, options);
        if (arguments.helpWanted()) {
            environment.out().print(arguments.help());
            return ExitCode.SUCCESS;
        }
        ServiceCommand command = new ServiceCommand(arguments, environment);
        try {
            return name.equals(CREATE) ? command.create() : command.get();
        } catch (ServiceException e) {
            environment.complain(e.message(), e.advice());
            return e.exitCode();
        }
    }

    private static int leading(List<String> all, int from, List<String> options) {
        int next = from;
        while (next < all.size() && mayBeginWith(all.get(next))) {
            String option = all.get(next++);
            options.add(option);
            if (option.indexOf('=') < 0 && !option.equals(WITHOUT_VALUE) && next < all.size()) {
                options.add(all.get(next++));
            }
        }
        return next;
    }

    private static UsageException unknown(String name) {
        String nearest = Spelling.nearest(name, List.of(CREATE, GET));
        return new UsageException(
                nearest == null
                        ? "service is followed by task-create or task-get"
                        : "service has no such command (did you mean " + nearest + "?)",
                Tool.NAME + " service --help tells more.");
    }

    private int create() {
        String service = service();
        Duration limit = limit();
        String operation = arguments.word("--operation", "migration_check", "upgrade_check");
        boolean migration = "migration_check".equals(operation);
        String version = arguments.value("--target-version");
        if (migration && version != null) {
            throw new UsageException(
                    "--target-version goes with --operation upgrade_check",
                    "A migration check is made for the version of the service.");
        }
        if (!migration && version == null) {
            throw new UsageException(
                    "--target-version is required for "
                            + (operation == null
                                    ? "upgrade_check, which is the operation without --operation"
                                    : operation),
                    "Give one such as 8.4; for a migration check give --operation migration_check instead.");
        }
        if (!migration && arguments.has("--method")) {
            throw new UsageException("--method goes with --operation migration_check", "Leave it out.");
        }
        String uri = uri();
        if (migration && uri == null) {
            throw new UsageException(
                    "--source-service-uri is required for migration_check",
                    "Other users of this machine see it; better give --source-uri-file, or the environment variable "
                            + SourceInputs.ENVIRONMENT_VARIABLE + ".");
        }
        String project = ServiceAccess.project(arguments, environment);
        ServiceAccess access = ServiceAccess.of(arguments, environment);
        if (uri != null && !arguments.has("--insecure-http")) {
            access.requireSecrecy("the source's URI");
        }
        ServiceClient client = new ServiceClient(access);
        Json.Fields task = client.create(project, service, body(migration, uri, version), uri);
        if (!arguments.has("--wait")) {
            print(printer.created(task));
            return ExitCode.SUCCESS;
        }
        String id = task.text("task_id");
        if (id == null) {
            throw ServiceException.notUnderstood("the task has no task_id");
        }
        environment.complain("waiting for task " + id, "");
        return finish(client, project, service, id, limit);
    }

    private int get() {
        String service = service();
        Duration limit = limit();
        String id = arguments.value("--task-id");
        if (id == null || id.isBlank()) {
            throw new UsageException(
                    "--task-id is required",
                    Tool.NAME + " service task-create prints the id of the task that it makes.");
        }
        String project = ServiceAccess.project(arguments, environment);
        ServiceClient client = new ServiceClient(ServiceAccess.of(arguments, environment));
        if (arguments.has("--wait")) {
            return finish(client, project, service, id, limit);
        }
        print(printer.got(client.get(project, service, id)));
        return ExitCode.SUCCESS;
    }

    private int finish(ServiceClient client, String project, String service, String id, @Nullable Duration limit) {
        Json.Fields task = ended(client, project, service, id, limit);
        print(printer.got(task));
        return TaskPrinter.hasSucceeded(task) ? ExitCode.SUCCESS : ExitCode.PRE_CHECKS_FAILED;
    }

    /** The task when it has ended. A server that cannot be reached for a while is waited for. */
    private Json.Fields ended(
            ServiceClient client, String project, String service, String id, @Nullable Duration limit) {
        long start = System.nanoTime();
        long reached = start;
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                Json.Fields task = client.get(project, service, id);
                if (TaskPrinter.hasEnded(task)) {
                    return task;
                }
                reached = System.nanoTime();
            } catch (ServiceException e) {
                if (!e.isPassing() || System.nanoTime() - reached > PATIENCE_NANOS) {
                    throw e;
                }
            }
            if (limit != null && System.nanoTime() - start + pause > limit.toNanos()) {
                throw new ServiceException(
                        "the task " + id + " has not ended within " + limit.toSeconds() + " s; it goes on",
                        Tool.NAME + " service task-get --wait --task-id " + id + " waits for it.",
                        ExitCode.UNREACHABLE,
                        false);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause + pause / 2, LONGEST_PAUSE_NANOS);
        }
    }

    private void print(String text) {
        environment.out().print(environment.terminal().isOut() ? safe(text) : text);
        environment.out().flush();
    }

    private static String safe(String text) {
        StringBuilder lines = new StringBuilder(text.length());
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            int stop = end < 0 ? text.length() : end;
            lines.append(SafeText.of(text.substring(start, stop)));
            if (end >= 0) {
                lines.append('\n');
            }
            start = stop + 1;
        }
        return lines.toString();
    }

    private String service() {
        List<String> names = arguments.positional();
        if (names.size() == 1 && !names.get(0).isBlank()) {
            return names.get(0);
        }
        throw new UsageException(
                names.size() > 1 ? "there are too many arguments" : "there is no service",
                "Name one service, a profile of the server: mysql is the one that a server has without a configuration.");
    }

    private @Nullable Duration limit() {
        String timeout = arguments.value("--timeout");
        if (timeout == null) {
            return null;
        }
        if (!arguments.has("--wait")) {
            throw new UsageException("--timeout goes with --wait", "--request-timeout limits a single answer.");
        }
        return Values.time("--timeout", timeout);
    }

    /** The source's URI; null where none is given, and an upgrade is checked of the server that the service has. */
    private @Nullable String uri() {
        String uri = arguments.value("--source-service-uri");
        String file = arguments.value("--source-uri-file");
        if (uri != null && file != null) {
            throw new UsageException("--source-service-uri and --source-uri-file are both given", "Give one of them.");
        }
        if ("-".equals(uri) || "-".equals(file)) {
            return Sources.standardInput(environment);
        }
        if (file != null) {
            return inFile(ReportTarget.path("--source-uri-file", file));
        }
        if (uri == null) {
            uri = environment.variables().get(SourceInputs.ENVIRONMENT_VARIABLE);
        }
        return uri == null || uri.isBlank() ? null : uri;
    }

    private static String inFile(Path file) {
        String text;
        try {
            if (Files.size(file) > LARGEST_URI) {
                throw new UsageException("the file of --source-uri-file is too large", "Write one URI into it.");
            }
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw new UsageException("the file of --source-uri-file cannot be read", "Name a file with one URI in it.");
        }
        if (text.isEmpty() || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new UsageException(
                    "the file of --source-uri-file does not hold one line", "Write one URI into it and nothing else.");
        }
        return text;
    }

    private byte[] body(boolean migration, @Nullable String uri, @Nullable String version) {
        String operation = migration ? "migration_check" : "upgrade_check";
        String ignored = arguments.value("--ignore-dbs");
        String method = arguments.word("--method", "replication", "dump");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), body)) {
            out.writeStartObject();
            out.writeStringProperty("task_type", operation);
            if (version != null) {
                out.writeStringProperty("target_version", version.strip());
            }
            if (uri != null) {
                out.writeObjectPropertyStart(operation);
                out.writeStringProperty("source_service_uri", uri);
                if (ignored != null && !ignored.isEmpty()) {
                    out.writeStringProperty("ignore_dbs", ignored);
                }
                if (method != null) {
                    out.writeStringProperty("method", method);
                }
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        return body.toByteArray();
    }
}
