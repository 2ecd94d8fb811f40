/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.SortedSet;

/**
 * Global privileges that do not hold in one schema (MySQL 8.0.16 and later, {@code partial_revokes=ON}).
 *
 * @param schema the schema's name, literal: on 9.7.4 a revoke on {@code ab\_cd} does not touch {@code ab_cd}
 * @param privileges upper case, never {@code USAGE}
 */
public record PartialRevoke(String schema, SortedSet<String> privileges) {

    public PartialRevoke {
        requireNonNull(schema, "schema is null");
        privileges = Grant.canonical(privileges);
    }
}
