/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.checks.advice.SqlNames;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.GrantRules;
import io.github.mysqlpreflight.core.snapshot.Grants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the checks of an account have in common. */
final class AccountAdvice {
    static final String SELECT = "SELECT";
    /** What a replica's login needs on {@code *.*}. */
    static final List<String> FOR_REPLICATION = List.of("REPLICATION SLAVE", "REPLICATION CLIENT");

    private AccountAdvice() {}

    /**
     * Those of {@link #FOR_REPLICATION} that are not there, in its order. SUPER stands in for REPLICATION CLIENT, as the
     * servers themselves say (error 1227, tried on 5.6 to 9.7 and MariaDB 10.11), but not for REPLICATION SLAVE.
     */
    static List<String> missingForReplication(Grants grants) {
        List<String> missing = new ArrayList<>();
        for (String privilege : FOR_REPLICATION) {
            boolean bySuper = privilege.equals("REPLICATION CLIENT") && grants.hasGlobal("SUPER");
            if (!bySuper && !grants.hasGlobal(privilege)) {
                missing.add(privilege);
            }
        }
        return missing;
    }

    static String grantGlobal(List<String> privileges, Account account) {
        return "GRANT " + String.join(", ", privileges) + " ON *.* TO " + account.quoted();
    }

    static Remedy.Statement grantSelect(String schema, Account account, GrantRules rules, @Nullable String note) {
        return new Remedy.Statement(
                "GRANT SELECT ON " + SqlNames.grantPattern(schema, rules) + ".* TO " + account.quoted(), note);
    }

    static Remedy selectEverywhere(Account account) {
        return Remedy.sql("As an administrator:", grantGlobal(List.of(SELECT), account));
    }

    /** For what seems to be missing while some grants could not be understood. */
    static Outcome notUnderstood(String missing, Grants grants) {
        return Outcome.unknown(missing + " may be missing, but "
                + (grants.unparsed().size() == 1
                        ? "a line of SHOW GRANTS was"
                        : grants.unparsed().size() + " lines of SHOW GRANTS were")
                + " not understood, such as " + grants.unparsed().get(0));
    }
}
