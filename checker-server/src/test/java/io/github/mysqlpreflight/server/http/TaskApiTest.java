/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.server.task.ResultCode;
import io.github.mysqlpreflight.server.task.TaskRequest;
import io.github.mysqlpreflight.server.task.TaskType;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class TaskApiTest {
    private final ApiServer server = ApiServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aTaskIsCreatedAsAivenAnswersIt() throws Exception {
        HttpResponse<String> response = server.post(ApiServer.TASKS, ApiServer.CHECK);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode body = ApiServer.json(response);
        assertThat(body.get("message").asString()).isEqualTo("created");
        JsonNode task = body.get("task");
        assertThat(task.get("create_time").asString()).matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(task.get("result").asString()).isEmpty();
        assertThat(task.get("result_codes").isEmpty()).isTrue();
        assertThat(task.get("success").isNull()).isTrue();
        assertThat(UUID.fromString(task.get("task_id").asString())).isNotNull();
        assertThat(task.get("task_type").asString()).isEqualTo("mysql_migration_check");
        assertThat(task.has("ignore_dbs")).isFalse();
        assertThat(task.get("state").asString()).isEqualTo("queued");
        assertThat(task.get("source").asString()).isEqualTo("db1.example:3307");
        assertThat(response.body()).doesNotContain("s3cret");
    }

    @Test
    void anEndedTaskHasSuccessResultAndCodes() throws Exception {
        UUID id = created(ApiServer.CHECK);
        server.tasks().progress(id, "reading tables");
        assertThat(task(id).get("success").isNull()).isTrue();
        assertThat(task(id).get("progress").asString()).isEqualTo("reading tables");

        server.tasks()
                .end(
                        id,
                        true,
                        "dump",
                        "Not all pre-checks passed successfully, preferred migration method will be [Dump]: x",
                        List.of(new ResultCode("obj.engine", "shop"), new ResultCode("gtid.mode", null)),
                        "{}",
                        "<p>");

        JsonNode task = task(id);
        assertThat(task.get("success").asBoolean()).isTrue();
        assertThat(task.get("result").asString()).startsWith("Not all pre-checks");
        assertThat(task.get("result_codes").toString())
                .isEqualTo("[{\"code\":\"obj.engine\",\"dbname\":\"shop\"},{\"code\":\"gtid.mode\"}]");
        assertThat(task.get("method").asString()).isEqualTo("dump");
        assertThat(task.get("state").asString()).isEqualTo("ended");
        assertThat(task.get("assessed").asBoolean()).isTrue();
    }

    @Test
    void whatIsAskedForReachesTheTasks() throws Exception {
        UUID id = created("{\"x\":[{}],\"task_type\":\"migration_check\",\"migration_check\":{\"source_service_uri\":"
                + "\" mysql://mig:p%C3%A4ss@[::1]/db?ssl-mode=DISABLED \",\"ignore_dbs\":\" a ,, b c,\",\"method\":\"dump\","
                + "\"ignore_roles\":\"r\",\"newer\":{\"y\":1}}}");

        TaskRequest request = server.tasks().requests().get(0);
        assertThat(request.type()).isEqualTo(TaskType.MIGRATION_CHECK);
        assertThat(request.source().password().reveal()).isEqualTo("p\u00e4ss");
        assertThat(request.ignoredDatabases()).containsExactly("a", "b c");
        assertThat(request.method()).isEqualTo(Method.DUMP);
        assertThat(request.createdBy()).isEmpty();
        assertThat(task(id).get("ignore_dbs").asString()).isEqualTo("a,b c");
    }

    @Test
    void anUpgradeCheckTakesTheTargetOfTheServiceOrAUri() throws Exception {
        HttpResponse<String> own = server.post(
                "/v1/project/local/service/orders/task",
                "{\"task_type\":\"upgrade_check\",\"upgrade_check\":{\"target_version\":\"8.4\"}}");
        HttpResponse<String> given = server.post(
                ApiServer.TASKS,
                "{\"task_type\":\"upgrade_check\",\"target_version\":\"9.7.1\",\"upgrade_check\":"
                        + "{\"source_service_uri\":\"mysql://u:p@h/\"}}");
        HttpResponse<String> neither = server.post(
                ApiServer.TASKS, "{\"task_type\":\"upgrade_check\",\"upgrade_check\":{\"target_version\":\"8.4\"}}");

        assertThat(ApiServer.json(own).get("task").get("task_type").asString()).isEqualTo("mysql_upgrade_check");
        assertThat(ApiServer.json(own).get("task").get("source").asString()).isEqualTo("target.example:3306");
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(server.tasks().requests().get(1).targetVersion()).hasToString("9.7.1");
        assertThat(neither.statusCode()).isEqualTo(400);
        assertThat(message(neither)).contains("upgrade_check.source_service_uri");
    }

    @ParameterizedTest
    @CsvSource({"5, 5.7.0", "8, 8.4.0", "9, 9.7.0"})
    void aMajorVersionStandsForItsNewestSeriesWithLongTermSupport(String asked, String version) throws Exception {
        HttpResponse<String> answer = server.post(
                "/v1/project/local/service/orders/task",
                "{\"task_type\":\"upgrade_check\",\"target_version\":\"" + asked + "\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.tasks().requests().get(0).targetVersion()).hasToString(version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [] | not a JSON object
            {} | task_type is missing
            {"task_type":1} | task_type must be a string
            {"task_type":"dataset_import"} | migration_check and upgrade_check
            {"task_type":"migration_check"} | migration_check is missing
            {"task_type":"migration_check","migration_check":null} | migration_check must be an object
            {"task_type":"migration_check","migration_check":{}} | source_service_uri is missing
            {"task_type":"migration_check","migration_check":{"source_service_uri":5}} | source_service_uri must be a string
            {"task_type":"migration_check","migration_check":{"source_service_uri":"mysql://u:pw-x@h","ignore_dbs":[]}} | ignore_dbs must be a string
            {"task_type":"migration_check","migration_check":{"source_service_uri":"mysql://u:pw-x@h","method":"Dump"}} | method must be dump or replication
            {"task_type":"migration_check","migration_check":{"source_service_uri":"mysql://u@h"}} | no password
            {"task_type":"migration_check","migration_check":{"source_service_uri":"mysql://u:@h"}} | no password
            {"task_type":"migration_check","migration_check":{"source_service_uri":"postgres://u:pw-x@h"}} | the scheme is postgres
            {"task_type":"migration_check","migration_check":{"source_service_uri":"mysql://u:pw-x@h:99999"}} | invalid port
            {"task_type":"migration_check","migration_check":{"source_service_uri":"mysql://u:p@h?pw-x=1"}} | Only ssl-mode allowed as uri parameter. It is
            {"task_type":"migration_check","migration_check":{"source_service_uri":"mysql://u:pw-x@h?ssl-ca=/etc/passwd"}} | Only ssl-mode allowed
            {"task_type":"migration_check","migration_check":{"source_service_uri":"mysql://u:pw-x@h?ssl-mode=NO"}} | ssl-mode
            {"task_type":"migration_check","migration_check":{"source_service_name":"pg"}} | no services of Aiven
            {"task_type":"migration_check","migration_check":{"source_service_name":""}} | source_service_name must not be empty
            {"task_type":"upgrade_check"} | target_version is missing
            {"task_type":"upgrade_check","upgrade_check":{"target_version":8.4}} | target_version must be a string
            {"task_type":"upgrade_check","upgrade_check":{"target_version":"10"}} | not a version
            {"task_type":"upgrade_check","upgrade_check":{"target_version":"8."}} | not a version
            {"task_type":"upgrade_check","upgrade_check":{"target_version":"8.4.x"}} | not a version
            {"a":1,"a":2} | a name twice
            {"a":1} {} | something behind
            {"a":1 | not valid JSON
            """)
    void aBodyThatCannotBeUsedIsA400ThatSaysWhy(String body, String why) throws Exception {
        HttpResponse<String> response = server.post(ApiServer.TASKS, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response)).contains(why);
        assertThat(response.body()).doesNotContain("pw-x");
        assertThat(server.tasks().requests()).isEmpty();
    }

    @Test
    void lengthsAreThoseOfTheDocumentation() throws Exception {
        String uri = "mysql://u:" + "p".repeat(512 - "mysql://u:@h".length()) + "@h";
        assertThat(check(uri, "").statusCode()).isEqualTo(200);
        assertThat(message(check(uri + "x", ""))).contains("source_service_uri must not be longer than 512");
        assertThat(check("mysql://u:p@h", "d".repeat(2_048)).statusCode()).isEqualTo(200);
        assertThat(message(check("mysql://u:p@h", "d".repeat(2_049))))
                .contains("ignore_dbs must not be longer than 2048");
    }

    @Test
    void tasksAreListedNewestFirstInPages() throws Exception {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, created(ApiServer.CHECK));
        }
        JsonNode first = ApiServer.json(server.get(ApiServer.TASKS + "?limit=3"));
        JsonNode second = ApiServer.json(server.get(
                ApiServer.TASKS + "?limit=3&after=" + first.get("next").asString()));

        List<UUID> listed = new ArrayList<>();
        first.get("tasks")
                .forEach(task -> listed.add(UUID.fromString(task.get("task_id").asString())));
        second.get("tasks")
                .forEach(task -> listed.add(UUID.fromString(task.get("task_id").asString())));
        assertThat(listed).isEqualTo(ids);
        assertThat(second.get("next").isNull()).isTrue();
        for (String wrong : List.of("limit=0", "limit=101", "limit=x", "limit=", "after=x")) {
            assertThat(server.get(ApiServer.TASKS + "?" + wrong).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aTaskIsCancelledAndThenForgotten() throws Exception {
        String path = ApiServer.TASKS + "/" + created(ApiServer.CHECK);

        assertThat(message(server.delete(path))).isEqualTo("cancelled");
        assertThat(ApiServer.json(server.get(path)).get("task").get("success").asBoolean())
                .isFalse();
        assertThat(message(server.delete(path))).isEqualTo("forgotten");
        assertThat(server.delete(path).statusCode()).isEqualTo(404);
        assertThat(server.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void anUnknownServiceIsNotSpokenOfAsAivenDoes() throws Exception {
        HttpResponse<String> response = server.post("/v1/project/local/service/nosuch/task", ApiServer.CHECK);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .doesNotContainPattern("Service \\S+ does not exist")
                .contains("mysql, orders");
    }

    @Test
    void aFullQueueAndAnAbsentStoreSayWhenToComeAgain() throws Exception {
        server.tasks().queue(0);
        HttpResponse<String> full = server.post(ApiServer.TASKS, ApiServer.CHECK);
        server.tasks().broken(true);
        HttpResponse<String> broken = server.post(ApiServer.TASKS, ApiServer.CHECK);

        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(full.headers().firstValue("retry-after")).hasValue("7");
        assertThat(broken.statusCode()).isEqualTo(503);
        assertThat(broken.headers().firstValue("retry-after")).isPresent();
        assertThat(broken.body()).doesNotContain("secret");
        assertThat(server.get("/health").statusCode()).isEqualTo(503);
    }

    private HttpResponse<String> check(String uri, String databases) throws Exception {
        return server.post(
                ApiServer.TASKS,
                "{\"task_type\":\"migration_check\",\"migration_check\":{\"source_service_uri\":\"" + uri
                        + "\",\"ignore_dbs\":\"" + databases + "\"}}");
    }

    private UUID created(String body) throws Exception {
        return UUID.fromString(ApiServer.json(server.post(ApiServer.TASKS, body))
                .get("task")
                .get("task_id")
                .asString());
    }

    private JsonNode task(UUID id) throws Exception {
        return ApiServer.json(server.get(ApiServer.TASKS + "/" + id)).get("task");
    }

    private static String message(HttpResponse<String> response) {
        return ApiServer.json(response).get("message").asString();
    }
}
