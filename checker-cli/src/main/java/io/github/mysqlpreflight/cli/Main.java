/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.check.Spelling;
import io.github.mysqlpreflight.core.engine.UnknownCheckException;
import io.github.mysqlpreflight.core.source.UnusableSourceException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Environment environment = Environment.system();
        int code = run(arguments, environment);
        environment.out().flush();
        if (environment.out().checkError() && code == ExitCode.SUCCESS) {
            environment.complain("standard output could not be written", "");
            code = ExitCode.WRONG_USE;
        }
        System.exit(code);
    }

    /** Runs a command and gives its exit code. Nothing is thrown. */
    static int run(String[] arguments, Environment environment) {
        Diagnostics.set(environment.err(), 0);
        if (arguments.length == 0) {
            environment.err().print(Commands.all().getUsageMessage(Ansi.OFF));
            return ExitCode.WRONG_USE;
        }
        List<String> rest = new ArrayList<>(List.of(arguments)).subList(1, arguments.length);
        if (arguments[0].equals("check")) {
            return CheckCommand.run(rest, environment);
        }
        try {
            if (arguments[0].equals("service") || ServiceCommand.mayBeginWith(arguments[0])) {
                return ServiceCommand.run(List.of(arguments), environment);
            }
            return other(arguments[0], rest, environment);
        } catch (UsageException e) {
            environment.complain(e.message(), e.advice());
            return ExitCode.WRONG_USE;
        } catch (UnusableSourceException e) {
            environment.complain(e.message(), e.advice());
            return ExitCode.WRONG_USE;
        } catch (UnknownCheckException e) {
            environment.complain(String.valueOf(e.getMessage()), "");
            return ExitCode.WRONG_USE;
        } catch (RuntimeException | Error e) {
            return broken(e, environment);
        }
    }

    private static int other(String name, List<String> rest, Environment environment) {
        return switch (name) {
            case "snapshot" -> SnapshotCommand.run(Arguments.of(name, rest), environment);
            case "checks" -> CatalogueCommands.checks(Arguments.of(name, rest), environment);
            case "explain" -> CatalogueCommands.explain(Arguments.of(name, rest), environment);
            case "serve" -> ServeCommand.run(Arguments.of(name, rest), environment);
            case "token" -> TokenCommand.run(Arguments.of(name, rest), environment);
            case "completion" -> CatalogueCommands.completion(Arguments.of(name, rest), environment);
            case "--version" -> {
                environment.out().println(Tool.NAME + " " + Tool.version());
                yield ExitCode.SUCCESS;
            }
            case "--help", "-?", "help" -> {
                environment.out().print(Commands.all().getUsageMessage(Ansi.OFF));
                yield ExitCode.SUCCESS;
            }
            default -> throw unknown(name);
        };
    }

    private static UsageException unknown(String name) {
        String advice = Tool.NAME + " --help lists the commands.";
        boolean plain = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            plain &= Character.isLetterOrDigit(name.charAt(i)) || name.charAt(i) == '-';
        }
        if (!plain) {
            return new UsageException("the first argument is no command", advice);
        }
        String nearest = Spelling.nearest(name, Commands.NAMES);
        return new UsageException(
                "there is no command " + name + (nearest == null ? "" : " (did you mean " + nearest + "?)"), advice);
    }

    /** Says that the tool broke, and how to report it. */
    static int broken(Throwable thrown, Environment environment) {
        StackTraceElement[] trace = thrown.getStackTrace();
        environment.complain(
                "this is a bug: " + thrown.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]),
                "Please report it with the output of the same command with -v, and the version: " + Tool.NAME + " "
                        + Tool.version() + ", Java " + System.getProperty("java.version") + ".");
        if (Diagnostics.verbosity() > 0) {
            thrown.printStackTrace(environment.err());
        }
        return ExitCode.BROKEN;
    }
}
