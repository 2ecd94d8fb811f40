/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.task.ResultCode;
import io.github.mysqlpreflight.server.task.Task;
import io.github.mysqlpreflight.server.task.TaskPage;
import io.github.mysqlpreflight.server.task.TaskState;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The bodies of the answers; never empty, always one JSON object. */
final class ApiJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ApiJson() {}

    /** {@code {"task": …}}. */
    static byte[] task(Task task) {
        return object(out -> {
            out.writeName("task");
            writeTask(out, task);
        });
    }

    /** {@code {"task": …, "message": …}}. */
    static byte[] task(Task task, String message) {
        return object(out -> {
            out.writeName("task");
            writeTask(out, task);
            out.writeStringProperty("message", message);
        });
    }

    /** A task alone, for the events. */
    static byte[] event(Task task) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writeTask(out, task);
        }
        return bytes.toByteArray();
    }

    static byte[] tasks(TaskPage page) {
        return object(out -> {
            out.writeArrayPropertyStart("tasks");
            for (Task task : page.tasks()) {
                writeTask(out, task);
            }
            out.writeEndArray();
            writeNullable(out, "next", page.next() == null ? null : page.next().toString());
        });
    }

    static byte[] message(String message) {
        return object(out -> out.writeStringProperty("message", message));
    }

    static byte[] error(int status, String code, String message) {
        return object(out -> {
            out.writeArrayPropertyStart("errors");
            out.writeStartObject();
            out.writeStringProperty("message", message);
            out.writeNumberProperty("status", status);
            out.writeStringProperty("error_code", code);
            out.writeEndObject();
            out.writeEndArray();
            out.writeStringProperty("message", message);
        });
    }

    static byte[] health(String status, String store) {
        return object(out -> {
            out.writeStringProperty("status", status);
            out.writeStringProperty("store", store);
        });
    }

    static byte[] userAuth(String token, String email) {
        return object(out -> {
            out.writeStringProperty("state", "active");
            out.writeStringProperty("token", token);
            out.writeStringProperty("user_email", email);
        });
    }

    static byte[] me(String name, List<String> projects) {
        return object(out -> {
            out.writeObjectPropertyStart("user");
            out.writeStringProperty("user", name);
            out.writeStringProperty("real_name", name);
            out.writeStringProperty("state", "active");
            out.writeNullProperty("token_validity_begin");
            writeStrings(out, "projects", projects);
            writeStrings(out, "auth", List.of("token"));
            out.writeEndObject();
        });
    }

    static byte[] projects(List<String> projects) {
        return object(out -> {
            out.writeArrayPropertyStart("projects");
            for (String project : projects) {
                out.writeStartObject();
                out.writeStringProperty("project_name", project);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    static byte[] services(Collection<Profile> profiles) {
        return object(out -> {
            out.writeArrayPropertyStart("services");
            for (Profile profile : profiles) {
                out.writeStartObject();
                out.writeStringProperty("service_name", profile.name());
                out.writeStringProperty("service_type", "mysql");
                writeNullable(
                        out,
                        "target_version",
                        profile.targetVersion() == null
                                ? null
                                : profile.targetVersion().toString());
                writeNullable(
                        out,
                        "target",
                        profile.target() == null ? null : profile.target().address());
                out.writeStringProperty("dump_tool", profile.dumpTool().command());
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private static void writeTask(JsonGenerator out, Task task) {
        out.writeStartObject();
        out.writeStringProperty(
                "create_time", task.createTime().truncatedTo(ChronoUnit.SECONDS).toString());
        out.writeStringProperty("result", task.result());
        out.writeArrayPropertyStart("result_codes");
        for (ResultCode code : task.resultCodes()) {
            out.writeStartObject();
            out.writeStringProperty("code", code.code());
            if (code.dbname() != null) {
                out.writeStringProperty("dbname", code.dbname());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        if (task.success() == null) {
            out.writeNullProperty("success");
        } else {
            out.writeBooleanProperty("success", task.success());
        }
        out.writeStringProperty("task_id", task.id().toString());
        out.writeStringProperty("task_type", task.type().answerName());
        if (!task.ignoredDatabases().isEmpty()) {
            out.writeStringProperty("ignore_dbs", String.join(",", task.ignoredDatabases()));
        }
        out.writeStringProperty("state", stateName(task.state()));
        out.writeStringProperty("project", task.project());
        out.writeStringProperty("service", task.service());
        out.writeStringProperty("source", task.source());
        out.writeStringProperty("created_by", task.createdBy());
        out.writeStringProperty("progress", task.progress());
        writeNullable(out, "method", task.method());
        out.writeBooleanProperty("assessed", task.assessed());
        writeNullable(out, "start_time", time(task.startTime()));
        writeNullable(out, "end_time", time(task.endTime()));
        out.writeEndObject();
    }

    private static String stateName(TaskState state) {
        return switch (state) {
            case QUEUED -> "queued";
            case RUNNING -> "running";
            case ENDED -> "ended";
        };
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static void writeNullable(JsonGenerator out, String name, @Nullable String value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, value);
        }
    }

    private static void writeStrings(JsonGenerator out, String name, List<String> values) {
        out.writeArrayPropertyStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    private static byte[] object(Consumer<JsonGenerator> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            fields.accept(out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
