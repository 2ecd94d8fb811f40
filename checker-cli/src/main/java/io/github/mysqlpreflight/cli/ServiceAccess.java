/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.source.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which server is asked, and with what right; found in the options, in our environment variables, and then where {@code avn} looks.
 *
 * @param url where the server is, without a slash at its end
 * @param encrypted whether the connection is
 * @param loopback whether the server is on this machine
 * @param token null to show none
 * @param trust whom to trust; null for those that Java trusts
 * @param requestTimeout most time for one answer
 */
record ServiceAccess(
        String url,
        boolean encrypted,
        boolean loopback,
        @Nullable String token,
        @Nullable SSLSocketFactory trust,
        Duration requestTimeout) {
    static final String URL_VARIABLE = "MYSQL_PREFLIGHT_URL";
    static final String TOKEN_VARIABLE = "MYSQL_PREFLIGHT_TOKEN";
    static final String PROJECT_VARIABLE = "MYSQL_PREFLIGHT_PROJECT";

    private static final String DEFAULT_URL = "http://127.0.0.1:8765";
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofMinutes(1);

    ServiceAccess {
        requireNonNull(url, "url is null");
        requireNonNull(requestTimeout, "requestTimeout is null");
    }

    /**
     * Reads it all.
     *
     * @throws UsageException where something is not usable, or the token would go over the network in the clear
     */
    static ServiceAccess of(Arguments arguments, Environment environment) {
        String named = first(arguments.value("--url"), environment, URL_VARIABLE, "AIVEN_WEB_URL");
        URL url = url(named == null ? DEFAULT_URL : named);
        String timeout = arguments.value("--request-timeout");
        String authority = first(arguments.value("--auth-ca"), environment, "AIVEN_CA_CERT");
        boolean encrypted = url.getProtocol().equals("https");
        ServiceAccess access = new ServiceAccess(
                withoutSlash(url.toString()),
                encrypted,
                isLoopback(url.getHost()),
                token(arguments, environment, named != null),
                authority == null || !encrypted ? null : trust(authority),
                timeout == null ? DEFAULT_REQUEST_TIMEOUT : Values.time("--request-timeout", timeout));
        if (access.token != null && !arguments.has("--insecure-http")) {
            access.requireSecrecy("the token");
        }
        return access;
    }

    /**
     * Refuses to send a secret over a network in the clear.
     *
     * @param what the secret's name
     */
    void requireSecrecy(String what) {
        if (!encrypted && !loopback) {
            throw new UsageException(
                    what + " would go over the network unencrypted",
                    "Use an https URL; --insecure-http sends it all the same.");
        }
    }

    /**
     * The project that is meant.
     *
     * @throws UsageException where there is none
     */
    static String project(Arguments arguments, Environment environment) {
        String project = first(arguments.value("--project"), environment, PROJECT_VARIABLE, "AIVEN_PROJECT");
        if (project == null) {
            String file = environment.variables().get("AIVEN_CLIENT_CONFIG");
            project =
                    inFile(file == null ? avnFile(environment, "aiven-client.json") : Path.of(file), "default_project");
        }
        if (project == null || project.isEmpty()) {
            throw new UsageException(
                    "there is no project",
                    "Name one with --project or the environment variable " + PROJECT_VARIABLE + ".");
        }
        return project;
    }

    private static @Nullable String first(@Nullable String option, Environment environment, String... variables) {
        if (option != null) {
            return option;
        }
        for (String variable : variables) {
            String value = environment.variables().get(variable);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    /** What avn has logged in for is not shown to a server that nobody named. */
    private static @Nullable String token(Arguments arguments, Environment environment, boolean serverNamed) {
        String token = first(arguments.value("--auth-token"), environment, TOKEN_VARIABLE, "AIVEN_AUTH_TOKEN");
        if (token == null) {
            String file = environment.variables().get("AIVEN_CREDENTIALS_FILE");
            if (file != null && !file.isEmpty()) {
                token = inFile(Path.of(file), "auth_token");
            } else if (serverNamed) {
                token = inFile(avnFile(environment, "aiven-credentials.json"), "auth_token");
            }
        }
        if (token == null) {
            return null;
        }
        String trimmed = token.strip();
        for (int i = 0; i < trimmed.length(); i++) {
            if (trimmed.charAt(i) <= ' ' || trimmed.charAt(i) >= 0x7f) {
                throw new UsageException(
                        "the token has a character that no token has",
                        "Check --auth-token and " + TOKEN_VARIABLE + ".");
            }
        }
        return trimmed.isEmpty() ? null : trimmed;
    }

    private static @Nullable Path avnFile(Environment environment, String name) {
        String folder = environment.variables().get("AIVEN_CONFIG_DIR");
        String home = environment.variables().get("HOME");
        if (folder != null) {
            return Path.of(folder, name);
        }
        return home == null ? null : Path.of(home, ".config", "aiven", name);
    }

    private static @Nullable String inFile(@Nullable Path file, String field) {
        if (file == null) {
            return null;
        }
        String content;
        try {
            content = Files.readString(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UsageException("the file " + file + " of avn cannot be read", "Check its permissions.");
        }
        if (Json.parse(content) instanceof Json.Fields fields) {
            return fields.text(field);
        }
        throw new UsageException("the file " + file + " of avn is not JSON", "Mend or remove it.");
    }

    private static URL url(String text) {
        try {
            URL url = new URI(text.strip()).toURL();
            boolean web = url.getProtocol().equals("http") || url.getProtocol().equals("https");
            if (web
                    && !url.getHost().isEmpty()
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getRef() == null) {
                return url;
            }
        } catch (URISyntaxException | MalformedURLException | IllegalArgumentException e) {
            throw noUrl();
        }
        throw noUrl();
    }

    /** Neither repeats it nor keeps a cause that does: a URI of a database in its place would hold a password. */
    private static UsageException noUrl() {
        return new UsageException(
                "the server's URL is not usable",
                "Give one such as " + DEFAULT_URL + " with --url or the environment variable " + URL_VARIABLE + ".");
    }

    private static String withoutSlash(String url) {
        int end = url.length();
        while (url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    /** Told without asking a name server. */
    private static boolean isLoopback(String host) {
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            boolean numeric = "0123456789.".indexOf(host.charAt(i)) >= 0;
            if (!numeric && !host.startsWith("[")) {
                return false;
            }
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static SSLSocketFactory trust(String file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : PemFiles.certificates(ReportTarget.path("--auth-ca", file))) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (NoSuchFileException e) {
            throw new UsageException("the file of --auth-ca does not exist", "Name a file with certificates in PEM.");
        } catch (IllegalArgumentException e) {
            throw new UsageException("the file of --auth-ca holds no whole certificate", "It is to be in PEM.");
        } catch (IOException | GeneralSecurityException e) {
            throw new UsageException("the file of --auth-ca cannot be read", "It is to hold certificates in PEM.");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ServiceAccess[" + url + (token == null ? "" : ", with a token") + "]";
    }
}
