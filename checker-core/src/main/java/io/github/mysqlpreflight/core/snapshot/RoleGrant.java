/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

/**
 * A role given to an account or, on MariaDB, to another role. Says nothing about whether the role is active.
 *
 * @param role the role
 * @param grantee who has it
 * @param adminOption true if the grantee may pass it on
 */
public record RoleGrant(Account role, Account grantee, boolean adminOption) {

    public RoleGrant {
        requireNonNull(role, "role is null");
        requireNonNull(grantee, "grantee is null");
    }
}
