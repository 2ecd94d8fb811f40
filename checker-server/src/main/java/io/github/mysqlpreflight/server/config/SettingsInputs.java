/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.core.source.ResolvedSource;
import io.github.mysqlpreflight.core.source.SourceInputs;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.core.source.UnusableSourceException;
import io.github.mysqlpreflight.server.yaml.Given;
import io.github.mysqlpreflight.server.yaml.UnusableInputException;
import io.github.mysqlpreflight.server.yaml.YamlMapping;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator says about a server; each part is null where it was not said. What is given here comes before what the file says.
 *
 * @param file the configuration file
 * @param listen where to listen, {@code host:port}
 * @param store a directory, or {@code jdbc:mysql:…} or {@code jdbc:postgresql:…}
 * @param insecureHttp whether plain HTTP beyond this machine is wanted
 */
public record SettingsInputs(
        @Nullable Path file,
        @Nullable String listen,
        @Nullable String store,
        boolean insecureHttp) {
    /** The environment variable with the password of the store's account. */
    public static final String STORE_PASSWORD_VARIABLE = "MYSQL_PREFLIGHT_STORE_PASSWORD";

    /** The environment variable with the key that secrets in the store are encrypted with, 32 bytes in Base64. */
    public static final String KEY_VARIABLE = "MYSQL_PREFLIGHT_KEY";

    /** Where a server listens that is not told otherwise. */
    public static final int DEFAULT_PORT = 8765;

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int KEY_BYTES = 32;

    private static final YamlMapping.Purpose FILE = new YamlMapping.Purpose(
            "docs/serve.md has an example of a whole file.", "Check the name; --config names the file.", "a setting");

    private static final List<String> KEYS = List.of(
            "listen",
            "store",
            "store-user",
            "store-password-file",
            "key-file",
            "tls",
            "insecure-http",
            "sources",
            "tokens",
            "services",
            "limits");
    private static final List<String> TLS_KEYS = List.of("certificate", "private-key");
    private static final List<String> TOKEN_KEYS = List.of("name", "sha256", "projects");
    private static final List<String> SERVICE_KEYS = List.of(
            "target-version",
            "target-uri",
            "target-uri-file",
            "dump-tool",
            "max-total-size",
            "require-preserve-commit-order",
            "sources");
    private static final List<String> LIMIT_KEYS =
            List.of("tasks-at-once", "tasks-per-source", "queue", "body", "connections", "task-time", "keep");

    /**
     * The settings they mean together.
     *
     * @param environment the environment variables
     * @throws UnusableInputException if they contradict each other, are not usable, or would let in whoever comes
     */
    public ResolvedSettings resolve(Map<String, String> environment) {
        requireNonNull(environment, "environment is null");
        YamlMapping top = file == null ? YamlMapping.empty() : YamlMapping.read(file, FILE);
        top.allow(KEYS);
        List<String> warnings = new ArrayList<>();
        Given<String> where = listen == null ? top.text("listen") : new Given<>(listen.strip(), "--listen");
        Address address = where == null ? new Address(DEFAULT_HOST, DEFAULT_PORT) : address(where);
        TlsSettings tls = tls(top, warnings);
        boolean plain = top.flag("insecure-http") || insecureHttp;
        List<TokenEntry> tokens = tokens(top);
        AllowedSources sources = sources(top);
        Map<String, Profile> services = services(top, warnings);
        ServerSettings settings = new ServerSettings(
                address.host,
                address.port,
                tls,
                plain,
                store(top, environment, warnings),
                services,
                sources == null ? AllowedSources.any() : sources,
                tokens,
                limits(top.mapping("limits")));
        if (tls != null && plain) {
            throw new UnusableInputException("insecure-http and tls are both given", "Leave one of them out.");
        }
        if (!isThisMachine(address.host, where)) {
            verifyBeyond(settings, sources, warnings);
        }
        return new ResolvedSettings(settings, warnings);
    }

    private static boolean allListed(Map<String, Profile> services) {
        for (Profile service : services.values()) {
            if (service.sources() == null) {
                return false;
            }
        }
        return true;
    }

    /** What has to be there where others than this machine can ask. */
    private static void verifyBeyond(ServerSettings settings, @Nullable AllowedSources sources, List<String> warnings) {
        String who = "listening on " + settings.host() + ", which others than this machine can reach, needs ";
        if (settings.tokens().isEmpty()) {
            throw new UnusableInputException(
                    who + "tokens",
                    "mysql-preflight token NAME makes one and prints the lines for the configuration file; or listen on"
                            + " 127.0.0.1.");
        }
        if (settings.tls() == null && !settings.insecureHttp()) {
            throw new UnusableInputException(
                    who + "TLS",
                    "Set tls.certificate and tls.private-key; or insecure-http (--insecure-http), where a proxy before it"
                            + " or the network itself encrypts.");
        }
        if (sources == null && !allListed(settings.services())) {
            throw new UnusableInputException(
                    who + "a list of the sources that may be checked",
                    "Set sources, for example [\"*.example.com:3306\", 10.0.0.0/8]; [\"*\"] is any but this machine.");
        }
        if (settings.insecureHttp()) {
            warnings.add("tokens and the passwords of sources go over the network IN THE CLEAR (insecure-http):"
                    + " whoever is on the way can read them, unless a proxy before this server encrypts");
        }
        if (sources != null) {
            warnOfAnything(sources, "sources", warnings);
        }
        for (Profile service : settings.services().values()) {
            AllowedSources own = service.sources();
            if (own != null) {
                warnOfAnything(own, "services." + service.name() + ".sources", warnings);
            }
        }
    }

    private static void warnOfAnything(AllowedSources sources, String place, List<String> warnings) {
        for (String rule : sources.rules()) {
            if (SourceRule.parse(rule) instanceof SourceRule.Anything) {
                warnings.add(place + " has " + rule
                        + ": whoever has a token can have this server connect to any host that it reaches");
            }
        }
    }

    private record Address(String host, int port) {}

    /** {@code host}, {@code host:port}, {@code :port}, {@code [v6]:port} or an IPv6 address alone. */
    private static Address address(Given<String> where) {
        String text = where.value();
        UnusableInputException wrong = where.wrong(
                "must be host:port",
                "For example 127.0.0.1:8765, 0.0.0.0:8765 or [::1]:8765; port 0 is any that is free.");
        String host;
        String port;
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0 || (close + 1 < text.length() && text.charAt(close + 1) != ':')) {
                throw wrong;
            }
            host = text.substring(1, close);
            port = close + 1 == text.length() ? "" : text.substring(close + 2);
            if (close + 2 == text.length() || host.indexOf(':') < 0) {
                throw wrong;
            }
        } else {
            int colon = text.lastIndexOf(':');
            boolean alone = colon < 0 || text.indexOf(':') < colon;
            host = alone ? text : text.substring(0, colon);
            port = alone ? "" : text.substring(colon + 1);
            if (!alone && port.isEmpty()) {
                throw wrong;
            }
        }
        int number = port.isEmpty() ? DEFAULT_PORT : 0;
        for (int i = 0; i < port.length(); i++) {
            char digit = port.charAt(i);
            number = digit < '0' || digit > '9' ? 65_536 : Math.min(65_536, number * 10 + (digit - '0'));
        }
        if (number > 65_535) {
            throw wrong;
        }
        if (host.isEmpty()) {
            return new Address(DEFAULT_HOST, number);
        }
        try {
            return new Address(
                    SourceUri.builder().host(host).user("anybody").build().host(), number);
        } catch (UnusableSourceException e) {
            throw wrong;
        }
    }

    /** Whether only this machine itself reaches the address. */
    private static boolean isThisMachine(String host, @Nullable Given<String> where) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            Given<String> place = where == null ? new Given<>(host, "listen") : where;
            throw place.wrong("names the host " + host + ", which is not known", "Give an address of this machine.");
        }
    }

    private static @Nullable TlsSettings tls(YamlMapping top, List<String> warnings) {
        if (!top.has("tls")) {
            return null;
        }
        YamlMapping tls = top.mapping("tls");
        tls.allow(TLS_KEYS);
        Given<Path> certificate = tls.path("certificate");
        Given<Path> key = tls.path("private-key");
        if (certificate == null || key == null) {
            throw tls.wrong(
                    certificate == null ? "certificate" : "private-key",
                    "is missing",
                    "TLS needs both: certificate and private-key, as PEM files.");
        }
        SecretFiles.verify(certificate);
        SecretFiles.verify(key);
        SecretFiles.warnIfOpen(key.value(), warnings);
        return new TlsSettings(certificate.value(), key.value());
    }

    private static List<TokenEntry> tokens(YamlMapping top) {
        List<TokenEntry> tokens = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (YamlMapping entry : top.mappings("tokens")) {
            entry.allow(TOKEN_KEYS);
            Given<String> name = required(entry, "name", "Say who it was given to.");
            Given<String> sha256 = required(entry, "sha256", "mysql-preflight token prints a token and this line.");
            List<Given<String>> projects = entry.texts("projects");
            if (projects == null) {
                throw entry.wrong("projects", "is missing", "List the projects it opens; [\"*\"] is all.");
            }
            if (!isWord(name.value())) {
                throw name.wrong("must be 1 to 64 letters, digits, - _ . or @", "");
            }
            if (!names.add(name.value())) {
                throw name.wrong("is there twice", "Each token has a name of its own.");
            }
            String hash = sha256.value().toLowerCase(Locale.ROOT);
            if (!isSha256(hash)) {
                throw sha256.wrong(
                        "must be a SHA-256 as 64 hexadecimal digits",
                        "It is the token's hash, not the token: printf %s TOKEN | sha256sum");
            }
            if (!hashes.add(hash)) {
                throw sha256.wrong("is there twice", "Each token has an entry of its own.");
            }
            List<String> opened = new ArrayList<>();
            for (Given<String> project : projects) {
                opened.add(project.value());
            }
            tokens.add(new TokenEntry(name.value(), hash, opened));
        }
        return tokens;
    }

    private static Given<String> required(YamlMapping mapping, String key, String advice) {
        Given<String> text = mapping.text(key);
        if (text == null) {
            throw mapping.wrong(key, "is missing", advice);
        }
        return text;
    }

    /** 1 to 64 letters, digits, {@code - _ . @} of ASCII. */
    private static boolean isWord(String name) {
        boolean word = !name.isEmpty() && name.length() <= 64;
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            word &= (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || "-_.@".indexOf(character) >= 0;
        }
        return word;
    }

    private static boolean isSha256(String text) {
        boolean digits = text.length() == 64;
        for (int i = 0; i < text.length(); i++) {
            digits &= Character.digit(text.charAt(i), 16) >= 0 && text.charAt(i) < 0x7f;
        }
        return digits;
    }

    private static @Nullable AllowedSources sources(YamlMapping mapping) {
        List<Given<String>> texts = mapping.texts("sources");
        if (texts == null) {
            return null;
        }
        List<String> rules = new ArrayList<>();
        for (Given<String> text : texts) {
            try {
                SourceRule.parse(text.value());
            } catch (IllegalArgumentException e) {
                throw text.wrong(
                        "has an entry that is no rule: " + e.getMessage(),
                        "Rules are host, *.example.com, 10.0.0.0/8, [fd00::]/8, * or self, each with :port or :first-last.");
            }
            rules.add(text.value());
        }
        return new AllowedSources(rules);
    }

    private static Map<String, Profile> services(YamlMapping top, List<String> warnings) {
        Map<String, Profile> services = new LinkedHashMap<>();
        if (!top.has("services")) {
            Profile standard = Profile.standard();
            services.put(standard.name(), standard);
            return services;
        }
        YamlMapping all = top.mapping("services");
        for (String name : all.keys()) {
            if (!isWord(name) || name.indexOf('@') >= 0) {
                throw all.wrong(
                        name, "is not a name for a service", "Names are 1 to 64 letters, digits, - _ and dots.");
            }
            YamlMapping service = all.mapping(name);
            service.allow(SERVICE_KEYS);
            services.put(name, profile(name, service, warnings));
        }
        if (services.isEmpty()) {
            throw top.wrong("services", "has no service", "Name one, or remove the line to have one called mysql.");
        }
        return services;
    }

    private static Profile profile(String name, YamlMapping service, List<String> warnings) {
        return new Profile(
                name,
                version(service.text("target-version")),
                target(service, warnings),
                dumpTool(service.text("dump-tool")),
                service.bytes("max-total-size", 1, Long.MAX_VALUE, "such as 500G"),
                service.flag("require-preserve-commit-order"),
                sources(service));
    }

    private static @Nullable ServerVersion version(@Nullable Given<String> text) {
        if (text == null) {
            return null;
        }
        for (int i = 0; i < text.value().length(); i++) {
            char character = text.value().charAt(i);
            if (character != '.' && (character < '0' || character > '9')) {
                throw text.wrong("must be a version such as 8.4 or 8.0.36", "");
            }
        }
        try {
            return ServerVersion.parse(text.value());
        } catch (IllegalArgumentException e) {
            throw text.wrong("must be a version such as 8.4 or 8.0.36", "");
        }
    }

    private static Plan.DumpTool dumpTool(@Nullable Given<String> text) {
        if (text == null) {
            return Plan.DumpTool.MYSQLDUMP;
        }
        for (Plan.DumpTool tool : Plan.DumpTool.values()) {
            if (tool.command().equals(text.value())) {
                return tool;
            }
        }
        throw text.wrong("must be mysqldump, mydumper or mysqlsh", "");
    }

    private static @Nullable SourceUri target(YamlMapping service, List<String> warnings) {
        Given<String> uri = service.text("target-uri");
        Given<Path> file = service.path("target-uri-file");
        if (uri != null && file != null) {
            throw uri.wrong("and target-uri-file are both given", "Leave one of them out.");
        }
        try {
            if (uri != null) {
                SourceUri target = SourceUri.parse(uri.value());
                Path own = service.file();
                if (target.passwordGiven() && own != null) {
                    List<String> found = new ArrayList<>();
                    SecretFiles.warnIfOpen(own, found);
                    for (String warning : found) {
                        if (!warnings.contains(warning)) {
                            warnings.add(warning);
                        }
                    }
                }
                return target;
            }
            if (file != null) {
                ResolvedSource target =
                        new SourceInputs(null, file.value(), null, null, null, null, null).resolve(Map.of());
                warnings.addAll(target.warnings());
                return target.uri();
            }
        } catch (UnusableSourceException e) {
            String place = service.place(uri == null ? "target-uri-file" : "target-uri");
            throw new UnusableInputException(place + ": " + e.message(), e.advice());
        }
        return null;
    }

    private StoreSettings store(YamlMapping top, Map<String, String> environment, List<String> warnings) {
        Given<String> given = store == null ? top.text("store") : new Given<>(store.strip(), "--store");
        Given<Path> keyFile = top.path("key-file");
        Password key = secret(environment, KEY_VARIABLE);
        if (keyFile != null && key != null) {
            throw keyFile.wrong(
                    "and the environment variable " + KEY_VARIABLE + " are both given", "Leave one of them out.");
        }
        if (keyFile != null) {
            verifyKey(new Given<>(SecretFiles.line(keyFile), keyFile.place()));
            SecretFiles.warnIfOpen(keyFile.value(), warnings);
        } else if (key != null) {
            verifyKey(new Given<>(key.reveal(), KEY_VARIABLE));
        }
        Path path = keyFile == null ? null : keyFile.value();
        if (given == null || !isJdbc(given.value())) {
            for (String setting : List.of("store-user", "store-password-file")) {
                if (top.has(setting)) {
                    throw top.wrong(setting, "is given, but the store is a directory", "Remove it.");
                }
            }
            return new StoreSettings(directory(given, top, environment), null, null, null, path, key);
        }
        StoreUrl url = StoreUrl.parse(given);
        if (path == null && key == null) {
            throw given.wrong(
                    "is a database, which needs a key: the same one for every instance",
                    "Make one with: openssl rand -base64 32; and give it by key-file or the environment variable "
                            + KEY_VARIABLE + ".");
        }
        Given<String> user = top.text("store-user");
        if (user != null && url.user() != null) {
            throw user.wrong("is given, and store has a user too", "Leave one of them out.");
        }
        return new StoreSettings(
                null,
                url.url(),
                user == null ? url.user() : user.value(),
                storePassword(url, top, environment, warnings),
                path,
                key);
    }

    private @Nullable Password storePassword(
            StoreUrl url, YamlMapping top, Map<String, String> environment, List<String> warnings) {
        Given<Path> passwordFile = top.path("store-password-file");
        Password password = secret(environment, STORE_PASSWORD_VARIABLE);
        if ((passwordFile != null && password != null)
                || (url.password() != null && (passwordFile != null || password != null))) {
            throw new UnusableInputException(
                    "the password of the store is given twice",
                    "Give it by one of store-password-file, the environment variable " + STORE_PASSWORD_VARIABLE
                            + ", and the URL.");
        }
        if (passwordFile != null) {
            SecretFiles.warnIfOpen(passwordFile.value(), warnings);
            return Password.of(SecretFiles.line(passwordFile));
        }
        if (url.password() == null) {
            return password;
        }
        if (store != null) {
            warnings.add("the password in --store stands in the list of processes; the environment variable "
                    + STORE_PASSWORD_VARIABLE + " keeps it out");
        } else if (file != null) {
            SecretFiles.warnIfOpen(file, warnings);
        }
        return url.password();
    }

    private static boolean isJdbc(String text) {
        return text.regionMatches(true, 0, "jdbc:", 0, 5);
    }

    private Path directory(@Nullable Given<String> given, YamlMapping top, Map<String, String> environment) {
        if (given == null) {
            String state = environment.get("XDG_STATE_HOME");
            if (state != null && !state.isEmpty() && state.startsWith("/")) {
                return Path.of(state, "mysql-preflight");
            }
            String home = environment.get("HOME");
            if (home == null || home.isEmpty()) {
                throw new UnusableInputException(
                        "there is no home directory to keep tasks in", "Name a directory with --store.");
            }
            return Path.of(home, ".local", "state", "mysql-preflight");
        }
        if (given.value().isEmpty()) {
            throw given.wrong("is empty", "Name a directory.");
        }
        if (store == null) {
            return top.resolved(given);
        }
        return YamlMapping.empty().resolved(given);
    }

    private static void verifyKey(Given<String> text) {
        boolean whole;
        try {
            whole = Base64.getDecoder().decode(text.value().strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            whole = false;
        }
        if (!whole) {
            throw text.wrong("must hold 32 bytes in Base64", "Make a key with: openssl rand -base64 32");
        }
    }

    private static @Nullable Password secret(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        return value == null || value.isEmpty() ? null : Password.of(value);
    }

    private static Limits limits(YamlMapping limits) {
        limits.allow(LIMIT_KEYS);
        Limits standard = Limits.defaults();
        Integer atOnce = limits.number("tasks-at-once", 1, 256);
        int tasksAtOnce = atOnce == null ? standard.tasksAtOnce() : atOnce;
        Integer perSource = limits.number("tasks-per-source", 1, tasksAtOnce);
        Integer queue = limits.number("queue", 1, 1_000_000);
        Long body = limits.bytes("body", 1 << 10, 1 << 24, "from 1K to 16M");
        Integer connections = limits.number("connections", 1, 100_000);
        Duration taskTime = limits.time("task-time", Duration.ofSeconds(1), Duration.ofDays(1), "from 1s to 1d");
        Duration keep = limits.time("keep", Duration.ofSeconds(1), Duration.ofDays(3_650), "from 1s to 3650d");
        return new Limits(
                tasksAtOnce,
                perSource == null ? Math.min(standard.tasksPerSource(), tasksAtOnce) : perSource,
                queue == null ? standard.queue() : queue,
                body == null ? standard.bodyBytes() : body.intValue(),
                connections == null ? standard.connections() : connections,
                taskTime == null ? standard.taskTime() : taskTime,
                keep == null ? standard.keep() : keep);
    }
}
