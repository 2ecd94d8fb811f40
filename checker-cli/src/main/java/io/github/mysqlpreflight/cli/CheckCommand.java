/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.engine.AcceptList;
import io.github.mysqlpreflight.core.engine.CheckRegistry;
import io.github.mysqlpreflight.core.engine.Preflight;
import io.github.mysqlpreflight.core.engine.UnknownCheckException;
import io.github.mysqlpreflight.core.render.FixScript;
import io.github.mysqlpreflight.core.render.HtmlReport;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.AssessmentJson;
import io.github.mysqlpreflight.core.report.Fixes;
import io.github.mysqlpreflight.core.snapshot.AtomicFile;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import io.github.mysqlpreflight.core.source.ReadLimits;
import io.github.mysqlpreflight.core.source.ScanLimits;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.core.source.UnusableSourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code check}: reads, judges, reports. */
final class CheckCommand {
    static final String TARGET_VARIABLE = "MYSQL_PREFLIGHT_TARGET_URI";

    /** The launcher sets this system property on a run whose classes it archives. */
    private static final String TRAINING = "mysql-preflight.training";

    private final Arguments arguments;
    private final Environment environment;
    private final ReportTarget target;
    private final @Nullable Path fixes;
    private final Plan plan;
    private final @Nullable Method required;
    private final ReadLimits limits;
    private final TextReport.Layout layout;

    private CheckCommand(Arguments arguments, Environment environment, ReportTarget target) {
        this.arguments = arguments;
        this.environment = environment;
        this.target = target;
        String fixesFile = arguments.value("--fixes");
        this.fixes = fixesFile == null ? null : fixesFile(fixesFile, arguments, target);
        this.plan = plan(arguments);
        this.required = method(arguments, "--require");
        this.limits = limits(arguments);
        this.layout = layout(arguments, environment, target);
        Method asked = plan.method();
        if (asked != null && required != null && asked != required) {
            throw new UsageException(
                    "--method " + word(asked) + " and --require " + word(required) + " contradict each other",
                    "Leave one of them out.");
        }
    }

    /** Runs the command; every way it ends leaves one document where JSON or HTML is wanted. */
    static int run(List<String> list, Environment environment) {
        ReportTarget guessed = ReportTarget.guess(list);
        try {
            Arguments arguments = Arguments.of("check", list);
            if (arguments.helpWanted()) {
                environment.out().print(arguments.help());
                return ExitCode.SUCCESS;
            }
            String word = arguments.word("--format", "text", "json", "html");
            ReportTarget.Format format = ReportTarget.Format.of(word == null ? "" : word);
            String file = arguments.value("--output");
            ReportTarget target = new ReportTarget(format, file == null ? null : ReportTarget.output(file));
            Diagnostics.set(environment.err(), arguments.count("--verbose"));
            return new CheckCommand(arguments, environment, target).run();
        } catch (UsageException e) {
            return refuse(e.message(), e.advice(), guessed, environment);
        } catch (UnusableSourceException e) {
            return refuse(e.message(), e.advice(), guessed, environment);
        } catch (UnknownCheckException e) {
            return refuse(String.valueOf(e.getMessage()), "", guessed, environment);
        } catch (RuntimeException | Error e) {
            // Said as what it is, a bug, with the one document that standard output owes to a program.
            int code = Main.broken(e, environment);
            document("mysql-preflight broke: " + e.getClass().getName(), guessed, environment);
            return code;
        }
    }

    private static int refuse(String message, String advice, ReportTarget guessed, Environment environment) {
        environment.complain(message, advice);
        document(message, guessed, environment);
        return ExitCode.WRONG_USE;
    }

    /** The document of a run that had no source to judge. */
    private static void document(String reason, ReportTarget guessed, Environment environment) {
        if (guessed.format() == ReportTarget.Format.TEXT) {
            return;
        }
        Assessment assessment = Assessment.withoutSource(Tool.version(), reason);
        AtomicFile.Content content = guessed.format() == ReportTarget.Format.JSON
                ? out -> out.write(json(assessment))
                : out -> HtmlReport.write(assessment, out);
        try {
            guessed.verify();
            guessed.write(content, environment);
        } catch (UsageException e) {
            new ReportTarget(guessed.format(), null).write(content, environment);
        }
    }

    private int run() {
        target.verify();
        Path snapshotFile = Sources.snapshotFile(arguments);
        CheckRegistry registry = CheckRegistry.installed();
        AcceptList accepted = accepted(registry);
        SourceUri source = snapshotFile == null ? Sources.server(arguments, environment) : null;
        List<String> included = arguments.list("--include");
        List<Check> checks = registry.select(included, arguments.list("--exclude"));
        Preflight all = new Preflight(registry, Tool.version()).accepting(accepted);
        Preflight preflight = included.isEmpty() ? all : all.forSelectedChecks();
        SourceUri targetUri = targetUri();
        Assessment assessment;
        try (Progress progress = Progress.on(environment)) {
            if (source != null) {
                assessment = preflight.check(source, targetUri, plan, checks, limits, progress);
            } else {
                Snapshot snapshot = Sources.read(requireNonNull(snapshotFile, "snapshotFile is null"));
                Plan whole = targetUri == null
                        ? plan
                        : plan.withTarget(preflight.snapshot(targetUri, checks, limits, progress));
                assessment = preflight.judge(snapshot, whole, checks);
            }
        }
        int leftOut = preflight.registry().all().size() - checks.size();
        // First the fixes: once the report is out, nothing more can be said that is no second document.
        String written = fixes == null ? null : writeFixes(assessment, fixes);
        if (target.format() == ReportTarget.Format.HTML) {
            target.write(out -> HtmlReport.write(assessment, leftOut, out), environment);
        } else {
            boolean json = target.format() == ReportTarget.Format.JSON;
            target.write(json ? json(assessment) : text(assessment, leftOut, written), environment);
            if (Boolean.getBoolean(TRAINING)) {
                // The archive of classes that this run leaves behind serves the other format too.
                byte[] unused = json ? text(assessment, leftOut, null) : json(assessment);
            }
        }
        return exitCode(assessment);
    }

    private byte[] text(Assessment assessment, int leftOut, @Nullable String written) {
        return TextReport.of(assessment, leftOut, written, layout).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the script, and says in a line what it holds. */
    private String writeFixes(Assessment assessment, Path file) {
        Fixes all = Fixes.of(assessment);
        String name = file.toString();
        new ReportTarget(ReportTarget.Format.TEXT, file)
                .write(out -> FixScript.write(assessment, all, name, out), environment);
        return name + ": " + FixScript.summary(all);
    }

    private static Path fixesFile(String name, Arguments arguments, ReportTarget target) {
        if (name.equals("-")) {
            throw new UsageException(
                    "the fixes are written into a file, not to standard output", "Name it: --fixes FILE.");
        }
        Path file = ReportTarget.path("--fixes", name);
        ReportTarget.verify(file);
        if (target.file() != null && isSame(file, target.file())) {
            throw new UsageException("--fixes and --output name the same file", "Name two files.");
        }
        for (String option :
                new String[] {"--accept", "--snapshot", "--target-snapshot", "--source-uri-file", "--defaults-file"}) {
            String other = arguments.value(option);
            if (other != null && !other.equals("-") && isSame(file, ReportTarget.path(option, other))) {
                throw new UsageException("--fixes names the file of " + option, "Name another file.");
            }
        }
        return file;
    }

    private static boolean isSame(Path a, Path b) {
        try {
            return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize())
                    || (Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b));
        } catch (IOException e) {
            throw new UsageException(a + " cannot be looked at: " + e.getMessage(), "Name another file.");
        }
    }

    private static byte[] json(Assessment assessment) {
        ByteArrayOutputStream document = new ByteArrayOutputStream(1 << 14);
        AssessmentJson.write(assessment, document);
        document.write('\n');
        return document.toByteArray();
    }

    private int exitCode(Assessment assessment) {
        if (assessment.unreachable()) {
            return ExitCode.UNREACHABLE;
        }
        if (!assessment.verdict().success()) {
            return ExitCode.PRE_CHECKS_FAILED;
        }
        if (required != null && !assessment.verdict().canUse(required)) {
            environment.complain("--require " + word(required) + " is not met", "");
            return ExitCode.PRE_CHECKS_FAILED;
        }
        if (arguments.has("--strict") && !assessment.verdict().unverified().isEmpty()) {
            environment.complain(
                    "--strict is not met: " + assessment.verdict().unverified().size()
                            + " checks could not see all they need",
                    "");
            return ExitCode.PRE_CHECKS_FAILED;
        }
        return ExitCode.SUCCESS;
    }

    /** What {@code --accept} names; the day of judging is today. */
    private @Nullable AcceptList accepted(CheckRegistry registry) {
        String name = arguments.value("--accept");
        if (name == null) {
            return null;
        }
        Path file = ReportTarget.path("--accept", name);
        if (Sources.isLikeUri(file) && !Files.exists(file)) {
            throw new UsageException("--accept names no file, but what looks like a URI", "Name a file.");
        }
        try {
            return AcceptFile.read(file, registry, LocalDate.now(ZoneOffset.UTC));
        } catch (NoClassDefFoundError e) {
            throw ServeCommand.withoutJars(e);
        }
    }

    private @Nullable SourceUri targetUri() {
        if (plan.target() != null) {
            return null;
        }
        String text = arguments.value("--target-uri");
        String place = "--target-uri";
        if (text == null) {
            text = environment.variables().get(TARGET_VARIABLE);
            place = TARGET_VARIABLE;
        }
        if (text == null || text.isBlank()) {
            return null;
        }
        SourceUri uri;
        try {
            uri = SourceUri.parse(text);
        } catch (UnusableSourceException e) {
            throw new UsageException(place + ": " + e.message(), e.advice());
        }
        return Sources.withPassword(uri, false, environment);
    }

    private static Plan plan(Arguments arguments) {
        String targetVersion = arguments.value("--target-version");
        String targetSnapshot = arguments.value("--target-snapshot");
        if (targetSnapshot != null && arguments.has("--target-uri")) {
            throw new UsageException("--target-uri and --target-snapshot are both given", "Give one of them.");
        }
        String size = arguments.value("--max-total-size");
        String throughput = arguments.value("--dump-throughput");
        return new Plan(
                targetVersion == null ? null : version(targetVersion),
                targetSnapshot == null ? null : Sources.read(ReportTarget.path("--target-snapshot", targetSnapshot)),
                method(arguments, "--method"),
                arguments.list("--ignore-dbs"),
                dumpTool(arguments),
                size == null ? null : Values.size("--max-total-size", size),
                arguments.has("--require-preserve-commit-order"),
                throughput == null ? Plan.DEFAULT_DUMP_THROUGHPUT : Values.throughput("--dump-throughput", throughput));
    }

    private static ServerVersion version(String text) {
        String trimmed = text.strip();
        for (int i = 0; i < trimmed.length(); i++) {
            char character = trimmed.charAt(i);
            if (character != '.' && (character < '0' || character > '9')) {
                throw noVersion();
            }
        }
        try {
            return ServerVersion.parse(trimmed);
        } catch (IllegalArgumentException e) {
            throw noVersion();
        }
    }

    private static UsageException noVersion() {
        return new UsageException("--target-version is not a version", "Give one such as 8.4 or 8.0.36.");
    }

    private static @Nullable Method method(Arguments arguments, String option) {
        String word = arguments.word(option, "replication", "dump");
        if (word == null) {
            return null;
        }
        return word.equals("dump") ? Method.DUMP : Method.REPLICATION;
    }

    private static String word(Method method) {
        return switch (method) {
            case REPLICATION -> "replication";
            case DUMP -> "dump";
        };
    }

    private static Plan.DumpTool dumpTool(Arguments arguments) {
        String command = arguments.word("--dump-tool", "mysqldump", "mydumper", "mysqlsh");
        for (Plan.DumpTool tool : Plan.DumpTool.values()) {
            if (tool.command().equals(command)) {
                return tool;
            }
        }
        return Plan.DumpTool.MYSQLDUMP;
    }

    static ReadLimits limits(Arguments arguments) {
        String timeout = arguments.value("--timeout");
        ReadLimits limits = timeout == null
                ? ReadLimits.defaults()
                : ReadLimits.defaults().withTotal(Values.time("--timeout", timeout));
        limits = scanning(limits, arguments);
        String sample = arguments.value("--sample");
        if (sample == null) {
            return limits;
        }
        Duration apart = Values.time("--sample", sample);
        if (apart.compareTo(limits.total()) >= 0) {
            throw new UsageException(
                    "--sample is not shorter than the whole run may take", "Give the run more time with --timeout.");
        }
        return limits.withSample(apart);
    }

    private static ReadLimits scanning(ReadLimits limits, Arguments arguments) {
        String rows = arguments.value("--scan-rows");
        String time = arguments.value("--scan-time");
        if (!arguments.has("--scan-data")) {
            if (rows != null || time != null) {
                throw new UsageException(
                        (rows != null ? "--scan-rows" : "--scan-time") + " goes with --scan-data", "Give both.");
            }
            return limits;
        }
        ScanLimits defaults = ScanLimits.defaults();
        return limits.withScan(new ScanLimits(
                rows == null ? defaults.rows() : Values.number("--scan-rows", rows),
                time == null ? defaults.time() : Values.time("--scan-time", time),
                arguments.list("--ignore-dbs")));
    }

    private static TextReport.Layout layout(Arguments arguments, Environment environment, ReportTarget target) {
        String when = arguments.word("--color", "auto", "always", "never");
        String noColor = environment.variables().get("NO_COLOR");
        boolean terminal = target.file() == null && environment.terminal().isOut();
        boolean color = "always".equals(when)
                || (!"never".equals(when)
                        && terminal
                        && (noColor == null || noColor.isEmpty())
                        && !"dumb".equals(environment.variables().get("TERM")));
        return new TextReport.Layout(terminal ? environment.width() : 100, color, arguments.has("--all"));
    }
}
