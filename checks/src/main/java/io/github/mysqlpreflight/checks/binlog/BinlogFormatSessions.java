/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.binlog;

import io.github.mysqlpreflight.checks.advice.Applicability;
import io.github.mysqlpreflight.checks.advice.NameList;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckInfo;
import io.github.mysqlpreflight.core.check.Effect;
import io.github.mysqlpreflight.core.check.Finding;
import io.github.mysqlpreflight.core.check.ObjectRef;
import io.github.mysqlpreflight.core.check.ObjectRef.Side;
import io.github.mysqlpreflight.core.check.Outcome;
import io.github.mysqlpreflight.core.check.Plan;
import io.github.mysqlpreflight.core.check.Remedy;
import io.github.mysqlpreflight.core.check.Server;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.ServerVariables;
import io.github.mysqlpreflight.core.snapshot.SessionFormats;
import io.github.mysqlpreflight.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No session still writes the binary log in the format that the server had before. */
final class BinlogFormatSessions implements Check {
    private static final CheckInfo INFO = CheckInfo.of(
                    "binlog.format-sessions", "No open session writes statements into the binary log")
            .why(
                    "SET GLOBAL binlog_format reaches new sessions only. Those of a connection pool keep the old format for"
                            + " hours, and the statements that they log may give other rows on the target, without any error.")
            .fix("Restart the applications or their connection pools, and the applier of a source that is a replica.")
            .links(
                    "https://dev.mysql.com/doc/refman/8.4/en/binary-log-setting.html",
                    "https://dev.mysql.com/doc/refman/8.4/en/performance-schema-system-variable-tables.html")
            .effects(Effect.WARNING)
            .needs(Facts.VARIABLES)
            .uses(Facts.SESSION_FORMATS)
            .privileges("SELECT on performance_schema.*")
            .build();

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public @Nullable String notApplicable(Plan plan) {
        return Applicability.replicationOnly(plan);
    }

    @Override
    public Outcome inspect(Snapshot source, Plan plan) {
        ServerVariables variables = source.get(Facts.VARIABLES);
        Server server = Server.of(source);
        if (!server.isMySql() || !server.version().atLeast(5, 7, 2)) {
            return Outcome.notApplicable(
                    "the source does not tell what its sessions are set to (MySQL does from 5.7.2)");
        }
        String format = variables.get("binlog_format");
        if (format != null && !format.equalsIgnoreCase("ROW")) {
            return Outcome.notApplicable("binlog_format of the server itself is not ROW; binlog.format judges it");
        }
        if (variables.get("performance_schema") != null && !variables.isOn("performance_schema")) {
            return Outcome.unknown(
                    "what the sessions are set to stands in performance_schema, which is OFF on the source",
                    Remedy.of("Restart the applications' connection pools after a change of binlog_format"));
        }
        long sessions = 0;
        List<String> formats = new ArrayList<>();
        for (SessionFormats.Sessions some : source.get(Facts.SESSION_FORMATS).list()) {
            sessions += some.sessions();
            formats.add(some.format());
        }
        if (sessions == 0) {
            return Outcome.passed();
        }
        formats.sort(null);
        String names = NameList.of(formats);
        return Outcome.found(
                new Finding(
                        Effect.WARNING,
                        ObjectRef.server(Side.SOURCE),
                        sessions + " of " + names,
                        "ROW",
                        (sessions == 1
                                        ? "1 session of the source still writes "
                                        : sessions + " sessions of the source still write ")
                                + names
                                + " into the binary log, although binlog_format is ROW: what they log may give other rows"
                                + " on the target",
                        List.of(
                                Remedy.of(
                                        "Restart the applications that hold them, or their connection pools; on a source that is"
                                                + " a replica also its applier"),
                                Remedy.of(
                                        "They are those of: SELECT t.PROCESSLIST_ID, t.PROCESSLIST_USER, t.PROCESSLIST_HOST FROM"
                                                + " performance_schema.threads t JOIN performance_schema.variables_by_thread v USING"
                                                + " (THREAD_ID) WHERE v.VARIABLE_NAME = 'binlog_format' AND v.VARIABLE_VALUE <> 'ROW'"))));
    }
}
