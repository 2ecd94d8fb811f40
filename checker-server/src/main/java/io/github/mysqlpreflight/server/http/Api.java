/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.core.source.AddressRefusedException;
import io.github.mysqlpreflight.server.access.Caller;
import io.github.mysqlpreflight.server.access.SourceGate;
import io.github.mysqlpreflight.server.access.Tokens;
import io.github.mysqlpreflight.server.config.Profile;
import io.github.mysqlpreflight.server.config.ServerSettings;
import io.github.mysqlpreflight.server.task.Deletion;
import io.github.mysqlpreflight.server.task.QueueFullException;
import io.github.mysqlpreflight.server.task.Task;
import io.github.mysqlpreflight.server.task.TaskRequest;
import io.github.mysqlpreflight.server.task.TaskType;
import io.github.mysqlpreflight.server.task.Tasks;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** What is done at each route. The front has made sure that the caller may. */
final class Api {
    private static final int MOST_LISTED = 100;
    private static final int USUALLY_LISTED = 20;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_TOKEN = 1_024;

    private static final String EVERY_PROJECT = "*";

    /** The project of callers that are bound to none, as long as there is no other; and what such a caller is called who has no name. */
    private static final String FIRST_PROJECT = "local";

    private final Map<String, Profile> services;
    private final int bodyBytes;
    private final Tasks tasks;
    private final Tokens tokens;
    private final SourceGate gate;
    private final ServerMetrics metrics;
    private final Duration bodyTime;

    Api(
            ServerSettings settings,
            Tasks tasks,
            Tokens tokens,
            SourceGate gate,
            ServerMetrics metrics,
            Duration bodyTime) {
        this.services = settings.services();
        this.bodyBytes = settings.limits().bodyBytes();
        this.tasks = tasks;
        this.tokens = tokens;
        this.gate = gate;
        this.metrics = metrics;
        this.bodyTime = bodyTime;
    }

    /** The profile of that name. */
    Profile service(String text) {
        Profile profile = services.get(Names.service(text));
        if (profile == null) {
            // Not "Service X does not exist": Aiven's Go client would ask again and again.
            throw ApiException.notFound(
                    "service_not_found",
                    "There is no service " + text + " here. Known are " + String.join(", ", services.keySet()));
        }
        return profile;
    }

    void me(Exchange exchange) {
        Caller caller = exchange.caller();
        exchange.sendJson(ApiJson.me(caller.name().isEmpty() ? FIRST_PROJECT : caller.name(), projects(caller)));
    }

    void projects(Exchange exchange) {
        exchange.sendJson(ApiJson.projects(projects(exchange.caller())));
    }

    /** For {@code avn user login}: the password is a token, and the answer hands it back. */
    void logIn(Exchange exchange) {
        readBody(exchange, bytes -> {
            Credentials credentials = new Credentials();
            RequestBody.read(bytes, credentials::field);
            String password = credentials.password;
            if (credentials.email == null || password == null) {
                throw ApiException.invalid(
                        (credentials.email == null ? "email" : "password") + " is missing: a string");
            }
            if (tokens.authenticate("aivenv1 " + password) == null) {
                throw Front.wrongToken();
            }
            exchange.sendJson(ApiJson.userAuth(password, credentials.email));
        });
    }

    void services(Exchange exchange) {
        exchange.sendJson(ApiJson.services(services.values()));
    }

    void create(Exchange exchange, Profile profile) {
        readBody(exchange, bytes -> {
            String project = exchange.match().project();
            TaskRequest request = TaskBody.read(bytes, project, profile, exchange.callerName());
            boolean operatorsOwn =
                    request.type() == TaskType.UPGRADE_CHECK && request.source().equals(profile.target());
            if (!operatorsOwn) {
                admit(request);
            }
            Task task;
            try {
                task = tasks.create(request);
            } catch (QueueFullException e) {
                exchange.fail(e);
                return;
            }
            metrics.created(task.type());
            exchange.sendJson(ApiJson.task(task, "created"));
        });
    }

    private void admit(TaskRequest request) {
        try {
            gate.admit(request.service(), request.source());
        } catch (AddressRefusedException e) {
            throw ApiException.of(403, "source_not_allowed", e.message() + ". " + e.advice());
        }
    }

    void list(Exchange exchange) {
        Route.Match match = exchange.match();
        int limit = USUALLY_LISTED;
        UUID after = null;
        for (Parameter parameter : Parameter.all(exchange.request())) {
            if (parameter.name().equals("limit")) {
                limit = number(parameter.value());
            } else if (parameter.name().equals("after")) {
                after = uuid(parameter.value());
                if (after == null) {
                    throw ApiException.invalid("after must be the next of an earlier answer");
                }
            }
        }
        exchange.sendJson(ApiJson.tasks(tasks.list(match.project(), match.service(), limit, after)));
    }

    void get(Exchange exchange) {
        exchange.sendJson(ApiJson.task(task(exchange)));
    }

    void delete(Exchange exchange) {
        Route.Match match = exchange.match();
        UUID id = uuid(match.task());
        Deletion deletion = id == null ? null : tasks.delete(match.project(), match.service(), id);
        if (deletion == null) {
            throw noTask();
        }
        exchange.sendJson(ApiJson.message(
                switch (deletion) {
                    case CANCELLED -> "cancelled";
                    case FORGOTTEN -> "forgotten";
                }));
    }

    /** The task of the path. */
    Task task(Exchange exchange) {
        Route.Match match = exchange.match();
        UUID id = uuid(match.task());
        Task task = id == null ? null : tasks.find(match.project(), match.service(), id);
        if (task == null) {
            throw noTask();
        }
        return task;
    }

    private static ApiException noTask() {
        return ApiException.notFound("task_not_found", "There is no task of that id in this service");
    }

    /** Who is bound to none sees those that have tasks. */
    private List<String> projects(Caller caller) {
        Set<String> projects = new LinkedHashSet<>();
        for (String project : caller.projects()) {
            if (project.equals(EVERY_PROJECT)) {
                projects.addAll(tasks.projects());
            } else {
                projects.add(project);
            }
        }
        if (projects.isEmpty()) {
            projects.add(FIRST_PROJECT);
        }
        return List.copyOf(projects);
    }

    /** The id, or null where the text is none. */
    private static @Nullable UUID uuid(String text) {
        if (text.length() != 36) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? id : null;
        } catch (IllegalArgumentException notAnId) {
            return null;
        }
    }

    private static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length() && number <= MOST_LISTED; i++) {
            int digit = text.charAt(i) - '0';
            number = digit < 0 || digit > 9 ? MOST_LISTED + 1 : number * 10 + digit;
        }
        if (number < 1 || number > MOST_LISTED) {
            throw ApiException.invalid("limit must be a number from 1 to " + MOST_LISTED);
        }
        return number;
    }

    /** Reads a JSON body and goes on with it; what goes wrong then is answered as everywhere. */
    private void readBody(Exchange exchange, Consumer<byte[]> next) {
        Request request = exchange.request();
        if (!isJson(exchange.header(HttpHeader.CONTENT_TYPE))) {
            throw ApiException.of(
                    415, "unsupported_media_type", "The body must be JSON in UTF-8: content-type: application/json");
        }
        String encoding = exchange.header(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw ApiException.of(415, "unsupported_media_type", "The body must not be compressed");
        }
        BodyReader.read(
                request,
                bodyBytes,
                bodyTime,
                bytes -> {
                    try {
                        next.accept(bytes);
                    } catch (RuntimeException failure) {
                        exchange.fail(failure);
                    }
                },
                exchange::fail);
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        if (!type.strip().equalsIgnoreCase(Exchange.JSON)) {
            return false;
        }
        String parameters =
                semicolon < 0 ? "" : contentType.substring(semicolon + 1).strip();
        return parameters.isEmpty()
                || parameters.equalsIgnoreCase("charset=utf-8")
                || parameters.equalsIgnoreCase("charset=\"utf-8\"");
    }

    /** What {@code POST /v1/userauth} brings. */
    private static final class Credentials {
        private @Nullable String email;
        private @Nullable String password;

        void field(String name, JsonParser in) {
            switch (name) {
                case "email" -> email = RequestBody.readText(in, name, LONGEST_EMAIL);
                case "password" -> password = RequestBody.readText(in, name, LONGEST_TOKEN);
                default -> in.skipChildren();
            }
        }
    }
}
