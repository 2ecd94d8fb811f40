/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.AccountGrants;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.GrantParser;
import io.github.mysqlpreflight.core.snapshot.Grants;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the account may do with the roles in force, and with all its roles where some are not in force. */
final class GrantsProbe implements Probe<AccountGrants> {
    private static final Logger LOG = LoggerFactory.getLogger(GrantsProbe.class);

    @Override
    public FactKey<AccountGrants> key() {
        return Facts.GRANTS;
    }

    @Override
    public String remedy() {
        return "Every account may read its own grants; look at the server's error log";
    }

    @Override
    public AccountGrants read(ProbeContext context) throws SQLException {
        List<String> lines = lines(context, "SHOW GRANTS");
        Grants effective = GrantParser.parse(lines);
        SessionFacts session = context.session();
        List<Account> idle = new ArrayList<>();
        for (Account role : effective.grantedRoles()) {
            if (session != null && !isActive(role, session.activeRoles())) {
                idle.add(role);
            }
        }
        return new AccountGrants(effective, idle.isEmpty() ? null : withRoles(context, lines, effective, idle));
    }

    private static boolean isActive(Account role, List<String> activeRoles) {
        return activeRoles.contains(role.withoutHost() ? role.user() : role.user() + "@" + role.host());
    }

    private static @Nullable Grants withRoles(
            ProbeContext context, List<String> ownLines, Grants effective, List<Account> idle) {
        try {
            if (!context.isMariaDb()) {
                StringBuilder roles = new StringBuilder();
                for (Account role : effective.grantedRoles()) {
                    roles.append(roles.length() == 0 ? "" : ", ").append(role.quoted());
                }
                return GrantParser.parse(lines(context, "SHOW GRANTS FOR CURRENT_USER() USING " + roles));
            }
            List<String> all = new ArrayList<>(ownLines);
            for (Account role : idle) {
                all.addAll(lines(context, "SHOW GRANTS FOR " + role.quoted()));
            }
            return GrantParser.parse(all);
        } catch (SQLException e) {
            // Only an explanation is lost: what the idle roles would add. That they are idle is known.
            LOG.debug("the privileges of roles that are not in force could not be read", e);
            return null;
        }
    }

    private static List<String> lines(ProbeContext context, String statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        context.query(statement, row -> lines.add(ProbeContext.text(row, 1)));
        return lines;
    }
}
