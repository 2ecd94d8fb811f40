/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Privileges on one thing, given to one grantee.
 *
 * @param grantee who has them. MySQL prints those of active roles as the account's own; MariaDB prints them with the role's name,
 *     and those of everybody with {@code PUBLIC}
 * @param scope on what
 * @param privileges upper case, words separated by one blank, synonyms replaced ({@code BINLOG MONITOR} is
 *     {@code REPLICATION CLIENT}). {@code ALL PRIVILEGES} stays as it is where the server printed it: 5.6, 5.7 and MariaDB at every
 *     level, 8.0 and later below the global one. Empty for {@code USAGE}
 * @param grantOption true if the grantee may pass these privileges on
 */
public record Grant(Account grantee, GrantScope scope, SortedSet<String> privileges, boolean grantOption) {

    public Grant {
        requireNonNull(grantee, "grantee is null");
        requireNonNull(scope, "scope is null");
        privileges = canonical(privileges);
    }

    static SortedSet<String> canonical(Collection<String> privileges) {
        SortedSet<String> result = new TreeSet<>();
        for (String privilege : privileges) {
            String name = Privileges.canonical(privilege);
            if (!name.equals(Privileges.USAGE)) {
                result.add(name);
            }
        }
        return Collections.unmodifiableSortedSet(result);
    }
}
