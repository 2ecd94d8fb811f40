/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Selection;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.PartialRevoke;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Partial revokes, as far as they concern a migration. */
final class Restrictions {
    private Restrictions() {}

    /** The grants without the restrictions on databases that are not migrated anyway; the others need not be visible. */
    static Grants whereTheyMatter(Grants grants, Selection selection, Server server, Plan plan) {
        if (grants.partialRevokes().isEmpty()) {
            return grants;
        }
        Set<String> ignored = new HashSet<>();
        for (String name : plan.ignoredDatabases()) {
            ignored.add(fold(name, selection));
        }
        List<PartialRevoke> revokes = new ArrayList<>();
        for (PartialRevoke revoke : grants.partialRevokes()) {
            if (!Selection.isSystem(revoke.schema(), server) && !ignored.contains(fold(revoke.schema(), selection))) {
                revokes.add(revoke);
            }
        }
        return new Grants(grants.grants(), grants.roleGrants(), grants.defaultRoles(), revokes, grants.unparsed());
    }

    private static String fold(String name, Selection selection) {
        return selection.foldsCase() ? name.toLowerCase(Locale.ROOT) : name;
    }
}
