/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.access;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Who asks.
 *
 * @param name the name of the token; empty where no token is needed
 * @param projects the projects that are open to it; {@code *} is all
 */
public record Caller(String name, List<String> projects) {
    private static final String ALL_PROJECTS = "*";

    /** Whoever asks a server that needs no token. */
    public static final Caller LOCAL = new Caller("", List.of(ALL_PROJECTS));

    public Caller {
        requireNonNull(name, "name is null");
        projects = List.copyOf(projects);
    }

    /** Whether that project is open to it. */
    public boolean mayUse(String project) {
        return projects.contains(project) || projects.contains(ALL_PROJECTS);
    }
}
