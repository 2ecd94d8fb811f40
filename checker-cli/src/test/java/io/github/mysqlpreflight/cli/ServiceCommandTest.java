/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected tables and documents are what aiven-client's own code printed for the same answers. */
@Timeout(180)
final class ServiceCommandTest {
    private static final String SECRET = "S3cretMark";
    private static final String URI = "mysql://mig:" + SECRET + "@db.example:3306/";
    private static final String TOKEN = "T0kenMark";
    private static final String SUCCESS =
            "All pre-checks passed successfully, preferred migration method will be [Replication]";

    private final FakeService server = new FakeService();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli cli() {
        return new Cli()
                .variable("MYSQL_PREFLIGHT_URL", server.url())
                .variable("MYSQL_PREFLIGHT_TOKEN", TOKEN)
                .variable("MYSQL_PREFLIGHT_PROJECT", "local");
    }

    private Cli.Result create(String... more) {
        return cli().variable("MYSQL_PREFLIGHT_SOURCE_URI", URI).go(createArguments(more));
    }

    private static String[] createArguments(String... more) {
        String[] all = new String[5 + more.length];
        System.arraycopy(
                new String[] {"service", "task-create", "--operation", "migration_check", "mysql"}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return all;
    }

    private Cli.Result get(String... more) {
        String[] all = new String[5 + more.length];
        System.arraycopy(new String[] {"service", "task-get", "--task-id", FakeService.ID, "mysql"}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return cli().go(all);
    }

    @Test
    void creatingPrintsTheTableOfAvnAndABlankLine() {
        server.running();
        Cli.Result result = create();
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("""
                        TASK_TYPE              SUCCESS  TASK_ID                            \s
                        =====================  =======  ====================================
                        mysql_migration_check  null     79803598-d09a-44bf-ae2b-34aad942f4e8

                        """);
    }

    @Test
    void creatingSendsWhatAvnSends() {
        server.running();
        Cli.Result result = cli().go(createArguments("--source-service-uri", URI, "--ignore-dbs", "a, b"));
        assertThat(result.code()).isZero();
        FakeService.Request request = server.requests().get(0);
        assertThat(request.line()).isEqualTo("POST /v1/project/local/service/mysql/task");
        assertThat(request.authorization()).isEqualTo("aivenv1 " + TOKEN);
        assertThat(request.type()).isEqualTo("application/json");
        assertThat(request.agent()).isEqualTo("mysql-preflight/" + Tool.version());
        assertThat(request.body())
                .isEqualTo("{\"task_type\":\"migration_check\",\"migration_check\":{\"source_service_uri\":\"" + URI
                        + "\",\"ignore_dbs\":\"a, b\"}}");
    }

    @Test
    void theMethodIsSentAndEmptyIgnoreDbsAreNot() {
        server.running();
        create("--method", "DUMP", "--ignore-dbs", "");
        assertThat(server.requests().get(0).body()).endsWith("\",\"method\":\"dump\"}}");
    }

    @Test
    void anUpgradeCheckSendsItsVersionWhereAvnDoes() {
        server.running();
        Cli.Result result = cli().go("service", "task-create", "--target-version", "8.4", "mysql");
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(server.requests().get(0).body())
                .isEqualTo("{\"task_type\":\"upgrade_check\",\"target_version\":\"8.4\"}");
    }

    @Test
    void theOperationIsThatOfAvnAndSaysWhatIsMissing() {
        Cli.Result result = cli().go("service", "task-create", "--source-service-uri", URI, "mysql");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("mysql-preflight: --target-version is required for upgrade_check, which is the operation"
                        + " without --operation\n"
                        + "Give one such as 8.4; for a migration check give --operation migration_check instead.\n");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void gettingPrintsTheTableWithTheResult() {
        server.task("true", SUCCESS);
        Cli.Result result = get();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .isEqualTo("TASK_TYPE              SUCCESS  TASK_ID                               RESULT             "
                        + "                                                                 \n"
                        + "=====================  =======  ====================================  " + "=".repeat(84)
                        + "\n" + "mysql_migration_check  true     79803598-d09a-44bf-ae2b-34aad942f4e8  " + SUCCESS
                        + "\n");
        assertThat(server.requests().get(0).line())
                .isEqualTo("GET /v1/project/local/service/mysql/task/" + FakeService.ID);
    }

    @Test
    void theRowOfARunningTaskHasNoBlanksAtItsEnd() {
        server.running();
        assertThat(get().out()).endsWith("\nmysql_migration_check  null     79803598-d09a-44bf-ae2b-34aad942f4e8\n");
    }

    @Test
    void aCellThatIsNotPlainIsQuotedAsJson() {
        server.task("false", "Connection to source failed: (1045, \"Access denied\") café £ 😀 \\ \u007f");
        assertThat(get().out())
                .endsWith("  \"Connection to source failed: (1045, \\\"Access denied\\\") caf\\u00e9 \\u00a3"
                        + " \\ud83d\\ude00 \\\\ \\u007f\"\n");
        server.task("false", "a£b€c");
        get();
        assertThat(get().out()).endsWith("f4e8  a£b€c\n");
    }

    @Test
    void jsonIsAnArrayWithNamesInOrder() {
        server.task("true", "café");
        assertThat(get("--json").out()).isEqualTo("""
                        [
                            {
                                "create_time": "2021-08-13T08:00:45Z",
                                "result": "caf\\u00e9",
                                "result_codes": [],
                                "success": true,
                                "task_id": "79803598-d09a-44bf-ae2b-34aad942f4e8",
                                "task_type": "mysql_migration_check"
                            }
                        ]
                        """);
        server.running();
        get();
        assertThat(create("--json").out()).startsWith("[\n    {\n").endsWith("\n    }\n]\n\n");
    }

    @Test
    void nestedJsonIsLaidOutAsByAvn() {
        server.answers(
                200,
                "{\"task\":{\"task_type\":\"t\",\"success\":null,\"task_id\":\"i\",\"result\":null,"
                        + "\"result_codes\":[{\"dbname\":\"dé\",\"code\":\"x.y\"},{\"code\":\"it's\"}],\"e\":{},\"n\":1}}");
        assertThat(get("--json").out()).isEqualTo("""
                        [
                            {
                                "e": {},
                                "n": 1,
                                "result": null,
                                "result_codes": [
                                    {
                                        "code": "x.y",
                                        "dbname": "d\\u00e9"
                                    },
                                    {
                                        "code": "it's"
                                    }
                                ],
                                "success": null,
                                "task_id": "i",
                                "task_type": "t"
                            }
                        ]
                        """);
        assertThat(get("--format", "{result_codes}|{result}|{task_id!r}|{{}}").out())
                .isEqualTo("[{'dbname': 'dé', 'code': 'x.y'}, {'code': \"it's\"}]|None|'i'|{}\n");
    }

    @ParameterizedTest
    @CsvSource({"true,True", "false,False", "null,None"})
    void aFormatShowsValuesAsPythonDoes(String success, String shown) {
        server.task(success, "café");
        assertThat(get("--format", "{success}|{result}").out()).isEqualTo(shown + "|café\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{}", "{success", "{success:>8}", "{result[0]}"})
    void aFormatThatIsNotUnderstoodIsToldBeforeAnythingIsAsked(String format) {
        Cli.Result result = create("--format", format);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("mysql-preflight: --format ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aFormatWithAnUnknownFieldNamesTheFields() {
        server.task("true", SUCCESS);
        Cli.Result result = get("--format", "{sucess}");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("create_time, result, result_codes, success, task_id, task_type");
    }

    @Test
    void withoutWaitingTheEndIsZeroWhateverCameOfIt() {
        server.task("false", "No databases to migrate");
        assertThat(get().code()).isZero();
    }

    @Test
    void waitingPrintsTheEndAndTellsItByTheExitCode() {
        server.running().running().running().task("true", SUCCESS);
        Cli.Result result = create("--wait");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("TASK_TYPE ")
                .endsWith(SUCCESS + "\n")
                .doesNotContain("null");
        assertThat(result.err()).isEqualTo("mysql-preflight: waiting for task " + FakeService.ID + "\n");
        assertThat(server.requests()).hasSize(4);
        server.task("false", "No databases to migrate");
        get();
        Cli.Result failed = get("--wait", "--format", "{result}");
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.out()).isEqualTo("No databases to migrate\n");
    }

    @Test
    void waitingHasALimit() {
        server.running();
        long start = System.nanoTime();
        Cli.Result result = get("--wait", "--timeout", "1");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("mysql-preflight: the task " + FakeService.ID + " has not ended within 1 s; it goes on\n")
                .contains("task-get --wait --task-id " + FakeService.ID);
        assertThat(server.requests()).hasSizeBetween(1, 6);
    }

    @Test
    void waitingOutlivesAServerThatIsAwayForAMoment() {
        server.error(503, "starting").running().breaks().error(429, "busy").task("true", SUCCESS);
        Cli.Result result = get("--wait");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
    }

    @Test
    void aGetIsTriedThreeTimesAndAPostOnce() {
        server.breaks();
        Cli.Result got = get();
        assertThat(got.code()).isEqualTo(4);
        assertThat(got.err()).startsWith("mysql-preflight: the server at " + server.url() + " cannot be reached: ");
        int asked = server.requests().size();
        assertThat(asked).isGreaterThanOrEqualTo(3);
        Cli.Result created = create();
        assertThat(created.code()).isEqualTo(4);
        assertThat(created.err()).contains("; the task may have been made all the same\n");
        assertThat(server.requests()).hasSize(asked + 1);
    }

    @Test
    void aServerThatIsNotThereIsToldWithWhatToDo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Cli.Result result = cli().variable("MYSQL_PREFLIGHT_SOURCE_URI", URI)
                .go(createArguments("--url", "http://127.0.0.1:" + port + "/"));
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .isEqualTo(
                        "mysql-preflight: the server at http://127.0.0.1:" + port
                                + " cannot be reached: Connection refused\n"
                                + "Start it with mysql-preflight serve, or name another one with --url or MYSQL_PREFLIGHT_URL.\n");
    }

    @Test
    void aSilentServerIsWaitedForOnlySoLong() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Cli.Result result = cli().variable("MYSQL_PREFLIGHT_SOURCE_URI", URI)
                    .go(createArguments(
                            "--url", "http://127.0.0.1:" + silent.getLocalPort(), "--request-timeout", "1"));
            assertThat(result.code()).isEqualTo(4);
            assertThat(result.err()).contains(" did not answer within 1 s; the task may have been made all the same\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, 2, ''",
        "401, 2, 'Check the token, and that it is one for this project.\n'",
        "403, 2, 'Check the token, and that it is one for this project.\n'",
        "404, 2, 'Check the project, the service, the task''s id, and --url.\n'",
        "409, 2, ''",
        "413, 2, ''",
        "500, 4, 'The server''s log says more.\n'",
        "503, 4, 'The server''s log says more.\n'"
    })
    void anErrorIsItsMessageItsStatusAndWhatToDo(int status, int code, String advice) {
        server.error(status, "It is so");
        for (Cli.Result result : List.of(get(), create())) {
            assertThat(result.code()).isEqualTo(code);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).isEqualTo("mysql-preflight: It is so (status " + status + ")\n" + advice);
        }
    }

    @Test
    void aFullQueueSaysWhenToComeAgain() {
        server.answers(429, "application/json", "{\"message\":\"The queue is full\"}", "7");
        Cli.Result result = create();
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).isEqualTo("mysql-preflight: The queue is full (status 429)\nTry again in 7 s.\n");
    }

    @Test
    void anAnswerThatIsNotFromOurServerIsTold() {
        server.answers(502, "text/html", "<h1>Bad\u001b[31m gateway</h1>", "soon");
        assertThat(get().err()).startsWith("mysql-preflight: <h1>Bad<U+001B>[31m gateway</h1> (status 502)\n");
        for (String body : List.of("", "<html>", "[]", "{}", "{\"task\":null}", "{\"task\":{}}", "{\"task\":{}} x")) {
            server.answers(200, body);
            get();
            Cli.Result result = get();
            assertThat(result.code()).as(body).isEqualTo(4);
            assertThat(result.err()).startsWith("mysql-preflight: the server's answer cannot be understood: ");
        }
    }

    @Test
    void noRedirectionIsFollowed() {
        server.answers(302, "text/plain", "elsewhere", "0");
        Cli.Result result = get();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("mysql-preflight: elsewhere (status 302)\n");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aServerThatEchoesSecretsDoesNotMakeUsPrintThem() {
        server.error(400, "cannot use " + URI + " with " + TOKEN + ", since " + SECRET + " is wrong");
        Cli.Result result = create();
        assertThat(result.err())
                .startsWith("mysql-preflight: cannot use *** with ***, since *** is wrong (status 400)\n");
        assertThat(result.all()).doesNotContain(SECRET, TOKEN);
    }

    @Test
    void namesInThePathAreEncodedWhole() {
        server.running();
        cli().go("service", "task-get", "--project", "my proj/é", "--task-id", "..?#", "a%b");
        assertThat(server.requests().get(0).line())
                .isEqualTo("GET /v1/project/my%20proj%2F%C3%A9/service/a%25b/task/..%3F%23");
    }

    @Test
    void theUriMayComeFromAFileFromStandardInputOrFromTheEnvironment() throws IOException {
        server.running();
        Path file = Files.writeString(folder.resolve("uri"), URI + "\n");
        assertThat(cli().go(createArguments("--source-uri-file", file.toString()))
                        .code())
                .isZero();
        assertThat(cli().input(URI + "\n")
                        .go(createArguments("--source-uri-file", "-"))
                        .code())
                .isZero();
        assertThat(cli().input(URI + "\n")
                        .go(createArguments("--source-service-uri", "-"))
                        .code())
                .isZero();
        assertThat(create().code()).isZero();
        assertThat(server.requests())
                .hasSize(4)
                .allSatisfy(request -> assertThat(request.body()).contains("\"source_service_uri\":\"" + URI + "\"}"));
    }

    @Test
    void wrongUsesAreToldWithoutAskingTheServer() throws IOException {
        Path two = Files.writeString(folder.resolve("two"), URI + "\n" + URI + "\n");
        assertThat(cli().go(createArguments()).err())
                .startsWith("mysql-preflight: --source-service-uri is required for migration_check\n")
                .contains("MYSQL_PREFLIGHT_SOURCE_URI");
        assertThat(create("another").err()).startsWith("mysql-preflight: there are too many arguments\n");
        assertThat(create("--source-service-uri", URI, "--source-uri-file", "x").err())
                .contains(" both given\n");
        assertThat(create("--source-uri-file", two.toString()).err()).contains(" does not hold one line\n");
        assertThat(create("--source-uri-file", "nowhere").err()).contains(" cannot be read\n");
        assertThat(create("--target-version", "8.4").err()).contains("goes with --operation upgrade_check\n");
        assertThat(create("--timeout", "5").err()).contains("--timeout goes with --wait\n");
        assertThat(create("--operation", "dataset_import").err()).contains("--operation is given twice\n");
        assertThat(cli().go("service", "task-create", "--operation", "dataset_import", "mysql")
                        .err())
                .contains("It is migration_check or upgrade_check.\n");
        assertThat(cli().go("service", "task-get", "mysql").err())
                .startsWith("mysql-preflight: --task-id is required\n");
        assertThat(cli().go("service", "task-get", "--task-id", "x").err()).contains("there is no service\n");
        assertThat(cli().go("service", "task-crate").err()).contains("did you mean task-create?");
        assertThat(cli().go("service", "task-get", "--task-ids", "x").err()).contains("did you mean --task-id?");
        assertThat(cli().go("--url", server.url(), "check").err())
                .startsWith("mysql-preflight: only the command service takes options before it\n");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void optionsThatTellOfTheServerStandBeforeTheCommandOrBehindIt() {
        server.running();
        String[] names = {"service", "task-get", "--project", "p", "--task-id", "x", "mysql"};
        String[][] lines = {
            {"--url", server.url(), "--auth-token=" + TOKEN, "--request-timeout", "9", names[0], names[1]},
            {names[0], "--url=" + server.url(), "--auth-token", TOKEN, "--insecure-http", names[1]},
            {names[0], names[1], "--auth-token", TOKEN, "--url", server.url()}
        };
        for (String[] line : lines) {
            String[] all = new String[line.length + 5];
            System.arraycopy(line, 0, all, 0, line.length);
            System.arraycopy(names, 2, all, line.length, 5);
            Cli.Result result = Cli.run(all);
            assertThat(result.code()).as(result.all()).isZero();
        }
        assertThat(server.requests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.line()).isEqualTo("GET /v1/project/p/service/mysql/task/x");
            assertThat(request.authorization()).isEqualTo("aivenv1 " + TOKEN);
        });
    }

    @Test
    void theVariablesOfAvnCountWhereOursAreNotSet() {
        server.running();
        String[] line = {"service", "task-get", "--task-id", "x", "mysql"};
        Cli avn = new Cli()
                .variable("AIVEN_WEB_URL", server.url())
                .variable("AIVEN_AUTH_TOKEN", "theirs")
                .variable("AIVEN_PROJECT", "their");
        assertThat(avn.go(line).code()).isZero();
        avn.variable("MYSQL_PREFLIGHT_TOKEN", "ours").variable("MYSQL_PREFLIGHT_PROJECT", "our");
        assertThat(avn.go(line).code()).isZero();
        assertThat(avn.variable("MYSQL_PREFLIGHT_URL", "http://127.0.0.1:1")
                        .go(line)
                        .code())
                .isEqualTo(4);
        assertThat(server.requests().get(0).line()).isEqualTo("GET /v1/project/their/service/mysql/task/x");
        assertThat(server.requests().get(0).authorization()).isEqualTo("aivenv1 theirs");
        assertThat(server.requests().get(1).line()).isEqualTo("GET /v1/project/our/service/mysql/task/x");
        assertThat(server.requests().get(1).authorization()).isEqualTo("aivenv1 ours");
    }

    @Test
    void theFilesOfAvnCountLast() throws IOException {
        server.running();
        Path aiven = Files.createDirectories(folder.resolve(".config/aiven"));
        Files.writeString(aiven.resolve("aiven-credentials.json"), "{\"auth_token\":\"kept\",\"user_email\":\"a@b\"}");
        Files.writeString(aiven.resolve("aiven-client.json"), "{\"default_project\":\"first\"}");
        String[] line = {"service", "task-get", "--task-id", "x", "mysql"};
        Cli home = new Cli().variable("HOME", folder.toString()).variable("AIVEN_WEB_URL", server.url());
        assertThat(home.go(line).code()).isZero();
        assertThat(server.requests().get(0).line()).isEqualTo("GET /v1/project/first/service/mysql/task/x");
        assertThat(server.requests().get(0).authorization()).isEqualTo("aivenv1 kept");
        Path other = Files.createDirectories(folder.resolve("other"));
        assertThat(home.variable("AIVEN_CONFIG_DIR", other.toString()).go(line).err())
                .startsWith("mysql-preflight: there is no project\n");
        Files.writeString(other.resolve("aiven-client.json"), "no JSON");
        assertThat(home.go(line).err()).contains("is not JSON\n");
    }

    @Test
    void withoutATokenNoneIsShown() {
        server.error(403, "Authentication failed");
        Cli.Result result =
                Cli.run("service", "task-get", "--url", server.url(), "--project", "p", "--task-id", "x", "mysql");
        assertThat(server.requests().get(0).authorization()).isNull();
        assertThat(result.err()).isEqualTo("""
                        mysql-preflight: Authentication failed (status 403)
                        Give a token: --auth-token or the environment variable MYSQL_PREFLIGHT_TOKEN.
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://preflight.invalid:8765",
                "http://127.0.0.1.preflight.invalid",
                "http://localhost.invalid",
                "http://192.0.2.1",
                "http://[2001:db8::1]:80/"
            })
    void secretsDoNotGoOverANetworkInTheClear(String url) {
        Cli.Result got = cli().variable("MYSQL_PREFLIGHT_URL", url).go("service", "task-get", "--task-id", "x", "m");
        assertThat(got.code()).isEqualTo(2);
        assertThat(got.err()).isEqualTo("""
                        mysql-preflight: the token would go over the network unencrypted
                        Use an https URL; --insecure-http sends it all the same.
                        """);
        Cli.Result created = new Cli()
                .variable("MYSQL_PREFLIGHT_SOURCE_URI", URI)
                .go(createArguments("--url", url, "--project", "p"));
        assertThat(created.code()).isEqualTo(2);
        assertThat(created.err())
                .startsWith("mysql-preflight: the source's URI would go over the network unencrypted\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://h/",
                "h:8765",
                "http://",
                "http://u:S3cretMark@h/",
                "mysql://u:S3cretMark@h/",
                "http://h/?a"
            })
    void aUrlThatIsNoneIsNotRepeated(String url) {
        Cli.Result result = cli().go("service", "task-get", "--url", url, "--task-id", "x", "m");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("mysql-preflight: the server's URL is not usable\n");
        assertThat(result.all()).doesNotContain(SECRET);
    }

    @Test
    void aTokenThatNoHeaderCanHoldIsRefusedAndNotRepeated() {
        Cli.Result result = cli().go("service", "task-get", "--auth-token", TOKEN + "\r\nX: y", "--task-id", "x", "m");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.all())
                .contains("the token has a character that no token has")
                .doesNotContain(TOKEN);
    }

    @Test
    void aCertificateFileThatIsNoneIsTold() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        String[] line = {"service", "task-get", "--url", "https://127.0.0.1:1", "--task-id", "x", "m", "--auth-ca", ""};
        line[8] = folder.resolve("none.pem").toString();
        assertThat(cli().go(line).err()).contains("the file of --auth-ca does not exist\n");
        line[8] = empty.toString();
        assertThat(cli().go(line).err()).contains("--auth-ca holds no whole certificate\n");
        line[8] = Files.writeString(empty, "-----BEGIN CERTIFICATE-----\nx\n").toString();
        assertThat(cli().go(line).err()).contains("--auth-ca holds no whole certificate\n");
        line[8] = Files.writeString(empty, "-----BEGIN CERTIFICATE-----\neA==\n-----END CERTIFICATE-----\n")
                .toString();
        assertThat(cli().go(line).err()).contains("--auth-ca cannot be read\n");
    }

    @Test
    void helpTellsTheExitCodes() {
        assertThat(Cli.run("service", "--help").out()).contains("task-create", "task-get");
        Cli.Result none = Cli.run("service");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("task-create", "task-get");
        for (String command : List.of("task-create", "task-get")) {
            Cli.Result help = Cli.run("service", command, "--help");
            assertThat(help.code()).isZero();
            assertThat(help.out()).contains("--wait", "  3   with --wait: ", "MYSQL_PREFLIGHT_TOKEN", "AIVEN_WEB_URL");
        }
        assertThat(Cli.run("completion").out()).contains("task-create", "--source-service-uri");
    }

    @Test
    void aTerminalIsNotMovedByAnAnswer() {
        server.task("true", "a\u001b[2Jb");
        assertThat(get("--format", "{result}").out()).isEqualTo("a\u001b[2Jb\n");
        assertThat(cli().terminal()
                        .go("service", "task-get", "--task-id", "x", "--format", "{result}", "m")
                        .out())
                .isEqualTo("a<U+001B>[2Jb\n");
    }
}
