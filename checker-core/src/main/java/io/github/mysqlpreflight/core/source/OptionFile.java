/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a MySQL option file ({@code --defaults-file}) says about the source: the options of {@code [client]}, and over them those of {@code
 * [mysql-preflight]}, whatever their order. Immutable.
 *
 * <p>The syntax is that of MySQL's own clients (manual, "Using Option Files"; mysys/my_default.cc): comments start with {@code #} or {@code ;} at the
 * start of a line and with {@code #} outside quotes anywhere; quotes around a value are taken off; {@code \b \t \n \r \s \\ \" \'} are escapes; {@code
 * !include} and {@code !includedir} name files from the current folder; {@code -} and {@code _} in names are the same, and {@code loose-} before them
 * means nothing. Options of other purposes are ignored. Unlike there, a file that anybody may change is an error, not ignored without a word.
 */
public final class OptionFile {
    /** As MySQL's {@code max_recursion_level}. */
    private static final int DEEPEST_INCLUDE = 10;

    private static final int MOST_FILES = 200;

    private static final String CLIENT = "client";
    private static final String OURS = "mysql-preflight";
    private static final String PRIVATE = "Make it private: chmod 600.";

    private final Map<String, Option> options;
    private final List<String> warnings;

    private OptionFile(Map<String, Option> options, List<String> warnings) {
        this.options = Map.copyOf(options);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads the file and those it includes.
     *
     * @throws UnusableSourceException if one cannot be read or understood; the message names file and line, never what stands there
     */
    public static OptionFile read(Path file) {
        requireNonNull(file, "file is null");
        Reader reader = new Reader();
        reader.read(file, 0);
        Map<String, Option> merged = new HashMap<>(reader.client);
        merged.putAll(reader.ours);
        OptionFile result = new OptionFile(merged, reader.warnings);
        result.validate();
        return result;
    }

    /** Each of these fails on a value that it cannot understand, which then names file and line. */
    private void validate() {
        port();
        sslMode();
        sslCa();
        sslCert();
        sslKey();
    }

    /** The host as written, or null. */
    public @Nullable String host() {
        return text("host");
    }

    /** From 1 to 65535, or null. */
    public @Nullable Integer port() {
        String text = text("port");
        if (text == null) {
            return null;
        }
        int port = Text.port(text);
        if (port == 0) {
            throw requireNonNull(options.get("port"), "port is null")
                    .failure(Code.PORT, "invalid port: it must be a number from 1 to 65535", "Leave it out for 3306.");
        }
        return port;
    }

    /** The user, or null. */
    public @Nullable String user() {
        return text("user");
    }

    /** The password, possibly empty; null if there is none or {@code password} stands without a value, which asks for it. */
    public @Nullable Password password() {
        Option option = options.get("password");
        return option == null || option.value == null ? null : Password.of(option.value);
    }

    /** The mode, or null. */
    public @Nullable SslMode sslMode() {
        String text = text("ssl-mode");
        if (text == null) {
            return null;
        }
        try {
            return SslMode.parse(text);
        } catch (UnusableSourceException failure) {
            throw failure.in(
                    requireNonNull(options.get("ssl-mode"), "ssl-mode is null").place());
        }
    }

    /** The file (PEM) of the authorities that are trusted, or null. */
    public @Nullable Path sslCa() {
        return file("ssl-ca");
    }

    /** The file (PEM) of the client's certificate, or null. */
    public @Nullable Path sslCert() {
        return file("ssl-cert");
    }

    /** The file (PEM) of the client's key, or null. */
    public @Nullable Path sslKey() {
        return file("ssl-key");
    }

    /** What the user should know: a password that everybody can read, lines that are not obeyed. One line of printable ASCII each. */
    public List<String> warnings() {
        return warnings;
    }

    /** Names nothing but the type, since it may hold a password. */
    @Override
    public String toString() {
        return "OptionFile";
    }

    /** The value; null if there is none or an empty one, which in MySQL's clients means the default. */
    private @Nullable String text(String name) {
        Option option = options.get(name);
        return option == null || option.value == null || option.value.isEmpty() ? null : option.value;
    }

    private @Nullable Path file(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Path file = UriScanner.filePath(text);
        if (file == null) {
            throw requireNonNull(options.get(name), "option is null")
                    .failure(Code.FILE, name + " does not name a file", "Give the path of a PEM file.");
        }
        return file;
    }

    /** One line that counts; its value is null if it has no equals sign. No record, because the text form of one would show a password. */
    private static final class Option {
        final @Nullable String value;
        final Path file;
        final int line;

        Option(@Nullable String value, Path file, int line) {
            this.value = value;
            this.file = file;
            this.line = line;
        }

        String place() {
            return place(file, line);
        }

        static String place(Path file, int line) {
            return SourceFiles.name(file) + " line " + line;
        }

        UnusableSourceException failure(Code code, String what, String advice) {
            return new UnusableSourceException(code, place() + ": " + what, advice);
        }
    }

    /** One pass over the file and those it includes. Lines are taken as Latin-1, since the syntax is ASCII; values that count are decoded as UTF-8. */
    private static final class Reader {
        final Map<String, Option> client = new HashMap<>();
        final Map<String, Option> ours = new HashMap<>();
        final List<String> warnings = new ArrayList<>();
        private int files;

        void read(Path file, int depth) {
            if (++files > MOST_FILES) {
                throw new UnusableSourceException(
                        Code.FILE,
                        "The option file includes more than " + MOST_FILES + " files",
                        "Check whether a folder includes itself.");
            }
            byte[] bytes = SourceFiles.read(file);
            if (SourceFiles.isWritableByOthers(file)) {
                throw new UnusableSourceException(
                        Code.FILE,
                        "The option file " + SourceFiles.name(file)
                                + " may be changed by every user of this machine; MySQL's clients ignore such a file",
                        PRIVATE);
            }
            boolean hasPassword = false;
            String content = new String(bytes, StandardCharsets.ISO_8859_1);
            @Nullable String group = null;
            int number = 0;
            int start = content.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
            while (start < content.length()) {
                int end = Text.indexOfAny(content, "\n", start);
                String line = Text.trim(content.substring(start, end));
                start = end + 1;
                number++;
                if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == ';') {
                    continue;
                }
                if (line.charAt(0) == '!') {
                    include(line, file, number, depth);
                } else if (line.charAt(0) == '[') {
                    int close = line.indexOf(']');
                    if (close < 0) {
                        throw failure(file, number, "the group has no closing bracket", "Write [client].");
                    }
                    group = Text.trim(line.substring(1, close));
                } else if (group == null) {
                    throw failure(file, number, "an option stands before the first group", "Put [client] above it.");
                } else if (group.equals(CLIENT) || group.equals(OURS)) {
                    hasPassword |= option(line, group.equals(OURS) ? ours : client, file, number);
                }
            }
            if (hasPassword && SourceFiles.isReadableByOthers(file)) {
                warnings.add("The option file " + SourceFiles.name(file)
                        + " holds a password and may be read by every user of this machine. " + PRIVATE);
            }
        }

        /** Whether it is a password. */
        private boolean option(String line, Map<String, Option> group, Path file, int number) {
            String text = Text.trim(line.substring(0, commentStart(line)));
            int equals = Text.indexOfAny(text, "=", 0);
            String name = Text.lowerCase(Text.trim(text.substring(0, equals))).replace('_', '-');
            if (name.startsWith("loose-")) {
                name = name.substring("loose-".length());
            }
            switch (name) {
                case "host", "port", "user", "password", "ssl-mode", "ssl-ca", "ssl-cert", "ssl-key" -> {}
                case "socket" -> {
                    warn(file, number, "socket is not obeyed: the source is always reached over TCP, at host and port");
                    return false;
                }
                case "protocol" -> {
                    String protocol =
                            Text.lowerCase(unquoted(Text.trim(text.substring(Math.min(equals + 1, text.length())))));
                    if (!protocol.equals("tcp")) {
                        warn(
                                file,
                                number,
                                "protocol is not obeyed: the source is always reached over TCP, at host and port");
                    }
                    return false;
                }
                case "pass", "passwd", "pwd" -> {
                    warn(file, number, name + " is not obeyed: write password");
                    return false;
                }
                case "ssl", "skip-ssl", "disable-ssl", "ssl-verify-server-cert" -> {
                    warn(file, number, name + " is not obeyed: write ssl-mode");
                    return false;
                }
                case "ssl-capath" -> {
                    warn(file, number, name + " is not obeyed: write ssl-ca");
                    return false;
                }
                default -> {
                    return false;
                }
            }
            String value = null;
            if (equals < text.length()) {
                String raw = unescaped(unquoted(Text.trim(text.substring(equals + 1))));
                byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
                value = Text.utf8(bytes, bytes.length);
                if (value == null) {
                    throw failure(file, number, "the value of " + name + " is not UTF-8", "Save the file as UTF-8.");
                }
            } else if (!name.equals("password")) {
                throw failure(file, number, name + " has no value", "Write " + name + "=VALUE.");
            }
            int comment = commentStart(line);
            if (comment < line.length() && comment > 0 && !Text.isSpace(line.charAt(comment - 1))) {
                warn(
                        file,
                        number,
                        "the # in the value of " + name
                                + " starts a comment, as in MySQL's clients; put the value into quotes if it belongs to it");
            }
            group.put(name, new Option(value, file, number));
            return value != null && name.equals("password") && !value.isEmpty();
        }

        private void include(String line, Path file, int number, int depth) {
            String directive = Text.trim(line.substring(1));
            boolean folder = directive.startsWith("includedir");
            String keyword = folder ? "includedir" : "include";
            if (!directive.startsWith(keyword)) {
                return;
            }
            String rest = directive.substring(keyword.length());
            String argument = Text.trim(rest);
            if (argument.isEmpty() || !Text.isSpace(rest.charAt(0))) {
                throw failure(
                        file, number, "the ! directive names no file", "Write !include FILE or !includedir FOLDER.");
            }
            byte[] bytes = argument.getBytes(StandardCharsets.ISO_8859_1);
            String decoded = Text.utf8(bytes, bytes.length);
            Path included = decoded == null ? null : UriScanner.filePath(decoded);
            if (included == null) {
                throw failure(
                        file,
                        number,
                        "the ! directive does not name a file",
                        "Write !include FILE or !includedir FOLDER.");
            }
            if (depth >= DEEPEST_INCLUDE) {
                warn(
                        file,
                        number,
                        "the ! directive is not obeyed: files are included at most " + DEEPEST_INCLUDE + " deep");
                return;
            }
            if (folder) {
                for (Path each : optionFiles(included, file, number)) {
                    read(each, depth + 1);
                }
            } else if (Files.exists(included)) {
                read(included, depth + 1);
            } else {
                warn(file, number, "the file to include does not exist");
            }
        }

        /** The files of the folder that end in {@code .cnf}, by name, as MySQL takes them. */
        private static Set<Path> optionFiles(Path folder, Path file, int number) {
            Set<Path> files = new TreeSet<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    if (entry.toString().endsWith(".cnf") && !Files.isDirectory(entry)) {
                        files.add(entry);
                    }
                }
            } catch (IOException | DirectoryIteratorException failure) {
                throw failure(
                        file, number, "the folder to include cannot be read", "Check that it exists and may be read.");
            }
            return files;
        }

        private void warn(Path file, int number, String what) {
            warnings.add(Option.place(file, number) + ": " + what);
        }

        private static UnusableSourceException failure(Path file, int number, String what, String advice) {
            return new UnusableSourceException(Code.FILE, Option.place(file, number) + ": " + what, advice);
        }

        /** Where the comment starts, or the length of the line; as {@code remove_end_comment} in my_default.cc. */
        private static int commentStart(String line) {
            char quote = 0;
            boolean escape = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if ((c == '\'' || c == '"') && !escape) {
                    if (quote == 0) {
                        quote = c;
                    } else if (quote == c) {
                        quote = 0;
                    }
                }
                if (quote == 0 && c == '#') {
                    return i;
                }
                escape = quote != 0 && c == '\\' && !escape;
            }
            return line.length();
        }

        private static String unquoted(String value) {
            int last = value.length() - 1;
            boolean quoted = last > 0
                    && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                    && value.charAt(last) == value.charAt(0);
            return quoted ? value.substring(1, last) : value;
        }

        private static String unescaped(String value) {
            StringBuilder result = new StringBuilder(value.length());
            int last = value.length() - 1;
            for (int i = 0; i <= last; i++) {
                char c = value.charAt(i);
                if (c != '\\' || i == last) {
                    result.append(c);
                    continue;
                }
                char escaped = value.charAt(++i);
                switch (escaped) {
                    case 'b' -> result.append('\b');
                    case 't' -> result.append('\t');
                    case 'n' -> result.append('\n');
                    case 'r' -> result.append('\r');
                    case 's' -> result.append(' ');
                    case '\\', '"', '\'' -> result.append(escaped);
                    default -> result.append('\\').append(escaped);
                }
            }
            return result.toString();
        }
    }
}
