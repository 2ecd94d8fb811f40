/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.server.yaml.UnusableInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsInputsTest {
    private static final Map<String, String> HOME = Map.of("HOME", "/home/operator");
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String TOKENS = "tokens: [{name: ci, sha256: " + HASH + ", projects: [shop]}]\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("preflight.yaml");
    }

    private Path secret(String name, String content) throws IOException {
        Path secret = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return secret;
    }

    private ResolvedSettings read(String yaml, Map<String, String> environment) {
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new SettingsInputs(file, null, null, false).resolve(environment);
    }

    private ServerSettings read(String yaml) {
        return read(yaml, HOME).settings();
    }

    private static UnusableInputException refusal(Runnable reading) {
        UnusableInputException refused = catchThrowableOfType(UnusableInputException.class, reading::run);
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }

    /** The message, without the folder. */
    private String refused(String yaml) {
        return refusal(() -> read(yaml)).message().replace(folder + "/", "");
    }

    // --- without a file
    // ------------------------------------------------------------------------------------------------

    @Test
    void withoutAFileThereIsOneServiceForThisMachineAlone() {
        ResolvedSettings resolved = new SettingsInputs(null, null, null, false).resolve(HOME);
        ServerSettings settings = resolved.settings();
        assertThat(resolved.warnings()).isEmpty();
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8765);
        assertThat(settings.tls()).isNull();
        assertThat(settings.insecureHttp()).isFalse();
        assertThat(settings.store())
                .isEqualTo(new StoreSettings(
                        Path.of("/home/operator/.local/state/mysql-preflight"), null, null, null, null, null));
        assertThat(settings.services()).containsExactly(Map.entry("mysql", Profile.standard()));
        assertThat(settings.sources()).isEqualTo(AllowedSources.any());
        assertThat(settings.tokens()).isEmpty();
        assertThat(settings.limits()).isEqualTo(Limits.defaults());
    }

    @Test
    void anEmptyFileSaysNothing() {
        assertThat(read("")).isEqualTo(read("# nothing\n"));
        assertThat(read(""))
                .isEqualTo(new SettingsInputs(null, null, null, false)
                        .resolve(HOME)
                        .settings());
    }

    @Test
    void theStateDirectoryOfTheUserHoldsTheTasks() {
        Map<String, String> environment = Map.of("HOME", "/home/operator", "XDG_STATE_HOME", "/var/state");
        assertThat(read("", environment).settings().store().directory())
                .isEqualTo(Path.of("/var/state/mysql-preflight"));
        assertThat(refusal(() -> read("", Map.of())).message()).contains("no home directory");
    }

    // --- the whole of it
    // -----------------------------------------------------------------------------------------------

    @Test
    void everySettingIsRead() throws IOException {
        secret("store.password", "pw-4711\n");
        secret("store.key", KEY + "\n");
        secret("target.uri", "mysql://check:secret@target.example:3307/\n");
        secret("key.pem", "key");
        Files.writeString(folder.resolve("certificate.pem"), "certificate");
        ResolvedSettings resolved = read("""
                listen: 0.0.0.0:9000
                store: jdbc:postgresql://store.example/preflight?sslmode=require
                store-user: preflight
                store-password-file: store.password
                key-file: store.key
                tls:
                  certificate: certificate.pem
                  private-key: key.pem
                sources:
                  - "*.example.com:3306"
                  - 10.0.0.0/8
                tokens:
                  - name: ci
                    sha256: %s
                    projects: [shop, blog]
                services:
                  mysql-84:
                    target-version: 8.4
                    dump-tool: mydumper
                    max-total-size: 500G
                    require-preserve-commit-order: true
                    sources: [db1.example.com]
                  live:
                    target-uri-file: target.uri
                  plain:
                limits:
                  tasks-at-once: 4
                  tasks-per-source: 1
                  queue: 50
                  body: 128K
                  connections: 100
                  task-time: 5m
                  keep: 7d
                """.formatted(HASH), HOME);
        ServerSettings settings = resolved.settings();
        assertThat(resolved.warnings()).isEmpty();
        assertThat(settings.host() + ":" + settings.port()).isEqualTo("0.0.0.0:9000");
        assertThat(settings.tls())
                .isEqualTo(new TlsSettings(folder.resolve("certificate.pem"), folder.resolve("key.pem")));
        StoreSettings store = settings.store();
        assertThat(store.directory()).isNull();
        assertThat(store.jdbcUrl()).isEqualTo("jdbc:postgresql://store.example/preflight?sslmode=require");
        assertThat(store.user()).isEqualTo("preflight");
        assertThat(store.password()).isNotNull();
        assertThat(store.password().reveal()).isEqualTo("pw-4711");
        assertThat(store.keyFile()).isEqualTo(folder.resolve("store.key"));
        assertThat(settings.sources().rules()).containsExactly("*.example.com:3306", "10.0.0.0/8");
        assertThat(settings.tokens()).containsExactly(new TokenEntry("ci", HASH, List.of("shop", "blog")));
        assertThat(settings.services().keySet()).containsExactly("mysql-84", "live", "plain");
        assertThat(settings.services().get("mysql-84"))
                .isEqualTo(new Profile(
                        "mysql-84",
                        ServerVersion.parse("8.4"),
                        null,
                        Plan.DumpTool.MYDUMPER,
                        500L << 30,
                        true,
                        new AllowedSources(List.of("db1.example.com"))));
        assertThat(settings.services().get("live").target()).hasToString("mysql://check:****@target.example:3307/");
        assertThat(settings.limits())
                .isEqualTo(new Limits(4, 1, 50, 128 << 10, 100, Duration.ofMinutes(5), Duration.ofDays(7)));
        assertThat(resolved.toString()).doesNotContain("pw-4711").doesNotContain("secret");
    }

    @Test
    void whatTheCommandSaysComesBeforeTheFile() throws IOException {
        Files.writeString(file, "listen: 127.0.0.1:1\nstore: kept\n");
        ServerSettings settings = new SettingsInputs(file, "[::1]:2", "elsewhere", false)
                .resolve(HOME)
                .settings();
        assertThat(settings.host() + " " + settings.port()).isEqualTo("::1 2");
        assertThat(settings.store().directory()).isEqualTo(Path.of("elsewhere"));
        assertThat(new SettingsInputs(file, null, null, false)
                        .resolve(HOME)
                        .settings()
                        .store()
                        .directory())
                .as("a name in the file counts from its folder")
                .isEqualTo(folder.resolve("kept"));
    }

    @Test
    void theEnvironmentHoldsSecrets() {
        Map<String, String> environment = Map.of(
                "MYSQL_PREFLIGHT_KEY", KEY, "MYSQL_PREFLIGHT_STORE_PASSWORD", "pw-4711", "HOME", "/home/operator");
        StoreSettings store = read("store: jdbc:mysql://store/preflight\n", environment)
                .settings()
                .store();
        assertThat(store.password()).isNotNull();
        assertThat(store.password().reveal()).isEqualTo("pw-4711");
        assertThat(store.key()).isNotNull();
        assertThat(store.key().reveal()).isEqualTo(KEY);
        assertThat(store.toString()).doesNotContain("pw-4711").doesNotContain(KEY);
    }

    // --- where to listen
    // -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:80, 127.0.0.1, 80",
        "127.0.0.2, 127.0.0.2, 8765",
        "localhost:0, localhost, 0",
        "LOCALHOST, localhost, 8765",
        ":9000, 127.0.0.1, 9000",
        "[::1]:9000, ::1, 9000",
        "[::1], ::1, 8765",
        "::1, ::1, 8765"
    })
    void listenIsHostAndPort(String listen, String host, int port) {
        ServerSettings settings =
                new SettingsInputs(null, listen, null, false).resolve(HOME).settings();
        assertThat(settings.host()).isEqualTo(host);
        assertThat(settings.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:",
                "127.0.0.1:x",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "[::1",
                "[::1]9000",
                "[::1]:",
                "[127.0.0.1]:1",
                "http://127.0.0.1:1",
                "a b:1"
            })
    void whatIsNotHostAndPortIsRefused(String listen) {
        UnusableInputException refused = refusal(() -> new SettingsInputs(null, listen, null, false).resolve(HOME));
        assertThat(refused.message()).isEqualTo("--listen must be host:port");
    }

    @Test
    void aHostThatIsNotKnownIsRefused() {
        assertThat(refused("\nlisten: no-such-host.invalid:1"))
                .isEqualTo("preflight.yaml:2: listen names the host no-such-host.invalid, which is not known");
    }

    // --- beyond this machine
    // ---------------------------------------------------------------------------------------------

    @Test
    void othersAreNotLetInWithoutTokens() {
        UnusableInputException refused = refusal(() -> new SettingsInputs(null, "0.0.0.0:1", null, true).resolve(HOME));
        assertThat(refused.message()).contains("0.0.0.0").endsWith("needs tokens");
        assertThat(refused.advice()).contains("mysql-preflight token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:1", "[::]:1", "192.0.2.1:1"})
    void othersAreNotLetInWithoutEncryption(String listen) {
        UnusableInputException refused = refusal(() -> read("listen: \"" + listen + "\"\n" + TOKENS));
        assertThat(refused.message()).endsWith("needs TLS");
        assertThat(refused.advice()).contains("tls.certificate").contains("--insecure-http");
    }

    @Test
    void othersAreNotLetInWithoutAListOfSources() {
        String yaml = "listen: 0.0.0.0:1\ninsecure-http: true\n" + TOKENS;
        assertThat(refusal(() -> read(yaml)).message()).endsWith("a list of the sources that may be checked");
        assertThat(refusal(() -> read(yaml + "services: {a: {sources: [db1]}, b: {}}\n"))
                        .message())
                .endsWith("a list of the sources that may be checked");
        assertThat(read(yaml + "services: {a: {sources: [db1]}}\n").services()).containsOnlyKeys("a");
        assertThat(read(yaml + "sources: [db1]\n").sources().rules()).containsExactly("db1");
    }

    @Test
    void plainHttpForOthersIsSaidLoudly() {
        List<String> warnings = read("listen: 0.0.0.0:1\ninsecure-http: true\nsources: [db1]\n" + TOKENS, HOME)
                .warnings();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains("IN THE CLEAR");
        assertThat(read("insecure-http: true\n", HOME).warnings())
                .as("for this machine alone it does not matter")
                .isEmpty();
    }

    @Test
    void anyHostForOthersIsAWarning() {
        assertThat(read("listen: 0.0.0.0:1\ninsecure-http: true\nsources: [\"*:3306\"]\n" + TOKENS, HOME)
                        .warnings())
                .anyMatch(warning -> warning.startsWith("sources has *:3306:"));
    }

    @Test
    void plainHttpAndTlsContradictEachOther() throws IOException {
        secret("key.pem", "key");
        secret("certificate.pem", "certificate");
        assertThat(refused("insecure-http: true\ntls: {certificate: certificate.pem, private-key: key.pem}\n"))
                .isEqualTo("insecure-http and tls are both given");
    }

    // --- what is wrong is told by its line
    // -----------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits.queue | limits:\\n  queue: lots | 2: limits.queue must be a whole number from 1 to 1000000",
                "zero | limits: {queue: 0} | 1: limits.queue must be a whole number from 1 to 1000000",
                "negative | limits: {queue: -1} | 1: limits.queue must be a whole number from 1 to 1000000",
                "huge | limits: {queue: 99999999999} | 1: limits.queue must be a whole number from 1 to 1000000",
                "real | limits: {queue: 1.5} | 1: limits.queue must be a whole number from 1 to 1000000",
                "at-once | limits: {tasks-at-once: 257} | 1: limits.tasks-at-once must be a whole number from 1 to 256",
                "per-source | limits: {tasks-at-once: 2, tasks-per-source: 3} | 1: limits.tasks-per-source must be a whole number from 1 to 2",
                "body | limits: {body: 1} | 1: limits.body must be a size from 1K to 16M",
                "task-time | limits: {task-time: 2d} | 1: limits.task-time must be a time from 1s to 1d",
                "keep | limits: {keep: forever} | 1: limits.keep must be a time from 1s to 3650d",
                "unknown | \\n\\nlimit: {queue: 1} | 3: limit is not a setting (did you mean limits?)",
                "unknown below | limits:\\n  queu: 1 | 2: limits.queu is not a setting (did you mean limits.queue?)",
                "camel case | services: {a: {targetVersion: 8}} | 1: services.a.targetVersion is not a setting (did you mean services.a.target-version?)",
                "twice | listen: a\\nstore: b\\nlisten: c | 3: listen is there twice",
                "twice below | limits: {queue: 1, queue: 2} | 1: limits.queue is there twice",
                "no value | listen: | 1: listen has no value",
                "null | store: null | 1: store has no value",
                "empty | store: '' | 1: store is empty",
                "list for text | listen: [a, b] | 1: listen must be a single value",
                "text for mapping | limits: 5 | 1: limits must be a mapping of keys to values",
                "list at the top | - a | 1: the file must be a mapping of keys to values",
                "mapping for list | sources: {a: b} | 1: sources must be a list with at least one entry",
                "empty list | sources: [] | 1: sources must be a list with at least one entry",
                "no rule | sources:\\n- db1\\n- 10.0.0.1/8 | 3: sources has an entry that is no rule: the address has bits behind the network's length",
                "flag | insecure-http: yes | 1: insecure-http must be true or false",
                "tool | services: {a: {dump-tool: mysqlpump}} | 1: services.a.dump-tool must be mysqldump, mydumper or mysqlsh",
                "version | services: {a: {target-version: newest}} | 1: services.a.target-version must be a version such as 8.4 or 8.0.36",
                "size | services: {a: {max-total-size: 0}} | 1: services.a.max-total-size must be a size such as 500G",
                "service | services: {a/b: {}} | 1: services.a/b is not a name for a service",
                "no services | services: {} | 1: services has no service",
                "no hash | tokens:\\n- name: a\\n  projects: [b] | 2: tokens.sha256 is missing",
                "no projects | tokens:\\n- {name: a, sha256: HASH} | 2: tokens.projects is missing",
                "token for hash | tokens: [{name: a, sha256: mpf_secret, projects: [b]}] | 1: tokens.sha256 must be a SHA-256 as 64 hexadecimal digits",
                "same name | tokens: [{name: a, sha256: HASH, projects: [b]}, {name: a, sha256: ABCD, projects: [b]}] | 1: tokens.name is there twice",
                "same hash | tokens: [{name: a, sha256: HASH, projects: [b]}, {name: c, sha256: HASH, projects: [b]}] | 1: tokens.sha256 is there twice",
                "tls | tls: {certificate: c.pem} | 1: tls.private-key is missing",
                "target | services: {a: {target-uri: 'http://u:secret@h/'}} | 1: services.a.target-uri: The given text is not a valid service URI: the scheme is http",
                "tag | listen: !!binary aGFsbG8= | 1: listen must be a single value",
                "own tag | limits: !x {} | 1: limits must be a mapping of keys to values",
                "syntax | listen: [ | 1: this is not YAML",
                "two documents | listen: a\\n---\\nlisten: b | 2: this is not YAML",
                "tab | limits:\\n\\tqueue: 1 | 2: this is not YAML",
                "recursion | limits: &a {queue: *a} | 1:",
                "alias of nobody | listen: *nobody | 1: this is not YAML",
                "key of a list | ? [a]\\n: b | ' this is not YAML'"
            })
    void whatIsWrongIsToldWithItsLine(String what, String yaml, String message) {
        String text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("HASH", HASH);
        assertThat(refused(text))
                .as(what)
                .startsWith("preflight.yaml:" + message)
                .doesNotContain("secret");
    }

    @Test
    void aLaughOfAThousandMillionsIsShort() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 60; i++) {
            yaml.append("a" + i + ": &a" + i + " [");
            for (int j = 0; j < 9; j++) {
                yaml.append(j == 0 ? "" : ", ").append("*a").append(i - 1);
            }
            yaml.append("]\n");
        }
        long start = System.nanoTime();
        assertThat(refused(yaml.toString())).startsWith("preflight.yaml");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void depthIsBounded() {
        assertThat(refused("[".repeat(200_000))).startsWith("preflight.yaml");
        assertThat(refused("sources: " + "[".repeat(1_000) + "]".repeat(1_000)))
                .startsWith("preflight.yaml:1: this is nested too deeply");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe});
        assertThat(refusal(() -> new SettingsInputs(file, null, null, false).resolve(HOME))
                        .message())
                .endsWith("preflight.yaml is not UTF-8 text");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThat(refusal(() -> new SettingsInputs(file, null, null, false).resolve(HOME))
                        .message())
                .endsWith("is larger than 1 MiB");
        assertThat(refused("listen: \u0007")).startsWith("preflight.yaml");
        Files.delete(file);
        assertThat(refusal(() -> new SettingsInputs(file, null, null, false).resolve(HOME))
                        .message())
                .endsWith("does not exist");
    }

    @Test
    void oneTaskAtOnceIsOneForASource() {
        assertThat(read("limits: {tasks-at-once: 1}").limits().tasksPerSource()).isEqualTo(1);
    }

    // --- the store
    // -------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:oracle:thin:x | must be a directory",
                "jdbc:mysql:x | must be a directory",
                "jdbc:mysql://address=(host=store)(user=u)(password=secret)/db | in a way that is not understood",
                "jdbc:mysql://u:secret@store,u:secret@other/db | in a way that is not understood",
                "jdbc:mysql://u@store/db?user=secret | in a way that is not understood",
                "jdbc:mysql://u:secret%@store/db | holds a % that begins no escape",
                "jdbc:postgresql://store/db?password1=secret | in a way that is not understood"
            })
    void aDatabaseThatCannotBeUsedIsRefused(String url, String message) {
        assertThat(refused("key-file: k\nstore: \"" + url + "\"").replace("key-file names", ""))
                .doesNotContain("secret");
        UnusableInputException refused =
                refusal(() -> new SettingsInputs(null, null, url, false).resolve(Map.of("MYSQL_PREFLIGHT_KEY", KEY)));
        assertThat(refused.message()).contains(message).startsWith("--store").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://ann:s%40cret+@store:3307/db, jdbc:mysql://store:3307/db, s@cret+",
        "jdbc:mysql://store/db?user=ann&password=s%26cret, jdbc:mysql://store/db, s&cret",
        "JDBC:MYSQL://ann@store/db?sslMode=REQUIRED&PASSWORD=s@c, jdbc:mysql://store/db?sslMode=REQUIRED, s@c",
        "jdbc:postgresql://store/db?a=1&user=ann&b=2, jdbc:postgresql://store/db?a=1&b=2, "
    })
    void theAccountOfADatabaseIsTakenOutOfItsUrl(String url, String bare, String password) {
        ResolvedSettings resolved =
                new SettingsInputs(null, null, url, false).resolve(Map.of("MYSQL_PREFLIGHT_KEY", KEY));
        StoreSettings store = resolved.settings().store();

        assertThat(store.jdbcUrl()).isEqualTo(bare);
        assertThat(store.user()).isEqualTo("ann");
        assertThat(store.password() == null ? null : store.password().reveal()).isEqualTo(password);
        assertThat(resolved.warnings()).hasSize(password == null ? 0 : 1);
        assertThat(resolved.warnings().toString()).doesNotContain("cret");
    }

    @Test
    void anAccountIsGivenOnce() {
        String url = "store: jdbc:mysql://ann:secret@store/db\n";
        assertThat(refusal(() -> read(url, Map.of("MYSQL_PREFLIGHT_KEY", KEY, "MYSQL_PREFLIGHT_STORE_PASSWORD", "x")))
                        .message())
                .isEqualTo("the password of the store is given twice");
        assertThat(refusal(() -> read(url + "store-user: bob\n", Map.of("MYSQL_PREFLIGHT_KEY", KEY)))
                        .message())
                .contains("store-user is given, and store has a user too");
    }

    @Test
    void aDatabaseNeedsAKey() {
        UnusableInputException refused = refusal(() -> read("\nstore: jdbc:mysql://store/preflight"));
        assertThat(refused.message()).contains("preflight.yaml:2: store is a database, which needs a key");
        assertThat(refused.advice()).contains("openssl rand -base64 32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "not base64 at all", KEY + "AAAA"})
    void aKeyIsThirtyTwoBytes(String key) throws IOException {
        secret("store.key", key);
        assertThat(refused("key-file: store.key")).isEqualTo("preflight.yaml:1: key-file must hold 32 bytes in Base64");
        assertThat(refusal(() -> read("", Map.of("HOME", "/h", "MYSQL_PREFLIGHT_KEY", key)))
                        .message())
                .isEqualTo("MYSQL_PREFLIGHT_KEY must hold 32 bytes in Base64");
    }

    @Test
    void aSecretIsGivenOnce() throws IOException {
        secret("store.key", KEY);
        Map<String, String> both = Map.of("HOME", "/h", "MYSQL_PREFLIGHT_KEY", KEY);
        assertThat(refusal(() -> read("key-file: store.key", both)).message())
                .endsWith("key-file and the environment variable MYSQL_PREFLIGHT_KEY are both given");
    }

    @Test
    void anAccountForADirectoryIsRefused() {
        assertThat(refused("store: here\nstore-user: u"))
                .isEqualTo("preflight.yaml:2: store-user is given, but the store is a directory");
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThat(refused("\nkey-file: nowhere"))
                .isEqualTo("preflight.yaml:2: key-file names nowhere, which does not exist");
        assertThat(refused("tls: {certificate: nowhere, private-key: nowhere}"))
                .isEqualTo("preflight.yaml:1: tls.certificate names nowhere, which does not exist");
    }

    // --- warnings
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void secretsThatEveryUserMayReadAreWarnedOf() throws IOException {
        for (String name : List.of("store.key", "store.password", "target.uri", "key.pem", "certificate.pem")) {
            secret(name, name.equals("target.uri") ? "mysql://u:pw-4711@target/" : KEY);
            Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        }
        List<String> warnings = read("""
                        store: jdbc:mysql://store/db
                        store-password-file: store.password
                        key-file: store.key
                        tls: {certificate: certificate.pem, private-key: key.pem}
                        services:
                          a: {target-uri-file: target.uri}
                          b: {target-uri: "mysql://u:pw-4711@target/"}
                          c: {target-uri: "mysql://u:pw-4711@target/"}
                        """, HOME).warnings();
        assertThat(warnings)
                .hasSize(5)
                .allMatch(warning -> warning.contains("may be read by every user of this machine"))
                .noneMatch(warning -> warning.contains("pw-4711"));
        for (String name : List.of("store.key", "store.password", "target.uri", "key.pem", "preflight.yaml")) {
            assertThat(warnings)
                    .anyMatch(warning -> warning.contains(folder.resolve(name).toString()));
        }
    }
}
