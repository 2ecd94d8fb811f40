/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.check.Spelling;
import io.github.mysqlpreflight.core.source.Password;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was given to one command. What cannot be understood is never repeated, since it may hold a password. */
final class Arguments {
    private final CommandLine command;
    private final ParseResult parsed;
    private final @Nullable Password password;
    private final boolean passwordAsked;

    private Arguments(CommandLine command, ParseResult parsed, @Nullable Password password, boolean passwordAsked) {
        this.command = command;
        this.parsed = parsed;
        this.password = password;
        this.passwordAsked = passwordAsked;
    }

    /**
     * Reads the arguments of a command.
     *
     * @throws UsageException when they cannot be understood
     */
    static Arguments of(String name, List<String> arguments) {
        CommandLine command = Commands.one(name);
        List<String> others = new ArrayList<>(arguments.size());
        Password password = null;
        boolean asked = false;
        boolean takesPassword = command.getCommandSpec().findOption("-p") != null;
        boolean ended = false;
        for (String argument : arguments) {
            ended |= argument.equals("--");
            String secret = takesPassword && !ended ? attachedPassword(argument) : null;
            if (secret == null) {
                others.add(argument);
            } else if (argument.equals("-p") || argument.equals("--password")) {
                asked = true;
            } else if (password != null) {
                throw new UsageException("--password is given twice", "Give it once.");
            } else {
                password = Password.of(secret);
            }
        }
        if (asked && password != null) {
            throw new UsageException("--password is given with a value and without one", "Give it once.");
        }
        try {
            return new Arguments(command, command.parseArgs(others.toArray(new String[0])), password, asked);
        } catch (ParameterException e) {
            throw understandable(e, command, name);
        }
    }

    /** The password in {@code -pPASSWORD} or {@code --password=PASSWORD}, empty where there is none; null for others. */
    private static @Nullable String attachedPassword(String argument) {
        if (argument.startsWith("-p")) {
            return argument.substring(2);
        }
        if (argument.startsWith("--password=")) {
            return argument.substring("--password=".length());
        }
        return argument.equals("--password") ? "" : null;
    }

    private static UsageException understandable(ParameterException failure, CommandLine command, String name) {
        String advice = Tool.NAME + " " + name + " --help lists the options.";
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String option = optionName(unmatched.getUnmatched().get(0));
            if (option != null) {
                String nearest = nearest(option, command);
                return new UsageException(
                        "there is no option " + option + (nearest == null ? "" : " (did you mean " + nearest + "?)"),
                        advice);
            }
            return new UsageException("there are too many arguments", advice);
        }
        ArgSpec about =
                failure instanceof OverwrittenOptionException twice ? twice.getOverwritten() : failure.getArgSpec();
        String option = about instanceof OptionSpec spec ? spec.longestName() : null;
        if (option != null && failure instanceof MissingParameterException) {
            return new UsageException("the option " + option + " needs a value", advice);
        }
        if (option != null && failure instanceof OverwrittenOptionException) {
            return new UsageException("the option " + option + " is given twice", "Give it once.");
        }
        return new UsageException(
                option == null ? "the arguments cannot be understood" : "the option " + option + " takes no such value",
                advice);
    }

    /** The name in {@code --name=value}; null where it is not one. Of an unknown short option only the first letter. */
    private static @Nullable String optionName(String argument) {
        if (argument.length() < 2 || argument.charAt(0) != '-') {
            return null;
        }
        if (argument.charAt(1) != '-') {
            return argument.substring(0, 2);
        }
        int end = 2;
        while (end < argument.length()
                && (Character.isLetterOrDigit(argument.charAt(end)) || argument.charAt(end) == '-')) {
            end++;
        }
        return end < argument.length() && argument.charAt(end) != '=' ? null : argument.substring(0, end);
    }

    private static @Nullable String nearest(String option, CommandLine command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec spec : command.getCommandSpec().options()) {
            names.addAll(List.of(spec.names()));
        }
        return option.length() < 3 ? null : Spelling.nearest(option, names);
    }

    /** Whether help was asked for instead. */
    boolean helpWanted() {
        return parsed.isUsageHelpRequested();
    }

    /** The help. */
    String help() {
        return command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    /** The option's value, or null. */
    @Nullable
    String value(String option) {
        return parsed.matchedOptionValue(option, null);
    }

    /** Whether the option is given. */
    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    /** How often the option, which takes no value, is given. */
    int count(String option) {
        boolean[] times = parsed.matchedOptionValue(option, new boolean[0]);
        return times.length;
    }

    /** The parts of all values of a list option: split at commas, without blanks around them, without empty ones. */
    List<String> list(String option) {
        List<String> values = parsed.matchedOptionValue(option, List.of());
        List<String> parts = new ArrayList<>();
        for (String value : values) {
            int start = 0;
            while (start <= value.length()) {
                int comma = value.indexOf(',', start);
                int end = comma < 0 ? value.length() : comma;
                String part = value.substring(start, end).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = end + 1;
            }
        }
        return parts;
    }

    /** The arguments that are not options. */
    List<String> positional() {
        return parsed.matchedPositionalValue(0, List.of());
    }

    /** The one of the words that the option names in any case, or null where it is absent. */
    @Nullable
    String word(String option, String... words) {
        String value = value(option);
        if (value == null) {
            return null;
        }
        String lower = value.strip().toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (word.equals(lower)) {
                return word;
            }
        }
        StringBuilder choice = new StringBuilder("It is ");
        for (int i = 0; i < words.length; i++) {
            choice.append(i == 0 ? "" : i == words.length - 1 ? " or " : ", ").append(words[i]);
        }
        throw new UsageException(
                "the option " + option + " takes no such value",
                choice.append('.').toString());
    }

    /** The password given with {@code -p}, or null. */
    @Nullable
    Password password() {
        return password;
    }

    /** Whether {@code -p} stands alone, which means to ask. */
    boolean passwordAsked() {
        return passwordAsked;
    }
}
