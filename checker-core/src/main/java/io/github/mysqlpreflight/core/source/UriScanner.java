/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.source.UnusableSourceException.Code;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes a source URI apart. What it says about a broken one never holds a part of it, because each part could be one of the password. */
final class UriScanner {
    private static final String NOT_VALID = "The given text is not a valid service URI: ";
    private static final String FORM =
            "Write mysql://user:password@host:port/ (with / ? # % in user and password as %2F %3F %23 %25).";

    private UriScanner() {}

    static SourceUri.Builder scan(String text) {
        String uri = Text.trim(text);
        if (uri.isEmpty()) {
            throw new UnusableSourceException(Code.SCHEME, NOT_VALID + "it is empty", FORM);
        }
        if (Text.hasControl(uri)) {
            throw new UnusableSourceException(
                    Code.CHARACTER,
                    NOT_VALID + "there is a control character in it, such as a line end",
                    "Take it out, or percent-encode it if it belongs to the password.");
        }
        int start = authorityStart(uri);
        int authorityEnd = Text.indexOfAny(uri, "/?#", start);
        int pathEnd = Text.indexOfAny(uri, "?#", authorityEnd);
        int queryEnd = Text.indexOfAny(uri, "#", pathEnd);
        String authority = uri.substring(start, authorityEnd);
        String path = uri.substring(authorityEnd, pathEnd);
        String query = uri.substring(pathEnd, queryEnd);
        String fragment = uri.substring(queryEnd);

        int at = authority.lastIndexOf('@');
        if (path.indexOf('@') >= 0 || fragment.indexOf('@') >= 0 || (at < 0 && query.indexOf('@') >= 0)) {
            throw rawCharacter();
        }
        if (at < 0) {
            String missing =
                    authority.isEmpty() ? "there is neither a user nor a host in it" : "there is no user in it";
            throw new UnusableSourceException(Code.USER, NOT_VALID + missing, FORM);
        }
        SourceUri.Builder builder = SourceUri.builder();
        account(authority.substring(0, at), builder);
        server(authority.substring(at + 1), builder);
        if (path.length() > 1) {
            String decoded = Text.percentDecoded(path.substring(1));
            builder.path = decoded == null ? path.substring(1) : decoded;
        }
        if (!query.isEmpty()) {
            parameters(query.substring(1), builder);
        }
        return builder;
    }

    /** The position after {@code mysql://}. */
    private static int authorityStart(String uri) {
        if (uri.startsWith("//")) {
            return 2;
        }
        String lower = Text.lowerCase(uri);
        if (lower.startsWith("mysql://")) {
            return "mysql://".length();
        }
        String advice = "Write mysql://user:password@host:port/";
        String wrong;
        if (lower.startsWith("mysql:")) {
            wrong = "mysql: is not followed by //";
        } else if (lower.startsWith("jdbc:")) {
            wrong = "it is a JDBC URL, and this tool takes mysql:// URIs";
            advice += " and leave out the parameters of the driver.";
        } else if (lower.startsWith("mysql+")) {
            wrong = "the scheme names a driver, and this tool takes mysql:// URIs";
        } else {
            String known = knownScheme(lower);
            if (known != null) {
                wrong = "the scheme is " + known + ", not mysql";
                if (known.equals("mysqlx")) {
                    advice += " with the port of the classic protocol (3306), not that of the X protocol (33060).";
                }
            } else {
                wrong = "it does not start with mysql://";
            }
        }
        throw new UnusableSourceException(Code.SCHEME, NOT_VALID + wrong, advice);
    }

    private static @Nullable String knownScheme(String lower) {
        String[] schemes = {
            "mysqlx",
            "mysqls",
            "mariadb",
            "postgres",
            "postgresql",
            "mongodb",
            "redis",
            "rediss",
            "sqlserver",
            "oracle",
            "tcp",
            "http",
            "https",
            "file"
        };
        for (String scheme : schemes) {
            if (lower.startsWith(scheme + "://")) {
                return scheme;
            }
        }
        return null;
    }

    private static void account(String account, SourceUri.Builder builder) {
        int colon = account.indexOf(':');
        String user = Text.percentDecoded(colon < 0 ? account : account.substring(0, colon));
        String password = Text.percentDecoded(colon < 0 ? "" : account.substring(colon + 1));
        if (user == null || password == null) {
            throw new UnusableSourceException(
                    Code.ESCAPE,
                    NOT_VALID + "a percent escape in the user or the password is malformed or not UTF-8",
                    "A percent sign that means itself is written as %25, any other escape is % and two hexadecimal digits.");
        }
        if (user.isEmpty()) {
            throw new UnusableSourceException(Code.USER, NOT_VALID + "there is no user in it", FORM);
        }
        builder.user(user);
        if (colon >= 0) {
            builder.password(Password.of(password));
        }
    }

    private static void server(String server, SourceUri.Builder builder) {
        if (server.indexOf(',') >= 0) {
            throw new UnusableSourceException(
                    Code.HOST,
                    NOT_VALID + "it names several hosts",
                    "Name one server. Each source is checked by a run of its own.");
        }
        int hostEnd;
        if (server.startsWith("[")) {
            hostEnd = server.indexOf(']') + 1;
            if (hostEnd == 0 || (hostEnd < server.length() && server.charAt(hostEnd) != ':')) {
                throw new UnusableSourceException(
                        Code.HOST,
                        NOT_VALID + "the brackets around the IPv6 address are not right",
                        "Write [2001:db8::1]:3306.");
            }
        } else {
            hostEnd = Text.indexOfAny(server, ":", 0);
        }
        String host = server.substring(0, hostEnd);
        String port = hostEnd < server.length() ? server.substring(hostEnd + 1) : "";
        if (port.indexOf(':') >= 0) {
            throw new UnusableSourceException(
                    Code.PORT,
                    "The given URI has an invalid port: there is more than one colon after the host",
                    "An IPv6 address stands in brackets: [2001:db8::1]:3306.");
        }
        if (host.isEmpty()) {
            throw new UnusableSourceException(Code.HOST, NOT_VALID + "there is no host in it", FORM);
        }
        builder.host(HostName.normalise(host, NOT_VALID));
        if (!port.isEmpty()) {
            int number = Text.port(port);
            if (number == 0) {
                throw new UnusableSourceException(
                        Code.PORT,
                        "The given URI has an invalid port: it must be a number from 1 to 65535",
                        "Leave the port out for 3306. A raw @ in the password is fine, but / ? # have to be %2F %3F %23.");
            }
            builder.port(number);
        }
    }

    private static void parameters(String query, SourceUri.Builder builder) {
        int start = 0;
        boolean modeSeen = false;
        while (start < query.length()) {
            int end = Text.indexOfAny(query, "&", start);
            String parameter = query.substring(start, end);
            start = end + 1;
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = Text.indexOfAny(parameter, "=", 0);
            String name = Text.percentDecoded(parameter.substring(0, equals));
            String value = equals < parameter.length() ? Text.percentDecoded(parameter.substring(equals + 1)) : "";
            if (name == null || !isKnown(name)) {
                throw query.indexOf('@') >= 0
                        ? rawCharacter()
                        : UriParameters.unknown(name, equals < parameter.length());
            }
            if (value == null) {
                throw new UnusableSourceException(
                        Code.ESCAPE,
                        "A percent escape in the uri parameter " + name + " is malformed or not UTF-8",
                        "A percent sign that means itself is written as %25.");
            }
            switch (name) {
                case "ssl-mode" -> {
                    if (modeSeen) {
                        throw twice(name, SslMode.MUST_BE);
                    }
                    modeSeen = true;
                    SslMode mode = SslMode.parse(value);
                    if (!Text.trim(value).isEmpty()) {
                        builder.sslMode(mode);
                    }
                }
                case "ssl-ca" -> builder.sslCa(file(name, value, builder.sslCa));
                case "ssl-cert" -> builder.sslCert(file(name, value, builder.sslCert));
                default -> builder.sslKey(file(name, value, builder.sslKey));
            }
        }
    }

    private static boolean isKnown(String name) {
        return name.equals("ssl-mode") || name.equals("ssl-ca") || name.equals("ssl-cert") || name.equals("ssl-key");
    }

    private static Path file(String name, String value, @Nullable Path earlier) {
        if (earlier != null) {
            throw twice(name, "it names one file");
        }
        Path file = filePath(value);
        if (file == null) {
            throw new UnusableSourceException(
                    Code.PARAMETER,
                    "The uri parameter " + name + " does not name a file",
                    "Give the path of a PEM file, or leave the parameter out.");
        }
        return file;
    }

    /** The path, or null if the text is empty or cannot be one. */
    static @Nullable Path filePath(String text) {
        requireNonNull(text, "text is null");
        if (text.isEmpty() || Text.hasControl(text)) {
            return null;
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException notAPath) {
            return null;
        }
    }

    private static UnusableSourceException twice(String name, String rule) {
        return new UnusableSourceException(
                Code.PARAMETER, "The uri parameter " + name + " is given twice: " + rule, "Give " + name + " once.");
    }

    private static UnusableSourceException rawCharacter() {
        return new UnusableSourceException(
                Code.ESCAPE,
                NOT_VALID + "there is an @ behind the first / ? or #, which end the host part",
                "In user and password write / as %2F, ? as %3F, # as %23; behind the host write @ as %40.");
    }
}
