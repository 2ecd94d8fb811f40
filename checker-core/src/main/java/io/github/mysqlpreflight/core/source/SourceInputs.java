/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a user may say about which server is meant; each part is null if it was not said. Immutable; its text form shows which parts there are, never what
 * they say.
 *
 * @param uri a {@code mysql://} URI
 * @param uriFile a file that holds one such URI and nothing else
 * @param optionFile a MySQL option file
 * @param host a name or address, as {@code -h}
 * @param port a port number, as {@code -P}
 * @param user a user name, as {@code -u}
 * @param password a password, as {@code -p}; one that was asked for is put here too
 */
public record SourceInputs(
        @Nullable String uri,
        @Nullable Path uriFile,
        @Nullable Path optionFile,
        @Nullable String host,
        @Nullable String port,
        @Nullable String user,
        @Nullable Password password) {

    /** The environment variable that names the source where nothing else does. */
    public static final String ENVIRONMENT_VARIABLE = "MYSQL_PREFLIGHT_SOURCE_URI";

    private static final String DEFAULT_HOST = "localhost";

    /** Nothing but a URI, or nothing at all if it is null. */
    public static SourceInputs ofUri(@Nullable String uri) {
        return new SourceInputs(uri, null, null, null, null, null, null);
    }

    /**
     * The source they mean together.
     *
     * <ol>
     *   <li>A URI, given or in a file, names user, host and port. The option file adds what it leaves out: {@code ssl-mode}, {@code ssl-ca}, {@code
     *       ssl-cert}, {@code ssl-key}, and the password if the file is about the same user or about none. {@code -p} gives the password that the URI
     *       lacks. {@code -h}, {@code -P}, {@code -u} next to it are an error, and so are two URIs or two passwords.
     *   <li>Otherwise the flags count, then the option file; the host is then {@code localhost} if there is none, reached over TCP.
     *   <li>The environment variable counts only if there is no URI, no option file, and no {@code -h}, {@code -P}, {@code -u}.
     * </ol>
     *
     * @throws UnusableSourceException if they contradict each other, are not usable, or say nothing
     */
    public ResolvedSource resolve(Map<String, String> environment) {
        requireNonNull(environment, "environment is null");
        List<String> warnings = new ArrayList<>();
        if (uri != null && uriFile != null) {
            throw new UnusableSourceException(
                    Code.INPUT, "A URI and --source-uri-file are both given", "Give one of them.");
        }
        OptionFile options = null;
        if (optionFile != null) {
            options = OptionFile.read(optionFile);
            warnings.addAll(options.warnings());
        }
        SourceUri.Builder builder;
        if (uri != null) {
            builder = fromUri(uri, null);
        } else if (uriFile != null) {
            builder = fromUri(content(uriFile, warnings), "The URI in " + SourceFiles.name(uriFile));
        } else if (options == null && host == null && port == null && user == null) {
            String variable = environment.get(ENVIRONMENT_VARIABLE);
            if (variable == null || Text.trim(variable).isEmpty()) {
                throw new UnusableSourceException(
                        Code.INPUT,
                        "No source is given",
                        "Give mysql://user:password@host:port/, or --source-uri-file, --defaults-file, -h -P -u -p, or the environment variable "
                                + ENVIRONMENT_VARIABLE + ".");
            }
            builder = fromUri(variable, ENVIRONMENT_VARIABLE);
        } else {
            builder = fromFlags(options);
        }
        if (options != null) {
            fillIn(builder, options);
        }
        SourceUri source = builder.build();
        if (source.sslCa() != null && source.sslMode().compareTo(SslMode.VERIFY_CA) < 0) {
            warnings.add("ssl-ca has no effect with ssl-mode=" + source.sslMode()
                    + "; ssl-mode=VERIFY_CA verifies the certificate");
        }
        return new ResolvedSource(source, warnings);
    }

    private SourceUri.Builder fromUri(String text, @Nullable String origin) {
        if (host != null || port != null || user != null) {
            throw new UnusableSourceException(
                    Code.INPUT,
                    "A URI is given together with " + (host != null ? "-h" : port != null ? "-P" : "-u"),
                    "Give a URI, or -h -P -u, but not both. Only -p goes with a URI that has no password.");
        }
        SourceUri.Builder builder;
        try {
            builder = UriScanner.scan(text);
            builder.build(); // what is wrong with the URI is said here, where its origin is known
        } catch (UnusableSourceException failure) {
            throw origin == null ? failure : failure.in(origin);
        }
        if (password != null) {
            if (builder.password != null) {
                throw new UnusableSourceException(
                        Code.INPUT, "The URI has a password and -p gives another", "Give the password once.");
            }
            builder.password(password);
        }
        return builder;
    }

    private SourceUri.Builder fromFlags(@Nullable OptionFile options) {
        SourceUri.Builder builder = SourceUri.builder();
        String named = host == null && options != null ? options.host() : host;
        builder.host(named == null ? DEFAULT_HOST : named);
        if (port != null) {
            int number = Text.port(Text.trim(port));
            if (number == 0) {
                throw new UnusableSourceException(
                        Code.PORT,
                        "-P gives an invalid port: it must be a number from 1 to 65535",
                        "Leave it out for 3306.");
            }
            builder.port(number);
        } else if (options != null && options.port() != null) {
            builder.port = options.port();
        }
        builder.user = user == null && options != null ? options.user() : user;
        builder.password = password;
        return builder;
    }

    /** Adds what the option file knows and the builder does not. */
    private static void fillIn(SourceUri.Builder builder, OptionFile options) {
        String owner = options.user();
        if (builder.password == null && (owner == null || owner.equals(builder.user))) {
            builder.password = options.password();
        }
        if (builder.sslMode == null) {
            builder.sslMode = options.sslMode();
        }
        if (builder.sslCa == null) {
            builder.sslCa = options.sslCa();
        }
        if (builder.sslCert == null && builder.sslKey == null) {
            builder.sslCert = options.sslCert();
            builder.sslKey = options.sslKey();
        }
    }

    private static String content(Path file, List<String> warnings) {
        byte[] bytes = SourceFiles.read(file);
        String text = Text.utf8(bytes, bytes.length);
        if (text == null) {
            throw new UnusableSourceException(
                    Code.FILE, "The file " + SourceFiles.name(file) + " is not UTF-8", "Save it as UTF-8.");
        }
        String line = Text.trim(text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (line.isEmpty()) {
            throw new UnusableSourceException(
                    Code.FILE, "The file " + SourceFiles.name(file) + " is empty", "Write one URI into it.");
        }
        if (line.indexOf('\n') >= 0) {
            throw new UnusableSourceException(
                    Code.FILE,
                    "The file " + SourceFiles.name(file) + " has more than one line",
                    "Write one URI into it and nothing else.");
        }
        if (SourceFiles.isReadableByOthers(file)) {
            warnings.add("The file " + SourceFiles.name(file)
                    + " may be read by every user of this machine. Make it private: chmod 600.");
        }
        return line;
    }

    /** Which parts there are, since a URI may hold a password. */
    @Override
    public String toString() {
        StringBuilder parts = new StringBuilder("SourceInputs[");
        append(parts, "uri", uri);
        append(parts, "uriFile", uriFile);
        append(parts, "optionFile", optionFile);
        append(parts, "host", host);
        append(parts, "port", port);
        append(parts, "user", user);
        append(parts, "password", password);
        return parts.append(']').toString();
    }

    private static void append(StringBuilder parts, String name, @Nullable Object part) {
        if (part != null) {
            parts.append(parts.charAt(parts.length() - 1) == '[' ? "" : ", ").append(name);
        }
    }
}
