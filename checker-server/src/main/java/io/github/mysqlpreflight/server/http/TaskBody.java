/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.snapshot.ServerVersion;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.core.source.UnusableSourceException;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.task.TaskRequest;
import io.github.mysqlpreflight.server.task.TaskType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The body that asks for a task: Aiven's fields, within their documented lengths. Fields that are not known are left to newer clients. */
final class TaskBody {
    private static final int LONGEST_URI = 512;
    private static final int LONGEST_DATABASES = 2_048;
    private static final int LONGEST_WORD = 64;
    private static final int MOST_DIGITS = 6;
    private static final String ONLY_SSL_MODE = "Only ssl-mode allowed as uri parameter";
    private static final String SSL_MODES =
            "It is DISABLED, PREFERRED, REQUIRED (the default), VERIFY_CA or VERIFY_IDENTITY.";
    private static final String TYPES = "This server has the task types migration_check and upgrade_check";

    private @Nullable String type;
    private @Nullable String uri;
    private @Nullable String ignoredDatabases;
    private @Nullable String method;
    private @Nullable String project;
    private @Nullable String service;
    private boolean migrationCheck;
    private @Nullable String upgradeUri;
    private @Nullable String targetVersion;
    private @Nullable String outerTargetVersion;

    private TaskBody() {}

    /**
     * What the body asks for.
     *
     * @throws ApiException which names the field that is wrong, and never repeats a value
     */
    static TaskRequest read(byte[] bytes, String project, Profile profile, String createdBy) {
        TaskBody body = new TaskBody();
        RequestBody.read(bytes, body::field);
        if (body.type == null) {
            throw ApiException.invalid("task_type is missing. " + TYPES);
        }
        TaskType type = TaskType.ofRequestName(body.type);
        if (type == null) {
            throw ApiException.of(400, "unknown_task_type", "task_type is not one that is known here. " + TYPES);
        }
        return switch (type) {
            case MIGRATION_CHECK -> body.migrationCheck(project, profile, createdBy);
            case UPGRADE_CHECK -> body.upgradeCheck(project, profile, createdBy);
        };
    }

    private void field(String name, JsonParser in) {
        switch (name) {
            case "task_type" -> type = RequestBody.readText(in, name, LONGEST_WORD);
            case "migration_check" -> {
                RequestBody.readObject(in, name, this::migrationField);
                migrationCheck = true;
            }
            case "upgrade_check" -> RequestBody.readObject(in, name, this::upgradeField);
            // The client avn puts it here, not where the API describes it.
            case "target_version" -> outerTargetVersion = RequestBody.readText(in, name, LONGEST_WORD);
            default -> in.skipChildren();
        }
    }

    private void migrationField(String name, JsonParser in) {
        String field = "migration_check." + name;
        switch (name) {
            case "source_service_uri" -> uri = RequestBody.readText(in, field, LONGEST_URI);
            case "ignore_dbs" -> ignoredDatabases = RequestBody.readText(in, field, LONGEST_DATABASES);
            case "method" -> method = RequestBody.readText(in, field, LONGEST_WORD);
            case "source_project_name" -> project = RequestBody.readText(in, field, Names.LONGEST_PROJECT);
            case "source_service_name" -> service = RequestBody.readText(in, field, Names.LONGEST_SERVICE);
            case "ignore_roles" -> {
                // There are no roles to leave out in MySQL; the field is for PostgreSQL.
                String unused = RequestBody.readText(in, field, LONGEST_DATABASES);
            }
            default -> in.skipChildren();
        }
    }

    private void upgradeField(String name, JsonParser in) {
        String field = "upgrade_check." + name;
        switch (name) {
            case "target_version" -> targetVersion = RequestBody.readText(in, field, LONGEST_WORD);
            case "source_service_uri" -> upgradeUri = RequestBody.readText(in, field, LONGEST_URI);
            default -> in.skipChildren();
        }
    }

    private TaskRequest migrationCheck(String projectName, Profile profile, String createdBy) {
        if (!migrationCheck) {
            throw ApiException.invalid("migration_check is missing: an object with source_service_uri");
        }
        if (service != null && service.isEmpty()) {
            throw ApiException.invalid("migration_check.source_service_name must not be empty");
        }
        if (service != null || project != null) {
            throw ApiException.invalid(
                    "migration_check." + (service != null ? "source_service_name" : "source_project_name")
                            + " cannot be used: this server knows no services of Aiven. Give migration_check.source_service_uri");
        }
        return new TaskRequest(
                projectName,
                profile.name(),
                TaskType.MIGRATION_CHECK,
                source(uri, "migration_check.source_service_uri"),
                databases(),
                methodAskedFor(),
                null,
                createdBy);
    }

    private TaskRequest upgradeCheck(String projectName, Profile profile, String createdBy) {
        ServerVersion version = version();
        SourceUri target = profile.target();
        if (upgradeUri == null && target == null) {
            throw ApiException.invalid("There is no server to check: the service " + profile.name()
                    + " has no target server in the configuration. Give upgrade_check.source_service_uri");
        }
        SourceUri source =
                upgradeUri == null && target != null ? target : source(upgradeUri, "upgrade_check.source_service_uri");
        return new TaskRequest(
                projectName, profile.name(), TaskType.UPGRADE_CHECK, source, List.of(), null, version, createdBy);
    }

    private ServerVersion version() {
        String text = targetVersion == null ? outerTargetVersion : targetVersion;
        if (text == null) {
            throw ApiException.invalid("upgrade_check.target_version is missing: a version such as 8.4");
        }
        int digits = 0;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && digits > 0) {
                dots++;
                digits = 0;
            } else if (c >= '0' && c <= '9' && digits < MOST_DIGITS) {
                digits++;
            } else {
                throw noVersion();
            }
        }
        if (digits == 0 || dots > 2) {
            throw noVersion();
        }
        if (dots > 0) {
            return ServerVersion.parse(text);
        }
        // All that avn can send.
        ServerVersion series = LongTermSeries.newestOfMajor(Integer.parseInt(text));
        if (series == null) {
            throw noVersion();
        }
        return series;
    }

    private static ApiException noVersion() {
        return ApiException.invalid("upgrade_check.target_version is not a version such as 8.4 or 8.4.3");
    }

    private @Nullable Method methodAskedFor() {
        if (method == null) {
            return null;
        }
        return switch (method) {
            case "dump" -> Method.DUMP;
            case "replication" -> Method.REPLICATION;
            default -> throw ApiException.invalid("migration_check.method must be dump or replication");
        };
    }

    private List<String> databases() {
        List<String> names = new ArrayList<>();
        if (ignoredDatabases == null) {
            return names;
        }
        int start = 0;
        while (start <= ignoredDatabases.length()) {
            int end = ignoredDatabases.indexOf(',', start);
            if (end < 0) {
                end = ignoredDatabases.length();
            }
            String name = ignoredDatabases.substring(start, end).strip();
            for (int i = 0; i < name.length(); i++) {
                if (Character.isISOControl(name.charAt(i))) {
                    throw ApiException.invalid("migration_check.ignore_dbs holds a control character");
                }
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
            start = end + 1;
        }
        return names;
    }

    private static SourceUri source(@Nullable String text, String field) {
        if (text == null) {
            throw ApiException.invalid(field + " is missing: mysql://user:password@host:port/");
        }
        SourceUri source;
        try {
            source = SourceUri.parse(text);
        } catch (UnusableSourceException e) {
            // Its own words for a parameter that is not known show the name, which stands in the URI.
            throw e.message().startsWith(ONLY_SSL_MODE)
                    ? unusable(field, ONLY_SSL_MODE, SSL_MODES)
                    : unusable(field, e.message(), e.advice());
        }
        if (source.password().isEmpty()) {
            throw unusable(
                    field,
                    "The given text is not a valid service URI: there is no password in it",
                    "Write mysql://user:password@host:port/ (with / ? # % in user and password as %2F %3F %23 %25).");
        }
        if (source.sslCa() != null || source.sslCert() != null || source.sslKey() != null) {
            throw unusable(
                    field,
                    ONLY_SSL_MODE,
                    "ssl-ca, ssl-cert and ssl-key name files of the machine the check runs on; they are for the command line.");
        }
        return source;
    }

    private static ApiException unusable(String field, String message, String advice) {
        return ApiException.of(400, "invalid_source_service_uri", field + ": " + message + ". " + advice);
    }
}
