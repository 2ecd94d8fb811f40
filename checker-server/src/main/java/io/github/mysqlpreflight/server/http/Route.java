/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The paths that there are, and what may be done at each. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copies that nobody can change
enum Route {
    PAGE("/", false, "GET"),
    HEALTH("/health", false, "GET"),
    METRICS("/metrics", false, "GET"),
    OPENAPI("/openapi.json", false, "GET"),
    PAGE_FILE("/{file}", false, "GET"),
    USER_AUTH("/v1/userauth", false, "POST"),
    ME("/v1/me", true, "GET"),
    PROJECTS("/v1/project", true, "GET"),
    SERVICES("/v1/project/{project}/service", true, "GET"),
    TASKS("/v1/project/{project}/service/{service}/task", true, "GET", "POST"),
    TASK("/v1/project/{project}/service/{service}/task/{task_id}", true, "GET", "DELETE"),
    ASSESSMENT("/v1/project/{project}/service/{service}/task/{task_id}/assessment", true, "GET"),
    ASSESSMENT_HTML("/v1/project/{project}/service/{service}/task/{task_id}/assessment.html", true, "GET"),
    EVENTS("/v1/project/{project}/service/{service}/task/{task_id}/events", true, "GET");

    private final String template;
    private final boolean needsCaller;
    private final List<String> methods;
    private final List<String> segments;

    Route(String template, boolean needsCaller, String... methods) {
        this.template = template;
        this.needsCaller = needsCaller;
        this.methods = List.of(methods);
        this.segments = List.copyOf(PathSegments.split(template));
    }

    /** The path with names in braces; safe for logs and metrics. */
    String template() {
        return template;
    }

    /** Whether one has to say who asks. */
    boolean needsCaller() {
        return needsCaller;
    }

    /** Whether the method may be used here; HEAD may where GET may. */
    boolean allows(String method) {
        return methods.contains(method.equals("HEAD") ? "GET" : method);
    }

    /** The value of the header Allow. */
    String allow() {
        StringBuilder allow = new StringBuilder();
        for (String method : methods) {
            allow.append(allow.length() == 0 ? "" : ", ").append(method);
            if (method.equals("GET")) {
                allow.append(", HEAD");
            }
        }
        return allow.toString();
    }

    /** The route of a path; null where there is none. */
    static @Nullable Match find(List<String> path) {
        for (Route route : values()) {
            Match match = route.match(path);
            if (match != null) {
                return match;
            }
        }
        return null;
    }

    private @Nullable Match match(List<String> path) {
        if (path.size() != segments.size()) {
            return null;
        }
        String file = "";
        String project = "";
        String service = "";
        String task = "";
        for (int i = 0; i < path.size(); i++) {
            String expected = segments.get(i);
            String actual = path.get(i);
            switch (expected) {
                case "{file}" -> file = actual;
                case "{project}" -> project = actual;
                case "{service}" -> service = actual;
                case "{task_id}" -> task = actual;
                default -> {
                    if (!expected.equals(actual)) {
                        return null;
                    }
                }
            }
        }
        return new Match(this, file, project, service, task);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A path that fits.
     *
     * @param route the route
     * @param file the name of a file of the pages, or empty
     * @param project the project's name as given, decoded, or empty
     * @param service the service's name as given, decoded, or empty
     * @param task the task's id as given, decoded, or empty
     */
    record Match(Route route, String file, String project, String service, String task) {}
}
