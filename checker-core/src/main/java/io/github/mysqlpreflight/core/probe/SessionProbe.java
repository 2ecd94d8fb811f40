/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.Account;
import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.SessionFacts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As whom we were let in, with which roles, and how the session is encrypted. */
final class SessionProbe implements Probe<SessionFacts> {
    @Override
    public FactKey<SessionFacts> key() {
        return Facts.SESSION;
    }

    @Override
    public String remedy() {
        return "Every account may ask this of its own session; look at the server's error log";
    }

    @Override
    public SessionFacts read(ProbeContext context) throws SQLException {
        boolean hasRoles = context.isMariaDb() || context.isMySqlAtLeast(8, 0, 0);
        @Nullable String[] account = new @Nullable String[3];
        context.query("SELECT CURRENT_USER(), USER(), " + (hasRoles ? "CURRENT_ROLE()" : "NULL"), row -> {
            account[0] = row.getString(1);
            account[1] = row.getString(2);
            account[2] = row.getString(3);
        });
        @Nullable String[] tls = new @Nullable String[2];
        context.query("SHOW SESSION STATUS WHERE Variable_name IN ('Ssl_version', 'Ssl_cipher')", row -> {
            String value = ProbeContext.text(row, 2, "");
            tls[ProbeContext.text(row, 1).equalsIgnoreCase("Ssl_version") ? 0 : 1] = value.isEmpty() ? null : value;
        });
        String current = account[0] == null ? "" : account[0];
        return new SessionFacts(
                Account.of(current), account[1] == null ? "" : account[1], roles(account[2]), tls[0], tls[1]);
    }

    /** CURRENT_ROLE() is NONE, or a comma-separated list of quoted names; MariaDB: NULL, or one name without quotes. */
    private static List<String> roles(@Nullable String text) {
        List<String> roles = new ArrayList<>();
        if (text == null || text.equals("NONE")) {
            return roles;
        }
        StringBuilder role = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '`') {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                roles.add(role.toString());
                role.setLength(0);
            } else {
                role.append(character);
            }
        }
        roles.add(role.toString());
        return roles;
    }
}
