/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A token that lets its holder in, as the configuration writes it.
 *
 * @param name who it was given to, for the listing of tasks and the log
 * @param sha256 SHA-256 of the token's UTF-8 text, 64 hexadecimal digits in lower case
 * @param projects the projects it opens; {@code *} is all
 */
public record TokenEntry(String name, String sha256, List<String> projects) {
    public TokenEntry {
        requireNonNull(name, "name is null");
        requireNonNull(sha256, "sha256 is null");
        projects = List.copyOf(projects);
    }
}
